"""Lines of purchase orders in the units of vendors: what was said stays, stock and value are exact."""

from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus.fields import new_id
from plugins.purchase_orders import line_units
from plugins.purchase_orders.schemas import PurchaseOrderReceiptItem
from plugins.units.conversion import cost_of_one
from tests.api import Api, error_code, pointers
from tests.plugins.platform.together import together
from tests.plugins.purchase_orders.buying import Buying, Json
from tests.plugins.purchase_orders.test_printing import printed

# 190.32 kg a drum, 419.58… lb: it never ends.
POUNDS_A_DRUM = Decimal("190.32") / Decimal("0.45359237")


@pytest.fixture
def oil(buying: Buying) -> str:
    """A material that is kept in pounds, weighs 0.915 kg a litre, and comes in drums of 208 litres. Its path."""
    path = f"/api/materials/{buying.materials[0]}"
    assert buying.api.patch(path, {"unit": "lb", "density": "0.915"}).status_code == 200
    replace_drum(buying.api, path, 208)
    return path


def replace_drum(api: Api, path: str, litres: int) -> httpx.Response:
    drum = {"unit": "drum", "numerator": litres, "baseUnit": "l"}
    return api.request("PUT", f"{path}/units", json={"units": [drum]})


def drums(buying: Buying, quantity: object = 3, **values: Any) -> Json:
    return {
        "materialId": buying.materials[0],
        "quantity": None,
        "unit": "drum",
        "unitQuantity": quantity,
        "pricePerUnit": 650,
        **values,
    }


def receive(buying: Buying, order: Json, **values: Any) -> httpx.Response:
    line = {"poItemId": order["items"][0]["id"], **values}
    return buying.api.post(f"/api/purchase-orders/{order['purchaseOrder']['id']}/receipts", {"items": [line]})


def said(line: Json) -> tuple[object, ...]:
    return tuple(line[key] for key in ("quantity", "unitCost", "unit", "unitQuantity", "unitFactor", "pricePerUnit"))


def test_a_line_in_drums_shows_what_was_said_and_what_it_is(buying: Buying, oil: str) -> None:
    (line,) = buying.order(drums(buying))["items"]
    quantity = (3 * POUNDS_A_DRUM).quantize(Decimal("0.000001"))
    assert said(line) == (str(quantity), "1.549154", "drum", "3", "19032000000/45359237", "650")
    assert buying.stock()[1] == str(quantity)
    listed = buying.api.get("/api/purchase-order-items").json()["data"]
    assert said(listed[0]) == said(line)


def test_a_line_in_stock_units_has_none_of_it(buying: Buying) -> None:
    (line,) = buying.order()["items"]
    assert said(line) == ("10", "2.5", None, None, None, None)


def test_drums_that_arrive_in_parts_add_up_to_the_last_crumb(buying: Buying, oil: str) -> None:
    order = buying.order(drums(buying, "2.5", pricePerUnit="649.99"))
    for part in ("0.7", "0.7", "1.1"):
        assert receive(buying, order, unitQuantity=part).status_code == 201
    assert buying.status(order) == "Received"
    assert buying.stock() == (order["items"][0]["quantity"], "0", str(Decimal("2.5") * Decimal("649.99")))
    assert buying.discrepancies() == []


def test_a_part_in_stock_units_costs_its_share(buying: Buying, oil: str) -> None:
    order = buying.order(drums(buying, 1))
    whole = Decimal(order["items"][0]["quantity"])
    (first,) = receive(buying, order, quantity=100).json()["receiptItems"]
    assert (first["unitQuantity"], first["unitCost"]) == (None, "1.549154")
    assert Decimal(first["amount"]) == (650 * 100 / whole).quantize(Decimal("0.000000000001"))
    assert receive(buying, order, quantity=str(whole - 100)).status_code == 201
    assert abs(Decimal(buying.stock()[2]) - 650) <= Decimal("0.000000000001")
    assert buying.discrepancies() == []


