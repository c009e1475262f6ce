import pytest

from pharus.db import db
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsIdentity, AsRole
from tests.factories import Organization

WRONG = {"nme": 5}
NOWHERE = "00000000-0000-7000-8000-000000000000"


def test_refusals_come_in_the_order_401_403_422(
    anonymous: Api, viewer: Api, member: Api, as_identity: AsIdentity
) -> None:
    """Each caller sends the same body, wrong in every way; only who may call at all learns that it is."""
    assert anonymous.post("/api/vendors", WRONG).status_code == 401
    assert as_identity("stranger@example.com").post("/api/vendors", WRONG).status_code == 403
    assert viewer.post("/api/vendors", WRONG).status_code == 403
    refused = member.post("/api/vendors", WRONG)
    assert refused.status_code == 422
    assert pointers(refused) == ["/name", "/nme"]


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Basic dXNlcjpwYXNz",
        "bearer garbage",
        "Bearer a.b.c",
        "pharus_pat_x",
        "Bearer pharus_pat_" + "x" * 32,
        "Bearer pharus_pat_",
        "Bearer \xe4",
    ],
)
def test_bad_token_is_401_with_the_scheme(anonymous: Api, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.encode("latin-1")}
    response = anonymous.request("GET", "/api/vendors", headers=headers)
    assert (response.status_code, error_code(response)) == (401, "unauthorized")
    assert response.headers["www-authenticate"] == "Bearer"


def test_scheme_is_read_in_any_case(viewer: Api) -> None:
    api = Api(viewer.address)
    response = api.request("GET", "/api/vendors", headers={"Authorization": f"bEARER   {viewer.token}"})
    assert response.status_code == 200


def test_expired_id_token_is_401(as_identity: AsIdentity) -> None:
    assert as_identity("ada@example.com", lifetime_seconds=-1).get("/api/user").status_code == 401


def test_organization_that_does_not_exist_and_one_of_others_answer_alike(as_identity: AsIdentity) -> None:
    user = factories.make_user()
    others = factories.make_organization()
    responses = [
        as_identity(user=user, org_id=org_id).get("/api/vendors")
        for org_id in (others.id, NOWHERE, "not-an-id", "", f"{others.id}x")
    ]
    assert {response.status_code for response in responses} == {403}
    assert len({response.content for response in responses}) == 1, [response.text for response in responses]
    assert error_code(responses[0]) == "forbidden"


def test_missing_organization_is_403_and_says_what_to_send(as_identity: AsIdentity) -> None:
    organization, user = factories.make_organization(), factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    refused = as_identity(user=user).get("/api/vendors")
    assert refused.status_code == 403
    assert "X-Org-Id" in refused.json()["error"]["message"]
    assert as_identity(user=user, org_id=organization.id).get("/api/vendors").status_code == 200
    assert as_identity(user=user, org_id=organization.id.upper()).get("/api/vendors").status_code == 200


def test_operation_outside_of_organizations_needs_none_and_ignores_the_header(as_identity: AsIdentity) -> None:
    user = factories.make_user()
    for org_id in (None, NOWHERE, "not-an-id"):
        assert as_identity(user=user, org_id=org_id).get("/api/invitations").status_code == 200


def test_operation_that_may_name_an_organization_refuses_a_foreign_one(as_identity: AsIdentity) -> None:
    user = factories.make_user()
    assert as_identity(user=user).get("/api/user").status_code == 200
    for org_id in (NOWHERE, "not-an-id", factories.make_organization().id):
        assert as_identity(user=user, org_id=org_id).get("/api/user").status_code == 403


@pytest.mark.parametrize("org_id", ["not-an-id", NOWHERE, "", "another"])
def test_personal_access_token_ignores_the_organization_header(
    viewer: Api, organization: Organization, org_id: str
) -> None:
    named = factories.make_organization().id if org_id == "another" else org_id
    factories.make_vendor(organization.id, name="ours")
    response = Api(viewer.address, viewer.token, named).get("/api/vendors")
    assert [vendor["name"] for vendor in response.json()["data"]] == ["ours"]


def test_deactivated_user_is_401_with_either_token(
    organization: Organization, viewer: Api, as_identity: AsIdentity
) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    by_token = Api(viewer.address, factories.make_api_token(organization.id, user.id))
    by_identity = as_identity(user=user, org_id=organization.id)
    assert [api.get("/api/vendors").status_code for api in (by_token, by_identity)] == [200, 200]
    db.execute_sql("UPDATE app_user SET is_active = false WHERE id = %s", (user.id,))
    assert [api.get("/api/vendors").status_code for api in (by_token, by_identity)] == [401, 401]
    assert as_identity(user=user).get("/api/user").status_code == 401


def test_member_who_left_or_whose_role_fell_is_refused_at_once(
    organization: Organization, viewer: Api, as_identity: AsIdentity
) -> None:
    user = factories.make_user()
    membership = factories.make_membership(organization.id, user.id, "admin")
    by_token = Api(viewer.address, factories.make_api_token(organization.id, user.id))
    by_identity = as_identity(user=user, org_id=organization.id)
    assert [
        api.post("/api/locations", {"name": factories.unique("Shelf")}).status_code for api in (by_token, by_identity)
    ] == [201, 201]
    db.execute_sql("UPDATE membership SET role = 'member' WHERE id = %s", (membership,))
    refused = [api.post("/api/locations", {"name": factories.unique("Shelf")}) for api in (by_token, by_identity)]
    assert [each.status_code for each in refused] == [403, 403]
    assert refused[0].json()["error"]["message"] == "this needs the role admin; yours is member"
    db.execute_sql("UPDATE membership SET is_active = false WHERE id = %s", (membership,))
    assert by_token.get("/api/vendors").status_code == 401
    assert by_identity.get("/api/vendors").status_code == 403


def test_roles_may_do_what_lower_ones_may(organization: Organization, as_role: AsRole) -> None:
    callers = [as_role(organization, role) for role in ("viewer", "member", "admin", "owner")]
    assert [api.get("/api/vendors").status_code for api in callers] == [200, 200, 200, 200]
    assert [api.post("/api/vendors", {"name": "x"}).status_code for api in callers] == [403, 201, 201, 201]
    locations = [api.post("/api/locations", {"name": factories.unique("Shelf")}).status_code for api in callers]
    assert locations == [403, 403, 201, 201]


def test_record_of_another_organization_is_not_found(member: Api, organization: Organization) -> None:
    theirs = factories.make_vendor(factories.make_organization().id)
    for response in (
        member.get(f"/api/vendors/{theirs}"),
        member.patch(f"/api/vendors/{theirs}", {"name": "taken over"}),
    ):
        assert (response.status_code, error_code(response)) == (404, "not_found")
    assert db.row("SELECT name FROM vendor WHERE id = %s", (theirs,)) != ("taken over",)
