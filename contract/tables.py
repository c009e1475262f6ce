"""Is a file the table that the document makes of an answer's rows: its head, its width, and what each cell holds?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from pharus.openapi import CSV, XLSX
from pharus.spreadsheets.columns import Column, Table, Type

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_IN_CSV: dict[Type, Callable[[str], object]] = {
    Type.DECIMAL: _NUMBER.fullmatch,
    Type.INTEGER: _NUMBER.fullmatch,
    Type.BOOLEAN: re.compile("true|false").fullmatch,
    Type.DATE: _DATE.fullmatch,
    Type.INSTANT: _INSTANT.fullmatch,
}
# What is more exact than a double, or before the days of spreadsheets, is a text.
_IN_XLSX: dict[Type, Callable[[Any], object]] = {
    Type.DECIMAL: lambda cell: type(cell) is float or _NUMBER.fullmatch(cell),
    Type.INTEGER: lambda cell: type(cell) is float and cell.is_integer(),
    Type.BOOLEAN: lambda cell: type(cell) is bool,
    Type.DATE: lambda cell: type(cell) in (date, datetime) or _DATE.fullmatch(cell),
    Type.INSTANT: lambda cell: type(cell) in (date, datetime) or _INSTANT.fullmatch(cell),
}


def sheets_of(media_type: str, content: bytes) -> list[list[list[Any]]] | None:
    """The rows of each sheet of a file, its head among them; None for what is no such file. ValueError for one that
    cannot be read."""
    if media_type.startswith(CSV):
        try:
            return [list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))]
        except csv.Error as error:
            raise ValueError(str(error)) from error
    if media_type == XLSX:
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            numbers = range(len(book.sheet_names))
            return [book.get_sheet_by_index(number).to_python(skip_empty_area=False) for number in numbers]
        except CalamineError as error:
            raise ValueError(str(error)) from error
    return None


def text_in(media_type: str, content: bytes) -> str:
    """Whatever a body says, as one text: that of an XLSX file is compressed."""
    if media_type != XLSX:
        return content.decode("utf-8", "replace")
    sheets = sheets_of(media_type, content) or []
    return "\n".join(str(cell) for rows in sheets for row in rows for cell in row)


def deviation(table: Table, media_type: str, content: bytes) -> str | None:
    """What is wrong with the file; None where nothing is, or where it is none."""
    try:
        sheets = sheets_of(media_type, content)
    except ValueError as error:
        return str(error)
    is_csv = media_type.startswith(CSV)
    checks = _IN_CSV if is_csv else _IN_XLSX
    found = (_deviation(table, rows, checks, is_csv=is_csv) for rows in sheets or ())
    return next((each for each in found if each is not None), None)


def _deviation(
    table: Table, rows: Sequence[Sequence[Any]], checks: dict[Type, Callable[[Any], object]], *, is_csv: bool
) -> str | None:
    columns = _columns(table, list(rows[0]) if rows else [])
    if columns is None or not rows:
        names = [column.name for column in table.columns]
        return f"the head is {list(rows[0]) if rows else None}, and not {names}"
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(columns):
            return f"line {number} has {len(row)} cells, and not {len(columns)}"
        for column, cell in zip(columns, row, strict=True):
            if cell in ("", None):
                continue
            check = checks.get(column.type)
            if check is not None:
                if not check(cell):
                    return f"{column.name} of line {number} is no {column.type.value}: {cell!r}"
            elif is_csv and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
                return f"{column.name} of line {number} is taken for a formula: {cell!r}"
    return None


def _columns(table: Table, head: Sequence[str]) -> list[Column] | None:
    """The columns that the head names: those of the table in their order, and behind an id, where the table has none,
    what people call its record. None for any other head."""
    left = list(table.columns)
    found: list[Column] = []
    stem: str | None = None
    for name in head:
        if left and name == left[0].name:
            found.append(left.pop(0))
            stem = name.removesuffix("Id") if name.endswith("Id") else None
        elif stem and name in (f"{stem}Name", f"{stem}Code", f"{stem}Number"):
            found.append(Column(name, (name,), Type.TEXT))
        else:
            return None
    return None if left else found
