"""Keyset pages: stable while rows are added, as fast at the end of a long list as at its beginning.

What a list takes beside its filters is the same for all of them (`Paging`); a list says which orders its indexes serve.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, product
from typing import Any, Generic, NotRequired, TypedDict, TypeVar, cast

from pharus.cursors import read_cursor, write_cursor
from pharus.db import current, db
from pharus.errors import Invalid, Problem
from pharus.records import Records
from pharus.row_dicts import dicts
from pharus.schemas import ListTotal
from pharus.shown import Shown

T = TypeVar("T")

DEFAULT_LIMIT = 100
# So many records are counted; of more it is only said that there are more.
MOST_COUNTED = 10_000


class Page(TypedDict, Generic[T]):
    data: list[Shown[T]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class Paging(TypedDict, total=False):
    """The parameters that every list may have, as `Listing.page` takes them: a function of a list takes them as
    `**paging: Unpack[Paging]`, and its operation says in the document which of them there are."""

    cursor: str | None
    limit: int
    sort: str | None
    ids: Sequence[str] | None
    updated_since: str | None
    count: str | None
    expand: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: SQL expressions over the table's columns, all in one direction, the id last.

    The expressions and the index that serves them must be the same text.
    """

    expressions: tuple[str, ...]
    descending: bool = False


# The filters that every list has.
_IDS, _SINCE = ":ids", ":since"

# How many rows a search reads in the order of the list before it looks through all texts; and to count what it finds.
_NEAR = 2000
_NEAR_OF_COUNT = 2 * MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Search:
    """A filter by a part of a text (docs/adr/0024). The value is a pattern of `contains`, for each %s in both.

    `condition` is the filter. `ids` is an SQL array with the ids of all that pass it, and maybe of others; `{where}` in
    it are the other conditions of the page, `{rows}` is its length. A list reads the next few rows of its order first:
    what many rows have is there. What few have, `find_ids` finds.

    `ids` may leave out what does not come first in the order of the list (`newest_of`): then it finds in no other one.
    """

    condition: str
    ids: str

    @property
    def is_of_one_order(self) -> bool:
        return "{rows}" in self.ids


# One condition, or several that exclude one another: each of them is then read through its own index.
Filter = str | Search | tuple[str, ...]


