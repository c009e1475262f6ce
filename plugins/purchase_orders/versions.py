"""Whose version If-Match is compared with where the path names a line: of each such operation, the id of the order."""

from plugins.purchase_orders.records import items


def update_purchase_order_item(id: str) -> str:
    return items.get(id)["purchaseOrderId"]


remove_purchase_order_item = update_purchase_order_item
