"""Creating, reading, changing and deleting sales orders, as a caller sees them."""

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.days import today
from tests.plugins.sales_orders.selling import ALLOCATED, DEMAND, GONE, NOTHING, Selling

COSTS = ("fulfillmentCosts", "freightCosts", "promoCosts", "otherCosts")
NAMED = ("customerId", "channelId", "fulfillmentLocationId", "brokerId", "sku")


def named(selling: Selling, key: str, org_id: str | None = None, **columns: object) -> str:
    """A new record of what the key of a request names, by default in the organization that sells."""
    make = {
        "customerId": factories.make_customer,
        "channelId": factories.make_order_channel,
        "fulfillmentLocationId": factories.make_location,
        "brokerId": factories.make_broker,
        "sku": factories.make_sku,
    }[key]
    return make(org_id or selling.organization.id, **columns)  # type: ignore[operator, no-any-return]


def naming(selling: Selling, key: str, id: str) -> dict[str, object]:
    return selling.body({"skuId": id, "quantity": 1}) if key == "sku" else selling.body(**{key: id})


def test_create_sales_order_returns_every_value(selling: Selling) -> None:
    broker = factories.make_broker(selling.organization.id)
    made = selling.order(
        selling.line(0, 24, 3.25),
        selling.line(1, 1000000000, 0.000001),
        brokerId=broker,
        brokerFeePercent=7.5,
        brokerFees=1.999999,
        fulfillmentCosts=6,
        freightCosts=18.4,
        promoCosts=0.01,
        otherCosts=99999.123456,
        mabd="2026-03-20T23:30:00-08:00",
        notes="Ring before delivery.",
        qboId="SO-3001",
        fulfillmentStatus="Partial",
    )
    order = made["salesOrder"]
    assert order["soNumber"] == f"SO-{today().year}-0001"
    assert (order["customerId"], order["orderChannelId"]) == (selling.customer, selling.channel)
    assert (order["brokerId"], order["brokerFeePercent"], order["brokerFees"]) == (broker, "7.5", "1.999999")
    assert [order[key] for key in COSTS] == ["6", "18.4", "0.01", "99999.123456"]
    assert (order["mabd"], order["placedAt"]) == ("2026-03-20", str(today()))
    assert (order["notes"], order["qboId"], order["fulfillmentStatus"]) == (
        "Ring before delivery.",
        "SO-3001",
        "Partial",
    )
    first, second = made["items"]
    assert (first["skuId"], first["quantity"], first["unitPrice"]) == (selling.skus[0], 24, "3.25")
    assert (second["quantity"], second["unitPrice"]) == (1000000000, "0.000001")
    assert selling.get(made) == made


def test_create_sales_order_with_the_least_has_defaults(selling: Selling) -> None:
    body = selling.body({"skuId": selling.skus[0], "quantity": 1})
    del body["fulfillmentLocationId"]
    made = selling.api.post("/api/sales-orders", body).json()
    order = made["salesOrder"]
    assert [order[key] for key in ("fulfillmentLocationId", "brokerId", "brokerFeePercent", "notes", "qboId")] == [
        None
    ] * 5
    assert [order[key] for key in ("brokerFees", *COSTS)] == ["0"] * 5
    assert made["items"][0]["unitPrice"] == "0"
    assert selling.stock() == NOTHING


def test_numbers_count_up_and_are_never_given_again(selling: Selling) -> None:
    numbers = []
    for _ in range(3):
        made = selling.order()
        numbers.append(made["salesOrder"]["soNumber"])
        assert selling.api.delete(selling.path(made)).status_code == 200
    assert numbers == [f"SO-{today().year}-{number:04}" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("status", "stamped", "held"),
    [
        ("Received", "receivedAt", DEMAND),
        ("Entered", "enteredAt", ALLOCATED),
        ("Shipped", "shippedAt", GONE),
        ("Invoiced", "invoicedAt", GONE),
        ("Paid", "paidAt", GONE),
        ("Completed", "completedAt", GONE),
        ("Rejected", "rejectedAt", NOTHING),
        ("In-Dispute", "inDisputeAt", DEMAND),
    ],
)
def test_create_sales_order_at_any_status_commits_what_the_status_says(
    selling: Selling, status: str, stamped: str, held: tuple[str, str, str]
) -> None:
    order = selling.order(status=status)["salesOrder"]
    dates = {key: value for key, value in order.items() if key.endswith("At") and key not in ("createdAt", "updatedAt")}
    assert {key: value for key, value in dates.items() if value is not None} == {
        "placedAt": str(today()),
        stamped: str(today()),
    }
    assert selling.stock() == held
    assert selling.discrepancies() == []


