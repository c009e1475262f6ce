"""Decisions on prices (docs/rules.md, Prices)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pharus.bulk import RowError, wrong_by_itself
from pharus.db import current, db
from pharus.errors import Conflict, Problem, refuse
from pharus.records import Records, Values
from plugins.materials.rules import unit_key

_ENDS_BEFORE = "must not be before validFrom"


def refuse_end_before_beginning(values: Values) -> None:
    """Invalid when a new price ends before it begins."""
    refuse(_wrong_end(values))


def refuse_changed_end(before: Mapping[str, Any], values: Values) -> None:
    """Invalid when a change names both days of a validity that ends before it begins, Conflict when one of them does
    not go with the other one that the price has."""
    if {"valid_from", "valid_to"} <= values.keys():
        refuse(_wrong_end(values))
    elif _wrong_end({"valid_from": before["validFrom"], "valid_to": before["validTo"], **values}):
        raise Conflict(f"validTo {_ENDS_BEFORE}")


def refuse_two_payers(body: Mapping[str, Any]) -> None:
    """Invalid when a price for customers is for one of them and for a segment at once."""
    refuse(_two_payers(body))


def two_payers(rows: Sequence[Mapping[str, Any]]) -> list[RowError]:
    """The rows of an import that are for a customer and a segment at once."""
    return [error for index, row in enumerate(rows) for error in wrong_by_itself(index, _two_payers(row))]


def wrong_ends(rows: Sequence[Values]) -> list[RowError]:
    """The rows of an import that end before they begin."""
    return [error for index, row in enumerate(rows) for error in wrong_by_itself(index, _wrong_end(row))]


def overlap_check(records: Records[Any], of: Sequence[str], rows: Sequence[Values]) -> Callable[[int], list[RowError]]:
    """Asked of one row of an import after the other: does another price, or a row before it, have its days? What it is
    the price of, and whose, is in the columns `of`, of which a row may leave some out. One statement, when the first is
    asked. What others store at the same time is for the constraints of the table to refuse."""
    taken: dict[tuple[Any, ...], list[tuple[date, date | None]]] | None = None

    def check(row: int) -> list[RowError]:
        nonlocal taken
        if taken is None:
            taken = {}
            for *stored, unit, quantity, begin, end in _stored(records, of, rows):
                taken.setdefault((*stored, unit and unit_key(unit), quantity), []).append((begin, end))
        values = rows[row]
        unit, named = values.get("unit"), (values.get(column) for column in of)
        key = (*named, unit and unit_key(unit), Decimal(values.get("min_quantity", 0)))
        begin, end = values["valid_from"], values.get("valid_to")
        others = taken.setdefault(key, [])
        if (begin, None) in others and end is None:
            return [RowError(row, "/validFrom", Conflict(f"another {records.entity} has this validFrom"))]
        if end is not None and any(last is not None and first <= end and begin <= last for first, last in others):
            error = Conflict(f"its validity overlaps that of another {records.entity}")
            return [RowError(row, "/validTo", error)]
        others.append((begin, end))
        return []

    return check


def _stored(records: Records[Any], of: Sequence[str], rows: Sequence[Values]) -> Sequence[Sequence[Any]]:
    """The keys and days of what is stored of the items of the rows."""
    columns = ", ".join(of)
    # Of each row one of these is named, the SKU or the material.
    items = [column for column in of if column in ("material_id", "sku_id")]
    conditions = " OR ".join(f"{column} = ANY(%s::uuid[])" for column in items)
    ids = [list({row[column] for row in rows if row.get(column) is not None}) for column in items]
    return db.rows(
        f"SELECT {columns}, unit, min_quantity, valid_from, valid_to FROM {records.table} "
        f"WHERE org_id = %s AND ({conditions})",
        (current().org_id, *ids),
    )


def _wrong_end(values: Values) -> list[Problem]:
    end = values.get("valid_to")
    return [Problem("/validTo", _ENDS_BEFORE)] if end is not None and end < values["valid_from"] else []


def _two_payers(body: Mapping[str, Any]) -> list[Problem]:
    if body.get("customerId") is None or body.get("customerSegmentId") is None:
        return []
    return [Problem("/customerSegmentId", "a price is for a customer or for a segment, and not for both")]
