from pharus.fields import new_id
from plugins.platform.access import token_hash
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsIdentity, AsRole
from tests.plugins.platform.tables import rows, rows_by_table
from tests.waiting import wait_until

MEMBERS = "/api/organizations/current/members"


def add(organization: factories.Organization, role: str, **columns: object) -> factories.User:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, role, **columns)
    return user


def own_id(caller: Api) -> str:
    assert caller.token is not None
    [(id,)] = rows("SELECT user_id FROM api_token WHERE token_hash = %s", token_hash(caller.token))
    return str(id)


def roles(caller: Api) -> dict[str, str]:
    return {member["userId"]: member["role"] for member in caller.get(MEMBERS).json()["data"]}


def test_list_members_holds_active_ones_by_the_date_they_joined(
    organization: factories.Organization, viewer: Api
) -> None:
    late = add(organization, "admin", joined_at="2026-02-01T00:00:00Z")
    early = add(organization, "owner", joined_at="2026-01-01T00:00:00Z")
    add(organization, "member", is_active=False)
    add(factories.make_organization(), "owner")
    data = viewer.get(MEMBERS).json()["data"]
    assert [member["userId"] for member in data] == [early.id, late.id, own_id(viewer)]
    assert {**data[0]} == {
        "userId": early.id,
        "email": early.email,
        "displayName": None,
        "role": "owner",
        "isActive": True,
        "joinedAt": "2026-01-01T00:00:00Z",
        "lastActiveAt": None,
    }


def test_list_members_tells_who_was_active(viewer: Api) -> None:
    assert viewer.get(MEMBERS).status_code == 200
    wait_until(lambda: [me["lastActiveAt"] for me in viewer.get(MEMBERS).json()["data"]] != [None])


def test_update_member_role_counts_from_the_next_request_on(
    organization: factories.Organization, owner: Api, as_role: AsRole
) -> None:
    viewer = as_role(organization, "viewer")
    user_id = own_id(viewer)
    assert viewer.patch("/api/organizations/current", {}).status_code == 403
    response = owner.patch(f"{MEMBERS}/{user_id}", {"role": "admin"})
    assert response.status_code == 200
    assert (response.json()["userId"], response.json()["role"]) == (user_id, "admin")
    assert viewer.patch("/api/organizations/current", {}).status_code == 200


def test_update_member_role_can_make_and_unmake_owners(organization: factories.Organization, owner: Api) -> None:
    user = add(organization, "member")
    assert owner.patch(f"{MEMBERS}/{user.id}", {"role": "owner"}).json()["role"] == "owner"
    assert owner.patch(f"{MEMBERS}/{user.id}", {"role": "viewer"}).json()["role"] == "viewer"


def test_update_and_remove_oneself_is_409_conflict_however_the_id_is_written(
    organization: factories.Organization, owner: Api
) -> None:
    add(organization, "owner")
    me = own_id(owner)
    for response in (
        owner.patch(f"{MEMBERS}/{me}", {"role": "member"}),
        owner.patch(f"{MEMBERS}/{me.upper()}", {"role": "member"}),
        owner.delete(f"{MEMBERS}/{me}"),
        owner.delete(f"{MEMBERS}/{me.upper()}"),
    ):
        assert (response.status_code, error_code(response)) == (409, "conflict")
    assert roles(owner)[me] == "owner"


def test_update_and_remove_somebody_who_is_no_member_is_404(organization: factories.Organization, owner: Api) -> None:
    former = add(organization, "member", is_active=False)
    stranger = add(factories.make_organization(), "member")
    for user_id in (former.id, stranger.id, new_id()):
        for response in (owner.patch(f"{MEMBERS}/{user_id}", {"role": "admin"}), owner.delete(f"{MEMBERS}/{user_id}")):
            assert (response.status_code, error_code(response)) == (404, "not_found")
    assert rows("SELECT is_active FROM membership WHERE user_id = %s", stranger.id) == [(True,)]


def test_update_member_role_to_no_role_is_422(organization: factories.Organization, owner: Api) -> None:
    user = add(organization, "member")
    response = owner.patch(f"{MEMBERS}/{user.id}", {"role": "king"})
    assert (response.status_code, pointers(response)) == (422, ["/role"])


