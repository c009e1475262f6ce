"""Many at the same orders and at the same stock, against the real server."""

import httpx

from plugins.inventory.ledgers import MATERIALS
from tests import factories
from tests.pharus.acting import at_once
from tests.plugins.manufacturing.making import Making


def test_receipts_of_an_order_at_once_are_all_counted_once(making: Making) -> None:
    making.have(oil=3, lye=2)
    before = making.value()
    made = making.order(making.line("bar", 80, 0.5))
    responses = at_once(8, lambda _: making.receive(made, 10).status_code)
    assert responses == [201] * 8
    assert making.status(made) == "Received"
    assert making.stock("bar") == {"onHand": "80", "value": "200"}
    assert making.stock("oil") == {"onHand": "960", "value": "2880"}
    assert making.value() == before + 40
    assert making.discrepancies() == []


def test_receipts_beside_the_plan_at_once_are_each_counted_once(making: Making) -> None:
    """Of each the plan goes on from what the others have planned, whatever these have used."""
    making.have(oil=3, lye=2)
    making.sku("shavings")
    factories.make_bom_header(making.org_id, id=making.ids["bar"])
    named = {"sku_id": making.ids["bar"], "by_product_sku_id": making.ids["shavings"]}
    factories.make_bom_by_product(making.org_id, **named, quantity=2, cost_share_percent="33.333333")
    before = making.value()
    made = making.order(making.line("bar", 90, 0))

    def receive(number: int) -> httpx.Response:
        item = {
            "skuId": making.ids["bar"],
            "quantity": 10,
            "inputs": [{"materialId": making.ids["oil"], "used": 5 + number, "scrapped": 1, "scrapReason": "Spilled"}],
            "byProducts": [{"byProductSkuId": making.ids["shavings"], "quantity": 20 - number}],
        }
        return making.api.post(f"{making.root}/{made['order']['id']}/receipts", {"items": [item]})

    responses = at_once(8, receive)
    assert [response.status_code for response in responses] == [201] * 8
    assert making.stock("oil") == {"onHand": str(1000 - 8 * 6 - 28), "allocated": "5", "value": str(3000 - 3 * 76)}
    assert making.stock("shavings")["onOrder"] == "20"
    assert making.stock("shavings")["onHand"] == str(8 * 20 - 28)
    assert making.value() == before - 8 * 3
    assert making.discrepancies() == []
    deleted = at_once(8, lambda number: making.delete_receipt(responses[number]).status_code)
    assert deleted == [200] * 8
    assert making.stock("oil") == {"onHand": "1000", "allocated": "45", "value": "3000"}
    assert making.stock("shavings") == {"onOrder": "180"}
    assert making.value() == before
    assert making.discrepancies() == []


def test_last_inputs_go_to_one_of_two_receipts(making: Making) -> None:
    making.have(oil=3, lye=2)
    for _ in range(5):
        first, second = making.order(making.line("bar", 2001)), making.order(making.line("bar", 2001))
        responses = at_once(2, lambda number, pair=(first, second): making.receive(pair[number], 2000).status_code)  # type: ignore[misc]
        assert sorted(responses) == [201, 409]
        (done,) = [order for order, status in zip((first, second), responses, strict=True) if status == 201]
        assert making.delete(done).status_code == 200
    assert making.stock("oil")["onHand"] == "1000"
    assert making.discrepancies() == []


def test_receipt_against_its_order_s_deletion_leaves_nothing_behind(making: Making) -> None:
    making.have(oil=3, lye=2)
    orders = [making.order() for _ in range(4)]

    def race(number: int) -> int:
        order = orders[number // 2]
        return (making.delete(order) if number % 2 else making.receive(order, 9)).status_code

    responses = at_once(8, race)
    assert set(responses[1::2]) == {200}
    assert set(responses[::2]) <= {201, 404}
    assert making.stock("bar") == {}
    assert making.stock("oil") == {"onHand": "1000", "value": "3000"}
    assert making.discrepancies() == []


def test_receipt_against_its_own_deletion_and_a_change_of_status(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order(making.line("bar", 80), status="Production")
    receipts = [making.receive(made, 10) for _ in range(4)]

    def race(number: int) -> int:
        if number < 4:
            return making.delete_receipt(receipts[number]).status_code
        if number < 8:
            return making.receive(made, 10).status_code
        return making.update(made, status="In Transit").status_code

    responses = at_once(9, race)
    assert set(responses[:4]) == {200}
    assert set(responses[4:8]) == {201}
    assert responses[8] in (200, 409)
    assert making.stock("bar")["onHand"] == "40"
    assert making.stock("oil")["onHand"] == "980"
    assert making.discrepancies() == []


def test_orders_that_share_inputs_in_opposite_order_do_not_stand_in_each_other_s_way(assembling: Making) -> None:
    """Materials and finished goods, and outputs of some that are inputs of others."""
    assembling.have(oil=1, lye=1, carton=1, bar=1)
    forth = [assembling.order(assembling.line("bar", 6), assembling.line("box", 6)) for _ in range(4)]
    back = [assembling.order(assembling.line("box", 6), assembling.line("bar", 6)) for _ in range(4)]
    before = assembling.value()
    responses = at_once(8, lambda number: assembling.receive((forth + back)[number], 5, 5).status_code)
    assert responses == [201] * 8
    assert assembling.stock("bar")["onHand"] == "960"
    assert assembling.stock("box")["onHand"] == "40"
    assert assembling.value() == before + 80 * 3 // 4
    deleted = at_once(8, lambda number: assembling.delete((back + forth)[number]).status_code)
    assert deleted == [200] * 8
    assert assembling.stock("bar")["onHand"] == "1000"
    assert assembling.value() == before + assembling.variance()
    assert assembling.discrepancies() == []


def test_lines_added_at_once_stand_in_the_order_once(making: Making) -> None:
    made = making.order(status="Production")
    path = f"{making.root}/{made['order']['id']}/items"
    responses = at_once(4, lambda _: making.api.post(path, making.line("box", 2)).status_code)
    assert sorted(responses) == [201, 409, 409, 409]
    assert len(making.get(made)["items"]) == 2
    assert making.stock("carton") == {"allocated": "2"}


def test_two_that_remove_the_last_two_lines_leave_one(making: Making) -> None:
    made = making.order(making.line(), making.line("box"))
    responses = at_once(2, lambda number: making.api.delete(making.item_path(made["items"][number])).status_code)
    assert sorted(responses) == [200, 409]
    assert len(making.get(made)["items"]) == 1


def test_quantity_against_status_ends_with_both(making: Making) -> None:
    made = making.order(status="Placed")

    def race(number: int) -> int:
        if number:
            return making.update(made, status="Production").status_code
        return making.api.patch(making.item_path(made["items"][0]), {"quantity": 20}).status_code

    assert at_once(2, race) == [200, 200]
    assert making.stock("oil") == {"allocated": "10"}
    assert {row["eventType"] for row in making.entries(made, MATERIALS)} <= {"DEMAND", "ALLOCATE"}
    assert making.discrepancies() == []
