"""Who calls: every standing that a caller can have, what follows from it, and how each comes by a token.

With local authentication the parties are made up and sign their own tokens, by the key in the deployment's data folder.
Of any other deployment somebody has to give the tokens; the checks then make do with those that were given.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract.calling import Deployment
from contract.document import Operation

ROLES = ("viewer", "member", "admin", "owner")
_ORDER = ("public", "authenticated", *ROLES)
_PAT = "pharus_pat_"


@dataclass(frozen=True)
class Standing:
    """`role` is the caller's in the organization where the request would act, None for a stranger to it."""

    name: str
    is_known: bool = True
    has_api_token: bool = False
    names_organization: bool = True
    role: str | None = None

    def refusal(self, operation: Operation) -> int | None:
        """401, 403, or None when the caller may: by what the document says of the operation, and nothing else."""
        minimum = operation.minimum_role
        if minimum == "public":
            return None
        if not self.is_known:
            return 401
        if self.has_api_token and operation.is_id_token_only:
            return 403
        if minimum == "authenticated":
            is_lost = self.role is None and self.names_organization and operation.reads_organization
            return 403 if is_lost else None
        if self.role is None or _ORDER.index(self.role) < _ORDER.index(minimum):
            return 403
        return None


NO_TOKEN = Standing("no token", is_known=False)


@dataclass(frozen=True)
class Party:
    """Somebody of a standing towards the organization tested, with the headers that they send."""

    standing: Standing
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Parties:
    """All callers of a run: `owner` of the organization tested, `stranger`, who owns another one, and the rest.

    `can_make_more` says whether there can be newcomers, for operations that end whoever calls them.
    """

    owner: Party
    stranger: Party
    others: tuple[Party, ...]
    can_make_more: bool = False

    @property
    def all(self) -> tuple[Party, ...]:
        return (self.owner, *self.others)


class Unsuitable(Exception):
    """The deployment cannot be tested with what was given; the message says what is missing."""


def given(deployment: Deployment, tokens: Mapping[str, str]) -> Parties:
    """From API tokens: `owner` and `stranger` (who owns another organization) at least, other roles if there are.

    Raises Unsuitable when a token is not what it is said to be.
    """
    missing = [role for role in ("owner", "stranger") if role not in tokens]
    if missing:
        raise Unsuitable(f"A token is missing for: {', '.join(missing)}.")
    parties = {}
    org_ids = {}
    for role, token in tokens.items():
        headers = _bearer(token)
        org_ids[role] = _organization(deployment, role, headers)
        standing = Standing(f"API token of the {role}", has_api_token=token.startswith(_PAT), role=role)
        parties[role] = Party(standing, {**headers, "X-Org-Id": org_ids[role]})
    if org_ids["stranger"] == org_ids["owner"]:
        raise Unsuitable("The tokens of owner and stranger belong to the same organization.")
    for role in ROLES:
        if org_ids.get(role, org_ids["owner"]) != org_ids["owner"]:
            raise Unsuitable(f"The token of the {role} belongs to another organization than the owner's.")
    org_id = org_ids["owner"]
    others = [parties[role] for role in ROLES if role in parties and role != "owner"]
    return Parties(parties["owner"], parties["stranger"], (*others, *_unknown(org_id)))


def made_up(deployment: Deployment, data: Path) -> Parties:
    """New users in new organizations, who sign in by the key in the data folder of local authentication."""
    from pharus.providers import LocalProvider

    provider = LocalProvider(data)
    owner, stranger = newcomer(deployment, data), newcomer(deployment, data)
    org_id = owner["X-Org-Id"]
    expired = _bearer(provider.issue("expired@example.com", lifetime_seconds=-1))
    others = [Party(Standing("expired ID token", is_known=False), {**expired, "X-Org-Id": org_id})]
    others.append(Party(Standing("stranger"), {**stranger, "X-Org-Id": org_id}))
    others.append(
        Party(Standing("owner who names no organization", names_organization=False), _without(owner, "X-Org-Id"))
    )
    for role in ROLES[:-1]:
        others += _member(deployment, role, join(deployment, data, owner, role), org_id)
    others += _member(deployment, "owner", owner, org_id)[1:]

    return Parties(
        Party(Standing("owner", role="owner"), owner),
        Party(Standing("stranger", role="owner"), stranger),
        (*others, *_unknown(org_id)),
        can_make_more=True,
    )


