"""Keyset pages: stable while rows are added, as fast at the end of a long list as at its beginning.

A cursor carries the sort key of the last row seen and a signature; one that was tampered with, or that belongs to
another list, is refused with 422.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
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


# One condition, or several that exclude one another: each of them is then read through its own index.
Filter = str | tuple[str, ...]


class Listing(Generic[T]):
    """One unbounded list. `filters` maps a name to its SQL condition; the value takes the place of each %s in it.

    The rows are only to be shown: their decimals are the texts that responses carry.

    A filter of several conditions needs an order by plain columns, and a list has at most one such filter.
    """

    def __init__(self, records: Records[T], order: Order, filters: Mapping[str, Filter]) -> None:
        self.records = records
        self.order = order
        self.filters = {
            name: condition if isinstance(condition, tuple) else (condition,) for name, condition in filters.items()
        }
        self._texts: dict[tuple[str, ...], str] = {}
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
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = self._build(tuple(used), bool(after))
        rows = db.rows(text, self._parameters(used, after, limit + 1))
        next_cursor = None
        if len(rows) > limit:
            del rows[limit:]
            next_cursor = write_cursor(self._name, [rows[-1][at] for at in self._positions])
        return {"data": self.records.shown_of(rows), "nextCursor": next_cursor}

    def _parameters(self, used: Mapping[str, Any], after: Sequence[Any], rows: int) -> list[Any]:
        org_id = current().org_id
        alternatives = self._alternatives(tuple(used))
        parameters: list[Any] = []
        for alternative in alternatives:
            parameters.append(org_id)
            for value, condition in zip(used.values(), alternative, strict=True):
                parameters.extend([value] * condition.count("%s"))
            parameters.extend((*after, rows))
        return parameters if len(alternatives) == 1 else [*parameters, rows]

    def _alternatives(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        return list(product(*(self.filters[name] for name in names)))

    def _build(self, names: Sequence[str], after: bool) -> str:
        expressions = ", ".join(self.order.expressions)
        direction = "DESC" if self.order.descending else "ASC"
        sort = ", ".join(f"{expression} {direction}" for expression in self.order.expressions)
        selected = ", ".join((self.records.shown, *self._computed))
        marks = ", ".join(["%s"] * len(self.order.expressions))
        follows = [f"({expressions}) {'<' if self.order.descending else '>'} ({marks})"] if after else []
        selects = [
            f"SELECT {selected} FROM {self.records.table} WHERE "
            f"{' AND '.join(['org_id = %s', *(f'({condition})' for condition in alternative), *follows])} "
            f"ORDER BY {sort} LIMIT %s"
            for alternative in self._alternatives(names)
        ]
        if len(selects) == 1:
            return selects[0]
        return f"SELECT * FROM (({') UNION ALL ('.join(selects)})) AS either ORDER BY {sort} LIMIT %s"


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
