"""What a token is good for: docs/rules.md, Platform."""

from datetime import datetime, timedelta

import pytest

from pharus.identity import Actor
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsIdentity
from tests.factories import Organization
from tests.plugins.platform.tables import rows
from tests.plugins.platform.test_api_tokens import TOKENS, create, member_of


def confined(organization: Organization, like: Api, *scopes: str, role: str = "owner") -> Api:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, role)
    return Api(like.address, factories.make_api_token(organization.id, user.id, scopes=list(scopes)), organization.id)


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("scopes", "allowed"),
    [
        (None, {"read:Vendors", "write:Vendors", "read:Units"}),
        ({"read"}, {"read:Vendors", "read:Units"}),
        ({"write"}, {"write:Vendors"}),
        ({"read:Vendors"}, {"read:Vendors"}),
        ({"read:Vendors", "write"}, {"read:Vendors", "write:Vendors"}),
        ({"costs"}, set()),
    ],
)
def test_scopes_of_all_domains_and_of_one(scopes: set[str] | None, allowed: set[str]) -> None:
    actor = Actor(scopes=None if scopes is None else frozenset(scopes))
    asked = {"read:Vendors", "write:Vendors", "read:Units"}
    assert {scope for scope in asked if actor.has_scope(scope)} == allowed
    assert actor.sees_costs == (scopes is None or "costs" in scopes)


def test_create_api_token_with_scopes_expires_after_ninety_days_unless_it_says_otherwise(
    organization: Organization, as_identity: AsIdentity
) -> None:
    caller = member_of(organization, as_identity)
    token, _ = create(caller, scopes=["write:Vendors", "read", "read"])
    lifetime = datetime.fromisoformat(str(token["expiresAt"])) - datetime.fromisoformat(str(token["createdAt"]))
    assert (token["scopes"], token["skipsConfirmation"], lifetime) == (["read", "write:Vendors"], False, timedelta(90))
    lasting, _ = create(caller, scopes=["read"], expiresInDays=None, skipsConfirmation=True)
    assert (lasting["expiresAt"], lasting["skipsConfirmation"]) == (None, True)
    unconfined, _ = create(caller, scopes=None)
    assert (unconfined["expiresAt"], unconfined["scopes"]) == (None, None)
    listed = {each["id"]: each["scopes"] for each in caller.get(TOKENS).json()["data"]}
    assert listed == {token["id"]: token["scopes"], lasting["id"]: ["read"], unconfined["id"]: None}


def test_create_api_token_with_a_scope_that_there_is_not_is_422(
    organization: Organization, as_identity: AsIdentity
) -> None:
    caller = member_of(organization, as_identity)
    body = {"name": "script", "orgId": organization.id}
    refused = caller.post(TOKENS, {**body, "scopes": ["read:Vendors", "write:Vendor"]})
    assert (refused.status_code, pointers(refused)) == (422, ["/scopes/1"])
    for scopes in ([], ["all"], ["read:"], ["costs:Vendors"], ["write:Vendors\n"]):
        assert caller.post(TOKENS, {**body, "scopes": scopes}).status_code == 422, scopes
    assert rows("SELECT FROM api_token WHERE org_id = %s", organization.id) == []


def test_token_without_the_scope_is_403_and_says_which(organization: Organization, owner: Api) -> None:
    vendor = factories.make_vendor(organization.id)
    reader = confined(organization, owner, "read")
    assert reader.get(f"/api/vendors/{vendor}").status_code == 200
    refused = reader.post("/api/vendors", {"name": "x"})
    assert (refused.status_code, error_code(refused)) == (403, "forbidden")
    assert "write:Vendors" in refused.json()["error"]["message"]
    of_vendors = confined(organization, owner, "write:Vendors")
    assert of_vendors.post("/api/vendors", {"name": "Alder"}).status_code == 201
    for path, scope in (("/api/vendors", "read:Vendors"), ("/api/locations", "read:Locations")):
        refused = of_vendors.get(path)
        assert (refused.status_code, scope in refused.text) == (403, True)
    assert of_vendors.post("/api/locations", {"name": "Attic"}).status_code == 403


def test_scopes_give_nothing_that_the_role_does_not(organization: Organization, owner: Api) -> None:
    viewer = confined(organization, owner, "read", "write", "costs", role="viewer")
    assert viewer.get("/api/vendors").status_code == 200
    refused = viewer.post("/api/vendors", {"name": "x"})
    assert (refused.status_code, "role" in refused.text) == (403, True)


def test_token_cannot_reach_beyond_itself_through_its_owner(organization: Organization, owner: Api) -> None:
    """It makes no tokens; without `costs` nothing that would tell them to somebody else either."""
    writer = confined(organization, owner, "read", "write")
    assert writer.post(TOKENS, {"name": "wider", "orgId": organization.id}).status_code == 403
    refused = writer.post("/api/webhook-endpoints", {"url": "https://example.com/hook", "eventTypes": ["*"]})
    assert (refused.status_code, "costs" in refused.text) == (403, True)
