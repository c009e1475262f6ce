"""Vendors."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import connection
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView
from uuid_utils.compat import uuid7

from bench.entities import VENDOR
from bench.peers import outbox
from bench.peers.django_rest.access import at_least
from bench.peers.django_rest.fields import Strict, Text, optional_text
from bench.peers.django_rest.models import Vendor
from bench.peers.django_rest.pages import NoQuery, PageQuery, page, read_query
from bench.peers.django_rest.shown import Shown

_SHOWN = Shown(VENDOR)


class VendorQuery(PageQuery):
    isActive = serializers.ChoiceField(["true", "false"], required=False)  # noqa: N815 - the contract's names
    q = serializers.CharField(max_length=255, trim_whitespace=False, required=False)


class VendorCreate(Strict):
    name = Text(255, is_filled=True)
    address = optional_text(10000)
    city = optional_text(150)
    state = optional_text(100)
    country = Text(2, required=False, allow_null=True, default=None, validators=[RegexValidator(r"^[A-Za-z]{2}\Z")])
    zipCode = Text(20, required=False, allow_null=True, default=None, source="zip_code")  # noqa: N815
    term = optional_text(100)
    qboId = Text(100, required=False, allow_null=True, default=None, source="qbo_id")  # noqa: N815
    notes = optional_text(10000)


class Vendors(APIView):
    def get_permissions(self) -> Any:
        return [at_least("viewer" if self.request.method == "GET" else "member")()]

    def get(self, request: Any) -> Response:
        query = read_query(request, VendorQuery)
        rows = Vendor.objects.filter(org_id=request.user.org_id)
        if "isActive" in query:
            rows = rows.filter(is_active=query["isActive"] == "true")
        if "q" in query:
            rows = rows.filter(name__icontains=query["q"])
        data, following = page(_SHOWN.values(rows, "sort_key"), "vendor", ("sort_key", "id"), query, descending=False)
        for row in data:
            del row["sort_key"]
        return Response({"data": data, "nextCursor": following})

    def post(self, request: Any) -> Response | HttpResponse:
        once = request.once
        if once is not None and once.is_replay:
            return once.replay()
        read_query(request, NoQuery)
        asked = VendorCreate(data=request.data)
        asked.is_valid(raise_exception=True)
        caller = request.user
        vendor = Vendor(
            id=uuid7(), org_id=caller.org_id, created_at=caller.now, updated_at=caller.now, **asked.validated_data
        )
        vendor.save(force_insert=True)
        shown = _SHOWN.of(vendor)
        if outbox.IS_USED:
            with connection.cursor() as cursor:
                cursor.execute(outbox.INSERT, outbox.created("vendor", shown, caller.now))
        return Response(shown, 201) if once is None else once.keep(caller.org_id, shown)
