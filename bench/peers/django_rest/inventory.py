"""The inventory of materials."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, TextField, Value
from django.db.models.functions import Collate, Lower, NullIf, Round
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView
from uuid_utils.compat import uuid7

from bench.entities import BALANCE, LEDGER_ENTRY
from bench.peers.django_rest.access import at_least, take_numbers
from bench.peers.django_rest.fields import Id, Moment, Quantity, Strict, optional_text
from bench.peers.django_rest.models import Balance, LedgerEntry, Location, Material
from bench.peers.django_rest.pages import NoQuery, PageQuery, page, read_query
from bench.peers.django_rest.shown import Shown

_EVENTS = ("ORDER", "RECEIVE", "DEMAND", "ALLOCATE", "CONSUME", "TRANSFER", "ADJUST", "DISPOSE")

_ENTRY = Shown(LEDGER_ENTRY, materialId="item_id")
_BALANCE = Shown(BALANCE, materialId="item_id")

_SIX_PLACES = Decimal("0.000001")


class LedgerQuery(PageQuery):
    materialId = Id(required=False)  # noqa: N815 - the contract's names
    eventType = serializers.ChoiceField(_EVENTS, required=False)  # noqa: N815


class SummaryQuery(Strict):
    materialId = Id(required=False)  # noqa: N815
    locationId = Id(required=False)  # noqa: N815


class Adjustment(Strict):
    materialId = Id()  # noqa: N815
    locationId = Id()  # noqa: N815
    quantity = Quantity()
    notes = optional_text(10000)
    eventDate = Moment(required=False)  # noqa: N815


class Ledger(APIView):
    permission_classes = (at_least("viewer"),)

    def get(self, request: Any) -> Response:
        query = read_query(request, LedgerQuery)
        rows = LedgerEntry.objects.filter(org_id=request.user.org_id)
        if "materialId" in query:
            rows = rows.filter(item_id=query["materialId"])
        if "eventType" in query:
            rows = rows.filter(event_type=query["eventType"])
        data, following = page(_ENTRY.values(rows), "ledger", ("eventDate", "id"), query, descending=True)
        return Response({"data": data, "nextCursor": following})


class Summary(APIView):
    permission_classes = (at_least("viewer"),)

    def get(self, request: Any) -> Response:
        query = read_query(request, SummaryQuery)
        rows = Balance.objects.filter(org_id=request.user.org_id)
        if "materialId" in query:
            rows = rows.filter(item_id=query["materialId"])
        if "locationId" in query:
            rows = rows.filter(location_id=query["locationId"])
        in_order = rows.order_by(
            Collate(Lower("item__material_code", output_field=TextField()), "C"),
            "item_id",
            "location__sort_order",
            "location_id",
        )
        shown = _BALANCE.values(
            in_order,
            available=F("on_hand") - F("allocated"),
            averageCost=Round(F("value") / NullIf("on_hand", Value(Decimal(0))), precision=6),
        )
        return Response({"data": list(shown)})


class Adjustments(APIView):
    permission_classes = (at_least("admin"),)

    def post(self, request: Any) -> Response:
        read_query(request, NoQuery)
        serializer = Adjustment(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked, caller = serializer.validated_data, request.user
        event_date = asked.get("eventDate", caller.now)
        if event_date > caller.now + timedelta(days=1):
            raise ValidationError({"eventDate": ["must be at most one day ahead"]})
        balance = _lock(caller.org_id, asked["materialId"], asked["locationId"])
        quantity, unit_cost = asked["quantity"], Decimal(0)
        if balance.on_hand:
            unit_cost = (balance.value / balance.on_hand).quantize(_SIX_PLACES, ROUND_HALF_UP)
        value = quantity * unit_cost
        (number,) = take_numbers(caller.org_id, "MIL", 0, 1)
        entry = LedgerEntry(
            id=uuid7(),
            org_id=caller.org_id,
            code=f"MIL-{number:06d}",
            item_id=balance.item_id,
            location_id=balance.location_id,
            event_type="ADJUST",
            quantity=quantity,
            unit_cost=unit_cost,
            notes=asked["notes"],
            event_date=event_date,
            source_type="manual",
            on_hand=quantity,
            value=value,
            created_at=caller.now,
        )
        balance.on_hand += quantity
        balance.value += value
        balance.save(update_fields=["on_hand", "value"])
        entry.save(force_insert=True)
        return Response(_ENTRY.of(entry), 201)


def _lock(org_id: UUID, item_id: UUID, location_id: UUID) -> Balance:
    """The balance there, locked. That there is one tells that its material and its location exist."""
    found = Balance.objects.select_for_update().filter(org_id=org_id, item_id=item_id, location_id=location_id)
    balance = found.first()
    if balance is None:
        for model, id in ((Material, item_id), (Location, location_id)):
            if not model.objects.filter(org_id=org_id, id=id).exists():
                raise NotFound("no such material or location")
        opened = Balance(org_id=org_id, item_id=item_id, location_id=location_id)
        Balance.objects.bulk_create([opened], ignore_conflicts=True)
        balance = found.get()
    return balance
