from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsIdentity
from tests.factories import unique
from tests.plugins.platform.tables import rows, rows_by_table
from tests.waiting import wait_until


def new_email() -> str:
    return f"{unique('maker')}@example.com"


def test_create_user_takes_uid_and_address_from_the_token(as_identity: AsIdentity) -> None:
    email, uid = new_email(), unique("uid")
    response = as_identity(email, uid=uid).post("/api/user", {"email": email, "displayName": "Robin Maker"})
    assert response.status_code == 200
    user = response.json()
    assert (user["firebaseUid"], user["email"], user["displayName"]) == (uid, email, "Robin Maker")
    assert user["isActive"] is True
    assert user["lastLoginAt"] is None
    assert rows("SELECT firebase_uid, email FROM app_user WHERE id = %s", user["id"]) == [(uid, email)]


def test_create_user_again_answers_the_same_user_and_keeps_its_name(as_identity: AsIdentity) -> None:
    email = new_email()
    caller = as_identity(email)
    first = caller.post("/api/user", {"email": email, "displayName": "Robin"}).json()
    assert caller.post("/api/user", {"email": email, "displayName": "Somebody Else"}).json() == first


def test_create_user_again_fills_no_name_that_was_cleared(as_identity: AsIdentity) -> None:
    email = new_email()
    caller = as_identity(email)
    caller.post("/api/user", {"email": email})
    assert caller.post("/api/user", {"email": email, "displayName": "Robin"}).json()["displayName"] is None


def test_create_user_compares_addresses_trimmed_and_in_lower_case(as_identity: AsIdentity) -> None:
    email = new_email()
    response = as_identity(email.upper()).post("/api/user", {"email": email.title()})
    assert response.status_code == 200
    assert response.json()["email"] == email


def test_create_user_takes_over_a_new_address_of_the_provider(as_identity: AsIdentity) -> None:
    old, new, uid = new_email(), new_email(), unique("uid")
    first = as_identity(old, uid=uid).post("/api/user", {"email": old}).json()
    second = as_identity(new, uid=uid).post("/api/user", {"email": new}).json()
    assert (second["id"], second["email"]) == (first["id"], new)
    assert second["updatedAt"] > first["updatedAt"]


def test_create_user_with_an_address_that_is_not_the_tokens_is_422(as_identity: AsIdentity) -> None:
    response = as_identity(new_email()).post("/api/user", {"email": new_email()})
    assert (response.status_code, pointers(response)) == (422, ["/email"])


def test_create_user_with_a_token_without_address_is_422(as_identity: AsIdentity) -> None:
    response = as_identity(None, uid=unique("uid")).post("/api/user", {"email": new_email()})
    assert (response.status_code, pointers(response)) == (422, ["/email"])


def test_create_user_with_an_unverified_address_is_422_and_makes_none(as_identity: AsIdentity) -> None:
    email = new_email()
    response = as_identity(email, email_verified=False).post("/api/user", {"email": email})
    assert (response.status_code, pointers(response)) == (422, ["/email"])
    assert rows("SELECT FROM app_user WHERE email = %s", email) == []


def test_create_user_with_a_personal_access_token_is_403(owner: Api) -> None:
    response = owner.post("/api/user", {"email": new_email()})
    assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_create_user_whose_address_has_letters_of_any_script(as_identity: AsIdentity) -> None:
    name = unique("ünï")
    caller = as_identity(f"{name}@bücher.example")
    for spelled in (f"{name}@bücher.example", f"{name.upper()}@xn--bcher-kva.EXAMPLE", f"{name}@BÜCHER.example"):
        response = caller.post("/api/user", {"email": spelled})
        assert (response.status_code, response.json()["email"]) == (200, f"{name}@xn--bcher-kva.example")
    assert caller.get("/api/user").json()["user"]["email"] == f"{name}@xn--bcher-kva.example"


def test_create_user_whose_address_only_looks_like_the_one_of_the_token_is_422(as_identity: AsIdentity) -> None:
    name = unique("kim")
    response = as_identity(f"\u212a{name[1:]}@example.com").post("/api/user", {"email": f"{name}@example.com"})
    assert (response.status_code, pointers(response)) == (422, ["/email"])


def test_get_user_lists_active_memberships_the_oldest_first(as_identity: AsIdentity) -> None:
    user = factories.make_user()
    first, second, left = (factories.make_organization() for _ in range(3))
    factories.make_membership(second.id, user.id, "viewer", joined_at="2026-02-01T00:00:00Z")
    factories.make_membership(first.id, user.id, "owner", joined_at="2026-01-01T00:00:00Z")
    factories.make_membership(left.id, user.id, "admin", is_active=False)
    response = as_identity(user=user).get("/api/user")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.json()["organizations"] == [
        {"id": first.id, "name": first.name, "slug": first.slug, "role": "owner"},
        {"id": second.id, "name": second.name, "slug": second.slug, "role": "viewer"},
    ]


