"""Something was made: inputs are consumed, outputs produced, at what that cost; and receipts that were wrong go."""

from datetime import timedelta
from decimal import Decimal

import pytest

from pharus.fields import new_id
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from tests import factories
from tests.api import error_code, pointers
from tests.days import today
from tests.plugins.manufacturing.making import Making


def test_receipt_consumes_the_inputs_and_produces_the_output_at_its_cost(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order(making.line("bar", 10, 0.75), status="Production")
    day = today() - timedelta(days=3)
    response = making.receive(made, 4, receiptDate=str(day), notes="The first pan")
    assert response.status_code == 201
    body = response.json()
    order = body[making.order_key]
    assert (order["status"], order["partialAt"], order["receivedAt"]) == ("Partial", str(day), None)
    assert body["receipt"]["receiptDate"] == str(day)
    # 0.5 oil at 3, 0.25 lye at 2, and 0.75.
    (item,) = body["receiptItems"]
    assert (item["skuId"], item["quantity"], item["unitCost"]) == (making.ids["bar"], "4", "2.75")
    assert making.stock("bar") == {"onHand": "4", "onOrder": "6", "value": "11"}
    assert making.stock("oil") == {"onHand": "998", "allocated": "3", "value": "2994"}
    produced = making.entries(made, FINISHED_GOODS)[-1]
    assert (produced["eventType"], produced["sourceType"], produced["sourceId"]) == (
        "PRODUCE",
        f"{making.kind.source}_receipt",
        item["id"],
    )
    assert (produced["notes"], produced["eventDate"]) == ("The first pan", f"{day}T00:00:00Z")
    consumed = [row for row in making.entries(made, MATERIALS) if row["eventType"] == "CONSUME"]
    assert {(row["notes"], row["sourceId"]) for row in consumed} == {("The first pan", item["id"])}
    full = making.receive(made, 6).json()[making.order_key]
    assert (full["status"], full["receivedAt"], full["partialAt"]) == ("Received", str(today()), str(day))
    assert making.stock("bar") == {"onHand": "10", "value": "27.5"}
    assert making.stock("lye") == {"onHand": "997.5", "value": "1995"}
    assert making.discrepancies() == []


@pytest.mark.parametrize("status", ["Entered", "Placed"])
def test_receiving_implies_production(making: Making, status: str) -> None:
    """What was only demanded is allocated first, then consumed."""
    making.have(oil=3, lye=2)
    made = making.order(status=status)
    order = making.receive(made, 10).json()[making.order_key]
    assert (order["status"], order["productionStartedAt"], order["partialAt"]) == ("Received", str(today()), None)
    types = [row["eventType"] for row in making.entries(made, MATERIALS) if row["quantity"] == "5"]
    assert types == ["DEMAND", "ALLOCATE", "CONSUME"]
    assert making.stock("oil") == {"onHand": "995", "value": "2985"}


def test_production_that_had_begun_keeps_its_date(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order(status="Entered")
    making.update(made, status="Production", productionStartedAt="2026-01-02")
    assert making.receive(made, 1).json()[making.order_key]["productionStartedAt"] == "2026-01-02"


@pytest.mark.parametrize("status", ["Draft", "Completed", "Cancelled"])
def test_receipt_at_a_status_at_which_nothing_is_made_is_refused(making: Making, status: str) -> None:
    refused = making.receive(making.order(status=status), 1)
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")


def test_receipt_of_a_sku_that_is_not_on_the_order_is_404(making: Making) -> None:
    made = making.order()
    for sku_id in (new_id(), making.ids["box"]):
        lines = [{"skuId": making.ids["bar"], "quantity": 1}, {"skuId": sku_id, "quantity": 1}]
        response = making.api.post(f"{making.root}/{made['order']['id']}/receipts", {"items": lines})
        assert response.status_code == 404
    assert making.status(made) == "Placed"


def test_receipt_that_names_a_sku_twice_is_422(making: Making) -> None:
    made = making.order()
    lines = [{"skuId": id, "quantity": 1} for id in (making.ids["bar"], making.ids["bar"].upper())]
    refused = making.api.post(f"{making.root}/{made['order']['id']}/receipts", {"items": lines})
    assert (refused.status_code, pointers(refused)) == (422, ["/items/1/skuId"])


def test_receipt_of_the_day_after_tomorrow_is_422(making: Making) -> None:
    refused = making.receive(making.order(), 1, receiptDate=str(today() + timedelta(days=2)))
    assert (refused.status_code, pointers(refused)) == (422, ["/receiptDate"])


def test_receipt_without_enough_on_hand_is_409_and_changes_nothing(making: Making) -> None:
    making.have(oil=3)
    made = making.order()
    before = making.get(made)
    refused = making.receive(made, 1)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"] == {
        "itemId": making.ids["lye"],
        "locationId": making.location,
        "onHand": "0",
        "requested": "0.25",
    }
    assert making.get(made) == before
    assert making.stock("oil") == {"onHand": "1000", "demand": "5", "value": "3000"}


def test_production_without_its_cost_is_409_that_names_the_lines(manufacturing: Making) -> None:
    manufacturing.have(oil=3, lye=2, carton=1)
    made = manufacturing.order(manufacturing.line("bar", 10, 1), manufacturing.line("box", 5, None))
    _, box = made["items"]
    # Also when only the other one comes in: then lines are locked, and its cost could not be given any more.
    for quantities in ((None, 1), (1, None)):
        refused = manufacturing.receive(made, *quantities)
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
        assert refused.json()["error"]["details"] == {"lines": [box["id"]]}
    assert manufacturing.api.patch(manufacturing.item_path(box), {manufacturing.kind.cost_key: 0}).status_code == 200
    assert manufacturing.receive(made, 1, 1).status_code == 201


def test_more_than_was_ordered_may_be_received(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order(making.line("bar", 10, 0.75))
    assert making.receive(made, 12).json()[making.order_key]["status"] == "Received"
    assert making.stock("bar") == {"onHand": "12", "value": "33"}
    assert making.receive(made, 2).json()[making.order_key]["status"] == "Received"
    assert making.stock("oil") == {"onHand": "993", "value": "2979"}
    assert making.discrepancies() == []


def test_more_than_the_organization_tolerates_is_refused_with_what_is_open(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order(making.line("bar", 10, 0.75))
    assert making.api.patch("/api/organizations/current", {"overReceiptTolerancePercent": 20}).status_code == 200
    assert making.receive(made, 11).status_code == 201
    refused = making.receive(made, 2)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"]["lines"] == [
        {
            "skuId": making.ids["bar"],
            "ordered": "10",
            "received": "11",
            "open": "0",
            "accepted": "1",
            "requested": "2",
        }
    ]
    assert making.stock("oil")["onHand"] == "994.5"
    path = f"{making.root}/{made['order']['id']}/receipts"
    body = {"items": [{"skuId": making.ids["bar"], "quantity": 2, "acceptOver": True}]}
    assert making.api.post(path, body).json()[making.order_key]["status"] == "Received"
    assert making.stock("bar")["onHand"] == "13"
    assert making.discrepancies() == []


def test_parts_consume_exactly_the_snapshot_and_lose_no_rounding(making: Making) -> None:
    """A third of something, received in nine parts."""
    making.sku("third", oil="0.333333", lye="0.000001")
    making.have(oil="1.234567", lye="0.7")
    before = making.value()
    made = making.order(making.line("third", 3, 0.1), status="Production")
    for part in (0.333333,) * 8 + (0.333336,):
        assert making.receive(made, part).status_code == 201
    assert making.status(made) == "Received"
    assert making.stock("oil")["onHand"] == "999.000001"
    assert making.stock("lye")["onHand"] == "999.999997"
    assert making.value() == before + Decimal("0.3")
    assert making.discrepancies() == []


def test_part_so_small_that_it_consumes_nothing_costs_only_its_making(making: Making) -> None:
    making.sku("speck", oil="0.000001")
    making.have(oil=3)
    made = making.order(making.line("speck", 10, 2))
    assert making.receive(made, 0.000001).json()["receiptItems"][0]["unitCost"] == "2"
    assert making.stock("oil")["onHand"] == "1000"
    assert making.receive(made, 9.999999).status_code == 201
    assert making.stock("oil")["onHand"] == "999.99999"


def test_value_goes_from_inputs_to_outputs_to_the_last_digit(making: Making) -> None:
    """Costs that no average expresses exactly, over two levels."""
    making.have(oil="3.141593", lye="0.000007")
    making.have(oil="2.718281", carton="0.333333")
    before = making.value()
    bars = making.order(making.line("bar", 7, 0.010101))
    for quantity in (1.3, 2.7, 3):
        assert making.receive(bars, quantity).status_code == 201
    boxes = making.order(making.line("box", 3, 0.7))
    for quantity in (1, 2):
        assert making.receive(boxes, quantity).status_code == 201
    assert making.value() == before + 7 * Decimal("0.010101") + 3 * Decimal("0.7")
    assert making.discrepancies() == []


def test_assembly_takes_sub_assemblies_at_what_they_cost(assembling: Making) -> None:
    assembling.have(bar="2.5", carton="0.4")
    made = assembling.order(assembling.line("box", 10, 1))
    (item,) = assembling.receive(made, 10).json()["receiptItems"]
    assert item["unitCost"] == "6.4"
    assert assembling.stock("bar") == {"onHand": "980", "value": "2450"}
    assert assembling.stock("box") == {"onHand": "10", "value": "64"}
    assert assembling.discrepancies() == []


def test_output_of_one_line_can_be_the_input_of_another(assembling: Making) -> None:
    """On receipts of their own: bars for the boxes must be there already. On one receipt they are made first."""
    assembling.have(oil=3, lye=2, carton=1)
    made = assembling.order(assembling.line("bar", 20, 0), assembling.line("box", 10, 0))
    refused = assembling.receive(made, None, 10)
    assert refused.json()["error"]["details"]["itemId"] == assembling.ids["bar"]
    bars = assembling.receive(made, 20)
    boxes = assembling.receive(made, None, 10)
    assert boxes.json()[assembling.order_key]["status"] == "Received"
    assert assembling.stock("bar") == {}
    assert assembling.stock("box") == {"onHand": "10", "value": "50"}
    # What the boxes were made of is not there to be taken back.
    assert assembling.delete_receipt(bars).status_code == 409
    assert assembling.delete_receipt(boxes).status_code == 200
    assert assembling.delete_receipt(bars).status_code == 200
    assert assembling.status(made) == "Production"
    assert assembling.value() == 6000
    assert assembling.discrepancies() == []


def test_deleting_receipts_reopens_the_order_step_by_step(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order()
    first, second = making.receive(made, 4), making.receive(made, 6)
    assert making.status(made) == "Received"
    assert making.delete_receipt(first).json() == {"deletedId": first.json()["receipt"]["id"]}
    order = making.get(made)["order"]
    assert (order["status"], order["partialAt"], order["receivedAt"]) == ("Partial", str(today()), None)
    assert making.stock("bar")["onOrder"] == "4"
    assert making.stock("oil") == {"onHand": "997", "allocated": "2", "value": "2991"}
    assert making.delete_receipt(second).status_code == 200
    order = making.get(made)["order"]
    assert (order["status"], order["partialAt"]) == ("Production", None)
    assert making.stock("bar") == {"onOrder": "10"}
    assert making.stock("oil") == {"onHand": "1000", "allocated": "5", "value": "3000"}
    assert making.delete_receipt(second).status_code == 404
    assert making.discrepancies() == []


@pytest.mark.parametrize("status", ["Completed", "Cancelled"])
def test_receipt_of_a_closed_order_is_deleted_after_it_was_reopened(making: Making, status: str) -> None:
    making.have(oil=3, lye=2)
    made = making.order()
    received = making.receive(made, 4)
    assert making.update(made, status=status).status_code == 200
    assert making.stock("oil") == {"onHand": "998", "value": "2994"}
    assert making.stock("bar").get("onOrder") is None
    refused = making.delete_receipt(received)
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
    assert making.reopen(made).json()["status"] == "Partial"
    assert making.stock("bar")["onOrder"] == "6"
    assert making.delete_receipt(received).status_code == 200
    assert making.status(made) == "Production"
    assert making.stock("oil") == {"onHand": "1000", "allocated": "5", "value": "3000"}
    assert making.stock("bar") == {"onOrder": "10"}
    assert making.discrepancies() == []


def test_deleting_a_receipt_whose_goods_are_gone_is_409(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order()
    received = making.receive(made, 10)
    gone = {"skuId": making.ids["bar"], "locationId": making.location, "quantity": 8}
    assert making.api.post("/api/finished-goods-inventory/disposals", gone).status_code == 201
    before = making.get(made)
    refused = making.delete_receipt(received)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"]["onHand"] == "2"
    assert making.get(made) == before


def test_lines_and_location_are_locked_once_something_was_received(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order(making.line(), making.line("box"))
    received = making.receive(made, 1)
    other = factories.make_location(making.org_id)
    making.sku("new", oil=1)
    for refused in (
        making.update(made, **{making.location_key: other}),
        making.api.post(f"{making.root}/{made['order']['id']}/items", making.line("new")),
        making.api.patch(making.item_path(made["items"][0]), {"quantity": 11}),
        making.api.patch(making.item_path(made["items"][0]), {making.kind.cost_key: 1}),
        making.api.delete(making.item_path(made["items"][1])),
    ):
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert making.update(made, **{making.location_key: making.location, "notes": "the same"}).status_code == 200
    assert making.delete_receipt(received).status_code == 200
    assert making.api.delete(making.item_path(made["items"][1])).status_code == 200
    assert making.update(made, **{making.location_key: other}).status_code == 200
    assert making.discrepancies() == []


def test_order_with_receipts_cannot_go_back_to_placed(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order()
    making.receive(made, 1)
    for status in ("In Transit", "Production"):
        assert making.update(made, status=status).json()["status"] == status
    refused = making.update(made, status="Placed")
    assert refused.json()["error"]["details"]["allowed"] == ["In Transit", "Cancelled"]
    assert making.stock("bar")["onOrder"] == "9"
    assert making.receive(made, 1).json()[making.order_key]["status"] == "Partial"
    assert making.discrepancies() == []


def test_receipts_are_listed_shown_and_redated(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order()
    old = making.receive(made, 1, receiptDate="2026-01-02").json()
    new = making.receive(made, 2, receiptDate="2026-01-03").json()
    listed = making.api.get(f"{making.root}/{made['order']['id']}/receipts").json()["data"]
    assert listed == [new["receipt"], old["receipt"]]
    path = f"{making.root[:-1]}-receipts/{old['receipt']['id']}"
    assert making.api.get(path).json() == {
        "receipt": old["receipt"],
        "items": old["receiptItems"],
        "usages": [],
        "byProducts": [],
    }
    changed = making.api.patch(path, {"receiptDate": "2026-01-04"}).json()
    assert changed == {**old["receipt"], "receiptDate": "2026-01-04"}
    assert making.api.patch(path, {}).json() == changed
    assert making.api.patch(path, {"receiptDate": str(today() + timedelta(days=2))}).status_code == 422
    produced = [row for row in making.entries(made, FINISHED_GOODS) if row["eventType"] == "PRODUCE"]
    assert [row["eventDate"][:10] for row in produced] == ["2026-01-02", "2026-01-03"]
    assert making.api.get(f"{making.root}/{new_id()}/receipts").status_code == 404


def test_receipt_that_was_recorded_under_its_name_is_not_recorded_again(making: Making) -> None:
    making.have(oil=1000, lye=1000)
    made = making.order()
    first = making.receive(made, 10, externalId="batch 7")
    receipt = first.json()["receipt"]
    assert (first.status_code, receipt["externalId"]) == (201, "batch 7")
    for again in (
        making.receive(made, 10, externalId="batch 7"),
        making.receive(making.order(), 1, externalId="batch 7"),
    ):
        assert (again.status_code, error_code(again)) == (409, "conflict")
        assert again.json()["error"]["details"] == {"id": receipt["id"]}
    assert making.stock("bar")["onHand"] == "10"
