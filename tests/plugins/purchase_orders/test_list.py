"""The list of purchase orders: pages, newest first, and its filters."""

import pytest

from tests import factories
from tests.plugins.purchase_orders.buying import Buying


def ids(buying: Buying, **params: object) -> list[str]:
    return [order["id"] for order in buying.api.get("/api/purchase-orders", **params).json()["data"]]


def test_list_purchase_orders_pages_newest_first(buying: Buying) -> None:
    made = [buying.order()["purchaseOrder"]["id"] for _ in range(5)]
    assert ids(buying) == made[::-1]
    seen, cursor = [], None
    while True:
        page = buying.api.get("/api/purchase-orders", limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [order["id"] for order in page["data"]]
        buying.order()
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert seen == made[::-1]


def test_list_purchase_orders_filters(buying: Buying) -> None:
    org_id = buying.organization.id
    other = factories.make_vendor(org_id, name="Sample 100% Boxes")
    oils = buying.order(placedAt="2026-01-10")["purchaseOrder"]
    boxes = buying.order(vendorId=other, status="Cancelled")["purchaseOrder"]
    plan = buying.order(status="Planning")["purchaseOrder"]
    assert ids(buying, status="Cancelled") == [boxes["id"]]
    assert ids(buying, vendorId=other) == [boxes["id"]]
    assert ids(buying, q="100% b") == [boxes["id"]]
    assert ids(buying, q="example OILS") == [plan["id"], oils["id"]]
    assert ids(buying, q=plan["poNumber"][-4:]) == [plan["id"]]
    assert ids(buying, q="100_") == []
    assert ids(buying, dateTo="2026-01-10") == ids(buying, dateFrom="2026-01-10", dateTo="2026-01-31") == [oils["id"]]
    assert ids(buying, dateFrom="2026-01-11") == [plan["id"], boxes["id"]]
    assert ids(buying, status="Placed", vendorId=other) == []


@pytest.mark.parametrize("params", [{"status": "Lost"}, {"vendorId": "7"}, {"dateFrom": "soon"}, {"limit": 501}])
def test_list_purchase_orders_refuses_what_is_no_filter(buying: Buying, params: dict[str, object]) -> None:
    assert buying.api.get("/api/purchase-orders", **params).status_code == 422


def test_orders_of_another_organization_are_not_there(buying: Buying, as_role: object) -> None:
    theirs = factories.make_organization()
    stranger = Buying(theirs, as_role(theirs, "owner"))  # type: ignore[operator]
    made = stranger.order()
    assert ids(buying) == []
    order_id, item_id = made["purchaseOrder"]["id"], made["items"][0]["id"]
    receipt_id = stranger.receive(made, 1).json()["receipt"]["id"]
    for path in (
        f"/api/purchase-orders/{order_id}",
        f"/api/purchase-orders/{order_id}/items",
        f"/api/purchase-orders/{order_id}/receipts",
        f"/api/purchase-order-receipts/{receipt_id}",
    ):
        assert buying.api.get(path).status_code == 404
    for path in (f"/api/purchase-orders/{order_id}", f"/api/purchase-order-items/{item_id}"):
        assert buying.api.patch(path, {}).status_code == 404
        assert buying.api.delete(path).status_code == 404
    assert stranger.stock() == ("1", "9", "2.5")
