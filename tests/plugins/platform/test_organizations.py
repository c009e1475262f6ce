from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsIdentity, AsRole
from tests.factories import unique
from tests.plugins.platform.tables import rows

CURRENT = "/api/organizations/current"
SETTINGS = {
    "legalName": "Example Soapworks Ltd",
    "address": "1 Kiln Lane",
    "city": "Exampleton",
    "state": "EX",
    "country": "DE",
    "zipCode": "12345",
    "logoUrl": "https://example.com/logo.png",
    "contactEmail": "office@example.com",
    "contactPhone": "+49 30 000000",
    "overReceiptTolerancePercent": "2.5",
    "currency": "EUR",
}


def test_create_organization_makes_the_caller_its_owner(as_identity: AsIdentity) -> None:
    user, slug = factories.make_user(), unique("soap")
    caller = as_identity(user=user)
    response = caller.post("/api/organizations", {"name": "Example Soapworks", "slug": slug})
    assert response.status_code == 201
    organization, membership = response.json()["organization"], response.json()["membership"]
    assert (organization["name"], organization["slug"], organization["isActive"]) == ("Example Soapworks", slug, True)
    assert (membership["userId"], membership["orgId"], membership["role"], membership["isActive"]) == (
        user.id,
        organization["id"],
        "owner",
        True,
    )
    inside = as_identity(user=user, org_id=organization["id"])
    response = inside.get(CURRENT).json()
    assert response["organization"] == organization
    assert {key: response["settings"][key] for key in SETTINGS} == dict.fromkeys(SETTINGS)
    assert inside.get(f"{CURRENT}/members").json()["data"][0]["userId"] == user.id


def test_create_organization_with_a_taken_slug_is_409_and_leaves_nothing(as_identity: AsIdentity) -> None:
    user, taken = factories.make_user(), factories.make_organization()
    response = as_identity(user=user).post("/api/organizations", {"name": "Copy", "slug": taken.slug})
    assert (response.status_code, error_code(response)) == (409, "conflict")
    assert "slug" in response.json()["error"]["message"]
    assert rows("SELECT FROM membership WHERE user_id = %s", user.id) == []
    assert len(rows("SELECT FROM organization WHERE slug = %s", taken.slug)) == 1


def test_create_organization_before_create_user_is_404(as_identity: AsIdentity) -> None:
    caller = as_identity(f"{unique('new')}@example.com")
    response = caller.post("/api/organizations", {"name": "Example", "slug": unique("example")})
    assert (response.status_code, error_code(response)) == (404, "not_found")


def test_create_organization_with_a_personal_access_token_is_403(owner: Api) -> None:
    response = owner.post("/api/organizations", {"name": "Example", "slug": unique("example")})
    assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_create_organization_with_a_slug_that_is_no_name_is_422(as_identity: AsIdentity) -> None:
    caller = as_identity(user=factories.make_user())
    for slug in ("a", "-ab", "ab-", "Ab", "a b", "ä-b", "ab\n", "a" * 64):
        response = caller.post("/api/organizations", {"name": "Example", "slug": slug})
        assert (response.status_code, set(pointers(response))) == (422, {"/slug"}), slug


def test_get_organization_is_for_its_viewers(organization: factories.Organization, viewer: Api) -> None:
    response = viewer.get(CURRENT)
    assert response.status_code == 200
    assert (response.json()["organization"]["id"], response.json()["settings"]["orgId"]) == (organization.id,) * 2


