"""What an operation needs before it is called: somebody who may be destroyed, a record that may be deleted.

The examples of openapi.yaml name records and people that do not exist. A generated request that carries one of them
gets a record that is there instead, or, where the operation consumes it, a new one. So the operations that end
something reach their success again and again, and the run keeps its data.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from contract.document import Operation
from pharus.db import db, maintenance
from pharus.providers import LocalProvider
from plugins.platform.access import token_hash
from tests import factories
from tests.contract.seed_data.naming import Naming, text_of
from tests.contract.seed_data.slots import EXAMPLE_PREFIX
from tests.contract.seed_data.tenants import Person, Tenant, Tenants, in_a_week, sign_in

# As openapi.yaml has them.
EXAMPLE_ID = "01935d6c-7b1a-7c3e-8f00-000000000001"
EXAMPLE_USER_ID = "01935d6c-7b1a-7c3e-8f00-000000000202"
EXAMPLE_INVITATION_ID = "01935d6c-7b1a-7c3e-8f00-000000000501"
EXAMPLE_INVITATION_TOKEN = "inv_EXAMPLE0000000000000000000000001"
EXAMPLE_ORGANIZATION_ID = "01935d6c-7b1a-7c3e-8f00-000000000100"
EXAMPLE_CURSOR = "eyJuYW1lIjoiU2FtcGxlIn0"


class Preparation:
    """Prepares cases that are sent as Alice. `prepare` changes them in place, just before they are sent."""

    def __init__(self, tenants: Tenants) -> None:
        self.alice: Tenant = tenants.alice
        self._provider = LocalProvider(Path(tenants.data_folder))
        self._turns: Counter[str] = Counter()
        self._steady = False
        self._naming = Naming(tenants.alice, tenants.bob)
        org_id = self.alice.org_id
        self._path_ids: dict[str, Callable[[], str]] = {
            "resendInvitation": lambda: self._invitation_id(org_id, _new_address()),
            "revokeInvitation": lambda: self._invitation_id(org_id, _new_address()),
        }
        self._others: dict[str, Callable[[Any], None]] = {
            "createOrganization": self._free_the_slug,
            "createUser": self._create_user,
            "deleteUser": self._delete_user,
            "createApiToken": self._create_api_token,
            "revokeApiToken": self._revoke_api_token,
            "getInvitationByToken": self._get_invitation_by_token,
            "acceptInvitation": self._accept_invitation,
            "declineInvitation": self._decline_invitation,
            "deleteOrganization": self._delete_organization,
            "leaveOrganization": self._leave_organization,
            "updateMemberRole": self._update_member_role,
            "removeMember": self._remove_member,
            "listAuditEvents": self._look_into_the_audit,
            "exportAuditEvents": self._export_the_audit,
        }

    def prepare(self, operation: Operation, case: Any, *, steady: bool) -> None:
        """With `steady` a case meets the same each time it is sent."""
        self._steady = steady
        # The phases run in threads of their own, and a connection belongs to a thread.
        db.connect(reuse_if_open=True)
        with maintenance():
            self._prepare(operation, case, steady=steady)

    def _prepare(self, operation: Operation, case: Any, *, steady: bool) -> None:
        # A request before may have closed the books, and then hardly any event could be dated; or demanded versions.
        _run(
            "UPDATE organization SET closed_through = NULL, requires_if_match = false "
            "WHERE id = %s AND (closed_through IS NOT NULL OR requires_if_match)",
            self.alice.org_id,
        )
        self._naming.prepare(operation, case, steady=steady)
        record = self._path_ids.get(operation.id)
        if record is not None and case.path_parameters.get("id") == EXAMPLE_ID:
            case.path_parameters["id"] = record()
        other = self._others.get(operation.id)
        if other is not None:
            other(case)

    def _free_the_slug(self, case: Any) -> None:
        """Generated values repeat. Every second time the request is refused as it should be."""
        if (slug := text_of(case.body, "slug")) and not self._every_second_time("createOrganization"):
            _run("UPDATE organization SET slug = %s WHERE slug = %s", factories.unique("maker"), slug)

    # Each user, organization and token below is made for this one request.

    def _create_user(self, case: Any) -> None:
        """The address must be the token's own: the person named in the request signs in and sends it."""
        email = text_of(case.body, "email")
        if email:
            case.headers["Authorization"] = f"Bearer {self._provider.issue(email)}"

    def _delete_user(self, case: Any) -> None:
        person, _ = self._owner()
        case.headers["Authorization"] = person.authorization

    def _create_api_token(self, case: Any) -> None:
        if text_of(case.body, "orgId") == EXAMPLE_ORGANIZATION_ID:
            case.body = {**case.body, "orgId": self.alice.org_id}

    def _revoke_api_token(self, case: Any) -> None:
        """Every second time the token that is revoked is the one that calls."""
        if case.path_parameters.get("id") != EXAMPLE_ID:
            return
        person, org_id = self._owner()
        plaintext = factories.make_api_token(org_id, person.user_id)
        case.path_parameters["id"] = _id("SELECT id FROM api_token WHERE user_id = %s", person.user_id)
        case.headers["Authorization"] = (
            f"Bearer {plaintext}" if self._every_second_time("revokeApiToken") else person.authorization
        )

    def _get_invitation_by_token(self, case: Any) -> None:
        if case.path_parameters.get("token") == EXAMPLE_INVITATION_TOKEN:
            case.path_parameters["token"] = self._invite(self.alice.org_id, _new_address())

    def _accept_invitation(self, case: Any) -> None:
        """Somebody new half of the time, and somebody who has a user already."""
        if text_of(case.body, "token") != EXAMPLE_INVITATION_TOKEN:
            return
        email = _new_address()
        user = factories.make_user(email=email) if self._every_second_time("acceptInvitation") else None
        case.body = {**case.body, "token": self._invite(factories.make_organization().id, email)}
        token = self._provider.issue(email, uid=user.uid if user else None)
        case.headers["Authorization"] = f"Bearer {token}"

    def _decline_invitation(self, case: Any) -> None:
        if text_of(case.body, "invitationId") == EXAMPLE_INVITATION_ID:
            organization = factories.make_organization()
            case.body = {
                **case.body,
                "invitationId": self._invitation_id(organization.id, self.alice.owner.email),
            }

    def _delete_organization(self, case: Any) -> None:
        self._act_as(case, *self._owner())

    def _leave_organization(self, case: Any) -> None:
        """Alone, which ends the organization; or with another owner, who stays."""
        person, org_id = self._owner()
        if self._every_second_time("leaveOrganization"):
            factories.make_membership(org_id, factories.make_user().id, "owner")
        self._act_as(case, person, org_id)

    def _update_member_role(self, case: Any) -> None:
        if case.path_parameters.get("userId") == EXAMPLE_USER_ID:
            case.path_parameters["userId"] = self._member()

    def _remove_member(self, case: Any) -> None:
        """Every second time the caller themself, who is refused: the last owner stays."""
        if case.path_parameters.get("userId") != EXAMPLE_USER_ID:
            return
        if self._every_second_time("removeMember"):
            person, org_id = self._owner()
            case.path_parameters["userId"] = person.user_id
            self._act_as(case, person, org_id)
        else:
            case.path_parameters["userId"] = self._member()

    def _look_into_the_audit(self, case: Any) -> None:
        """What may be asked for there is of any table."""
        org_id = self.alice.org_id
        for name, find in {
            "recordId": lambda: _id("SELECT id FROM vendor WHERE org_id = %s LIMIT 1", org_id),
            "userId": lambda: self.alice.owner.user_id,
            "tokenId": lambda: _id("SELECT id FROM api_token WHERE org_id = %s LIMIT 1", org_id),
        }.items():
            if (text_of(case.query, name) or "").startswith(EXAMPLE_PREFIX):
                case.query[name] = find()

    def _export_the_audit(self, case: Any) -> None:
        """Of one record, if nothing else is asked for: the log is as long as all that was done before."""
        if not case.query:
            case.query = {"recordId": EXAMPLE_ID}
        self._look_into_the_audit(case)

    def _member(self) -> str:
        user = factories.make_user()
        factories.make_membership(self.alice.org_id, user.id)
        return user.id

    def _owner(self) -> tuple[Person, str]:
        user = factories.make_user()
        organization = factories.make_organization()
        factories.make_membership(organization.id, user.id, "owner")
        factories.make_vendor(organization.id)
        return sign_in(self._provider, user), organization.id

    def _act_as(self, case: Any, person: Person, org_id: str) -> None:
        case.headers["Authorization"] = person.authorization
        case.headers["X-Org-Id"] = org_id

    def _invite(self, org_id: str, email: str) -> str:
        return factories.make_invitation(org_id, email=email, expires_at=in_a_week())

    def _invitation_id(self, org_id: str, email: str) -> str:
        return _id("SELECT id FROM invitation WHERE token_hash = %s", token_hash(self._invite(org_id, email)))

    def _every_second_time(self, operation_id: str) -> bool:
        self._turns[operation_id] += 1
        return self._turns[operation_id] % 2 == 0 and not self._steady


def _new_address() -> str:
    return f"{factories.unique('guest')}@example.com"


def _run(statement: str, *values: str) -> None:
    db.execute_sql(statement, values)


def _id(statement: str, value: str) -> str:
    row = db.execute_sql(statement, (value,)).fetchone()
    assert row is not None
    return str(row[0])
