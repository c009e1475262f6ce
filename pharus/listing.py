"""Keyset pages: stable while rows are added, as fast at the end of a long list as at its beginning.

A cursor carries the sort key of the last row seen and a signature; one that was tampered with, or that belongs to
another list, is refused with 422.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any, Generic, TypedDict, TypeVar

import orjson

from pharus import signing
from pharus.db import current, db
from pharus.errors import Invalid, Problem
from pharus.records import Records
from pharus.shown import Shown

T = TypeVar("T")

DEFAULT_LIMIT = 100

_SIGNATURE_BYTES = 12


class Page(TypedDict, Generic[T]):
    data: list[Shown[T]]
    nextCursor: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: SQL expressions over the table's columns, all in one direction, the id last.

    The expressions and the index that serves them must be the same text.
    """

    expressions: tuple[str, ...]
    descending: bool = False


# How many rows a search reads in the order of the list before it looks through all texts.
_NEAR = 2000


@dataclass(frozen=True, slots=True)
class Search:
    """A filter by a part of a text (docs/adr/0024). The value is a pattern of `contains`, for each %s in both.

    `condition` is the filter. `ids` is an SQL array with the ids of all that pass it, and maybe of others; `{where}` in
    it are the other conditions of the page, `{rows}` is its length. A list reads the next few rows of its order first:
    what many rows have is there. What few have, `find_ids` finds.
    """

    condition: str
    ids: str


# One condition, or several that exclude one another: each of them is then read through its own index.
Filter = str | Search | tuple[str, ...]


