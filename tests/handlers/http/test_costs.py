"""A token without the scope `costs` (docs/rules.md, Platform)."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import httpx
import orjson
import pytest
from python_calamine import CalamineWorkbook

from handlers import spec
from handlers.http.costs import Costs, Plan
from tests import factories
from tests.api import Api
from tests.contract.judging import document
from tests.factories import Organization
from tests.plugins.purchase_orders.buying import Buying
from tests.waiting import wait_until

# What is called like money, and says no amount of it.
HARMLESS = {
    *("costSharePercent", "yieldPercent", "scrapPercent", "overReceiptTolerancePercent", "quantityVariance"),
    *(
        "costChangeId",
        "creditNoteNumber",
        "feesGiven",
        "supplierPriceId",
        "customerPriceId",
        "creditNote",
        "currency",
        "costChange",
    ),
}
# ContactMethod says a number or an address; PurchaseOrderCostChange which cost, not how much.
NAMED_ALIKE = {("contact_method", "value"), ("purchase_order_cost_change", "cost")}
MONEY = re.compile("cost|price|value|amount|fee|charge|margin|revenue|credit|debit|variance|percent", re.IGNORECASE)


def confined(buying: Buying, *scopes: str) -> Api:
    user = factories.make_user()
    factories.make_membership(buying.organization.id, user.id, "owner")
    token = factories.make_api_token(buying.organization.id, user.id, scopes=list(scopes))
    return Api(buying.api.address, token, buying.organization.id)


@pytest.fixture
def buying(organization: Organization, admin: Api) -> Buying:
    return Buying(organization, admin)


@pytest.fixture
def order(buying: Buying) -> dict[str, Any]:
    order = buying.order(otherCosts="7.77")
    assert buying.receive(order, 4).status_code == 201
    return order


def keys_in(value: Any) -> Iterator[str]:
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_in(each)
    yield from value if isinstance(value, dict) else ()


@pytest.mark.parametrize(
    "path",
    [
        "/api/purchase-orders",
        "/api/purchase-orders/{id}",
        "/api/purchase-orders/{id}/items",
        "/api/purchase-order-items",
        "/api/materials-inventory/summary",
        "/api/materials-inventory/ledger",
        "/api/events",
        "/api/audit",
    ],
)
def test_answers_lack_costs_and_have_everything_else(buying: Buying, order: dict[str, Any], path: str) -> None:
    address = path.replace("{id}", order["purchaseOrder"]["id"])

    def show() -> httpx.Response | None:
        """With costs, as soon as transactions of other tests no longer hold events back."""
        answer = buying.api.get(address)
        return answer if any(MONEY.search(key) for key in keys_in(answer.json())) else None

    shown, hidden = wait_until(show), confined(buying, "read").get(address)
    assert (shown.status_code, hidden.status_code, hidden.headers["costs-hidden"]) == (200, 200, "true")
    assert "costs-hidden" not in shown.headers
    missing = set(keys_in(shown.json())) - set(keys_in(hidden.json()))
    assert missing, "there were no costs to hide"
    assert all(MONEY.search(each) for each in missing), missing
    left = {each for each in keys_in(hidden.json()) if MONEY.search(each)} - HARMLESS
    assert left == set(), left
    seen = confined(buying, "read", "costs").get(address)
    assert set(keys_in(seen.json())) >= set(keys_in(shown.json()))


def test_files_have_no_columns_of_costs(buying: Buying, order: dict[str, Any]) -> None:
    caller = confined(buying, "read")
    for path in ("/api/purchase-orders", "/api/materials-inventory/ledger", "/api/purchase-order-items"):
        text = caller.get(path, format="csv").text
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(caller.get(path, format="xlsx").content))
        for head in (next(csv.reader(io.StringIO(text))), sheet.get_sheet_by_index(0).to_python()[0]):
            assert head, path
            assert [each for each in head if MONEY.search(str(each)) and str(each) not in HARMLESS] == []
        assert "2.5" not in text
    assert "7.77" not in caller.get("/api/audit", format="csv").text


def test_what_cannot_be_masked_is_403(buying: Buying, order: dict[str, Any]) -> None:
    caller = confined(buying, "read")
    for path in (f"/api/purchase-orders/{order['purchaseOrder']['id']}/pdf", "/api/accounting/valuation"):
        refused = caller.get(path)
        assert (refused.status_code, "the scope costs" in refused.json()["error"]["message"]) == (403, True)
    assert caller.get("/api/audit/export").status_code == 403
    assert confined(buying, "read", "costs").get("/api/accounting/valuation").status_code == 200


def test_a_change_by_the_version_that_was_seen_is_taken(buying: Buying, order: dict[str, Any]) -> None:
    """The version is of what this caller sees: with costs left out it is another one, and still its own."""
    caller = confined(buying, "read", "write")
    path = f"/api/purchase-orders/{order['purchaseOrder']['id']}"
    seen = caller.get(path)
    assert seen.headers["etag"] != buying.api.get(path).headers["etag"]
    changed = caller.patch(path, {"notes": "at the back door"}, headers={"If-Match": seen.headers["etag"]})
    assert (changed.status_code, changed.json()["notes"], "otherCosts" in changed.json()) == (
        200,
        "at the back door",
        False,
    )
    assert caller.patch(path, {"notes": "x"}, headers={"If-Match": seen.headers["etag"]}).status_code == 412
    # What was answered may be sent back.
    assert caller.patch(path, {**changed.json(), "notes": "y"}).json()["notes"] == "y"
    assert buying.api.get(path).json()["purchaseOrder"]["otherCosts"] == "7.77"


def test_a_repetition_is_answered_without_costs_too(buying: Buying) -> None:
    caller, key = confined(buying, "write"), {"Idempotency-Key": factories.unique("key")}
    first, second = (caller.post("/api/purchase-orders", buying.body(), headers=key) for _ in range(2))
    assert (first.status_code, second.headers["idempotency-replayed"], second.content) == (201, "true", first.content)
    assert "unitCost" not in second.text


@pytest.mark.no_database
def test_every_amount_of_the_document_is_marked() -> None:
    """Of the answers of all operations, and of all columns that events show."""
    costs, unmarked = Costs(document()), []
    marked = [schema for schema in document()["components"]["schemas"].values() if "x-costs" in schema]
    assert len(marked) > 20
    assert all(set(schema["x-costs"]) <= schema["properties"].keys() for schema in marked)
    for route, item in document()["paths"].items():
        for method, declared in item.items():
            # The names of accounts are called like what they hold.
            if declared.get("x-costs") is True or declared["tags"] == ["Accounting"]:
                continue
            schema = next(each for status, each in declared["responses"].items() if str(status).startswith("2"))
            media = schema.get("content", {}).get("application/json", {})
            if "schema" not in media:
                continue
            plan = costs.plan(declared) or Plan()
            for example in _examples(media):
                left = set(keys_in(costs.without(plan, example))) - HARMLESS
                unmarked += [f"{method} {route}: {key}" for key in left if MONEY.search(key)]
    alike = ("contact", ": value"), ("cost-changes", ": cost"), ("/api/imports", ": values")
    assert [each for each in unmarked if not any(where in each and each.endswith(key) for where, key in alike)] == []


@pytest.mark.no_database
def test_no_column_of_an_event_says_an_amount() -> None:
    costs = Costs(document())
    file = spec.path().parent / "tests" / "plugins" / "events" / "shown_columns.json"
    columns = orjson.loads(file.read_bytes())
    plan = Plan(by_name=frozenset({"after"}))
    for table, names in columns.items():
        after = {_camel(name): "1" for name in names}
        left = costs.without(plan, {"type": f"{table}.created", "after": after})["after"]
        found = {name for name in left if MONEY.search(name) and name not in HARMLESS}
        assert found <= {name for of, name in NAMED_ALIKE if of == table}, table
        assert {name for of, name in NAMED_ALIKE if of == table} <= left.keys()


def _examples(media: dict[str, Any]) -> list[Any]:
    return [media["example"]] if "example" in media else [each["value"] for each in media.get("examples", {}).values()]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(each.title() for each in rest)


@pytest.mark.no_database
def test_what_the_function_has_made_is_left_as_it_is() -> None:
    plan = Plan(entries=Plan(keys=frozenset({"unitCost"})))
    rows = [{"id": 1, "unitCost": "2"}]
    assert Costs(document()).without(plan, rows) == [{"id": 1}]
    assert rows == [{"id": 1, "unitCost": "2"}]


def test_other_organizations_are_as_far_away_as_ever(organization: Organization, buying: Buying, order: Any) -> None:
    stranger = Buying(factories.make_organization(), buying.api)
    caller = confined(stranger, "read", "costs")
    assert caller.get(f"/api/purchase-orders/{order['purchaseOrder']['id']}").status_code == 404
