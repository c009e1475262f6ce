"""`pharus check` finds orders whose lines hold something else than their status commits, and it can fail."""

import peewee
import pytest

from pharus.db import db
from tests import factories
from tests.plugins.sales_orders.selling import Selling

DAMAGES = {
    "status": ("UPDATE sales_order SET order_status = 'Entered'", ["lacks ALLOCATE of 10"]),
    "quantity": ("UPDATE sales_order_item SET quantity = 11", ["lacks DEMAND of 1 "]),
    "rejected": ("UPDATE sales_order SET order_status = 'Rejected'", ["lacks REVERSE_DEMAND of 10"]),
    "placeless": ("UPDATE sales_order SET fulfillment_location_id = NULL", ["lacks REVERSE_DEMAND of 10"]),
    "deleted": ("DELETE FROM sales_order", ["for a line that is gone"]),
    "shipped": ("UPDATE sales_order SET order_status = 'Paid'", ["lacks ALLOCATE of 10", "lacks CONSUME of 10"]),
    "disputed": (
        "UPDATE sales_order SET order_status = 'In-Dispute', disputed_from = 'Entered'",
        ["lacks ALLOCATE of 10"],
    ),
}


@pytest.mark.parametrize(("sql", "sentences"), DAMAGES.values(), ids=DAMAGES)
def test_check_finds(selling: Selling, sql: str, sentences: list[str]) -> None:
    made = selling.order()
    assert selling.discrepancies() == []
    db.execute_sql(f"{sql} WHERE org_id = %s", (selling.organization.id,))
    discrepancies = selling.discrepancies()
    assert len(discrepancies) == len(sentences)
    assert all(discrepancy.startswith(made["salesOrder"]["soNumber"]) for discrepancy in discrepancies)
    assert all(any(sentence in discrepancy for discrepancy in discrepancies) for sentence in sentences), discrepancies


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE sales_order_item SET shipped_quantity = 3", "has 3 for the shipped_quantity of"),
        ("UPDATE sales_order_shipment_item SET quantity = 5", "its parts add up to 5"),
        ("DELETE FROM sales_order_shipment", "its parts add up to 0"),
        ("DELETE FROM sales_order", "for a line that is gone"),
    ],
)
def test_check_finds_shipments_that_are_not_what_the_line_or_the_ledger_says(
    selling: Selling, sql: str, sentence: str
) -> None:
    made = selling.order(status="Entered")
    item = {"soItemId": made["items"][0]["id"], "quantity": 4}
    assert selling.api.post(f"{selling.path(made)}/shipments", {"items": [item]}).status_code == 201
    assert selling.discrepancies() == []
    db.execute_sql(f"{sql} WHERE org_id = %s", (selling.organization.id,))
    assert any(sentence in discrepancy for discrepancy in selling.discrepancies())


def test_check_finds_another_item_and_tells_organizations_apart(selling: Selling) -> None:
    selling.order()
    other = factories.make_organization()
    order = factories.make_sales_order(other.id, fulfillment_location_id=factories.make_location(other.id))
    factories.make_sales_order_item(other.id, sales_order_id=order, sku_id=factories.make_sku(other.id))
    assert selling.discrepancies() == []
    db.execute_sql(
        "UPDATE sales_order_item SET sku_id = %s WHERE org_id = %s", (selling.skus[2], selling.organization.id)
    )
    assert len(selling.discrepancies()) == 2


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sales_order SET order_status = 'Shipped', fulfillment_location_id = NULL",
        "UPDATE sales_order SET order_status = 'In-Dispute'",
        "UPDATE sales_order SET disputed_from = 'Entered'",
        "UPDATE sales_order_item SET quantity = 0",
    ],
)
def test_what_can_never_be_is_refused_by_the_table(selling: Selling, sql: str) -> None:
    selling.order()
    with pytest.raises(peewee.IntegrityError, match="check constraint"):
        db.execute_sql(f"{sql} WHERE org_id = %s", (selling.organization.id,))
    assert selling.discrepancies() == []