class Listing(Generic[T]):
    """One unbounded list. `filters` maps a name to its SQL condition; the value takes the place of each %s in it.

    The rows are only to be shown: their decimals and timestamps are the texts that responses carry.

    A filter of several conditions needs an order by plain columns. A list has at most one such filter, or one search.
    """

    def __init__(self, records: Records[T], order: Order, filters: Mapping[str, Filter]) -> None:
        self.records = records
        self.order = order
        self.filters = {name: each if isinstance(each, tuple) else (each,) for name, each in filters.items()}
        self._texts: dict[tuple[str, ...], tuple[str, list[str]]] = {}
        # A sort key that the rows show anyway is not selected twice.
        columns = self.records.columns
        self._computed = tuple(each for each in order.expressions if each not in columns)
        self._positions = [(*columns, *self._computed).index(each) for each in order.expressions]
        self._name = f"{records.table}:{','.join(order.expressions)}"

    def page(self, given: Mapping[str, Any], *, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[T]:
        """The rows after the cursor that pass all filters whose value is not None.

        TypeError unless `given` names each filter of the list: one that is forgotten would filter nothing.
        """
        if given.keys() != self.filters.keys():
            raise TypeError(f"this list has the filters {list(self.filters)}, and was given {list(given)}")
        used = {name: value for name, value in given.items() if value is not None}
        after = [] if cursor is None else read_cursor(self._name, cursor, len(self.order.expressions))
        key = (*used, "cursor") if after else tuple(used)
        built = self._texts.get(key)
        if built is None:
            built = self._texts[key] = self._build(tuple(used), bool(after))
        text, names = built
        values = {**used, ":org_id": current().org_id, ":rows": limit + 1}
        values.update((f":after {at}", value) for at, value in enumerate(after))
        rows = db.shown_rows(text, [values[name] for name in names])
        next_cursor = None
        if len(rows) > limit:
            del rows[limit:]
            next_cursor = write_cursor(self._name, [rows[-1][at] for at in self._positions])
        return {"data": self.records.shown_of(rows), "nextCursor": next_cursor}

    def _build(self, names: Sequence[str], after: bool) -> tuple[str, list[str]]:
        """The statement, and the names of the values for its marks in their order."""
        alternatives = [self._select(dict(zip(names, each, strict=True)), after) for each in self._alternatives(names)]
        if len(alternatives) == 1:
            return alternatives[0]
        either = ") UNION ALL (".join(text for text, _ in alternatives)
        return (
            f"SELECT * FROM (({either})) AS either ORDER BY {self._sort} LIMIT %s",
            [*chain.from_iterable(names for _, names in alternatives), ":rows"],
        )

    def _alternatives(self, names: Sequence[str]) -> list[tuple[str | Search, ...]]:
        return list(product(*(self.filters[name] for name in names)))

    def _select(self, filters: Mapping[str, str | Search], after: bool) -> tuple[str, list[str]]:
        conditions, names = ["org_id = %s"], [":org_id"]
        search: tuple[str, Search] | None = None
        for name, condition in filters.items():
            if isinstance(condition, Search):
                search = name, condition
            else:
                conditions.append(f"({condition})")
                names += [name] * condition.count("%s")
        if after:
            expressions, marks = ", ".join(self.order.expressions), ", ".join(["%s"] * len(self.order.expressions))
            conditions.append(f"({expressions}) {'<' if self.order.descending else '>'} ({marks})")
            names += [f":after {at}" for at in range(len(self.order.expressions))]
        table, where = self.records.table, " AND ".join(conditions)
        selected = ", ".join((self.records.shown, *self._computed))
        if search is None:
            return f"SELECT {selected} FROM {table} WHERE {where} ORDER BY {self._sort} LIMIT %s", [*names, ":rows"]
        name, found = search
        # A pattern from a sub-select: the planner would run the function to know how many ids to expect.
        ids = found.ids.replace("%s", "(SELECT %s)").replace("{where}", where).replace("{rows}", "%s")
        of_ids = {"%s": [name], "{where}": names, "{rows}": [":rows"]}
        searched = [name] * found.condition.count("%s")
        return (
            f"""
            WITH near AS MATERIALIZED (
                SELECT id FROM (SELECT * FROM {table} WHERE {where} ORDER BY {self._sort} LIMIT {_NEAR}) AS {table}
                WHERE {found.condition} LIMIT %s
            )
            SELECT {selected} FROM {table} WHERE id = ANY(
                CASE
                    WHEN (SELECT count(*) FROM near) >= %s
                        OR (
                            SELECT count(*)
                            FROM (SELECT FROM {table} WHERE {where} ORDER BY {self._sort} LIMIT {_NEAR}) AS rows
                        ) < {_NEAR}
                    THEN ARRAY(SELECT id FROM near)
                    ELSE {ids}
                END
            ) AND {where} AND ({found.condition}) ORDER BY {self._sort} LIMIT %s
            """,
            [
                *names,
                *searched,
                *(":rows", ":rows"),
                *names,
                *chain.from_iterable(of_ids[mark] for mark in re.findall(r"%s|{where}|{rows}", found.ids)),
                *names,
                *searched,
                ":rows",
            ],
        )

    @property
    def _sort(self) -> str:
        direction = "DESC" if self.order.descending else "ASC"
        return ", ".join(f"{expression} {direction}" for expression in self.order.expressions)


def newest_of(table: str, column: str, owners: str) -> str:
    """For `Search.ids` of a list that is sorted by the id, newest first: the ids of what belongs to the records that
    the statement `owners` finds, of each no more than a page, read from the index on (org_id, column, id).

    It compares pairs, because the planner takes every owner for one that owns much, and would walk through all.
    """
    least, greatest = (f"'{digit * 32}'::uuid" for digit in "0f")
    return f"""ARRAY(
        SELECT theirs.id FROM ({owners}) AS found (owner), LATERAL (
            SELECT id FROM {table}
            WHERE ({column}, id) >= (owner, {least}) AND ({column}, id) <= (owner, {greatest}) AND {{where}}
            ORDER BY {column} DESC, id DESC LIMIT {{rows}}
        ) AS theirs
    )"""


def contains(text: str | None) -> str | None:
    """The ILIKE pattern of a `q` filter: the text anywhere, its own wildcards taken literally."""
    if text is None:
        return None
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def flag(text: str | None) -> bool | None:
    """The value of a query parameter that is `true` or `false`."""
    return None if text is None else text == "true"


def write_cursor(name: str, key: Sequence[Any]) -> str:
    body = orjson.dumps(list(key), default=str, option=orjson.OPT_UTC_Z)
    return _encode(_signature(name, body) + body)


def read_cursor(name: str, cursor: str, length: int) -> list[Any]:
    """The sort key in a cursor that `write_cursor` made for the same list; Invalid for any other text."""
    try:
        raw = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    # A text that decodes to the same bytes without being the one we wrote was tampered with, too.
    if not hmac.compare_digest(signature, _signature(name, body)) or _encode(raw) != cursor:
        raise Invalid([Problem("query/cursor", "is not a cursor of this list")])
    key = orjson.loads(body)
    if len(key) != length:
        raise Invalid([Problem("query/cursor", "is not a cursor of this list")])
    return list(key)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _signature(name: str, body: bytes) -> bytes:
    return hashlib.blake2b(name.encode() + b"\0" + body, digest_size=_SIGNATURE_BYTES, key=signing.secret()).digest()
