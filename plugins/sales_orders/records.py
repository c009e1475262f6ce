"""The records of sales orders as the contract shows them, and as the domain itself reads an order."""

from pharus.lifecycle import Ending
from pharus.lookups import Lookups
from pharus.records import Records
from plugins.sales_orders import models
from plugins.sales_orders.schemas import SalesOrder, SalesOrderItem, SalesOrderStatus, TimelineNote


class StoredSalesOrder(SalesOrder, Ending):
    """An order with what no response shows: the status that a dispute interrupts, that from which it was rejected,
    whether somebody set the fees."""

    disputedFrom: SalesOrderStatus | None  # noqa: N815 - a key like the others
    feesGiven: bool  # noqa: N815


_REQUESTED = {"channelId": "orderChannelId", "status": "orderStatus"}

channels = Lookups(models.OrderChannel)
orders = Records(models.SalesOrder, SalesOrder, requested=_REQUESTED)
stored_orders = Records(models.SalesOrder, StoredSalesOrder, requested=_REQUESTED)
items = Records(models.SalesOrderItem, SalesOrderItem)
notes = Records(models.TimelineNote, TimelineNote, requested={"body": "note", "statusAtTime": "orderStatus"})