def test_get_organization_of_others_is_403_like_one_that_does_not_exist(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    user = factories.make_user()
    responses = [as_identity(user=user, org_id=id).get(CURRENT) for id in (organization.id, new_id())]
    assert [response.status_code for response in responses] == [403, 403]
    assert responses[0].json() == responses[1].json()


def test_update_organization_changes_what_is_sent_and_nothing_else(
    organization: factories.Organization, admin: Api
) -> None:
    before = admin.get(CURRENT).json()
    slug = unique("renamed")
    changed = admin.patch(CURRENT, {"name": "Renamed", "slug": slug, **SETTINGS})
    assert changed.status_code == 200
    response = changed.json()
    assert response == admin.get(CURRENT).json()
    assert (response["organization"]["name"], response["organization"]["slug"]) == ("Renamed", slug)
    assert {key: response["settings"][key] for key in SETTINGS} == SETTINGS
    assert response["organization"]["updatedAt"] > before["organization"]["updatedAt"]
    partly = admin.patch(CURRENT, {"city": "Elsewhere"}).json()
    assert partly["organization"] == response["organization"]
    assert {**partly["settings"], "updatedAt": ""} == {**response["settings"], "city": "Elsewhere", "updatedAt": ""}


def test_update_organization_clears_settings_with_null(admin: Api) -> None:
    admin.patch(CURRENT, SETTINGS)
    cleared = admin.patch(CURRENT, dict.fromkeys(SETTINGS)).json()["settings"]
    assert {key: cleared[key] for key in SETTINGS} == dict.fromkeys(SETTINGS)


def test_update_organization_with_an_empty_body_changes_nothing(admin: Api) -> None:
    assert admin.patch(CURRENT, {}).json() == admin.get(CURRENT).json()


def test_update_organization_to_a_taken_slug_is_409_and_changes_no_settings(admin: Api) -> None:
    before = admin.get(CURRENT).json()
    response = admin.patch(CURRENT, {"slug": factories.make_organization().slug, "city": "Elsewhere"})
    assert (response.status_code, error_code(response)) == (409, "conflict")
    assert admin.get(CURRENT).json() == before


def test_update_organization_keeps_its_own_slug(organization: factories.Organization, admin: Api) -> None:
    assert admin.patch(CURRENT, {"slug": organization.slug}).status_code == 200


def test_update_organization_with_wrong_values_names_all_of_them(admin: Api) -> None:
    response = admin.patch(
        CURRENT, {"name": None, "country": "DEU", "contactEmail": "nobody", "logoUrl": "no uri", "nickname": "x"}
    )
    assert response.status_code == 422
    assert {"/country", "/contactEmail", "/logoUrl", "/name"} <= set(pointers(response))


def test_update_organization_touches_no_other_organization(admin: Api, as_role: AsRole) -> None:
    neighbour = as_role(factories.make_organization(), "owner")
    before = neighbour.get(CURRENT).json()
    admin.patch(CURRENT, {"name": "Renamed", **SETTINGS})
    assert neighbour.get(CURRENT).json() == before


def test_organization_operations_below_their_role_are_403(viewer: Api, member: Api, admin: Api) -> None:
    for response in (
        viewer.patch(CURRENT, {"name": "x"}),
        member.patch(CURRENT, {"name": "x"}),
        admin.delete(CURRENT),
    ):
        assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_organization_operations_without_an_organization_are_403(as_identity: AsIdentity) -> None:
    response = as_identity(user=factories.make_user()).get(CURRENT)
    assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_tolerance_is_a_percentage_up_to_ten_times_the_order(admin: Api) -> None:
    assert admin.get(CURRENT).json()["settings"]["overReceiptTolerancePercent"] is None
    for sent, shown in ((0, "0"), ("1000.0", "1000"), ("0.000001", "0.000001")):
        response = admin.patch(CURRENT, {"overReceiptTolerancePercent": sent})
        assert response.json()["settings"]["overReceiptTolerancePercent"] == shown
    for wrong in (-1, 1001, "1000.5", "0.0000001", "five"):
        refused = admin.patch(CURRENT, {"overReceiptTolerancePercent": wrong})
        assert (refused.status_code, pointers(refused)) == (422, ["/overReceiptTolerancePercent"])


def test_currency_is_a_code_of_iso_4217(admin: Api) -> None:
    assert admin.get(CURRENT).json()["settings"]["currency"] is None
    assert admin.patch(CURRENT, {"currency": "KWD"}).json()["settings"]["currency"] == "KWD"
    for wrong in ("ABC", "XAU", "DEM", "eur", "EURO", ""):
        refused = admin.patch(CURRENT, {"currency": wrong})
        assert (refused.status_code, set(pointers(refused))) == (422, {"/currency"})
    assert admin.get(CURRENT).json()["settings"]["currency"] == "KWD"
    assert admin.patch(CURRENT, {"currency": None}).json()["settings"]["currency"] is None
