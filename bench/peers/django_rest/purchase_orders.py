"""Purchase orders."""

from typing import Any
from uuid import UUID

from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.entities import PURCHASE_ORDER, PURCHASE_ORDER_ITEM
from bench.peers.django_rest.access import at_least
from bench.peers.django_rest.models import PurchaseOrder, PurchaseOrderItem
from bench.peers.django_rest.pages import NoQuery, read_query
from bench.peers.django_rest.refusals import InvalidPath
from bench.peers.django_rest.shown import Shown

ORDER = Shown(PURCHASE_ORDER)
ITEM = Shown(PURCHASE_ORDER_ITEM)


class Order(APIView):
    permission_classes = (at_least("viewer"),)

    def get(self, request: Any, id: str) -> Response:
        read_query(request, NoQuery)
        org_id, order_id = request.user.org_id, order_id_of(id)
        orders = PurchaseOrder.objects.filter(org_id=org_id, id=order_id)
        order = ORDER.values(orders).first()
        if order is None:
            raise NotFound("no purchase order with this id")
        items = PurchaseOrderItem.objects.filter(org_id=org_id, purchase_order_id=order_id).order_by("id")
        return Response({"purchaseOrder": order, "items": list(ITEM.values(items))})


def order_id_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidPath({"id": ["is no id"]}) from None