def test_a_receipt_may_have_a_price_of_its_own(buying: Buying, oil: str) -> None:
    order = buying.order(drums(buying, 2))
    (item,) = receive(buying, order, unitQuantity=1, pricePerUnit=660).json()["receiptItems"]
    assert (item["unitQuantity"], item["amount"]) == ("1", "660")
    (item,) = receive(buying, order, unitQuantity=1, unitCost=2).json()["receiptItems"]
    assert (item["amount"], item["unitCost"]) == (None, "2")
    assert Decimal(buying.stock()[2]) == 660 + 2 * Decimal(item["quantity"])


def test_a_deleted_receipt_leaves_its_part_to_the_next_one(buying: Buying, oil: str) -> None:
    order = buying.order(drums(buying, 2))
    first = receive(buying, order, unitQuantity="0.3").json()["receipt"]
    assert receive(buying, order, unitQuantity="0.7").status_code == 201
    assert buying.api.delete(f"/api/purchase-order-receipts/{first['id']}").status_code == 200
    assert receive(buying, order, unitQuantity="1.3").status_code == 201
    assert buying.stock() == (order["items"][0]["quantity"], "0", "1300")
    assert buying.discrepancies() == []


def test_a_correction_replaces_the_exact_amount_and_its_end_brings_it_back(buying: Buying, oil: str) -> None:
    order = buying.order(drums(buying, 1))
    received = receive(buying, order, unitQuantity=1).json()
    (item,) = received["receiptItems"]
    change = buying.api.post(
        f"/api/purchase-order-receipts/{received['receipt']['id']}/cost-corrections",
        {"items": [{"receiptItemId": item["id"], "unitCost": 2}]},
    )
    assert change.status_code == 201, change.text
    assert Decimal(buying.stock()[2]) == 2 * Decimal(item["quantity"])
    assert buying.api.delete(f"/api/purchase-order-cost-changes/{change.json()['costChange']['id']}").status_code == 200
    assert buying.stock()[2] == "650"
    assert buying.discrepancies() == []


@pytest.mark.no_database
@given(
    amount=st.decimals(min_value="0.000001", max_value=100000, places=6),
    quantity=st.decimals(min_value="0.001", max_value=1000, places=6),
    costs=st.lists(st.decimals(min_value=0, max_value=1000, places=6), max_size=5),
)
def test_corrections_add_up_whatever_was_corrected_between(
    amount: Decimal, quantity: Decimal, costs: list[Decimal]
) -> None:
    came_at = cost_of_one(amount, quantity)
    line: PurchaseOrderReceiptItem = {
        "id": "",
        "orgId": "",
        "receiptId": "",
        "poItemId": "",
        "quantity": quantity,
        "unitCost": came_at,
        "unitQuantity": Decimal(1),
        "amount": amount,
    }
    path = [came_at, *costs]
    total = amount + sum(
        (
            line_units.cost(line, after) - line_units.cost(line, before)
            for before, after in zip(path, costs, strict=False)
        ),
        Decimal(0),
    )
    assert total == line_units.cost(line, path[-1])


def test_a_factor_that_changes_leaves_lines_as_they_were(buying: Buying, oil: str) -> None:
    order = buying.order(drums(buying, 1))
    assert replace_drum(buying.api, oil, 200).status_code == 200
    assert buying.get(order)["items"] == order["items"]
    assert receive(buying, order, unitQuantity=1).status_code == 201
    assert buying.status(order) == "Received"
    (later,) = buying.order(drums(buying, 1))["items"]
    assert Decimal(later["quantity"]) < Decimal(order["items"][0]["quantity"])


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"unitQuantity": None}, "/items/0/unitQuantity"),
        ({"unitQuantity": 0}, "/items/0/unitQuantity"),
        ({"quantity": 5}, "/items/0/unitQuantity"),
        ({"unitCost": 5}, "/items/0/pricePerUnit"),
        ({"unit": "\u200b"}, "/items/0/unit"),
    ],
)
def test_a_line_that_says_too_much_or_too_little_is_refused(buying: Buying, oil: str, values: Json, place: str) -> None:
    body = buying.body(
        {key: value for key, value in {**drums(buying), **values}.items() if value is not None or key == "quantity"}
    )
    assert pointers(buying.api.post("/api/purchase-orders", body)) == [place]


