"""Lines of sales orders: added, changed and removed while the goods are there, locked once they have left."""

from typing import Any

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import error_code
from tests.plugins.sales_orders.selling import Selling

LOCKED = [
    ("Shipped",),
    ("Invoiced",),
    ("Paid",),
    ("Completed",),
    ("Rejected",),
    ("Shipped", "In-Dispute"),
]


def items_path(selling: Selling, order: dict[str, Any]) -> str:
    return f"{selling.path(order)}/items"


def item_path(order: dict[str, Any], line: int = 0) -> str:
    return f"/api/sales-order-items/{order['items'][line]['id']}"


def test_add_item_demands_at_once(selling: Selling) -> None:
    made = selling.order()
    added = selling.api.post(items_path(selling, made), {"skuId": selling.skus[1], "quantity": 3})
    assert added.status_code == 201
    item = added.json()
    # It names no price, and the customer has none.
    assert [each["path"] for each in item.pop("warnings")] == ["/unitPrice"]
    assert (item["salesOrderId"], item["skuId"], item["quantity"], item["unitPrice"]) == (
        made["salesOrder"]["id"],
        selling.skus[1],
        3,
        "0",
    )
    assert selling.stock(1) == ("0", "3", "0")
    assert selling.api.get(items_path(selling, made)).json() == {"data": [*made["items"], item]}
    assert selling.get(made)["items"] == [*made["items"], item]


def test_add_item_of_a_sku_that_is_there_is_409(selling: Selling) -> None:
    made = selling.order()
    refused = selling.api.post(items_path(selling, made), selling.line(0, 1))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    capitals = {**selling.line(), "skuId": selling.skus[0].upper()}
    assert selling.api.post(items_path(selling, made), capitals).status_code == 409


def test_add_item_refuses_a_sku_that_is_deactivated_or_not_there(selling: Selling) -> None:
    made = selling.order()
    gone = factories.make_sku(selling.organization.id, is_active=False)
    refused = selling.api.post(items_path(selling, made), {"skuId": gone, "quantity": 1})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    missing = selling.api.post(items_path(selling, made), {"skuId": new_id(), "quantity": 1})
    assert (missing.status_code, error_code(missing)) == (404, "not_found")
    assert selling.api.post(f"/api/sales-orders/{new_id()}/items", selling.line(1)).status_code == 404


def test_update_item_moves_only_the_difference(selling: Selling) -> None:
    made = selling.order(status="Entered")
    changed = selling.api.patch(item_path(made), {"quantity": 14, "unitPrice": 3.1})
    assert changed.json() == {**made["items"][0], "quantity": 14, "unitPrice": "3.1", "openQuantity": 14}
    assert selling.stock() == ("100", "0", "14")
    assert selling.api.patch(item_path(made), {"quantity": 5}).status_code == 200
    assert selling.stock() == ("100", "0", "5")
    assert selling.discrepancies() == []


def test_update_item_with_a_price_or_nothing_writes_nothing_to_the_ledger(selling: Selling) -> None:
    made = selling.order()
    assert selling.api.patch(item_path(made), {}).json() == made["items"][0]
    assert selling.api.patch(item_path(made), {"unitPrice": 0}).json()["unitPrice"] == "0"
    assert len(selling.entries(made)) == 1


def test_update_item_to_another_sku_moves_what_it_holds(selling: Selling) -> None:
    made = selling.order(selling.line(0), selling.line(1, 2), status="Entered")
    assert selling.api.patch(item_path(made), {"skuId": selling.skus[2].upper()}).json()["skuId"] == selling.skus[2]
    assert (selling.stock(0), selling.stock(2)) == (("100", "0", "0"), ("0", "0", "10"))
    refused = selling.api.patch(item_path(made), {"skuId": selling.skus[1]})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert selling.api.patch(item_path(made), {"skuId": selling.skus[2], "quantity": 1}).status_code == 200
    assert selling.discrepancies() == []


def test_update_item_keeps_a_sku_that_was_deactivated(selling: Selling) -> None:
    made = selling.order()
    assert selling.api.patch(f"/api/skus/{selling.skus[0]}", {"isActive": False}).status_code == 200
    assert selling.api.patch(item_path(made), {"skuId": selling.skus[0], "quantity": 3}).status_code == 200
    gone = factories.make_sku(selling.organization.id, is_active=False)
    assert selling.api.patch(item_path(made), {"skuId": gone}).status_code == 409
    assert selling.api.patch(item_path(made), {"skuId": new_id()}).status_code == 404


def test_remove_item_gives_back_what_it_held(selling: Selling) -> None:
    made = selling.order(selling.line(0), selling.line(1, 3), status="Entered")
    assert selling.api.delete(item_path(made, 1)).json() == {"deletedId": made["items"][1]["id"]}
    assert (selling.stock(0), selling.stock(1)) == (("100", "0", "10"), ("0", "0", "0"))
    assert selling.api.delete(item_path(made, 1)).status_code == 404
    refused = selling.api.delete(item_path(made))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert selling.discrepancies() == []


@pytest.mark.parametrize("statuses", LOCKED, ids="-".join)
def test_lines_are_locked_once_goods_have_left(selling: Selling, statuses: tuple[str, ...]) -> None:
    selling.receive(10, sku=1)
    made = selling.order(selling.line(0), selling.line(1, 2), status=statuses[0])
    for status in statuses[1:]:
        assert selling.update(made, status=status).status_code == 200
    for response in (
        selling.api.post(items_path(selling, made), selling.line(2)),
        selling.api.patch(item_path(made), {"quantity": 1}),
        selling.api.patch(item_path(made), {"unitPrice": 1}),
        selling.api.delete(item_path(made, 1)),
    ):
        assert (response.status_code, error_code(response)) == (409, "invalid_transition")
    assert selling.get(made)["items"] == made["items"]


def test_items_that_are_not_there_are_404(selling: Selling) -> None:
    assert selling.api.patch(f"/api/sales-order-items/{new_id()}", {"quantity": 1}).status_code == 404
    assert selling.api.delete(f"/api/sales-order-items/{new_id()}").status_code == 404
    assert selling.api.get(f"/api/sales-orders/{new_id()}/items").status_code == 404
