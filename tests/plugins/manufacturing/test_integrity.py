"""`pharus check` finds ledger entries that differ from what orders commit; each test spoils one thing."""

from fnmatch import fnmatchcase

import pytest

from pharus.db import db
from plugins.manufacturing import integrity
from plugins.manufacturing.order_kinds import WORK
from tests import factories
from tests.plugins.manufacturing.making import Making


def spoil(making: Making, statement: str, *parameters: object) -> None:
    """As the owner of the tables, past everything that a request goes through."""
    changed = db.execute_sql(statement, (*parameters, making.org_id))
    assert changed.rowcount == 1, statement


@pytest.fixture
def partial(making: Making) -> Making:
    """An order of ten bars, four of them received."""
    making.have(oil=3, lye=2)
    making.receive(making.order(), 4)
    assert making.discrepancies() == []
    return making


@pytest.fixture
def beside_the_plan(making: Making) -> Making:
    """Of an order of ten bars with shavings, four were received: with more oil and other shavings than planned."""
    making.have(oil=3, lye=2)
    making.sku("shavings")
    factories.make_bom_header(making.org_id, id=making.ids["bar"])
    named = {"sku_id": making.ids["bar"], "by_product_sku_id": making.ids["shavings"]}
    factories.make_bom_by_product(making.org_id, **named, quantity=2, cost_share_percent=12)
    item = {
        "skuId": making.ids["bar"],
        "quantity": 4,
        "inputs": [{"materialId": making.ids["oil"], "used": "2.5", "scrapped": 1, "scrapReason": "Spilled"}],
        "byProducts": [{"byProductSkuId": making.ids["shavings"], "quantity": 7}],
    }
    path = f"{making.root}/{making.order()['order']['id']}/receipts"
    assert making.api.post(path, {"items": [item]}).status_code == 201
    assert making.discrepancies() == []
    return making


def sentences(making: Making) -> list[str]:
    return integrity.of_organization(making.org_id)


def test_status_that_nothing_followed(partial: Making) -> None:
    spoil(partial, f"UPDATE {partial.kind.orders.table} SET status = %s WHERE org_id = %s", "Placed")
    found = "\n".join(sentences(partial))
    assert "materials: allocated" in found
    assert "is 3, its status commits 0" in found
    assert "materials: demand" in found
    assert "is 0, its status commits 1.5" in found


def test_quantity_that_nothing_followed(partial: Making) -> None:
    spoil(partial, f"UPDATE {partial.kind.items.table} SET quantity = 11 WHERE org_id = %s")
    (found,) = sentences(partial)
    assert found.startswith(partial.kind.prefix)
    assert "finished goods: on_order of the line" in found
    assert found.endswith("is 6, its status commits 7")


def test_receipt_that_the_ledger_does_not_know(partial: Making) -> None:
    spoil(partial, f"UPDATE {partial.kind.receipt_items.table} SET quantity = 5 WHERE org_id = %s")
    assert {sentence.rsplit(" is ", 1)[1] for sentence in sentences(partial)} == {
        "6, its status commits 5",
        "4, its status commits 5",
    }


def test_location_that_nothing_followed(partial: Making) -> None:
    other = partial.api.post("/api/locations", {"name": "Elsewhere"}).json()["id"]
    spoil(partial, f"UPDATE {partial.kind.orders.table} SET location_id = %s WHERE org_id = %s", other)
    assert len(sentences(partial)) >= 4


def test_order_that_went_and_left_its_commitments(partial: Making) -> None:
    spoil(partial, f"DELETE FROM {partial.kind.orders.table} WHERE org_id = %s")
    found = "\n".join(sentences(partial))
    assert "finished goods: on_order" in found
    assert "finished goods: on_hand" in found
    assert "materials: allocated" in found


@pytest.mark.parametrize(
    ("table", "change", "found"),
    [
        ("by_products", "quantity = 21", ["*goods: on_order of the line * is 12, its status commits 13"]),
        (
            "by_products",
            "quantity_variance = 0",
            ["*on_order * is 12, its status commits 13", "*beside the plan 0 of * was taken or made, receipts say -1"],
        ),
        ("by_products", "cost_share_percent = 13", ["*by-product * bears 1.5, its part of the cost is 1.625"]),
        (
            "receipt_by_products",
            "quantity = 6",
            ["*on_order * is 12, *13", "*on_hand * is 7, its status commits 6", "*plan -1 of * receipts say -2"],
        ),
        ("receipt_by_products", "planned = 7", ["*beside the plan -1 of * was taken or made, receipts say 0"]),
        ("receipt_usages", "used = 2", ["*beside the plan 1.5 of * was taken or made, receipts say 1"]),
        ("receipt_usages", "scrapped = 2", ["*beside the plan 1.5 of * was taken or made, receipts say 2.5"]),
    ],
)
def test_by_product_or_usage_that_was_changed(
    beside_the_plan: Making, table: str, change: str, found: list[str]
) -> None:
    making = beside_the_plan
    spoil(making, f"UPDATE {getattr(making.kind, table).table} SET {change} WHERE org_id = %s")
    for sentence, pattern in zip(sentences(making), found, strict=True):
        assert fnmatchcase(sentence, pattern), sentence


def test_by_product_that_went_and_left_its_goods(beside_the_plan: Making) -> None:
    making = beside_the_plan
    spoil(making, f"DELETE FROM {making.kind.by_products.table} WHERE org_id = %s")
    found = "\n".join(sentences(making))
    assert "finished goods: on_order" in found
    assert "finished goods: on_hand" in found


# It looks through all organizations of the run; one kind of order is enough.
@pytest.mark.parametrize("making", [WORK], indirect=True)
def test_find_names_the_organization(partial: Making) -> None:
    spoil(partial, f"UPDATE {partial.kind.items.table} SET quantity = 11 WHERE org_id = %s")
    own = [sentence for sentence in integrity.find() if sentence.startswith(f"{partial.organization.name}: ")]
    assert len(own) == 1