def test_member_operations_below_owner_are_403(organization: factories.Organization, admin: Api) -> None:
    user = add(organization, "viewer")
    for response in (admin.patch(f"{MEMBERS}/{user.id}", {"role": "member"}), admin.delete(f"{MEMBERS}/{user.id}")):
        assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_remove_member_ends_access_and_tokens_at_once(
    organization: factories.Organization, owner: Api, as_identity: AsIdentity
) -> None:
    user = add(organization, "admin")
    caller = as_identity(user=user, org_id=organization.id)
    client = Api(caller.address, factories.make_api_token(organization.id, user.id))
    elsewhere = factories.make_organization()
    factories.make_membership(elsewhere.id, user.id, "member")
    other_client = Api(caller.address, factories.make_api_token(elsewhere.id, user.id))
    assert client.get(MEMBERS).status_code == 200
    response = owner.delete(f"{MEMBERS}/{user.id.upper()}")
    assert (response.status_code, response.json()) == (200, {"deletedId": user.id})
    assert client.get(MEMBERS).status_code == 401
    assert caller.get(MEMBERS).status_code == 403
    assert other_client.get(MEMBERS).status_code == 200
    assert user.id not in roles(owner)
    assert rows("SELECT is_active FROM membership WHERE org_id = %s AND user_id = %s", organization.id, user.id) == [
        (False,)
    ]


def test_remove_member_can_remove_another_owner(organization: factories.Organization, owner: Api) -> None:
    other = add(organization, "owner")
    assert owner.delete(f"{MEMBERS}/{other.id}").status_code == 200


def test_a_token_stays_dead_when_its_owner_comes_back(
    organization: factories.Organization, owner: Api, as_identity: AsIdentity
) -> None:
    user = add(organization, "member")
    caller = as_identity(user=user)
    client = Api(caller.address, factories.make_api_token(organization.id, user.id))
    owner.delete(f"{MEMBERS}/{user.id}")
    body = {"email": user.email, "role": "member"}
    invitation = owner.post("/api/organizations/current/invitations", body).json()
    assert caller.post("/api/invitations/accept", {"token": invitation["token"]}).status_code == 200
    assert client.get(MEMBERS).status_code == 401
    assert caller.get("/api/user/api-tokens").json()["data"] == []


def test_leave_organization_ends_the_own_membership_and_its_tokens(
    organization: factories.Organization, owner: Api, as_role: AsRole
) -> None:
    for role in ("viewer", "member", "admin", "owner"):
        leaver = as_role(organization, role)
        user_id = own_id(leaver)
        response = leaver.delete(f"{MEMBERS}/me")
        assert (response.status_code, response.json()) == (200, {"deletedOrg": False})
        assert leaver.get(MEMBERS).status_code == 401
        assert user_id not in roles(owner)


def test_leave_organization_as_last_owner_with_others_left_is_409(
    organization: factories.Organization, owner: Api
) -> None:
    add(organization, "admin")
    add(organization, "owner", is_active=False)
    response = owner.delete(f"{MEMBERS}/me")
    assert (response.status_code, error_code(response)) == (409, "invalid_transition")
    assert owner.get(MEMBERS).status_code == 200


def test_leave_organization_as_last_member_purges_it(
    organization: factories.Organization, owner: Api, as_identity: AsIdentity
) -> None:
    add(organization, "admin", is_active=False)
    factories.make_location(organization.id)
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    assert owner.delete(f"{MEMBERS}/me").json() == {"deletedOrg": False}
    response = as_identity(user=user, org_id=organization.id).delete(f"{MEMBERS}/me")
    assert (response.status_code, response.json()) == (200, {"deletedOrg": True})
    wait_until(lambda: not any(rows_by_table(organization.id).values()))


def test_leave_organization_as_last_member_with_a_personal_access_token_is_403(
    organization: factories.Organization, owner: Api
) -> None:
    response = owner.delete(f"{MEMBERS}/me")
    assert (response.status_code, error_code(response)) == (403, "forbidden")
    assert rows_by_table(organization.id)["organization"] == 1
