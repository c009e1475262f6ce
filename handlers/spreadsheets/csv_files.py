"""Rows as a CSV file (RFC 4180): a head, commas, CRLF, UTF-8."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from handlers.spreadsheets.cells import defused, text_of
from pharus.spreadsheets.columns import Table, Type

_BOM = "\ufeff"
# What no caller has written: a number, a time and a truth are no formulas.
_SAFE = frozenset((Type.DECIMAL, Type.INTEGER, Type.BOOLEAN, Type.DATE, Type.INSTANT))


class CsvFile:
    """One file, written in parts. `bom`: with the mark by which Excel knows UTF-8."""

    def __init__(self, table: Table, *, bom: bool = False) -> None:
        self._table = table
        self._bom = bom
        self._is_begun = False
        self._is_safe = [column.type in _SAFE for column in table.columns]

    def write(self, rows: Iterable[Any], is_last: bool) -> bytes:
        """The bytes of some more rows."""
        text = io.StringIO()
        writer = csv.writer(text)
        if not self._is_begun:
            self._is_begun = True
            text.write(_BOM if self._bom else "")
            writer.writerow(column.name for column in self._table.columns)
        is_safe = self._is_safe
        for record in self._table.records(rows):
            writer.writerow(
                [
                    None if value is None else text_of(value) if safe else defused(text_of(value))
                    for value, safe in zip(record, is_safe, strict=True)
                ]
            )
        return text.getvalue().encode()
