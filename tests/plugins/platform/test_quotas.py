"""Limits that the settings name: 409 with details for what there is, 429 for mails."""

from collections.abc import Iterator

import pytest

from tests import factories
from tests.api import Api, error_code
from tests.conftest import AsIdentity
from tests.plugins.platform.tables import execute
from tests.plugins.platform.together import together
from tests.server import Server

TOKENS = "/api/user/api-tokens"
INVITATIONS = "/api/organizations/current/invitations"


@pytest.fixture(scope="module")
def strict(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    limits = {
        "PHARUS_MAX_ORGANIZATIONS": "2",
        "PHARUS_MAX_TOKENS": "2",
        "PHARUS_MAX_STORAGE_BYTES": "1000",
        "PHARUS_MAX_MAILS": "12",
    }
    running = Server({**environment, **limits}, tmp_path_factory.mktemp("strict") / "log")
    yield running
    assert running.stop() == 0


def at(server: Server, caller: Api) -> Api:
    return Api(server.address, caller.token, caller.org_id)


def signed_in(server: Server, as_identity: AsIdentity, organization: factories.Organization) -> Api:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    return at(server, as_identity(user=user, org_id=organization.id))


def test_create_organization_beyond_those_that_one_person_may_own_is_409(
    strict: Server, as_identity: AsIdentity
) -> None:
    user = factories.make_user()
    caller = at(strict, as_identity(user=user))
    # One that belongs to others as well counts, one where the person owns nothing does not.
    factories.make_membership(factories.make_organization().id, user.id, "admin")
    bodies = [{"name": "Maker", "slug": factories.unique("maker")} for _ in range(4)]
    answers = [caller.post("/api/organizations", body) for body in bodies[:3]]
    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert error_code(answers[2]) == "conflict"
    assert answers[2].json()["error"]["details"] == {"limit": 2, "used": 2}
    first = answers[0].json()["organization"]["id"]
    assert at(strict, as_identity(user=user, org_id=first)).delete("/api/organizations/current").status_code == 200
    assert caller.post("/api/organizations", bodies[3]).status_code == 201


def test_create_api_token_beyond_those_that_an_organization_may_have_is_409(
    strict: Server, as_identity: AsIdentity, organization: factories.Organization
) -> None:
    first, second = (signed_in(strict, as_identity, organization) for _ in range(2))
    body = {"name": "script", "orgId": organization.id}
    made = first.post(TOKENS, body).json()["token"]
    assert second.post(TOKENS, body).status_code == 201
    refused = second.post(TOKENS, body)
    assert (refused.status_code, refused.json()["error"]["details"]) == (409, {"limit": 2, "used": 2})
    execute("UPDATE api_token SET expires_at = now() WHERE id = %s", made["id"])
    answers = together(
        "SELECT FROM membership WHERE org_id = %s FOR UPDATE",
        (organization.id,),
        lambda: first.post(TOKENS, body),
        lambda: second.post(TOKENS, body),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


def test_upload_document_beyond_what_the_files_may_take_is_409(
    strict: Server, as_identity: AsIdentity, organization: factories.Organization
) -> None:
    caller = signed_in(strict, as_identity, organization)
    order = factories.make_sales_order(organization.id)

    def upload(size: int) -> int:
        form = {"entityType": "sales_order", "entityId": order}
        return caller.post("/api/documents", data=form, files={"file": ("a.txt", b"x" * size)}).status_code

    assert [upload(600), upload(401), upload(400), upload(1)] == [201, 409, 201, 409]


def test_invitations_to_one_address_are_mailed_ten_times_a_day_at_most(
    strict: Server, as_identity: AsIdentity, organization: factories.Organization
) -> None:
    caller = signed_in(strict, as_identity, organization)
    body = {"email": f"{factories.unique('guest')}@example.com", "role": "viewer"}
    sent = caller.post(INVITATIONS, body).json()
    again = [caller.post(f"{INVITATIONS}/{sent['id']}/resend") for _ in range(8)]
    assert {answer.status_code for answer in again} == {200}
    assert caller.post(INVITATIONS, body).status_code == 201
    for refused in (caller.post(INVITATIONS, body), caller.post(f"{INVITATIONS}/{sent['id']}/resend")):
        assert (refused.status_code, error_code(refused)) == (429, "rate_limited")
        assert 0 < int(refused.headers["retry-after"]) <= 24 * 3600 + 1
    others = [{**body, "email": f"{factories.unique('guest')}@example.com"} for _ in range(3)]
    assert [caller.post(INVITATIONS, other).status_code for other in others] == [201, 201, 429]
