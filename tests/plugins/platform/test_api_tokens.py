import hashlib
import re
from datetime import UTC, datetime, timedelta

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsIdentity, AsRole
from tests.plugins.platform.tables import execute, rows
from tests.waiting import wait_until

TOKENS = "/api/user/api-tokens"


def member_of(organization: factories.Organization, as_identity: AsIdentity, role: str = "member") -> Api:
    """A member with an ID token, who can do what a personal access token cannot."""
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, role)
    return as_identity(user=user, org_id=organization.id)


def create(caller: Api, **body: object) -> tuple[dict[str, object], Api]:
    """A token of the caller's and a client that uses it."""
    response = caller.post(TOKENS, {"name": "script", "orgId": caller.org_id, **body})
    assert response.status_code == 201, response.text
    return response.json()["token"], Api(caller.address, response.json()["plaintext"])


def test_create_api_token_shows_the_secret_once_and_stores_only_its_hash(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    caller = member_of(organization, as_identity)
    response = caller.post(TOKENS, {"name": "  Nightly report ", "orgId": organization.id})
    assert (response.status_code, response.headers["cache-control"]) == (201, "no-store")
    token, plaintext = response.json()["token"], response.json()["plaintext"]
    assert re.fullmatch(r"pharus_pat_[0-9A-Za-z]{32}", plaintext)
    assert (token["name"], token["tokenPrefix"]) == ("Nightly report", plaintext[:12])
    assert (token["orgId"], token["expiresAt"], token["revokedAt"], token["lastUsedAt"]) == (
        organization.id,
        None,
        None,
        None,
    )
    [(stored, whole_row)] = rows("SELECT token_hash, api_token::text FROM api_token WHERE id = %s", token["id"])
    assert bytes(stored) == hashlib.sha256(plaintext.encode()).digest()
    assert plaintext not in whole_row
    assert plaintext not in caller.get(TOKENS).text


def test_create_api_token_expires_after_the_days_asked_for(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    token, _ = create(member_of(organization, as_identity), expiresInDays=90)
    lifetime = datetime.fromisoformat(str(token["expiresAt"])) - datetime.fromisoformat(str(token["createdAt"]))
    assert lifetime == timedelta(days=90)
    unlimited, _ = create(member_of(organization, as_identity), expiresInDays=None)
    assert unlimited["expiresAt"] is None


def test_create_api_token_without_a_membership_is_403(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    former = factories.make_user()
    factories.make_membership(organization.id, former.id, "owner", is_active=False)
    for caller in (
        as_identity(user=factories.make_user()),
        as_identity(user=former),
        as_identity(f"{factories.unique('nobody')}@example.com"),
    ):
        response = caller.post(TOKENS, {"name": "script", "orgId": organization.id})
        assert (response.status_code, error_code(response)) == (403, "forbidden")
    assert rows("SELECT FROM api_token WHERE org_id = %s", organization.id) == []


def test_create_api_token_in_an_organization_that_does_not_exist_is_403(as_identity: AsIdentity) -> None:
    response = as_identity(user=factories.make_user()).post(TOKENS, {"name": "x", "orgId": new_id()})
    assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_create_api_token_with_a_personal_access_token_is_403(owner: Api) -> None:
    response = owner.post(TOKENS, {"name": "another", "orgId": owner.org_id})
    assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_create_api_token_with_a_wrong_body_names_every_problem(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    response = member_of(organization, as_identity).post(TOKENS, {"name": "  ", "orgId": "x", "expiresInDays": 0})
    assert (response.status_code, set(pointers(response))) == (422, {"/expiresInDays", "/name", "/orgId"})


def test_list_api_tokens_holds_own_unrevoked_tokens_newest_first(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    caller, other = member_of(organization, as_identity), member_of(organization, as_identity)
    first, _ = create(caller, name="first")
    revoked, _ = create(caller, name="revoked")
    second, _ = create(caller, name="second", expiresInDays=1)
    execute("UPDATE api_token SET expires_at = now() - interval '1 hour' WHERE id = %s", second["id"])
    create(other)
    assert caller.delete(f"{TOKENS}/{revoked['id']}").status_code == 200
    assert [token["id"] for token in caller.get(TOKENS).json()["data"]] == [second["id"], first["id"]]


def test_list_api_tokens_before_create_user_is_empty(as_identity: AsIdentity) -> None:
    response = as_identity(f"{factories.unique('new')}@example.com").get(TOKENS)
    assert (response.status_code, response.json()) == (200, {"data": []})


def test_revoke_api_token_kills_it_at_once(organization: factories.Organization, as_identity: AsIdentity) -> None:
    caller = member_of(organization, as_identity)
    token, client = create(caller)
    assert client.get("/api/organizations/current").status_code == 200
    response = caller.delete(f"{TOKENS}/{token['id']}")
    assert (response.status_code, response.json()) == (200, {"deletedId": token["id"]})
    assert client.get("/api/organizations/current").status_code == 401


def test_revoke_api_token_of_others_unknown_or_revoked_is_404(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    caller, other = member_of(organization, as_identity, "owner"), member_of(organization, as_identity)
    foreign, client = create(other)
    own, _ = create(caller)
    assert caller.delete(f"{TOKENS}/{own['id']}").status_code == 200
    stranger = as_identity(f"{factories.unique('new')}@example.com")
    for who, id in ((caller, foreign["id"]), (caller, own["id"]), (caller, new_id()), (stranger, own["id"])):
        response = who.delete(f"{TOKENS}/{id}")
        assert (response.status_code, error_code(response)) == (404, "not_found")
    assert client.get("/api/organizations/current").status_code == 200


def test_api_token_acts_in_its_own_organization_whatever_the_header_says(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    _, client = create(member_of(organization, as_identity))
    elsewhere = Api(client.address, client.token, factories.make_organization().id)
    assert elsewhere.get("/api/organizations/current").json()["organization"]["id"] == organization.id


def test_api_token_has_the_role_that_its_owner_has_now(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    caller = member_of(organization, as_identity, "admin")
    token, client = create(caller)
    assert client.patch("/api/organizations/current", {}).status_code == 200
    execute("UPDATE membership SET role = 'viewer' WHERE user_id = %s", token["userId"])
    response = client.patch("/api/organizations/current", {})
    assert (response.status_code, error_code(response)) == (403, "forbidden")
    assert client.get("/api/organizations/current").status_code == 200


def test_api_token_is_dead_once_it_has_expired(organization: factories.Organization, as_role: AsRole) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    address = as_role(organization, "viewer").address
    now = datetime.now(UTC)
    expired = factories.make_api_token(organization.id, user.id, expires_at=now - timedelta(seconds=1))
    valid = factories.make_api_token(organization.id, user.id, expires_at=now + timedelta(minutes=5))
    assert Api(address, expired).get("/api/organizations/current").status_code == 401
    assert Api(address, valid).get("/api/organizations/current").status_code == 200


def test_api_token_is_dead_once_its_owner_is_deactivated(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    token, client = create(member_of(organization, as_identity))
    execute("UPDATE app_user SET is_active = false WHERE id = %s", token["userId"])
    assert client.get("/api/organizations/current").status_code == 401


def test_api_token_that_nobody_issued_is_401(anonymous: Api) -> None:
    response = Api(anonymous.address, "pharus_pat_" + "0" * 32).get("/api/organizations/current")
    assert (response.status_code, error_code(response)) == (401, "unauthorized")


def test_last_used_at_is_written_at_most_once_a_minute(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    caller = member_of(organization, as_identity)
    # Its owner has just been active with the ID token, and still the token's first use counts.
    assert caller.get("/api/organizations/current").status_code == 200
    token, client = create(caller)

    def last_used_at() -> datetime | None:
        [(value,)] = rows("SELECT last_used_at FROM api_token WHERE id = %s", token["id"])
        assert value is None or isinstance(value, datetime)
        return value

    def use() -> None:
        assert client.get("/api/organizations/current").status_code == 200

    use()
    first = wait_until(last_used_at)
    execute("UPDATE api_token SET last_used_at = now() - interval '50 seconds' WHERE id = %s", token["id"])
    aged = last_used_at()
    use()
    # Another token of the same server, noted later: by then this one's note would have been written.
    other, other_client = create(caller)
    assert other_client.get("/api/organizations/current").status_code == 200
    wait_until(lambda: rows("SELECT FROM api_token WHERE id = %s AND last_used_at IS NOT NULL", other["id"]))
    assert last_used_at() == aged
    execute("UPDATE api_token SET last_used_at = now() - interval '61 seconds' WHERE id = %s", token["id"])
    use()
    wait_until(lambda: (last_used_at() or first) > first)
    assert caller.get(TOKENS).json()["data"][-1]["lastUsedAt"] is not None