@pytest.mark.parametrize("status", ["Shipped", "Invoiced", "Paid", "Completed"])
def test_create_sales_order_whose_goods_have_left_from_nowhere_is_409(selling: Selling, status: str) -> None:
    refused = selling.create(status=status, fulfillmentLocationId=None)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_create_sales_order_that_ships_more_than_there_is_is_409(selling: Selling) -> None:
    refused = selling.create(selling.line(0, 101), status="Shipped")
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"] == {
        "itemId": selling.skus[0],
        "locationId": selling.location,
        "onHand": "100",
        "requested": "101",
    }
    assert selling.api.get("/api/sales-orders").json()["data"] == []
    assert selling.stock() == NOTHING


def test_create_sales_order_may_promise_more_than_there_is(selling: Selling) -> None:
    selling.order(selling.line(0, 150), status="Entered")
    assert selling.stock() == ("100", "0", "150")


def test_create_sales_order_with_a_sku_twice_is_422(selling: Selling) -> None:
    again = {**selling.line(), "skuId": selling.skus[0].upper()}
    refused = selling.create(selling.line(), selling.line(1), again)
    assert (refused.status_code, pointers(refused)) == (422, ["/items/2/skuId"])


@pytest.mark.parametrize("key", NAMED)
@pytest.mark.parametrize("whose", ["nobody's", "another's"])
def test_create_sales_order_naming_what_is_not_there_is_404(selling: Selling, key: str, whose: str) -> None:
    id = new_id() if whose == "nobody's" else named(selling, key, factories.make_organization().id)
    refused = selling.api.post("/api/sales-orders", naming(selling, key, id))
    assert (refused.status_code, error_code(refused)) == (404, "not_found")
    assert id in refused.json()["error"]["message"]


@pytest.mark.parametrize("key", NAMED)
def test_create_sales_order_naming_what_is_deactivated_is_409(selling: Selling, key: str) -> None:
    id = named(selling, key, is_active=False)
    refused = selling.api.post("/api/sales-orders", naming(selling, key, id))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


@pytest.mark.parametrize("key", [key for key in NAMED if key != "sku"])
def test_update_sales_order_keeps_what_was_deactivated_but_newly_names_no_such(selling: Selling, key: str) -> None:
    kept = named(selling, key)
    made = selling.order(**{key: kept})
    kind = {"channelId": "order-channels", "fulfillmentLocationId": "locations"}.get(key, f"{key.removesuffix('Id')}s")
    assert selling.api.patch(f"/api/{kind}/{kept}", {"isActive": False}).status_code == 200
    assert selling.update(made, **{key: kept}, notes="again").status_code == 200
    refused = selling.update(made, **{key: named(selling, key, is_active=False)})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    missing = selling.update(made, **{key: new_id()})
    assert (missing.status_code, error_code(missing)) == (404, "not_found")
    shown = {"channelId": "orderChannelId"}.get(key, key)
    assert selling.get(made)["salesOrder"][shown] == kept


def test_update_sales_order_changes_the_keys_that_are_sent(selling: Selling) -> None:
    broker = factories.make_broker(selling.organization.id)
    made = selling.order(notes="before", qboId="Q-1", brokerId=broker, brokerFeePercent=5)
    other = factories.make_customer(selling.organization.id)
    changed = selling.update(
        made, customerId=other.upper(), fulfillmentStatus="Fulfilled", notes=None, qboId=None, placedAt="2026-01-05"
    ).json()
    assert changed == {
        **made["salesOrder"],
        "customerId": other,
        "fulfillmentStatus": "Fulfilled",
        "notes": None,
        "qboId": None,
        "placedAt": "2026-01-05",
        "updatedAt": changed["updatedAt"],
    }
    assert changed["brokerFees"] == "2"


