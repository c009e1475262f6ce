"""Receipts, undos, corrections, allocations, transfers and shipments of the same goods by many clients at once."""

from tests.plugins.purchase_orders.buying import Buying
from tests.plugins.purchase_orders.racing import hammer, make


def test_sixteen_clients_keep_the_identity(buying: Buying) -> None:
    """The short form of what `make drills` does for a minute."""
    maker = make(buying)
    hammer(buying.api, maker, seconds=3)
    assert all(maker.statuses[name, 2] for name in ("receive", "delete_receipt", "correct", "allocate", "ship"))
