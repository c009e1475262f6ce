"""Creating, reading, changing and deleting purchase orders, as a caller sees them."""

import pytest

from pharus.db import db
from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.days import today
from tests.plugins.purchase_orders.buying import Buying

DATES = ("planningAt", "placedAt", "inTransitAt", "partialAt", "receivedAt", "paidAt", "cancelledAt")


def dates(order: dict[str, object]) -> dict[str, object]:
    """The dates of statuses that are set."""
    return {key: order[key] for key in DATES if order[key] is not None}


def test_create_purchase_order_returns_every_value(buying: Buying) -> None:
    made = buying.order(
        buying.line(0, 99999.123456, 0.000001),
        buying.line(1, 2),
        placedAt="2026-02-03T23:30:00-08:00",
        shipDate="2026-02-10",
        expectedDeliveryDate="2026-02-20",
        shippingCosts=35.5,
        setupCosts=10,
        otherCosts=0.01,
        notes="Back door",
    )
    order = made["purchaseOrder"]
    assert order["poNumber"] == f"PO-{today().year}-0001"
    assert {key: order[key] for key in ("shippingCosts", "setupCosts", "otherCosts")} == {
        "shippingCosts": "35.5",
        "setupCosts": "10",
        "otherCosts": "0.01",
    }
    assert dates(order) == {"placedAt": "2026-02-03"}
    assert (order["shipDate"], order["expectedDeliveryDate"], order["notes"]) == (
        "2026-02-10",
        "2026-02-20",
        "Back door",
    )
    first, second = made["items"]
    assert (first["quantity"], first["unitCost"]) == ("99999.123456", "0.000001")
    assert (second["materialId"], second["skuId"]) == (buying.materials[1], None)
    assert buying.get(made) == made


def test_create_purchase_order_with_the_least_has_defaults(buying: Buying) -> None:
    made = buying.order({"materialId": buying.materials[0], "quantity": 1}, status="Planning", shipToLocationId=None)
    order = made["purchaseOrder"]
    assert dates(order) == {"planningAt": str(today())}
    assert (order["shippingCosts"], order["shipToLocationId"], made["items"][0]["unitCost"]) == ("0", None, "0")


def test_numbers_count_up_and_are_never_given_again(buying: Buying) -> None:
    numbers = []
    for _ in range(3):
        made = buying.order()
        numbers.append(made["purchaseOrder"]["poNumber"])
        assert buying.api.delete(f"/api/purchase-orders/{made['purchaseOrder']['id']}").status_code == 200
    assert numbers == [f"PO-{today().year}-{number:04}" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("status", "on_order"),
    [
        ("Planning", "0"),
        ("Placed", "10"),
        ("In Transit", "10"),
        ("Partial", "10"),
        ("Received", "0"),
        ("Paid", "0"),
        ("Cancelled", "0"),
    ],
)
def test_create_purchase_order_at_any_status_commits_what_the_status_says(
    buying: Buying, status: str, on_order: str
) -> None:
    made = buying.order(status=status)
    stamped = DATES[("Planning", "Placed", "In Transit", "Partial", "Received", "Paid", "Cancelled").index(status)]
    assert dates(made["purchaseOrder"]) == {stamped: str(today())}
    assert buying.stock() == ("0", on_order, "0")


def test_create_purchase_order_of_skus_orders_finished_goods(buying: Buying) -> None:
    buying.order({"skuId": buying.skus[0], "quantity": 4}, targetType="finished_goods")
    rows = buying.api.get("/api/finished-goods-inventory/summary").json()["data"]
    assert [(row["skuId"], row["onOrder"]) for row in rows] == [(buying.skus[0], "4")]
    assert buying.stock() == ("0", "0", "0")


def test_create_purchase_order_without_a_location_commits_nothing_until_it_has_one(buying: Buying) -> None:
    made = buying.order(shipToLocationId=None)
    assert buying.entries(made["purchaseOrder"]["poNumber"]) == []
    assert buying.update(made, shipToLocationId=buying.location).status_code == 200
    assert buying.stock()[1] == "10"


