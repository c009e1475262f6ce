"""Lines of sales orders in cases: whole pieces leave, amounts are what was said."""

from typing import Any

import httpx
import pytest

from tests import factories
from tests.api import error_code, pointers
from tests.plugins.sales_orders.selling import Json, Selling
from tests.plugins.sales_orders.test_printing import text_of


@pytest.fixture
def cased(selling: Selling) -> Selling:
    """Its first SKU comes in cases of 12."""
    path = f"/api/skus/{selling.skus[0]}"
    assert selling.api.patch(path, {"unit": "pcs"}).status_code == 200
    units = {"units": [{"unit": "case", "numerator": 12}]}
    assert selling.api.request("PUT", f"{path}/units", json=units).status_code == 200
    return selling


def cases(selling: Selling, quantity: object = 3, **values: Any) -> Json:
    return {
        "skuId": selling.skus[0],
        "quantity": None,
        "unit": "case",
        "unitQuantity": quantity,
        "pricePerUnit": "10",
        **values,
    }


def ship(selling: Selling, order: Json, **values: Any) -> httpx.Response:
    line = {"soItemId": order["items"][0]["id"], **values}
    return selling.api.post(f"/api/sales-orders/{order['salesOrder']['id']}/shipments", {"items": [line]})


def said(line: Json) -> tuple[object, ...]:
    return tuple(line[key] for key in ("quantity", "unitPrice", "unit", "unitQuantity", "unitFactor", "pricePerUnit"))


def test_a_line_in_cases_shows_what_was_said_and_how_many_pieces_that_is(cased: Selling) -> None:
    order = cased.order(cases(cased, "2.5"), status="Entered")
    assert said(order["items"][0]) == (30, "0.833333", "case", "2.5", "12", "10")
    assert cased.stock() == ("100", "0", "30")


@pytest.mark.parametrize("quantity", ["0.3", "0.000001"])
def test_a_part_of_a_piece_is_refused(cased: Selling, quantity: str) -> None:
    refused = cased.api.post("/api/sales-orders", cased.body(cases(cased, quantity)))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"] == {"unit": "case", "unitQuantity": quantity, "factor": "12"}


def test_brokers_get_their_part_of_what_was_said(cased: Selling) -> None:
    """The unit price is rounded down: of 7,000 cases that is 2.8 cents."""
    broker = factories.make_broker(cased.organization.id)
    order = cased.order(cases(cased, 7000), brokerId=broker, brokerFeePercent=100)
    assert order["salesOrder"]["brokerFees"] == "70000"
    path = f"/api/sales-order-items/{order['items'][0]['id']}"
    assert cased.api.patch(path, {"pricePerUnit": "9.99"}).json()["unitPrice"] == "0.8325"
    shown = cased.api.get(f"/api/sales-orders/{order['salesOrder']['id']}").json()
    assert shown["salesOrder"]["brokerFees"] == "69930"


def test_shipments_may_be_said_in_cases(cased: Selling) -> None:
    order = cased.order(cases(cased), status="Entered")
    first = ship(cased, order, unitQuantity=1)
    assert [(item["quantity"], item["unitQuantity"]) for item in first.json()["items"]] == [(12, "1")]
    second = ship(cased, order, quantity=10)
    assert [(item["quantity"], item["unitQuantity"]) for item in second.json()["items"]] == [(10, None)]
    for values in ({"unitQuantity": "1.3"}, {"unitQuantity": 2}):
        assert error_code(ship(cased, order, **values)) == "conflict"
    assert ship(cased, order, unitQuantity=1, quantity=12).status_code == 422
    assert cased.stock() == ("78", "0", "14")
    assert cased.discrepancies() == []


def test_what_the_status_ships_is_shown_in_cases_while_it_is_all_of_them(cased: Selling) -> None:
    order = cased.order(cases(cased), status="Entered")
    id = order["salesOrder"]["id"]
    assert cased.api.patch(f"/api/sales-orders/{id}", {"status": "Shipped"}).status_code == 200
    (item,) = cased.api.get(f"/api/sales-order-shipments/{id}").json()["items"]
    assert (item["quantity"], item["unitQuantity"]) == (36, "3")


def test_a_return_is_credited_with_its_part_of_the_amount(cased: Selling) -> None:
    order = cased.order(cases(cased, 3, pricePerUnit="33.34"), status="Entered")
    shipment = ship(cased, order, unitQuantity=3).json()["shipment"]
    back = cased.api.post(
        f"/api/sales-order-shipments/{shipment['id']}/returns",
        {"items": [{"soItemId": order["items"][0]["id"], "quantity": 36}]},
    )
    assert back.json()["salesOrderReturn"]["amount"] == "100.02"
    assert cased.discrepancies() == []


def test_a_shipment_in_a_unit_of_a_line_without_one_is_refused(cased: Selling) -> None:
    order = cased.order(status="Entered")
    assert error_code(ship(cased, order, unitQuantity=1)) == "conflict"


