"""Whose version If-Match is compared with where the path names a line: of each such operation, the id of the order."""

from plugins.manufacturing.records import production_order_items, work_order_items


def update_work_order_item(id: str) -> str:
    return work_order_items.get(id)["workOrderId"]


def update_production_order_item(id: str) -> str:
    return production_order_items.get(id)["productionOrderId"]


remove_work_order_item = update_work_order_item
remove_production_order_item = update_production_order_item