def test_create_purchase_order_refuses_lines_of_the_other_kind(buying: Buying) -> None:
    body = buying.body(buying.line(), {"skuId": buying.skus[0], "quantity": 1})
    assert pointers(buying.api.post("/api/purchase-orders", body)) == ["/items/1/skuId"]


@pytest.mark.parametrize(
    "item",
    [
        {"quantity": 1},
        {"materialId": None, "quantity": 1},
        {"materialId": "m", "skuId": "s", "quantity": 1},
    ],
    ids=["none", "null", "both"],
)
def test_create_purchase_order_refuses_a_line_without_exactly_one_item(buying: Buying, item: dict[str, object]) -> None:
    named = {"m": buying.materials[0], "s": buying.skus[0]}
    item = {key: named.get(value, value) if isinstance(value, str) else value for key, value in item.items()}
    refused = buying.api.post("/api/purchase-orders", buying.body(item))
    assert (refused.status_code, pointers(refused)) == (422, ["/items/0"])


@pytest.mark.parametrize("key", ["vendorId", "shipToLocationId", "material"])
@pytest.mark.parametrize("whose", ["nobody's", "another's"])
def test_create_purchase_order_naming_what_is_not_there_is_404(buying: Buying, key: str, whose: str) -> None:
    other = factories.make_organization().id
    make = {
        "vendorId": factories.make_vendor,
        "shipToLocationId": factories.make_location,
        "material": factories.make_material,
    }
    id = new_id() if whose == "nobody's" else make[key](other)  # type: ignore[operator]
    body = buying.body(**{key: id}) if key != "material" else buying.body({"materialId": id, "quantity": 1})
    refused = buying.api.post("/api/purchase-orders", body)
    assert (refused.status_code, error_code(refused)) == (404, "not_found")


@pytest.mark.parametrize("kind", ["vendors", "locations", "materials"])
def test_deactivated_records_are_kept_and_not_newly_named(buying: Buying, admin: Api, kind: str) -> None:
    made = buying.order()
    id = {"vendors": buying.vendor, "locations": buying.location, "materials": buying.materials[0]}[kind]
    assert admin.patch(f"/api/{kind}/{id}", {"isActive": False}).status_code == 200
    refused = buying.api.post("/api/purchase-orders", buying.body())
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    kept = buying.update(made, vendorId=buying.vendor, shipToLocationId=buying.location, notes="kept")
    assert kept.json()["notes"] == "kept"
    assert buying.receive(made, 10).status_code == 201


def test_update_purchase_order_through_its_statuses_stamps_and_clears(buying: Buying) -> None:
    made = buying.order(status="Planning")
    for status in ("Placed", "In Transit"):
        assert buying.update(made, status=status).json()["status"] == status
    assert dates(buying.get(made)["purchaseOrder"]).keys() == {"planningAt", "placedAt", "inTransitAt"}
    assert dates(buying.update(made, status="Placed").json()).keys() == {"planningAt", "placedAt"}
    assert dates(buying.update(made, status="Planning").json()).keys() == {"planningAt"}
    assert buying.stock()[1] == "0"
    given = buying.update(made, status="Placed", placedAt="2026-01-05").json()
    assert given["placedAt"] == "2026-01-05"
    assert buying.update(made, status="Cancelled", cancelledAt=None).json()["cancelledAt"] is None
    assert buying.entries(made["purchaseOrder"]["poNumber"]) == [
        ("ORDER", "10"),
        ("REVERSE_ORDER", "10"),
        ("ORDER", "10"),
        ("REVERSE_ORDER", "10"),
    ]


STEPS = {
    "Planning": {"Placed", "Cancelled"},
    "Placed": {"Planning", "In Transit", "Cancelled"},
    "In Transit": {"Placed", "Cancelled"},
    "Partial": {"In Transit", "Received", "Cancelled"},
    "Received": {"Paid"},
    "Paid": set(),
    "Cancelled": set(),
}


