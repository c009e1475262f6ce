"""Query parameters, and keyset pages."""

from typing import Any

from django.db.models import Q, QuerySet
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from bench.peers.cursors import read_cursor, write_cursor
from bench.peers.django_rest.access import signing_secret
from bench.peers.django_rest.fields import Strict
from bench.peers.django_rest.refusals import InvalidQuery


class NoQuery(Strict):
    pass


class PageQuery(Strict):
    cursor = serializers.CharField(max_length=512, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=500, default=100)


def read_query(request: Any, serializer: type[Strict]) -> dict[str, Any]:
    asked = serializer(data=request.query_params.dict())
    try:
        asked.is_valid(raise_exception=True)
    except ValidationError as error:
        raise InvalidQuery(error.detail) from None
    return dict(asked.validated_data)


def page(rows: QuerySet[Any], name: str, key: tuple[str, str], query: dict[str, Any], *, descending: bool) -> Any:
    """The page's body: rows are dictionaries with the sort key under the names in `key`."""
    first, second = key
    if "cursor" in query:
        after = read_cursor(signing_secret(), name, query["cursor"])
        if after is None:
            raise InvalidQuery({"cursor": ["is not a cursor of this list"]})
        beyond = "lt" if descending else "gt"
        rows = rows.filter(
            Q((f"{first}__{beyond}", after[0])) | Q((first, after[0]), (f"{second}__{beyond}", after[1]))
        )
    sign = "-" if descending else ""
    found = list(rows.order_by(sign + first, sign + second)[: query["limit"] + 1])
    following = None
    if len(found) > query["limit"]:
        found.pop()
        following = write_cursor(signing_secret(), name, [found[-1][first], found[-1][second]])
    return found, following