def test_a_line_is_added_and_changed_in_cases(cased: Selling) -> None:
    order = cased.order({"skuId": cased.skus[1], "quantity": 1}, status="Entered")
    path = f"/api/sales-orders/{order['salesOrder']['id']}/items"
    assert pointers(cased.api.post(path, {"skuId": cased.skus[0], "quantity": None})) == ["/quantity"]
    line = cases(cased, 1)
    # Not every client can send null.
    del line["quantity"]
    line = cased.api.post(path, line).json()
    assert said(line)[0] == 12
    changed = cased.api.patch(f"/api/sales-order-items/{line['id']}", {"unitQuantity": "1.5"}).json()
    assert said(changed) == (18, "0.833333", "case", "1.5", "12", "10")
    assert cased.stock()[2] == "18"
    plain = cased.api.patch(f"/api/sales-order-items/{line['id']}", {"quantity": 5}).json()
    assert said(plain) == (5, "0.833333", None, None, None, None)


def test_bulk_import_takes_cases_and_names_lines_that_are_no_whole_pieces(cased: Selling) -> None:
    rows = [cased.body(cases(cased)), cased.body({"skuId": cased.skus[1], "quantity": 1}, cases(cased, "0.3"))]
    refused = cased.api.post("/api/sales-orders/bulk-import", {"rows": rows})
    assert pointers(refused) == ["/rows/1/items/1/unit"]
    (id,) = cased.api.post("/api/sales-orders/bulk-import", {"rows": rows[:1]}).json()["ids"]
    assert said(cased.api.get(f"/api/sales-orders/{id}").json()["items"][0])[2:4] == ("case", "3")


def test_papers_speak_of_cases_where_they_can(cased: Selling) -> None:
    order = cased.order(cases(cased, "2.5"), status="Entered")
    confirmed = text_of(cased.api.get(f"/api/sales-orders/{order['salesOrder']['id']}/confirmation"))
    assert "2.5 case 10.00 25.00" in confirmed
    first = ship(cased, order, unitQuantity="1.5").json()["shipment"]
    assert "2.5 1.5 1 case" in text_of(cased.api.get(f"/api/sales-order-shipments/{first['id']}/packing-slip"))
    # A third of a case has no end.
    second = ship(cased, order, quantity=4).json()["shipment"]
    assert "30 4 8 pcs" in text_of(cased.api.get(f"/api/sales-order-shipments/{second['id']}/packing-slip"))


def give_back(selling: Selling, shipment: httpx.Response, *items: Json) -> httpx.Response:
    line = shipment.json()["items"][0]["soItemId"]
    path = f"/api/sales-order-shipments/{shipment.json()['shipment']['id']}/returns"
    return selling.api.post(path, {"items": [{"soItemId": line, **item} for item in items]})


def test_returns_may_be_said_in_cases_and_are_credited_at_the_price_of_one(cased: Selling) -> None:
    """By the piece, at 0.833333, 78 of them would be 64.999974."""
    order = cased.order(cases(cased, 8), status="Entered")
    shipment = ship(cased, order, unitQuantity=8)
    came = give_back(cased, shipment, {"unitQuantity": "6.5"}, {"unitQuantity": "0.5", "writtenOff": True})
    assert came.status_code == 201, came.text
    said = [
        (item["quantity"], item["unitQuantity"], item["pricePerUnit"], item["amount"]) for item in came.json()["items"]
    ]
    assert said == [(78, "6.5", "10", "65"), (6, "0.5", "10", "5")]
    by_the_piece = give_back(cased, shipment, {"quantity": 5})
    assert [(item["unitQuantity"], item["amount"]) for item in by_the_piece.json()["items"]] == [(None, "4.17")]
    assert cased.stock() == ("87", "0", "0")
    assert cased.discrepancies() == []
    returned = came.json()["salesOrderReturn"]
    paper = text_of(cased.api.get(f"/api/sales-order-returns/{returned['id']}/credit-note"))
    assert "6.5 case 10.00 65.00" in paper
    returned = by_the_piece.json()["salesOrderReturn"]
    paper = text_of(cased.api.get(f"/api/sales-order-returns/{returned['id']}/credit-note"))
    assert "5 pcs 0.833333 4.17" in paper
    for values in ({"unitQuantity": "0.3"}, {"unitQuantity": 1}):
        assert error_code(give_back(cased, shipment, values)) == "conflict"
    assert give_back(cased, shipment, {"unitQuantity": 1, "quantity": 1}).status_code == 422
    assert give_back(cased, shipment, {}).status_code == 422


def test_a_return_of_a_line_in_stock_units_has_no_unit(selling: Selling) -> None:
    order = selling.order(status="Entered")
    shipment = ship(selling, order, quantity=5)
    refused = give_back(selling, shipment, {"unitQuantity": 1})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
