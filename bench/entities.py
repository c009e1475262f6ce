"""What the peers implement: the keys of each entity, in the order in which it is shown.

The comparison covers these keys, and the peers' columns follow from them. A key that only Pharus has is reported and
not compared: a domain may gain a field without an edit here.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

# What is compared of a body: an object's keys with the shape of each value or without, a list's entries, or (None) the
# whole value. A key need not be there; that is for the comparison with the other peers.
Shape: TypeAlias = tuple[str, ...] | Mapping[str, "Shape"] | list["Shape"] | None

VENDOR = (
    *("id", "orgId", "name", "address", "city", "state", "country", "zipCode", "term", "qboId", "notes"),
    *("isActive", "createdAt", "updatedAt"),
)
LEDGER_ENTRY = (
    *("id", "orgId", "code", "materialId", "locationId", "eventType", "quantity", "unitCost", "ref", "toLocationId"),
    *("notes", "eventDate", "sourceType", "sourceId", "value", "variance", "reversesId", "externalId", "createdAt"),
)
BALANCE = (
    *("materialId", "locationId", "onHand", "onOrder", "demand", "allocated", "available", "inTransit"),
    *("averageCost", "value", "inTransitValue"),
)
PURCHASE_ORDER = (
    *("id", "orgId", "poNumber", "vendorId", "targetType", "status", "shipToLocationId", "planningAt", "placedAt"),
    *("shipDate", "inTransitAt", "partialAt", "expectedDeliveryDate", "receivedAt", "paidAt", "cancelledAt"),
    *("shippingCosts", "setupCosts", "otherCosts", "notes", "createdAt", "updatedAt"),
)
PURCHASE_ORDER_ITEM = ("id", "orgId", "purchaseOrderId", "materialId", "skuId", "quantity", "unitCost")
RECEIPT = ("id", "orgId", "purchaseOrderId", "receiptDate", "createdAt", "updatedAt")
RECEIPT_ITEM = ("id", "orgId", "receiptId", "poItemId", "quantity", "unitCost")
IMPORTED_ROW = ("index", "status", "id")


def page(entity: Shape) -> Shape:
    """A page of a list."""
    return {"data": [entity], "nextCursor": None}


def columns(keys: Sequence[str], **others: str) -> dict[str, str]:
    """The column of each key, which has its name in snake_case unless `others` has it otherwise."""
    return {key: others.get(key, re.sub("(?=[A-Z])", "_", key).lower()) for key in keys}