class Listing(Generic[T]):
    """One unbounded list. `filters` maps a name to its SQL condition; the value takes the place of each %s in it.

    The rows are only to be shown: their decimals and timestamps are the texts that responses carry.

    A filter of several conditions needs an order by plain columns. A list has at most one such filter, or one search.

    `sorts` maps what `sort` may name to its columns, the id last; an index has them behind org_id. With a minus before
    the name it is read backwards. The one that is called `updatedAt` or `createdAt` serves `updatedSince`, too. `names`
    are keys that rows have with `expand=names`: each is an SQL expression, evaluated for the rows of the page alone.
    """

    def __init__(
        self,
        records: Records[T],
        order: Order,
        filters: Mapping[str, Filter],
        *,
        sorts: Mapping[str, tuple[str, ...]] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.records = records
        self.order = order
        self.filters = {name: each if isinstance(each, tuple) else (each,) for name, each in filters.items()}
        self.orders: dict[str, Order] = {}
        for name, expressions in (sorts or {}).items():
            self.orders[name] = Order(expressions)
            self.orders[f"-{name}"] = Order(expressions, descending=True)
        # The order of updatedSince.
        self._changed = next((name for name in ("updatedAt", "createdAt") if name in self.orders), "")
        self._names = names or {}
        self._only_in_order = {
            name for name, (each, *_) in self.filters.items() if isinstance(each, Search) and each.is_of_one_order
        }
        self._default = self._shape(order, expanded=False)
        self._texts: dict[tuple[str, ...], tuple[str, list[str]]] = {}

    def page(
        self,
        given: Mapping[str, Any],
        *,
        cursor: str | None = None,
        limit: int = DEFAULT_LIMIT,
        sort: str | None = None,
        ids: Sequence[str] | None = None,
        updated_since: str | None = None,
        count: str | None = None,
        expand: str | None = None,
    ) -> Page[T]:
        """The rows after the cursor that pass all filters whose value is not None.

        TypeError unless `given` names each filter of the list: one that is forgotten would filter nothing.
        """
        if given.keys() != self.filters.keys():
            raise TypeError(f"this list has the filters {list(self.filters)}, and was given {list(given)}")
        used = {name: value for name, value in given.items() if value is not None}
        shape = self._default
        if sort is not None or updated_since is not None or expand is not None:
            shape = self._shape(self._asked(sort, updated_since, used), expanded=expand is not None)
        if ids is not None:
            used[_IDS] = list(ids)
        if updated_since is not None:
            used[_SINCE] = _moment(updated_since)
        after = read_cursor(shape.name, cursor, len(shape.order.expressions)) if cursor else []
        text, names = self._statement(tuple(used), shape, bool(after))
        values = {**used, ":org_id": current().org_id, ":rows": limit + 1}
        values.update((f":after {at}", value) for at, value in enumerate(after))
        rows = db.shown_rows(text, [values[name] for name in names])
        next_cursor = None
        if len(rows) > limit:
            del rows[limit:]
            next_cursor = write_cursor(shape.name, [rows[-1][at] for at in shape.positions])
        data = self.records.shown_of(rows) if expand is None else self._with_names(rows)
        page: Page[T] = {"data": data, "nextCursor": next_cursor}
        if count == "true":
            page["total"] = self._total(used)
        return page

    def _asked(self, sort: str | None, updated_since: str | None, used: Mapping[str, Any]) -> Order:
        """The order that a request asks for. Invalid where it is none in which this list finds what is asked for."""
        order = self.order if sort is None and updated_since is None else self.orders[sort or self._changed]
        if updated_since is not None and order.expressions != self.orders[self._changed].expressions:
            names = f"{self._changed} or -{self._changed}"
            raise Invalid([Problem("query/sort", f"must be {names} where updatedSince is given, or be left out")])
        if order == self.order:
            return self.order
        if self._only_in_order & used.keys():
            raise Invalid([Problem("query/sort", "cannot be given together with q in this list")])
        return order

    def _shape(self, order: Order, *, expanded: bool) -> "_Shape":
        # A sort key that the rows show anyway is not selected twice.
        columns = [*self.records.columns, *(self._names if expanded else ())]
        computed = [each for each in order.expressions if each not in columns]
        named = [f'{expression} AS "{name}"' for name, expression in self._names.items()] if expanded else []
        name = f"{self.records.table}:{','.join(order.expressions)}"
        if order != self.order:
            name += ":desc" if order.descending else ":asc"
        return _Shape(
            order,
            name,
            ", ".join((self.records.shown, *named, *computed)),
            [(*columns, *computed).index(each) for each in order.expressions],
        )

    def _with_names(self, rows: Iterable[Sequence[Any]]) -> list[Shown[T]]:
        return cast(list[Shown[T]], dicts((*self.records.keys, *self._names), rows))

    def _total(self, used: Mapping[str, Any]) -> ListTotal:
        """How many records the filters find, on whatever page: counted up to a number, so that it costs no more than
        so many rows."""
        selects = [self._select(filters, self._default, is_counted=True) for filters in self._alternatives(used)]
        either = ") UNION ALL (".join(text for text, _ in selects)
        values = {**used, ":org_id": current().org_id, ":rows": MOST_COUNTED + 1}
        names = [*chain.from_iterable(names for _, names in selects), ":rows"]
        text = f"SELECT count(*) FROM (SELECT FROM (({either})) AS either LIMIT %s) AS counted"
        (count,) = db.row(text, [values[name] for name in names])
        return {"count": min(count, MOST_COUNTED), "atLeast": count > MOST_COUNTED}

    def _statement(self, names: tuple[str, ...], shape: "_Shape", after: bool) -> tuple[str, list[str]]:
        """The statement, and the names of the values for its marks in their order. Those in the order of the list are
        kept: a list is seldom asked for anything else, and what it may be asked for has no end."""
        if shape is not self._default or _IDS in names:
            return self._build(names, shape, after)
        key = (*names, "cursor") if after else names
        built = self._texts.get(key)
        if built is None:
            built = self._texts[key] = self._build(names, shape, after)
        return built

    def _build(self, names: Sequence[str], shape: "_Shape", after: bool) -> tuple[str, list[str]]:
        alternatives = [self._select(filters, shape, after=after) for filters in self._alternatives(names)]
        if len(alternatives) == 1:
            return alternatives[0]
        either = ") UNION ALL (".join(text for text, _ in alternatives)
        return (
            f"SELECT * FROM (({either})) AS either ORDER BY {shape.sort} LIMIT %s",
            [*chain.from_iterable(names for _, names in alternatives), ":rows"],
        )

    def _alternatives(self, names: Iterable[str]) -> list[dict[str, str | Search]]:
        """Each way to choose one condition of every filter."""
        names = tuple(names)
        since = f"{self.orders[self._changed].expressions[0]} >= %s" if _SINCE in names else ""
        conditions = {**self.filters, _IDS: ("id = ANY(%s::uuid[])",), _SINCE: (since,)}
        return [dict(zip(names, each, strict=True)) for each in product(*(conditions[name] for name in names))]

    def _select(
        self, filters: Mapping[str, str | Search], shape: "_Shape", *, after: bool = False, is_counted: bool = False
    ) -> tuple[str, list[str]]:
        conditions, names = ["org_id = %s"], [":org_id"]
        search: tuple[str, Search] | None = None
        for name, condition in filters.items():
            if isinstance(condition, Search):
                search = name, condition
            else:
                conditions.append(f"({condition})")
                names += [name] * condition.count("%s")
        if after:
            expressions = shape.order.expressions
            marks = ", ".join(["%s"] * len(expressions))
            conditions.append(f"({', '.join(expressions)}) {'<' if shape.order.descending else '>'} ({marks})")
            names += [f":after {at}" for at in range(len(expressions))]
        table, where = self.records.table, " AND ".join(conditions)
        selected, near = ("", _NEAR_OF_COUNT) if is_counted else (shape.selected, _NEAR)
        if search is None:
            # What is counted is read in the order of the list, too: without one the planner may read the table, where
            # the rows of other organizations come first.
            return f"SELECT {selected} FROM {table} WHERE {where} ORDER BY {shape.sort} LIMIT %s", [*names, ":rows"]
        name, found = search
        # A pattern from a sub-select: the planner would run the function to know how many ids to expect.
        ids = found.ids.replace("%s", "(SELECT %s)").replace("{where}", where).replace("{rows}", "%s")
        of_ids = {"%s": [name], "{where}": names, "{rows}": [":rows"]}
        searched = [name] * found.condition.count("%s")
        return (
            f"""
            WITH near AS MATERIALIZED (
                SELECT id FROM (SELECT * FROM {table} WHERE {where} ORDER BY {shape.sort} LIMIT {near}) AS {table}
                WHERE {found.condition} LIMIT %s
            )
            SELECT {selected} FROM {table} WHERE id = ANY(
                CASE
                    WHEN (SELECT count(*) FROM near) >= %s
                        OR (
                            SELECT count(*)
                            FROM (SELECT FROM {table} WHERE {where} ORDER BY {shape.sort} LIMIT {near}) AS rows
                        ) < {near}
                    THEN ARRAY(SELECT id FROM near)
                    ELSE {ids}
                END
            ) AND {where} AND ({found.condition}) ORDER BY {shape.sort} LIMIT %s
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


@dataclass(frozen=True, slots=True)
class _Shape:
    """An order with what a page in it selects: which of the columns hold the sort key, and whose cursors it takes."""

    order: Order
    name: str
    selected: str
    positions: Sequence[int]

    @property
    def sort(self) -> str:
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


def name_of(table: str, owner: str, column: str, shown: str = "name") -> str:
    """For `names` of a Listing: what the record of `table` is called that a row of the table `owner` names."""
    of_owner = f"named.org_id = {owner}.org_id AND named.id = {owner}.{column}"
    return f"(SELECT named.{shown} FROM {table} AS named WHERE {of_owner})"


def either_flag(is_active: str | None, active: str | None) -> bool | None:
    """The value of a filter that callers may call `isActive` or `active`. Invalid when the two contradict."""
    if is_active is not None and active is not None and is_active != active:
        raise Invalid([Problem("query/active", "says something else than isActive")])
    return flag(is_active if active is None else active)


def _moment(text: str) -> datetime:
    try:
        return current().calendar.moment(text)
    except (ValueError, OverflowError):
        raise Invalid([Problem("query/updatedSince", "is no moment")]) from None
