"""Who calls: somebody of every access level, and how each comes by a token.

With local authentication the callers are made up and sign their own tokens, by the key in the deployment's data folder.
Any other deployment needs tokens that were given; the checks then make do with those.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from contract.access_levels import NO_TOKEN, ROLES, AccessLevel
from contract.calling import Call, Deployment

_PAT = "pharus_pat_"


@dataclass(frozen=True)
class Caller:
    """Calls the deployment as somebody: with an access level in the organization tested, and the headers they send."""

    deployment: Deployment
    level: AccessLevel
    headers: Mapping[str, str]

    @property
    def org_id(self) -> str:
        return self.headers["X-Org-Id"]

    def send(self, call: Call) -> httpx.Response:
        return self.deployment.send(call, self.headers)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.deployment.request(method, path, self.headers, **options)

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.request("GET", path, params=params)

    def post(self, path: str, json: Any = None) -> httpx.Response:
        return self.request("POST", path, json=json)

    def patch(self, path: str, json: Any = None) -> httpx.Response:
        return self.request("PATCH", path, json=json)

    def put(self, path: str, json: Any = None) -> httpx.Response:
        return self.request("PUT", path, json=json)

    def delete(self, path: str) -> httpx.Response:
        return self.request("DELETE", path)


@dataclass(frozen=True)
class Callers:
    """All callers of a run: `owner` of the organization tested, `stranger`, who owns another one, and the rest.

    `can_make_more` says whether there can be newcomers, for operations that end their caller.
    """

    owner: Caller
    stranger: Caller
    others: tuple[Caller, ...]
    can_make_more: bool = False

    @property
    def all(self) -> tuple[Caller, ...]:
        return (self.owner, *self.others)


class Unsuitable(Exception):
    """The deployment cannot be tested with what was given; the message says what is missing."""


def given(deployment: Deployment, tokens: Mapping[str, str]) -> Callers:
    """From API tokens: `owner` and `stranger` (who owns another organization) at least, other roles if there are.

    Raises Unsuitable when a token is not what it is said to be.
    """
    missing = [role for role in ("owner", "stranger") if role not in tokens]
    if missing:
        raise Unsuitable(f"A token is missing for: {', '.join(missing)}.")
    callers = {}
    org_ids = {}
    for role, token in tokens.items():
        headers = _bearer(token)
        org_ids[role] = _organization(deployment, role, headers)
        level = AccessLevel(f"API token of the {role}", has_api_token=token.startswith(_PAT), role=role)
        callers[role] = Caller(deployment, level, {**headers, "X-Org-Id": org_ids[role]})
    if org_ids["stranger"] == org_ids["owner"]:
        raise Unsuitable("The tokens of owner and stranger belong to the same organization.")
    for role in ROLES:
        if org_ids.get(role, org_ids["owner"]) != org_ids["owner"]:
            raise Unsuitable(f"The token of the {role} belongs to another organization than the owner's.")
    org_id = org_ids["owner"]
    others = [callers[role] for role in ROLES if role in callers and role != "owner"]
    return Callers(callers["owner"], callers["stranger"], (*others, *_unknown(deployment, org_id)))


def made_up(deployment: Deployment, data: Path) -> Callers:
    """New users in new organizations, who sign in by the key in the data folder of local authentication."""
    from pharus.providers import LocalProvider

    provider = LocalProvider(data)
    owner, stranger = newcomer(deployment, data), newcomer(deployment, data)
    org_id = owner["X-Org-Id"]
    expired = _bearer(provider.issue("expired@example.com", lifetime_seconds=-1))
    others = [Caller(deployment, AccessLevel("expired ID token", is_known=False), {**expired, "X-Org-Id": org_id})]
    others.append(Caller(deployment, AccessLevel("stranger"), {**stranger, "X-Org-Id": org_id}))
    others.append(
        Caller(
            deployment,
            AccessLevel("owner who names no organization", names_organization=False),
            _without(owner, "X-Org-Id"),
        )
    )
    for role in ROLES[:-1]:
        others += _member(deployment, role, join(deployment, data, owner, role), org_id)
    others += _member(deployment, "owner", owner, org_id)[1:]

    return Callers(
        Caller(deployment, AccessLevel("owner", role="owner"), owner),
        Caller(deployment, AccessLevel("stranger", role="owner"), stranger),
        (*others, *_unknown(deployment, org_id)),
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


def _member(deployment: Deployment, role: str, headers: Mapping[str, str], org_id: str) -> list[Caller]:
    """The member by their ID token, by an API token, and by one that was revoked."""
    asked = {"name": "contract", "orgId": org_id}
    kept, revoked = (_done(deployment, "POST", "/api/user/api-tokens", headers, asked) for _ in range(2))
    _done(deployment, "DELETE", f"/api/user/api-tokens/{revoked['token']['id']}", headers)
    return [
        Caller(deployment, AccessLevel(role, role=role), headers),
        Caller(
            deployment,
            AccessLevel(f"API token of the {role}", has_api_token=True, role=role),
            {**_bearer(kept["plaintext"]), "X-Org-Id": org_id},
        ),
        Caller(
            deployment, AccessLevel(f"revoked API token of the {role}", is_known=False), _bearer(revoked["plaintext"])
        ),
    ]


def _unknown(deployment: Deployment, org_id: str) -> list[Caller]:
    forged = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0." + "A" * 342
    return [
        Caller(deployment, NO_TOKEN, {"X-Org-Id": org_id}),
        Caller(deployment, AccessLevel("forged ID token", is_known=False), {**_bearer(forged), "X-Org-Id": org_id}),
        Caller(
            deployment,
            AccessLevel("unknown API token", is_known=False),
            {**_bearer(_PAT + "x" * 32), "X-Org-Id": org_id},
        ),
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
