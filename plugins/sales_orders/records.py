"""The records of sales orders as the contract shows them, and as the domain itself reads an order."""

from decimal import Decimal
from typing import Any, TypedDict, cast

from pharus.lifecycle import Ending
from pharus.lookups import Lookups
from pharus.records import Records
from plugins.sales_orders import models
from plugins.sales_orders.schemas import (
    SalesOrder,
    SalesOrderReturn,
    SalesOrderReturnItem,
    SalesOrderShipment,
    SalesOrderStatus,
    TimelineNote,
)


class StoredSalesOrder(SalesOrder, Ending):
    """An order with what no response shows: the status that a dispute interrupts, that from which it was rejected,
    whether somebody set the fees."""

    disputedFrom: SalesOrderStatus | None  # noqa: N815 - a key like the others
    feesGiven: bool  # noqa: N815


class StoredLine(TypedDict):
    """A line as it is stored: `shippedQuantity` is what shipments have shipped, not what the order's status has."""

    id: str
    orgId: str
    salesOrderId: str
    skuId: str
    quantity: int
    unitPrice: Decimal
    unit: str | None
    unitQuantity: Decimal | None
    unitFactor: str | None
    pricePerUnit: Decimal | None
    shippedQuantity: int
    returnedQuantity: int


class StoredShipmentItem(TypedDict):
    """A line of a shipment as it is stored."""

    id: str
    orgId: str
    shipmentId: str
    soItemId: str
    quantity: int
    unitQuantity: Decimal | None


_REQUESTED = {"channelId": "orderChannelId", "status": "orderStatus", "history": "isHistory"}

channels = Lookups(models.OrderChannel)
orders = Records(models.SalesOrder, SalesOrder, requested=_REQUESTED)
stored_orders = Records(models.SalesOrder, StoredSalesOrder, requested=_REQUESTED)
items = Records(models.SalesOrderItem, StoredLine)
shipments = Records(models.SalesOrderShipment, SalesOrderShipment)
shipment_items = Records(models.SalesOrderShipmentItem, StoredShipmentItem)
returns = Records(models.SalesOrderReturn, SalesOrderReturn)
return_items = Records(models.SalesOrderReturnItem, SalesOrderReturnItem)
notes = Records(models.TimelineNote, TimelineNote, requested={"body": "note", "statusAtTime": "orderStatus"})


def shown(order: StoredSalesOrder) -> SalesOrder:
    """The order as the contract shows it."""
    stored: dict[str, Any] = {**order}
    return cast(SalesOrder, {key: stored[key] for key in orders.keys})