def test_a_quantity_that_a_client_cannot_send_as_null_is_left_out(buying: Buying, oil: str) -> None:
    line = {key: value for key, value in drums(buying).items() if key != "quantity"}
    assert line.keys() != drums(buying).keys()
    created = buying.api.post("/api/purchase-orders", buying.body(line))
    assert said(created.json()["items"][0]) == said(buying.order(drums(buying))["items"][0])


@pytest.mark.parametrize("quantity", [{"quantity": None}, {}])
def test_a_line_without_any_quantity_is_refused(buying: Buying, quantity: Json) -> None:
    line = {"materialId": buying.materials[0], **quantity}
    assert pointers(buying.api.post("/api/purchase-orders", buying.body(line))) == ["/items/0/quantity"]
    added = buying.api.post(f"/api/purchase-orders/{buying.order()['purchaseOrder']['id']}/items", line)
    assert pointers(added) == ["/quantity"]


@pytest.mark.parametrize("unit", ["pallet", "m"])
def test_a_unit_that_does_not_convert_is_refused(buying: Buying, oil: str, unit: str) -> None:
    refused = buying.api.post("/api/purchase-orders", buying.body(drums(buying, unit=unit)))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"] == {"unit": unit, "stockUnit": "lb", "units": ["drum"]}


def test_an_unknown_item_in_a_unit_is_not_found(buying: Buying) -> None:
    body = buying.body(drums(buying, materialId=new_id()))
    assert buying.api.post("/api/purchase-orders", body).status_code == 404


def test_a_receipt_in_a_unit_of_a_line_without_one_is_refused(buying: Buying) -> None:
    order = buying.order()
    for values in ({"unitQuantity": 1}, {"quantity": 1, "pricePerUnit": 5}):
        refused = receive(buying, order, **values)
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert receive(buying, order, quantity=1, unitQuantity=1).status_code == 422
    both = receive(buying, order, quantity=1, unitCost=1, pricePerUnit=1)
    assert pointers(both) == ["/items/0/pricePerUnit"]


def test_a_change_of_a_line_keeps_its_factor_until_it_is_said_anew(buying: Buying, oil: str) -> None:
    (line,) = buying.order(drums(buying, 1))["items"]
    path = f"/api/purchase-order-items/{line['id']}"
    assert replace_drum(buying.api, oil, 100).status_code == 200
    doubled = buying.api.patch(path, {"unitQuantity": 2}).json()
    assert (doubled["unitFactor"], doubled["pricePerUnit"]) == (line["unitFactor"], "650")
    assert Decimal(doubled["quantity"]) == (2 * POUNDS_A_DRUM).quantize(Decimal("0.000001"))
    cheaper = buying.api.patch(path, {"pricePerUnit": 600}).json()
    assert (cheaper["quantity"], cheaper["unitCost"]) == (doubled["quantity"], "1.429989")
    in_kilograms = buying.api.patch(path, {"unit": "kg", "unitQuantity": 10}).json()
    assert said(in_kilograms)[2:5] == ("kg", "10", "100000000/45359237")
    assert in_kilograms["pricePerUnit"] == "600"
    by_stock_unit = buying.api.patch(path, {"unitCost": 3}).json()
    assert said(by_stock_unit)[1:4] == ("3", "kg", "10")
    assert by_stock_unit["pricePerUnit"] is None
    plain = buying.api.patch(path, {"quantity": 7}).json()
    assert said(plain) == ("7", "3", None, None, None, None)
    assert buying.stock()[1] == "7"


def test_a_change_that_says_the_same_changes_nothing(buying: Buying, oil: str) -> None:
    (line,) = buying.order(drums(buying, 1))["items"]
    same = {key: line[key] for key in ("quantity", "unitCost", "unit", "unitQuantity", "pricePerUnit", "materialId")}
    assert buying.api.patch(f"/api/purchase-order-items/{line['id']}", same).json() == line


