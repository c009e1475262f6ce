"""A personal access token acts in its organization, and reaches nothing else of its owner."""

import pytest

from tests import factories
from tests.api import Api, error_code
from tests.conftest import AsIdentity
from tests.contract.judging import document
from tests.plugins.platform.tables import rows

TOKENS = "/api/user/api-tokens"
ID = "01935d6c-7b1a-7c3e-8f00-000000000501"

ACROSS_ORGANIZATIONS = {
    "createUser": ("POST", "/api/user", {"email": "ada@example.com"}),
    "getUser": ("GET", "/api/user", None),
    "updateUser": ("PATCH", "/api/user", {"displayName": "Robin"}),
    "deleteUser": ("DELETE", "/api/user", None),
    "createApiToken": ("POST", TOKENS, {"name": "another", "orgId": ID}),
    "listMyInvitations": ("GET", "/api/invitations", None),
    "acceptInvitation": ("POST", "/api/invitations/accept", {"token": "unknown"}),
    "declineInvitation": ("POST", "/api/invitations/decline", {"invitationId": ID}),
    "createOrganization": ("POST", "/api/organizations", {"name": "Another", "slug": "another-one"}),
    "deleteOrganization": ("DELETE", "/api/organizations/current", None),
}


@pytest.mark.parametrize("operation_id", ACROSS_ORGANIZATIONS)
def test_token_of_an_owner_cannot(operation_id: str, owner: Api) -> None:
    method, path, body = ACROSS_ORGANIZATIONS[operation_id]
    response = owner.request(method, path, json=body)
    assert (response.status_code, error_code(response)) == (403, "forbidden")
    assert rows("SELECT FROM organization WHERE id = %s AND is_active", owner.org_id) != []


def test_document_says_which_operations_take_no_token() -> None:
    operations = [operation for item in document()["paths"].values() for operation in item.values()]
    flagged = {each["operationId"] for each in operations if isinstance(each, dict) and each.get("x-id-token-only")}
    assert flagged == ACROSS_ORGANIZATIONS.keys()


def test_token_sees_and_revokes_those_of_its_own_organization_only(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    user, elsewhere = factories.make_user(), factories.make_organization()
    for each in (organization, elsewhere):
        factories.make_membership(each.id, user.id, "member")
    person = as_identity(user=user)
    client = Api(person.address, factories.make_api_token(organization.id, user.id, name="here"))
    factories.make_api_token(organization.id, user.id, name="here, too")
    factories.make_api_token(elsewhere.id, user.id, name="elsewhere")
    every = {token["name"]: token["id"] for token in person.get(TOKENS).json()["data"]}
    assert {token["name"] for token in client.get(TOKENS).json()["data"]} == {"here", "here, too"}
    assert client.delete(f"{TOKENS}/{every['elsewhere']}").status_code == 404
    assert client.delete(f"{TOKENS}/{every['here, too']}").status_code == 200
    assert {token["name"] for token in person.get(TOKENS).json()["data"]} == {"here", "elsewhere"}
