"""What more than one kind of order shares."""

import pytest

from pharus.errors import InvalidTransition
from pharus.lifecycle import Lifecycle
from plugins.inventory import order_rules
from plugins.inventory.order_statuses import ReceivingStatus
from plugins.manufacturing import statuses as manufacturing
from plugins.purchase_orders import statuses as purchase_orders

pytestmark = pytest.mark.no_database


def test_repeated_skus_names_each_line_behind_the_first() -> None:
    items = [{"skuId": id} for id in ("aa", "bb", "aa", "aa", "cc")]
    assert [problem.path for problem in order_rules.repeated_skus(items)] == ["/items/2/skuId", "/items/3/skuId"]


@pytest.mark.parametrize(
    ("lifecycle", "refused"),
    [
        (purchase_orders.LIFECYCLE, {"Planning", "Paid", "Cancelled"}),
        (manufacturing.LIFECYCLE, {"Draft", "Completed", "Cancelled"}),
    ],
    ids=["purchase", "manufacturing"],
)
def test_refuse_receipt_knows_the_statuses_at_which_goods_come(
    lifecycle: Lifecycle[ReceivingStatus], refused: set[str]
) -> None:
    for status in lifecycle.statuses:
        if status in refused:
            with pytest.raises(InvalidTransition):
                order_rules.refuse_receipt(lifecycle, status)
        else:
            order_rules.refuse_receipt(lifecycle, status)


@pytest.mark.parametrize(
    ("any_left", "is_full", "expected"), [(False, False, "Placed"), (True, False, "Partial"), (True, True, "Received")]
)
def test_status_after_receipts_follows_them_until_the_order_has_ended(
    any_left: bool, is_full: bool, expected: str
) -> None:
    for status in purchase_orders.LIFECYCLE.statuses:
        found = order_rules.status_after_receipts(
            purchase_orders.LIFECYCLE,
            status,
            without_receipts="Placed",
            any_left=any_left,
            is_full=is_full,
            more=False,
        )
        assert found == (status if status in {"Paid", "Cancelled"} else expected)