def test_get_user_stamps_the_login_and_changes_nothing_else(as_identity: AsIdentity) -> None:
    caller = as_identity(user=factories.make_user())
    before, after = caller.get("/api/user").json()["user"], caller.get("/api/user").json()["user"]
    assert before["lastLoginAt"] < after["lastLoginAt"]
    assert {**before, "lastLoginAt": None} == {**after, "lastLoginAt": None}


def test_get_user_takes_over_only_a_verified_address(as_identity: AsIdentity) -> None:
    user, new = factories.make_user(), new_email()
    unverified = as_identity(new, uid=user.uid, email_verified=False).get("/api/user").json()["user"]
    assert unverified["email"] == user.email
    assert as_identity(new.upper(), uid=user.uid).get("/api/user").json()["user"]["email"] == new


def test_get_user_inside_an_organization_answers_the_same(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "viewer")
    response = as_identity(user=user, org_id=organization.id).get("/api/user")
    assert [found["id"] for found in response.json()["organizations"]] == [organization.id]


def test_get_user_naming_an_organization_of_others_is_403(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    response = as_identity(user=factories.make_user(), org_id=organization.id).get("/api/user")
    assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_get_update_and_delete_user_before_create_user_are_404(as_identity: AsIdentity) -> None:
    caller = as_identity(new_email())
    for response in (
        caller.get("/api/user"),
        caller.patch("/api/user", {"displayName": "Robin"}),
        caller.delete("/api/user"),
    ):
        assert (response.status_code, error_code(response)) == (404, "not_found")


def test_update_user_sets_and_clears_the_name(as_identity: AsIdentity) -> None:
    caller = as_identity(user=factories.make_user())
    assert caller.patch("/api/user", {"displayName": "Robin"}).json()["displayName"] == "Robin"
    unchanged = caller.patch("/api/user", {}).json()
    assert unchanged["displayName"] == "Robin"
    cleared = caller.patch("/api/user", {"displayName": None}).json()
    assert cleared["displayName"] is None
    assert cleared["updatedAt"] > unchanged["updatedAt"]


def test_delete_user_takes_memberships_and_tokens_along(
    as_identity: AsIdentity, organization: factories.Organization, owner: Api
) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "member")
    token = factories.make_api_token(organization.id, user.id)
    caller = as_identity(user=user)
    response = caller.delete("/api/user")
    assert (response.status_code, response.json()) == (200, {"deletedId": user.id})
    for table in ("membership", "api_token"):
        assert rows(f"SELECT FROM {table} WHERE user_id = %s", user.id) == []
    assert Api(caller.address, token).get("/api/organizations/current").status_code == 401
    assert caller.get("/api/user").status_code == 404
    assert owner.get("/api/organizations/current").status_code == 200


def test_delete_user_purges_what_nobody_else_owns(as_identity: AsIdentity) -> None:
    user, other = factories.make_user(), factories.make_user()
    alone, shared, joined = (factories.make_organization() for _ in range(3))
    for organization, caller_role, other_role in (
        (alone, "owner", "admin"),
        (shared, "owner", "owner"),
        (joined, "member", "owner"),
    ):
        factories.make_membership(organization.id, user.id, caller_role)
        factories.make_membership(organization.id, other.id, other_role)
        factories.make_location(organization.id)
    # An owner who left does not keep an organization alive.
    factories.make_membership(alone.id, factories.make_user().id, "owner", is_active=False)
    assert as_identity(user=user).delete("/api/user").status_code == 200
    wait_until(lambda: not any(rows_by_table(alone.id).values()))
    for kept in (shared, joined):
        counts = rows_by_table(kept.id)
        assert (counts["organization"], counts["membership"], counts["location"]) == (1, 1, 1)


def test_delete_user_leaves_the_invitations_they_sent_without_a_sender(
    as_identity: AsIdentity, organization: factories.Organization, owner: Api
) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    sender = as_identity(user=user, org_id=organization.id)
    sent = sender.post("/api/organizations/current/invitations", {"email": new_email(), "role": "member"}).json()
    assert sent["invitedBy"] == user.id
    assert sender.delete("/api/user").status_code == 200
    assert owner.get("/api/organizations/current/invitations").json()["data"] == [{**sent, "invitedBy": None}]


def test_delete_user_with_a_personal_access_token_is_403(owner: Api) -> None:
    response = owner.delete("/api/user")
    assert (response.status_code, error_code(response)) == (403, "forbidden")
    assert owner.get("/api/organizations/current").status_code == 200


def test_user_operations_are_never_stored_by_caches(as_identity: AsIdentity) -> None:
    email = new_email()
    caller = as_identity(email)
    for response in (
        caller.post("/api/user", {"email": email}),
        caller.patch("/api/user", {}),
        caller.get("/api/user/api-tokens"),
        caller.delete("/api/user"),
    ):
        assert response.headers["cache-control"] == "no-store"


def test_user_operations_without_a_token_are_401(anonymous: Api) -> None:
    response = anonymous.get("/api/user")
    assert (response.status_code, error_code(response)) == (401, "unauthorized")
