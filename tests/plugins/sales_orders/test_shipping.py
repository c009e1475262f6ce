"""Goods of an order leave in parts, each of which can be undone."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code
from tests.days import today
from tests.plugins.sales_orders.selling import ALLOCATED, GONE, NOTHING, Json, Selling
from tests.plugins.sales_orders.test_races import together

FULL = {
    "carrier": "Northern Parcel",
    "trackingNumber": "NP 4471 2093",
    "notes": "Two cartons.",
    "externalId": "DN-1187",
}


def ship(selling: Selling, order: Json, *quantities: int, **values: Any) -> Any:
    """So many of each line, as far as there are any."""
    items = [
        {"soItemId": line["id"], "quantity": quantity}
        for line, quantity in zip(order["items"], quantities, strict=False)
        if quantity
    ]
    return selling.api.post(f"{selling.path(order)}/shipments", {"items": items, **values})


def shipped(selling: Selling, order: Json, *quantities: int, **values: Any) -> Json:
    response = ship(selling, order, *quantities, **values)
    assert response.status_code == 201, response.text
    return dict(response.json())


def path(shipment: Json) -> str:
    return f"/api/sales-order-shipments/{shipment['shipment']['id']}"


def quantities(selling: Selling, order: Json) -> list[tuple[int, int, int]]:
    """Shipped, returned and open of each line."""
    lines = selling.get(order)["items"]
    return [(line["shippedQuantity"], line["returnedQuantity"], line["openQuantity"]) for line in lines]


def statuses(selling: Selling, order: Json) -> tuple[str, str]:
    found = selling.get(order)["salesOrder"]
    return found["orderStatus"], found["fulfillmentStatus"]


def test_a_part_leaves_and_the_rest_stays_allocated(selling: Selling) -> None:
    made = selling.order(status="Entered")
    done = shipped(selling, made, 4, **FULL, shippedAt=str(today()))
    shipment = done["shipment"]
    assert {key: shipment[key] for key in FULL} == FULL
    assert (shipment["shippedAt"], shipment["locationId"]) == (str(today()), selling.location)
    assert shipment["shipmentNumber"] == f"SHP-{today().year}-0001"
    assert [(item["soItemId"], item["quantity"], item["returnedQuantity"]) for item in done["items"]] == [
        (made["items"][0]["id"], 4, 0)
    ]
    assert done["salesOrder"] == selling.get(made)["salesOrder"]
    assert statuses(selling, made) == ("Entered", "Partial")
    assert (quantities(selling, made), selling.stock()) == ([(4, 0, 6)], ("96", "0", "6"))
    assert selling.entries(made)[-1] == ("CONSUME", "4", "2.5")
    assert selling.api.get(path(done)).json() == {"shipment": shipment, "items": done["items"]}
    assert selling.api.get(f"{selling.path(made)}/shipments").json() == {"data": [shipment]}
    assert selling.discrepancies() == []


def test_the_last_part_makes_the_order_shipped(selling: Selling) -> None:
    selling.receive(20, sku=1)
    made = selling.order(selling.line(0, 10), selling.line(1, 5), status="Entered")
    yesterday = str(today() - timedelta(days=1))
    shipped(selling, made, 10, 2)
    done = shipped(selling, made, 0, 3, shippedAt=yesterday)
    assert (done["salesOrder"]["orderStatus"], done["salesOrder"]["shippedAt"]) == ("Shipped", yesterday)
    assert statuses(selling, made) == ("Shipped", "Fulfilled")
    assert quantities(selling, made) == [(10, 0, 0), (5, 0, 0)]
    assert (selling.stock(), selling.stock(1)) == (("90", "0", "0"), ("15", "0", "0"))
    numbers = [each["shipmentNumber"][-1] for each in selling.api.get(f"{selling.path(made)}/shipments").json()["data"]]
    assert numbers == ["1", "2"]
    assert selling.discrepancies() == []


def test_goods_leave_another_location(selling: Selling) -> None:
    """Also one that is deactivated: it can be emptied."""
    elsewhere = factories.make_location(selling.organization.id)
    selling.receive(5, "4", location=elsewhere)
    assert selling.api.patch(f"/api/locations/{elsewhere}", {"isActive": False}).status_code == 200
    made = selling.order(status="Entered")
    done = shipped(selling, made, 5, locationId=elsewhere)
    assert done["shipment"]["locationId"] == elsewhere
    assert (selling.stock(), selling.stock(location=elsewhere)) == (("100", "0", "5"), ("0", "0", "0"))
    assert selling.api.delete(path(done)).status_code == 200
    assert (selling.stock(), selling.stock(location=elsewhere)) == (ALLOCATED, ("5", "0", "0"))
    assert selling.discrepancies() == []


def test_undone_shipments_give_the_order_back(selling: Selling) -> None:
    made = selling.order(status="Entered")
    first = shipped(selling, made, 4)
    selling.receive(104, "7.5")
    second = shipped(selling, made, 6)
    value = Decimal(selling.value())
    assert selling.api.delete(path(first)).json() == {"deletedId": first["shipment"]["id"]}
    # Four at 2.5, whatever the others have cost since.
    assert (selling.value(), selling.stock()) == (str(value + 10), ("198", "0", "4"))
    assert statuses(selling, made) == ("Entered", "Partial")
    assert selling.get(made)["salesOrder"]["shippedAt"] is None
    assert selling.api.delete(path(second)).status_code == 200
    assert statuses(selling, made) == ("Entered", "Pending")
    assert (selling.stock(), quantities(selling, made)) == (("204", "0", "10"), [(0, 0, 10)])
    assert [selling.api.get(path(each)).status_code for each in (first, second)] == [404, 404]
    assert selling.discrepancies() == []


def test_what_the_status_ships_is_a_shipment_of_the_rest(selling: Selling) -> None:
    made = selling.order(status="Entered")
    shipped(selling, made, 4)
    entries = len(selling.entries(made))
    assert selling.update(made, status="Shipped").status_code == 200
    # The caller's fulfillmentStatus is not touched by a status.
    assert statuses(selling, made) == ("Shipped", "Partial")
    assert selling.entries(made)[entries:] == [("CONSUME", "6", "2.5")]
    order, line = made["salesOrder"], made["items"][0]["id"]
    found = selling.api.get(f"{selling.path(made)}/shipments").json()["data"]
    assert [(each["id"], each["shipmentNumber"]) for each in found[:1]] == [(order["id"], order["soNumber"])]
    shown = selling.api.get(f"/api/sales-order-shipments/{order['id']}").json()
    assert shown["shipment"] == found[0]
    assert [(item["id"], item["soItemId"], item["quantity"]) for item in shown["items"]] == [(line, line, 6)]
    # What came first stays until what came last is undone.
    refused = selling.api.delete(path({"shipment": found[1]}))
    assert (refused.status_code, refused.json()["error"]["details"]) == (409, {"id": order["id"]})
    assert selling.api.delete(f"/api/sales-order-shipments/{order['id']}").status_code == 200
    assert (statuses(selling, made), selling.stock()) == (("Entered", "Partial"), ("96", "0", "6"))
    assert selling.api.get(f"/api/sales-order-shipments/{order['id']}").status_code == 404
    assert selling.api.delete(f"/api/sales-order-shipments/{order['id']}").status_code == 404
    assert selling.discrepancies() == []


def test_order_of_which_all_has_left_ships_nothing_more(selling: Selling) -> None:
    """Lines are made less where no more will be shipped: the status then closes the order."""
    made = selling.order(status="Entered")
    only = shipped(selling, made, 4)
    line = f"/api/sales-order-items/{made['items'][0]['id']}"
    assert selling.api.patch(line, {"quantity": 4}).status_code == 200
    assert selling.update(made, status="Shipped").status_code == 200
    assert selling.api.get(f"{selling.path(made)}/shipments").json()["data"] == [only["shipment"]]
    assert selling.api.get(f"/api/sales-order-shipments/{made['salesOrder']['id']}").status_code == 404
    assert selling.stock() == ("96", "0", "0")
    assert selling.discrepancies() == []


def test_order_created_as_shipped_has_one_shipment(selling: Selling) -> None:
    made = selling.order(status="Invoiced")
    assert [(line["shippedQuantity"], line["openQuantity"]) for line in made["items"]] == [(10, 0)]
    (shipment,) = selling.api.get(f"{selling.path(made)}/shipments").json()["data"]
    assert (shipment["id"], shipment["shippedAt"]) == (made["salesOrder"]["id"], None)


def test_rejected_order_has_its_goods_back_and_ships_them_again_when_it_is_reopened(selling: Selling) -> None:
    made = selling.order(status="Entered")
    shipped(selling, made, 4)
    assert selling.update(made, status="Rejected").status_code == 200
    assert (selling.stock(), quantities(selling, made)) == (NOTHING, [(0, 0, 0)])
    assert selling.discrepancies() == []
    assert selling.reopen(made).json()["orderStatus"] == "Entered"
    assert (selling.stock(), quantities(selling, made)) == (("96", "0", "6"), [(4, 0, 6)])
    assert selling.discrepancies() == []


def test_what_leaves_again_leaves_now_and_past_days_have_it_once(selling: Selling) -> None:
    """Also where the books of the first time have been closed since then."""
    days = [str(today() - timedelta(days=number)) for number in (3, 2)]
    made = selling.order(status="Entered")
    shipped(selling, made, 4, shippedAt=days[0])
    assert selling.update(made, status="Shipped", shippedAt=days[1]).status_code == 200
    assert selling.api.patch("/api/accounting/settings", {"closedThrough": days[1]}).status_code == 200
    assert selling.update(made, status="Rejected").status_code == 200
    assert selling.reopen(made).json()["orderStatus"] == "Shipped"
    assert selling.stock() == GONE
    left = [
        entry["eventDate"][:10]
        for entry in selling.api.get("/api/finished-goods-inventory/ledger", eventType="CONSUME").json()["data"]
    ]
    assert sorted(left) == [*days, str(today()), str(today())]
    assert selling.discrepancies() == []


def test_goods_leave_an_order_that_is_entered_alone(selling: Selling) -> None:
    made = selling.order()
    ways = ("Entered", "In-Dispute", "Entered", "Shipped", "Invoiced", "Rejected")
    for status in ("Received", *ways):
        if status != "Received":
            assert selling.update(made, status=status).status_code == 200
        if status != "Entered":
            refused = ship(selling, made, 1)
            assert (refused.status_code, error_code(refused)) == (409, "invalid_transition"), status
    assert selling.get(made)["items"][0]["shippedQuantity"] == 0


@pytest.mark.parametrize("status", ["In-Dispute", "Invoiced"])
def test_shipment_is_not_undone_once_it_is_invoiced_or_disputed(selling: Selling, status: str) -> None:
    made = selling.order(status="Entered")
    done = shipped(selling, made, 10)
    assert selling.update(made, status=status).status_code == 200
    refused = selling.api.delete(path(done))
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
    assert selling.stock() == GONE


def test_no_more_is_shipped_than_is_open(selling: Selling) -> None:
    made = selling.order(status="Entered")
    shipped(selling, made, 7)
    refused = ship(selling, made, 4)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"] == {
        "soItemId": made["items"][0]["id"],
        "openQuantity": 3,
        "requested": 4,
    }
    assert (selling.stock(), quantities(selling, made)) == (("93", "0", "3"), [(7, 0, 3)])


def test_no_more_is_shipped_than_is_there(selling: Selling) -> None:
    made = selling.order(selling.line(0, 120), status="Entered")
    refused = ship(selling, made, 101)
    assert (refused.status_code, refused.json()["error"]["details"]) == (
        409,
        {"itemId": selling.skus[0], "locationId": selling.location, "onHand": "100", "requested": "101"},
    )
    assert (statuses(selling, made), quantities(selling, made)) == (("Entered", "Pending"), [(0, 0, 120)])
    assert selling.api.get(f"{selling.path(made)}/shipments").json() == {"data": []}


def test_what_is_no_shipment_is_refused(selling: Selling, organization: Any) -> None:
    made, other = (selling.order(status="Entered") for _ in range(2))
    twice = [{"soItemId": made["items"][0]["id"], "quantity": 1}] * 2
    refused = selling.api.post(f"{selling.path(made)}/shipments", {"items": twice})
    assert (refused.status_code, refused.json()["error"]["details"][0]["path"]) == (422, "/items/1/soItemId")
    tomorrow = str(today() + timedelta(days=3))
    assert ship(selling, made, 1, shippedAt=tomorrow).status_code == 422
    assert ship(selling, {**made, "items": other["items"]}, 1).status_code == 404
    assert ship(selling, made, 1, locationId=new_id()).status_code == 404
    nowhere = selling.order(status="Entered", fulfillmentLocationId=None)
    refused = ship(selling, nowhere, 1, locationId=selling.location)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert selling.stock() == ("100", "0", "20")


def test_external_id_is_a_shipments_own(selling: Selling) -> None:
    made = selling.order(status="Entered")
    first = shipped(selling, made, 1, externalId="DN-1")
    again = ship(selling, made, 1, externalId="DN-1")
    assert (again.status_code, again.json()["error"]["details"]) == (409, {"id": first["shipment"]["id"]})
    assert selling.api.delete(path(first)).status_code == 200
    shipped(selling, made, 1, externalId="DN-1")


def test_lines_keep_what_was_shipped_of_them(selling: Selling) -> None:
    made = selling.order(selling.line(0, 10), selling.line(1, 5), status="Entered")
    shipped(selling, made, 4)
    line = f"/api/sales-order-items/{made['items'][0]['id']}"
    for refused in (
        selling.api.patch(line, {"quantity": 3}),
        selling.api.patch(line, {"skuId": selling.skus[2]}),
        selling.api.delete(line),
    ):
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
        assert refused.json()["error"]["details"]["shippedQuantity"] == 4
    assert selling.api.patch(line, {"quantity": 20, "unitPrice": 3}).json()["openQuantity"] == 16
    assert selling.stock() == ("96", "0", "16")
    elsewhere = factories.make_location(selling.organization.id)
    assert selling.update(made, fulfillmentLocationId=elsewhere).status_code == 200
    assert (selling.stock(), selling.stock(location=elsewhere)) == (("96", "0", "0"), ("0", "0", "16"))
    assert selling.discrepancies() == []


def test_deleted_order_takes_its_shipments_along(selling: Selling) -> None:
    made = selling.order(status="Entered")
    done = shipped(selling, made, 4)
    assert selling.api.delete(selling.path(made)).status_code == 200
    assert (selling.api.get(path(done)).status_code, selling.stock()) == (404, NOTHING)
    assert selling.discrepancies() == []


def test_what_is_said_of_a_shipment_changes_until_the_order_has_ended(selling: Selling) -> None:
    made = selling.order(status="Entered")
    done = shipped(selling, made, 10)
    changed = selling.api.patch(path(done), {"trackingNumber": "NP 1", "notes": None})
    assert (changed.status_code, changed.json()["trackingNumber"], changed.json()["carrier"]) == (200, "NP 1", None)
    for status in ("Invoiced", "Paid"):
        assert selling.update(made, status=status).status_code == 200
    refused = selling.api.patch(path(done), {"carrier": "Somebody"})
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
    by_status = selling.order(status="Shipped")
    refused = selling.api.patch(path({"shipment": {"id": by_status["salesOrder"]["id"]}}), {"carrier": "Somebody"})
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")


def test_shipment_in_a_closed_period_is_refused(selling: Selling) -> None:
    made = selling.order(status="Entered")
    day = str(today() - timedelta(days=2))
    assert selling.api.patch("/api/accounting/settings", {"closedThrough": day}).status_code == 200
    refused = ship(selling, made, 1, shippedAt=day)
    assert (refused.status_code, error_code(refused)) == (409, "period_closed")


def test_shipments_count_as_cost_of_goods(selling: Selling) -> None:
    made = selling.order(status="Entered")
    first = shipped(selling, made, 4)
    shipped(selling, made, 3)
    assert selling.api.delete(path(first)).status_code == 200
    for group in ("order", "customer", "sku", "month"):
        found = selling.api.get("/api/accounting/cost-of-goods", groupBy=group).json()
        sums = [(row["quantity"], row["costOfGoods"]) for row in found["data"] if row["quantity"] != "0"]
        assert sums == [("3", "7.5")], group
        assert found["total"]["costOfGoods"] == "7.5"


def test_shipment_is_made_for_the_version_that_was_seen(selling: Selling, admin: Api) -> None:
    made = selling.order(status="Entered")
    etag = selling.api.get(selling.path(made)).headers["ETag"]
    body = {"items": [{"soItemId": made["items"][0]["id"], "quantity": 4}]}
    answers = [
        selling.api.request("POST", f"{selling.path(made)}/shipments", json=body, headers={"If-Match": etag})
        for _ in range(2)
    ]
    assert [response.status_code for response in answers] == [201, 412]


def test_of_two_who_ship_the_same_at_once_one_does(selling: Selling) -> None:
    for _ in range(5):
        made = selling.order(status="Entered")
        answers = together(*[partial(ship, selling, made, 6)] * 4)
        assert sorted(response.status_code for response in answers) == [201, 409, 409, 409]
        assert quantities(selling, made) == [(6, 0, 4)]
    assert selling.stock() == ("70", "0", "20")
    assert selling.discrepancies() == []


def test_shipping_undoing_and_the_status_at_once_add_up(selling: Selling) -> None:
    for _ in range(5):
        made = selling.order(status="Entered")
        first = shipped(selling, made, 2)
        answers = together(
            partial(ship, selling, made, 3),
            partial(selling.api.delete, path(first)),
            partial(selling.update, made, status="Shipped"),
            partial(ship, selling, made, 5),
        )
        assert {response.status_code for response in answers} <= {200, 201, 409}
        assert selling.discrepancies() == []