@pytest.mark.parametrize("before", STEPS)
def test_update_purchase_order_allows_the_map_and_nothing_else(buying: Buying, before: str) -> None:
    for after in STEPS:
        made = buying.order(status=before)
        response = buying.update(made, status=after)
        if after in STEPS[before] | {before}:
            assert response.json()["status"] == after
        else:
            assert (response.status_code, error_code(response)) == (409, "invalid_transition")
            details = response.json()["error"]["details"]
            assert (details["from"], details["to"], set(details["allowed"])) == (before, after, STEPS[before])
            assert buying.get(made) == made


def test_update_purchase_order_moves_what_is_on_order_to_the_new_location(buying: Buying) -> None:
    made = buying.order()
    elsewhere = factories.make_location(buying.organization.id)
    assert buying.update(made, shipToLocationId=elsewhere).status_code == 200
    assert (buying.stock()[1], buying.stock(location=elsewhere)[1]) == ("0", "10")
    assert buying.update(made, shipToLocationId=None).status_code == 200
    assert (buying.stock()[1], buying.stock(location=elsewhere)[1]) == ("0", "0")


def test_update_purchase_order_with_nothing_changes_nothing(buying: Buying) -> None:
    made = buying.order()
    assert buying.update(made).json() == made["purchaseOrder"]
    assert buying.update(made, status="Placed").json()["placedAt"] == made["purchaseOrder"]["placedAt"]
    assert len(buying.entries(made["purchaseOrder"]["poNumber"])) == 1


def test_update_purchase_order_cannot_change_the_kind_of_its_lines(buying: Buying) -> None:
    made = buying.order()
    refused = buying.update(made, targetType="finished_goods")
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert buying.update(made, targetType="materials").status_code == 200


def test_delete_purchase_order_takes_everything_back(buying: Buying) -> None:
    made = buying.order(buying.line(0, 10), buying.line(1, 5))
    assert buying.receive(made, 4, 5).status_code == 201
    number = made["purchaseOrder"]["poNumber"]
    path = f"/api/purchase-orders/{made['purchaseOrder']['id']}"
    assert buying.api.delete(path).json() == {"deletedId": made["purchaseOrder"]["id"]}
    assert buying.api.get(path).status_code == 404
    assert buying.stock(0) == buying.stock(1) == ("0", "0", "0")
    assert len(buying.entries(number)) == 8
    assert buying.discrepancies() == []


def test_delete_purchase_order_whose_goods_are_gone_is_409(buying: Buying) -> None:
    made = buying.order()
    buying.receive(made, 9)
    used = {"materialId": buying.materials[0], "locationId": buying.location, "quantity": 1}
    assert buying.api.post("/api/materials-inventory/disposals", used).status_code == 201
    refused = buying.api.delete(f"/api/purchase-orders/{made['purchaseOrder']['id']}")
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"]["onHand"] == "8"
    assert buying.get(made)["purchaseOrder"]["status"] == "Partial"


def test_what_orders_refer_to_cannot_be_deleted(buying: Buying, admin: Api) -> None:
    buying.order()
    for path, kind in (
        (f"/api/vendors/{buying.vendor}", "poCount"),
        (f"/api/locations/{buying.location}", "poCount"),
        (f"/api/materials/{buying.materials[0]}", "poLineCount"),
    ):
        refused = admin.delete(path)
        assert (refused.status_code, error_code(refused)) == (409, "in_use")
        assert refused.json()["error"]["details"]["references"][kind] == 1
    in_use = admin.get(f"/api/locations/{buying.location}/in-use").json()
    assert (in_use["inUse"], in_use["references"]["poCount"]) == (True, 1)


def test_check_finds_a_line_whose_entries_differ_from_its_status(buying: Buying) -> None:
    made = buying.order()
    assert buying.discrepancies() == []
    db.execute_sql("UPDATE purchase_order SET status = 'Planning' WHERE id = %s", (made["purchaseOrder"]["id"],))
    (discrepancy,) = buying.discrepancies()
    assert f"{made['purchaseOrder']['poNumber']} lacks REVERSE_ORDER of 10" in discrepancy


def test_status_types_are_the_document_s(viewer: Api) -> None:
    assert viewer.get("/api/purchase-order-status-types").json() == {"data": list(STEPS)}