@pytest.mark.parametrize("values", [{"unitQuantity": 5}, {"pricePerUnit": 5}])
def test_a_line_in_stock_units_has_no_unit_to_be_changed(buying: Buying, values: Json) -> None:
    (line,) = buying.order()["items"]
    refused = buying.api.patch(f"/api/purchase-order-items/{line['id']}", values)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_another_item_in_the_unit_of_the_first_is_refused(buying: Buying, oil: str) -> None:
    (line,) = buying.order(drums(buying))["items"]
    path = f"/api/purchase-order-items/{line['id']}"
    assert buying.api.patch(path, {"materialId": buying.materials[1]}).status_code == 409
    other = buying.api.patch(path, {"materialId": buying.materials[1], "quantity": 5})
    assert said(other.json())[0] == "5"
    assert other.json()["unit"] is None


def test_bulk_import_names_the_lines_that_do_not_convert(buying: Buying, oil: str) -> None:
    good, bad = drums(buying), drums(buying, unit="pallet")
    rows = [buying.body(good), buying.body(good, bad), buying.body({**good, "unitQuantity": 2, "quantity": 1})]
    refused = buying.api.post("/api/purchase-orders/bulk-import", {"rows": rows})
    assert pointers(refused) == ["/rows/1/items/1/unit", "/rows/2/items/0/unitQuantity"]
    some = buying.api.post("/api/purchase-orders/bulk-import?mode=partial", {"rows": rows}).json()
    assert [each["status"] for each in some["results"]] == ["ok", "error", "error"]
    (id,) = some["ids"]
    assert said(buying.api.get(f"/api/purchase-orders/{id}").json()["items"][0])[2:4] == ("drum", "3")


def test_a_line_has_the_factor_of_before_or_of_after_a_change_at_the_same_time(buying: Buying, oil: str) -> None:
    """The item's row is held by the test, so that all of them wait for it at once."""
    hold = "SELECT FROM material WHERE id = %s FOR UPDATE"
    made = together(
        hold,
        (buying.materials[0],),
        *(lambda: buying.api.post("/api/purchase-orders", buying.body(drums(buying, 1))) for _ in range(3)),
        lambda: replace_drum(buying.api, oil, 100),
        lambda: buying.api.patch(oil, {"density": 1}),
    )
    assert {response.status_code for response in made} <= {200, 201}
    pound = Decimal("0.45359237")
    exact = {litres * density / pound for litres in (208, 100) for density in (Decimal("0.915"), Decimal(1))}
    for response in made[:3]:
        (line,) = response.json()["items"]
        numerator, denominator = map(int, line["unitFactor"].split("/"))
        factor = Decimal(numerator) / denominator
        assert min(abs(factor - each) for each in exact) < Decimal("1e-20")
        assert Decimal(line["quantity"]) == factor.quantize(Decimal("0.000001"))
        assert receive(buying, response.json(), unitQuantity=1).status_code == 201
    assert buying.discrepancies() == []


def test_the_stock_unit_does_not_change_under_a_line_that_is_being_written(buying: Buying, oil: str) -> None:
    hold = "SELECT FROM material WHERE id = %s FOR UPDATE"
    line, change = together(
        hold,
        (buying.materials[0],),
        lambda: buying.api.post("/api/purchase-orders", buying.body(drums(buying, 1))),
        lambda: buying.api.patch(oil, {"unit": "kg"}),
    )
    assert (line.status_code, change.status_code) in {(201, 409), (201, 200)}
    unit = buying.api.get(oil).json()["unit"]
    (item,) = line.json()["items"]
    assert item["quantity"] == {"lb": "419.583777", "kg": "190.32"}[unit]


def test_the_paper_speaks_of_drums_and_adds_up(buying: Buying, oil: str) -> None:
    in_stock_units = drums(buying, "0.5", pricePerUnit=None, unitCost=2)
    del in_stock_units["pricePerUnit"]
    text = printed(buying, buying.order(drums(buying, "2.5", pricePerUnit="649.99"), in_stock_units))
    assert "2.5 drum 649.99 1,624.98" in text
    # Half a drum at a price per pound.
    assert "209.791889 lb 2.00 419.58" in text
    assert "2,044.56" in text


def test_ledger_and_summary_name_the_stock_unit(buying: Buying, oil: str) -> None:
    buying.order(drums(buying))
    for path in ("summary", "ledger"):
        (row,) = buying.api.get(f"/api/materials-inventory/{path}", expand="names").json()["data"]
        assert row["materialUnit"] == "lb"
