"""The bulk import of materials."""

from typing import Any

from django.db.models.functions import Lower
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView
from uuid_utils.compat import uuid7

from bench.peers.django_rest.access import at_least
from bench.peers.django_rest.fields import Id, Strict, Text, optional_text
from bench.peers.django_rest.models import Material, MaterialType
from bench.peers.django_rest.pages import read_query


class ImportQuery(Strict):
    mode = serializers.ChoiceField(["atomic"], default="atomic")
    dryRun = serializers.ChoiceField(["true", "false"], default="false")  # noqa: N815 - the contract's name


class MaterialCreate(Strict):
    code = Text(100, is_filled=True, source="material_code")
    name = Text(255, is_filled=True)
    typeId = Id(source="material_type_id")  # noqa: N815
    notes = optional_text(10000)


class MaterialImport(Strict):
    rows = MaterialCreate(many=True, min_length=1, max_length=5000)


class Import(APIView):
    """All rows or none."""

    permission_classes = (at_least("admin"),)

    def post(self, request: Any) -> Response:
        query = read_query(request, ImportQuery)
        asked = MaterialImport(data=request.data)
        asked.is_valid(raise_exception=True)
        rows, caller = asked.validated_data["rows"], request.user
        for row in rows:
            row["material_code"] = row["material_code"].strip()
        problems = _problems(rows, caller.org_id)
        if problems:
            raise ValidationError({"rows": problems})
        if query["dryRun"] == "true":
            return Response({"ids": [], "results": [{"index": index, "status": "ok"} for index in range(len(rows))]})
        stored = [
            Material(id=uuid7(), org_id=caller.org_id, created_at=caller.now, updated_at=caller.now, **row)
            for row in rows
        ]
        Material.objects.bulk_create(stored)
        results = [{"index": index, "status": "ok", "id": material.id} for index, material in enumerate(stored)]
        return Response({"ids": [material.id for material in stored], "results": results})


def _problems(rows: list[dict[str, Any]], org_id: Any) -> dict[int, dict[str, list[str]]]:
    type_ids = {row["material_type_id"] for row in rows}
    known = MaterialType.objects.filter(org_id=org_id, id__in=type_ids, is_active=True)
    types = set(known.values_list("id", flat=True))
    codes = [row["material_code"].lower() for row in rows]
    materials = Material.objects.filter(org_id=org_id).annotate(lower_code=Lower("material_code"))
    taken = set(materials.filter(lower_code__in=codes).values_list("lower_code", flat=True))
    problems: dict[int, dict[str, list[str]]] = {}
    for index, (row, code) in enumerate(zip(rows, codes, strict=True)):
        if row["material_type_id"] not in types:
            problems.setdefault(index, {})["typeId"] = ["does not exist"]
        if code in taken:
            problems.setdefault(index, {})["code"] = ["is taken"]
        taken.add(code)
    return problems
