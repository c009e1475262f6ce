"""Purchase orders of materials are placed, and goods of them are received."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound
from rest_framework.response import Response
from rest_framework.views import APIView
from uuid_utils.compat import uuid7

from bench.entities import RECEIPT, RECEIPT_ITEM
from bench.peers.django_rest.access import Caller, at_least, take_numbers
from bench.peers.django_rest.fields import Id, Money, Quantity, Strict, optional_text
from bench.peers.django_rest.models import (
    Balance,
    LedgerEntry,
    Location,
    Material,
    PurchaseOrder,
    PurchaseOrderItem,
    PurchaseOrderReceipt,
    PurchaseOrderReceiptItem,
    Vendor,
)
from bench.peers.django_rest.pages import NoQuery, read_query
from bench.peers.django_rest.purchase_orders import ITEM, ORDER, order_id_of
from bench.peers.django_rest.shown import Shown

_RECEIPT, _RECEIPT_ITEM = Shown(RECEIPT), Shown(RECEIPT_ITEM)

_RECEIVABLE = ("Placed", "In Transit", "Partial", "Received")


class Conflict(APIException):
    status_code = 409


class LineCreate(Strict):
    materialId = Id(source="material_id")  # noqa: N815 - the contract's names
    quantity = Quantity()
    unitCost = Money(source="unit_cost", default=Decimal(0))  # noqa: N815


class OrderCreate(Strict):
    vendorId = Id(source="vendor_id")  # noqa: N815
    targetType = serializers.ChoiceField(["materials"], source="target_type")  # noqa: N815
    status = serializers.ChoiceField(["Placed"])
    shipToLocationId = Id(source="ship_to_location_id")  # noqa: N815
    expectedDeliveryDate = serializers.DateField(source="expected_delivery_date", default=None)  # noqa: N815
    shippingCosts = Money(source="shipping_costs", default=Decimal(0))  # noqa: N815
    notes = optional_text(10000)
    items = LineCreate(many=True, min_length=1, max_length=1000)


class ArrivedLine(Strict):
    poItemId = Id()  # noqa: N815
    quantity = Quantity()
    unitCost = Money(required=False)  # noqa: N815


class ReceiptCreate(Strict):
    notes = optional_text(10000)
    items = ArrivedLine(many=True, min_length=1, max_length=1000)


class Orders(APIView):
    permission_classes = (at_least("member"),)

    def post(self, request: Any) -> Response:
        read_query(request, NoQuery)
        serializer = OrderCreate(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked, caller = dict(serializer.validated_data), request.user
        asked_lines = asked.pop("items")
        materials = {line["material_id"] for line in asked_lines}
        location_id = asked["ship_to_location_id"]
        _refuse_unknown(caller, ((Vendor, {asked["vendor_id"]}), (Location, {location_id}), (Material, materials)))
        (number,) = take_numbers(caller.org_id, "PO", caller.now.year, 1)
        order = PurchaseOrder(
            id=uuid7(),
            org_id=caller.org_id,
            po_number=f"PO-{caller.now.year}-{number:04d}",
            placed_at=caller.now.date(),
            created_at=caller.now,
            updated_at=caller.now,
            **asked,
        )
        order.save(force_insert=True)
        lines = [
            PurchaseOrderItem(id=uuid7(), org_id=caller.org_id, purchase_order_id=order.id, **line)
            for line in asked_lines
        ]
        PurchaseOrderItem.objects.bulk_create(lines)
        balances = _lock(caller, location_id, materials)
        entries = []
        for line in lines:
            balances[line.material_id].on_order += line.quantity
            entries.append(
                LedgerEntry(
                    item_id=line.material_id,
                    event_type="ORDER",
                    quantity=line.quantity,
                    source_type="po_item",
                    source_id=line.id,
                    line_id=line.id,
                    on_hand=0,
                    on_order=line.quantity,
                    value=0,
                )
            )
        _post(caller, order, None, entries, balances)
        return Response({"purchaseOrder": ORDER.of(order), "items": [ITEM.of(line) for line in lines]}, 201)


class Receipts(APIView):
    permission_classes = (at_least("member"),)

    def post(self, request: Any, id: str) -> Response:
        read_query(request, NoQuery)
        order_id = order_id_of(id)
        serializer = ReceiptCreate(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked, caller = serializer.validated_data, request.user
        order = PurchaseOrder.objects.select_for_update().filter(org_id=caller.org_id, id=order_id).first()
        if order is None:
            raise NotFound("no purchase order with this id")
        if order.status not in _RECEIVABLE:
            raise Conflict("goods of this order cannot be received")
        lines = _lines(caller, order_id)
        receipt = PurchaseOrderReceipt(
            id=uuid7(),
            org_id=caller.org_id,
            purchase_order_id=order_id,
            receipt_date=caller.now.date(),
            created_at=caller.now,
            updated_at=caller.now,
        )
        receipt.save(force_insert=True)
        balances = _lock(caller, order.ship_to_location_id, {line.material_id for line in lines.values()})
        arrived, entries = [], []
        for item in asked["items"]:
            line = lines.get(item["poItemId"])
            if line is None:
                raise NotFound("the order has no such line")
            quantity, cost = item["quantity"], item.get("unitCost", line.unit_cost)
            fulfilled = min(quantity, max(line.held, Decimal(0)))
            line.received += quantity
            line.held -= fulfilled
            arrived.append(
                PurchaseOrderReceiptItem(
                    id=uuid7(),
                    org_id=caller.org_id,
                    receipt_id=receipt.id,
                    po_item_id=line.id,
                    quantity=quantity,
                    unit_cost=cost,
                )
            )
            balance = balances[line.material_id]
            balance.on_hand += quantity
            balance.on_order -= fulfilled
            balance.value += quantity * cost
            entries.append(
                LedgerEntry(
                    item_id=line.material_id,
                    event_type="RECEIVE",
                    quantity=quantity,
                    unit_cost=cost,
                    source_type="po_receipt",
                    source_id=arrived[-1].id,
                    line_id=line.id,
                    on_hand=quantity,
                    on_order=-fulfilled,
                    value=quantity * cost,
                )
            )
        PurchaseOrderReceiptItem.objects.bulk_create(arrived)
        _post(caller, order, asked["notes"], entries, balances)
        _follow(caller, order, is_whole=all(line.received >= line.quantity for line in lines.values()))
        return Response(
            {
                "purchaseOrder": ORDER.of(order),
                "receipt": _RECEIPT.of(receipt),
                "receiptItems": [_RECEIPT_ITEM.of(item) for item in arrived],
            },
            201,
        )


def _refuse_unknown(caller: Caller, named: Iterable[tuple[Any, set[UUID]]]) -> None:
    for model, ids in named:
        known = dict(model.objects.filter(org_id=caller.org_id, id__in=ids).values_list("id", "is_active"))
        if len(known) < len(ids):
            raise NotFound(f"no {model.__name__} with this id")
        if not all(known.values()):
            raise Conflict("what the order names is deactivated")


def _lines(caller: Caller, order_id: UUID) -> dict[UUID, Any]:
    """The lines with what has arrived of each, and what each holds on order."""

    def total(rows: Any, column: str) -> Any:
        amount = DecimalField(max_digits=18, decimal_places=6)
        summed = rows.order_by().values("org_id").annotate(total=Sum(column)).values("total")
        return Coalesce(Subquery(summed, output_field=amount), Value(Decimal(0)), output_field=amount)

    received = PurchaseOrderReceiptItem.objects.filter(org_id=OuterRef("org_id"), po_item_id=OuterRef("id"))
    held = LedgerEntry.objects.filter(org_id=OuterRef("org_id"), line_id=OuterRef("id"))
    lines = PurchaseOrderItem.objects.filter(org_id=caller.org_id, purchase_order_id=order_id)
    annotated = lines.annotate(received=total(received, "quantity"), held=total(held, "on_order"))
    return {line.id: line for line in annotated}


def _lock(caller: Caller, location_id: UUID, items: set[UUID]) -> dict[UUID, Balance]:
    rows = Balance.objects.select_for_update().filter(org_id=caller.org_id, location_id=location_id, item_id__in=items)
    found = {balance.item_id: balance for balance in rows.order_by("item_id")}
    if len(found) < len(items):
        opened = [Balance(org_id=caller.org_id, item_id=id, location_id=location_id) for id in sorted(items)]
        Balance.objects.bulk_create(opened, ignore_conflicts=True)
        found = {balance.item_id: balance for balance in rows.order_by("item_id")}
    return found


def _post(
    caller: Caller, order: PurchaseOrder, notes: str | None, entries: list[LedgerEntry], balances: dict[UUID, Balance]
) -> None:
    for code, entry in zip(take_numbers(caller.org_id, "MIL", 0, len(entries)), entries, strict=True):
        entry.id, entry.org_id, entry.code = uuid7(), caller.org_id, f"MIL-{code:06d}"
        entry.location_id, entry.ref, entry.notes = order.ship_to_location_id, order.po_number, notes
        entry.event_date = entry.created_at = caller.now
    LedgerEntry.objects.bulk_create(entries)
    Balance.objects.bulk_update(balances.values(), ["on_hand", "on_order", "value"])


def _follow(caller: Caller, order: PurchaseOrder, *, is_whole: bool) -> None:
    if is_whole:
        order.status, order.received_at = "Received", order.received_at or caller.now.date()
    else:
        order.status, order.partial_at = "Partial", order.partial_at or caller.now.date()
    order.updated_at = caller.now
    order.save(update_fields=["status", "received_at", "partial_at", "updated_at"])
