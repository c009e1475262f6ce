"""Purchase orders."""

from typing import Any
from uuid import UUID

from django.db.models import F
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.peers.django_rest.access import at_least
from bench.peers.django_rest.models import PurchaseOrder, PurchaseOrderItem
from bench.peers.django_rest.pages import NoQuery, read_query
from bench.peers.django_rest.refusals import InvalidPath

_ORDER_RENAMED = {
    "orgId": "org_id",
    "poNumber": "po_number",
    "vendorId": "vendor_id",
    "targetType": "target_type",
    "shipToLocationId": "ship_to_location_id",
    "planningAt": "planning_at",
    "placedAt": "placed_at",
    "shipDate": "ship_date",
    "inTransitAt": "in_transit_at",
    "partialAt": "partial_at",
    "expectedDeliveryDate": "expected_delivery_date",
    "receivedAt": "received_at",
    "paidAt": "paid_at",
    "cancelledAt": "cancelled_at",
    "shippingCosts": "shipping_costs",
    "setupCosts": "setup_costs",
    "otherCosts": "other_costs",
    "createdAt": "created_at",
    "updatedAt": "updated_at",
}
_ITEM_RENAMED = {
    "orgId": "org_id",
    "purchaseOrderId": "purchase_order_id",
    "materialId": "material_id",
    "skuId": "sku_id",
    "unitCost": "unit_cost",
}


class Order(APIView):
    permission_classes = (at_least("viewer"),)

    def get(self, request: Any, id: str) -> Response:
        read_query(request, NoQuery)
        try:
            order_id = UUID(id)
        except ValueError:
            raise InvalidPath({"id": ["is no id"]}) from None
        org_id = request.user.org_id
        orders = PurchaseOrder.objects.filter(org_id=org_id, id=order_id)
        order = orders.values("id", "status", "notes", **_by_name(_ORDER_RENAMED)).first()
        if order is None:
            raise NotFound("no purchase order with this id")
        items = PurchaseOrderItem.objects.filter(org_id=org_id, purchase_order_id=order_id).order_by("id")
        shown = items.values("id", "quantity", **_by_name(_ITEM_RENAMED))
        return Response({"purchaseOrder": order, "items": list(shown)})


def _by_name(renamed: dict[str, str]) -> dict[str, F]:
    return {key: F(column) for key, column in renamed.items()}