def test_update_sales_order_with_nothing_changes_nothing(selling: Selling) -> None:
    made = selling.order(status="Entered")
    assert selling.update(made).json() == made["salesOrder"]
    again = selling.update(made, status="Entered").json()
    assert again["enteredAt"] == made["salesOrder"]["enteredAt"]
    assert len(selling.entries(made)) == 2


def test_update_sales_order_cannot_be_without_an_order_date(selling: Selling) -> None:
    refused = selling.update(selling.order(), placedAt=None)
    assert (refused.status_code, set(pointers(refused))) == (422, {"/placedAt"})


def test_qbo_id_is_unique(selling: Selling) -> None:
    selling.order(qboId="Q-1")
    refused = selling.create(qboId="Q-1")
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["message"] == "another sales order has this qboId"
    other = selling.order(qboId="Q-2")
    assert selling.update(other, qboId="Q-1").status_code == 409
    assert selling.update(other, qboId="Q-2").status_code == 200


def test_a_quantity_that_cannot_be_kept_is_409(selling: Selling) -> None:
    """Of a thousand orders of a billion each the last is one too many."""
    factories.make_balance(
        selling.organization.id, sku_id=selling.skus[1], location_id=selling.location, demand=10**12 - 5
    )
    refused = selling.create(selling.line(1, 10))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert selling.create(selling.line(1, 4)).status_code == 201


@pytest.mark.parametrize("status", ["Received", "Entered", "Shipped", "Invoiced", "In-Dispute"])
def test_delete_sales_order_takes_everything_back(selling: Selling, status: str) -> None:
    made = selling.order(status=status)
    selling.api.post(f"{selling.path(made)}/timeline-notes", {"body": "A note"})
    assert selling.api.delete(selling.path(made)).json() == {"deletedId": made["salesOrder"]["id"]}
    assert selling.api.get(selling.path(made)).status_code == 404
    assert selling.api.delete(selling.path(made)).status_code == 404
    assert selling.stock() == NOTHING
    assert selling.value() == "250"
    assert selling.discrepancies() == []


def test_what_orders_refer_to_cannot_be_deleted(selling: Selling, admin: Api) -> None:
    broker = factories.make_broker(selling.organization.id)
    selling.order(brokerId=broker)
    for path, kind in (
        (f"/api/customers/{selling.customer}", "soCount"),
        (f"/api/order-channels/{selling.channel}", "soCount"),
        (f"/api/locations/{selling.location}", "soCount"),
        (f"/api/brokers/{broker}", "soCount"),
        (f"/api/skus/{selling.skus[0]}", "soLineCount"),
    ):
        refused = admin.delete(path)
        assert (refused.status_code, error_code(refused)) == (409, "in_use")
        assert refused.json()["error"]["details"]["references"][kind] == 1
    in_use = admin.get(f"/api/locations/{selling.location}/in-use").json()
    assert in_use["references"]["soCount"] == 1
    assert admin.get(f"/api/brokers/{broker}/in-use").json() == {"inUse": True, "customerCount": 0, "soCount": 1}


def test_status_types_are_the_document_s(viewer: Api) -> None:
    assert viewer.get("/api/order-status-types").json() == {
        "data": ["Received", "Entered", "Shipped", "Invoiced", "Paid", "Rejected", "In-Dispute", "Completed"]
    }
    assert viewer.get("/api/fulfillment-status-types").json() == {"data": ["Pending", "Partial", "Fulfilled"]}


def test_orders_of_another_organization_are_not_there(selling: Selling, as_role: AsRole) -> None:
    made = selling.order()
    other = as_role(factories.make_organization(), "owner")
    path, line = selling.path(made), f"/api/sales-order-items/{made['items'][0]['id']}"
    for response in (
        other.get(path),
        other.patch(path, {"notes": "theirs"}),
        other.delete(path),
        other.get(f"{path}/items"),
        other.post(f"{path}/items", {"skuId": selling.skus[1], "quantity": 1}),
        other.patch(line, {"quantity": 1}),
        other.delete(line),
        other.get(f"{path}/timeline-notes"),
        other.post(f"{path}/timeline-notes", {"body": "theirs"}),
    ):
        assert response.status_code == 404
    assert selling.get(made) == made