def newcomer(deployment: Deployment, data: Path) -> dict[str, str]:
    """The headers of somebody new, who owns a new organization; by local authentication."""
    from pharus.providers import LocalProvider

    _, headers = _person(deployment, LocalProvider(data), "newcomer")
    slug = f"contract-{secrets.token_hex(6)}"
    made = _done(deployment, "POST", "/api/organizations", headers, {"name": f"Contract {slug}", "slug": slug})
    return {**headers, "X-Org-Id": str(made["organization"]["id"])}


def join(deployment: Deployment, data: Path, owner: Mapping[str, str], role: str) -> dict[str, str]:
    """The headers of somebody new, whom the owner has invited in this role; by local authentication."""
    from pharus.providers import LocalProvider

    address, headers = _person(deployment, LocalProvider(data), role)
    asked = {"email": address, "role": role}
    invited = _done(deployment, "POST", "/api/organizations/current/invitations", owner, asked)
    _done(deployment, "POST", "/api/invitations/accept", headers, {"token": invited["token"]})
    return {**headers, "X-Org-Id": owner["X-Org-Id"]}


def _person(deployment: Deployment, provider: Any, name: str) -> tuple[str, dict[str, str]]:
    address = f"{name}-{secrets.token_hex(5)}@example.com"
    headers = _bearer(provider.issue(address, lifetime_seconds=6 * 3600))
    _done(deployment, "POST", "/api/user", headers, {"email": address, "displayName": f"Contract {name}"})
    return address, headers


def _member(deployment: Deployment, role: str, headers: Mapping[str, str], org_id: str) -> list[Party]:
    """The member by their ID token, by an API token, and by one that was revoked."""
    asked = {"name": "contract", "orgId": org_id}
    kept, revoked = (_done(deployment, "POST", "/api/user/api-tokens", headers, asked) for _ in range(2))
    _done(deployment, "DELETE", f"/api/user/api-tokens/{revoked['token']['id']}", headers)
    return [
        Party(Standing(role, role=role), headers),
        Party(
            Standing(f"API token of the {role}", has_api_token=True, role=role),
            {**_bearer(kept["plaintext"]), "X-Org-Id": org_id},
        ),
        Party(Standing(f"revoked API token of the {role}", is_known=False), _bearer(revoked["plaintext"])),
    ]


def _unknown(org_id: str) -> list[Party]:
    forged = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0." + "A" * 342
    return [
        Party(NO_TOKEN, {"X-Org-Id": org_id}),
        Party(Standing("forged ID token", is_known=False), {**_bearer(forged), "X-Org-Id": org_id}),
        Party(Standing("unknown API token", is_known=False), {**_bearer(_PAT + "x" * 32), "X-Org-Id": org_id}),
    ]


def _organization(deployment: Deployment, role: str, headers: Mapping[str, str]) -> str:
    answer = deployment.request("GET", "/api/organizations/current", headers)
    if answer.status_code != 200:
        raise Unsuitable(f"The token of the {role} was answered {answer.status_code}: {answer.text[:200]}")
    return str(answer.json()["organization"]["id"])


def _done(
    deployment: Deployment, method: str, path: str, headers: Mapping[str, str], body: Any = None
) -> dict[str, Any]:
    answer = deployment.request(method, path, headers, **({"json": body} if body is not None else {}))
    if answer.status_code >= 300:
        raise Unsuitable(f"{method} {path} was answered {answer.status_code}: {answer.text[:300]}")
    return dict(answer.json())


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _without(headers: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in headers.items() if key != name}
