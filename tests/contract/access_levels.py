"""Callers of every access level, made in the database: also of those that nobody can reach over HTTP alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from contract.access_levels import NO_TOKEN, ROLES, AccessLevel
from contract.calling import Call
from pharus.db import db
from pharus.fields import new_id
from pharus.providers import LocalProvider
from plugins.platform.access import token_hash
from tests import factories
from tests.contract.seed_data.tenants import Tenants, in_a_week

FOREIGN_TOKEN = AccessLevel(
    "API token of another organization, where its owner is a viewer", has_api_token=True, role="viewer"
)
ACCESS_LEVELS = (
    NO_TOKEN,
    AccessLevel("bad ID token", is_known=False),
    AccessLevel("bad API token", is_known=False),
    AccessLevel("expired ID token", is_known=False),
    AccessLevel("expired API token", is_known=False),
    AccessLevel("revoked API token", is_known=False),
    AccessLevel("API token of a former member", is_known=False),
    AccessLevel("deactivated user", is_known=False),
    FOREIGN_TOKEN,
    AccessLevel("non-member"),
    AccessLevel("former member"),
    AccessLevel("owner who names no organization", names_organization=False),
    AccessLevel("owner who names an organization that is not there"),
    *(AccessLevel(role, role=role) for role in ROLES),
    *(AccessLevel(f"API token of a {role}", has_api_token=True, role=role) for role in ROLES),
)


@dataclass(frozen=True)
class Sender:
    """A user, and the headers with which they or somebody in their name calls."""

    user: factories.User
    headers: dict[str, str]


class Senders:
    """Makes callers of any access level for one organization."""

    def __init__(self, tenants: Tenants, provider: LocalProvider) -> None:
        self._org_id = tenants.alice.org_id
        self._other_org_id = tenants.bob.org_id
        self._provider = provider
        self._makers: dict[str, Callable[[], Sender]] = {
            "no token": self._nobody,
            "bad ID token": lambda: self._with(factories.make_user(), self._forged()),
            "bad API token": lambda: self._with(factories.make_user(), "pharus_pat_" + "x" * 32),
            "expired ID token": lambda: self._signed_in("owner", lifetime_seconds=-1),
            "expired API token": lambda: self._with_api_token("owner", expires_at=datetime.now(UTC) - timedelta(1)),
            "revoked API token": self._revoked,
            "API token of a former member": lambda: self._with_api_token("owner", is_active=False),
            "deactivated user": self._deactivated,
            FOREIGN_TOKEN.name: self._from_elsewhere,
            "non-member": self._stranger,
            "former member": lambda: self._signed_in("owner", is_active=False),
            "owner who names no organization": self._without_organization,
            "owner who names an organization that is not there": self._into_nowhere,
        }

    def __call__(self, level: AccessLevel) -> Sender:
        """Somebody new each time: what an operation does to its caller is done to nobody else."""
        maker = self._makers.get(level.name)
        if maker is not None:
            return maker()
        assert level.role is not None
        return self._with_api_token(level.role) if level.has_api_token else self._signed_in(level.role)

    def _nobody(self) -> Sender:
        return Sender(factories.make_user(), {"X-Org-Id": self._org_id})

    def _signed_in(self, role: str, *, lifetime_seconds: int = 3600, is_active: bool = True) -> Sender:
        user = self._member(role, is_active=is_active)
        return self._with(user, self._provider.issue(user.email, uid=user.uid, lifetime_seconds=lifetime_seconds))

    def _with_api_token(self, role: str, *, expires_at: datetime | None = None, is_active: bool = True) -> Sender:
        user = self._member(role, is_active=is_active)
        return self._with(user, factories.make_api_token(self._org_id, user.id, expires_at=expires_at))

    def _revoked(self) -> Sender:
        caller = self._with_api_token("owner")
        db.execute_sql("UPDATE api_token SET revoked_at = now() WHERE user_id = %s", (caller.user.id,))
        return caller

    def _deactivated(self) -> Sender:
        caller = self._signed_in("owner")
        db.execute_sql("UPDATE app_user SET is_active = false WHERE id = %s", (caller.user.id,))
        return caller

    def _from_elsewhere(self) -> Sender:
        """The header names the organization that the caller owns; the token's own counts."""
        user = self._member("owner")
        factories.make_membership(self._other_org_id, user.id, "viewer")
        return self._with(user, factories.make_api_token(self._other_org_id, user.id))

    def _stranger(self) -> Sender:
        """Somebody who owns another organization."""
        user = factories.make_user()
        factories.make_membership(factories.make_organization().id, user.id, "owner")
        return self._with(user, self._provider.issue(user.email, uid=user.uid))

    def _without_organization(self) -> Sender:
        caller = self._signed_in("owner")
        return Sender(caller.user, {"Authorization": caller.headers["Authorization"]})

    def _into_nowhere(self) -> Sender:
        caller = self._signed_in("owner")
        return Sender(caller.user, {**caller.headers, "X-Org-Id": new_id()})

    def _forged(self) -> str:
        """A real one of another user, with a signature that is not its own."""
        head, claims, signature = self._provider.issue("owner@example.com").split(".")
        return f"{head}.{claims}.{signature[::-1]}"

    def _member(self, role: str, *, is_active: bool = True) -> factories.User:
        user = factories.make_user()
        factories.make_membership(self._org_id, user.id, role, is_active=is_active)
        return user

    def _with(self, user: factories.User, token: str) -> Sender:
        return Sender(user, {"Authorization": f"Bearer {token}", "X-Org-Id": self._org_id})


def give(call: Call, sender: Sender) -> None:
    """Send the call as this one. The operations that are about the caller's own things get the caller's own."""
    call.headers = dict(sender.headers)
    personal = _PERSONAL.get(call.operation.id)
    if personal is not None:
        personal(call, sender.user)


def _own_address(call: Call, user: factories.User) -> None:
    call.body = {**call.body, "email": user.email}


def _own_organization(call: Call, user: factories.User) -> None:
    organization = factories.make_organization()
    factories.make_membership(organization.id, user.id)
    call.body = {**call.body, "orgId": organization.id}


def _own_api_token(call: Call, user: factories.User) -> None:
    factories.make_api_token(factories.make_organization().id, user.id, name="to be revoked")
    row = db.execute_sql(
        "SELECT id FROM api_token WHERE user_id = %s AND name = 'to be revoked'", (user.id,)
    ).fetchone()
    call.path_parameters["id"] = str(row[0])


def _own_invitation(call: Call, user: factories.User) -> None:
    token = _invitation(user)
    call.body = {**call.body, "token": token}


def _own_invitation_id(call: Call, user: factories.User) -> None:
    row = db.execute_sql("SELECT id FROM invitation WHERE token_hash = %s", (token_hash(_invitation(user)),)).fetchone()
    call.body = {**call.body, "invitationId": str(row[0])}


def _invitation(user: factories.User) -> str:
    return factories.make_invitation(factories.make_organization().id, email=user.email, expires_at=in_a_week())


_PERSONAL: dict[str, Callable[[Call, factories.User], None]] = {
    "createUser": _own_address,
    "createApiToken": _own_organization,
    "revokeApiToken": _own_api_token,
    "acceptInvitation": _own_invitation,
    "declineInvitation": _own_invitation_id,
}
