"""Whose version If-Match is compared with where the path names a line: of each such operation, the id of the order."""

from plugins.sales_orders.records import items


def update_sales_order_item(id: str) -> str:
    return items.get(id)["salesOrderId"]


remove_sales_order_item = update_sales_order_item
