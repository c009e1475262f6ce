"""Rows as an XLSX file that is sent while it is made.

XlsxWriter makes a workbook whole before its first byte can be sent, and keeps it on the disk until then: a caller would
wait for minutes, and their proxy would not. So it makes the workbook without rows: styles, head, widths. The rows are
written between, straight into the sheet's part of the ZIP archive. A sheet holds as many rows as Excel takes, and the
others go into the next one, so the parts that say which sheets there are come last in the archive.
"""

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from handlers.spreadsheets.cells import is_formula, text_of
from pharus.spreadsheets.columns import Column, Table, Type

# Excel's own bounds.
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_MOST_NAME = 31
# Of one sheet, at the end of a part. From 2 GiB on a ZIP archive is written in a form that Excel does not read.
_MOST_BYTES = 1_800_000_000
# The fastest: of a sheet's text it leaves a tenth either way.
_LEVEL = 1
# A double keeps so many digits of any decimal, and a spreadsheet shows no more.
_EXACT_DIGITS = 15
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
# Day 0 of a spreadsheet. Before 1 March 1900 the days are counted wrongly, so such a date is a text.
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's times have no zone
_FIRST_YEAR = 1901

_SHEET = "xl/worksheets/sheet{}.xml"
# What does not depend on how many sheets there are.
_FIXED = ("_rels/.rels", "docProps/core.xml", "xl/theme/theme1.xml", "xl/styles.xml", "xl/sharedStrings.xml")
_WIDTHS = {Type.TEXT: 22, Type.INSTANT: 20, Type.JSON: 40, Type.LIST: 30}
_WIDTH = 13
_FORMATS: dict[str, dict[str, Any]] = {
    "date": {"num_format": "yyyy-mm-dd"},
    "instant": {"num_format": "yyyy-mm-dd hh:mm:ss.000"},
    "quoted": {"quote_prefix": True},
}

# XML has no place for these, and what looks like their escape must not be taken for one.
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# What cannot be written as it is, or would be trimmed.
_SPECIAL = re.compile(rf"^\s|\s$|[&<>]|{_NO_XML.pattern}")


class _Sink(io.RawIOBase):
    """Where the archive is written to: it cannot go back, and what it has is taken away and sent."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


class _Archive(zipfile.ZipFile):
    """One that is given up in the middle, because its caller has left, has no end."""

    def __del__(self) -> None:
        return


class _Frame(NamedTuple):
    """The parts of a workbook without rows: of a sheet what comes before and behind its rows, and the numbers of the
    styles."""

    parts: dict[str, bytes]
    before: bytes
    behind: bytes
    styles: dict[str, str]


class XlsxFile:
    """One file, written in parts. `name` is what its sheets are called."""

    def __init__(self, table: Table, name: str, *, most_rows: int = _MOST_ROWS, most_bytes: int = _MOST_BYTES) -> None:
        self._table = table
        self._name = name
        self._most_rows, self._most_bytes = most_rows, most_bytes
        self._sink = _Sink()
        self._archive = _Archive(self._sink, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._at = time.gmtime()[:6]
        self._frame = _frame(table.columns, [name])
        self._cells = _cells(table.columns, self._frame.styles)
        self._sheets = 0
        self._row = 0
        self._bytes = 0
        for part in _FIXED:
            self._put(part, self._frame.parts[part])
        self._begin_sheet()

    def write(self, rows: Iterable[Any], is_last: bool) -> bytes:
        """The bytes of some more rows."""
        written: list[str] = []
        for record in self._table.records(rows):
            if self._row >= self._most_rows or self._bytes >= self._most_bytes:
                self._add(written)
                self._end_sheet()
                self._begin_sheet()
            self._row += 1
            number = str(self._row)
            cells = [cell(number, value) for cell, value in zip(self._cells, record, strict=True) if value is not None]
            written.append(f'<row r="{number}">{"".join(cells)}</row>')
        self._add(written)
        if is_last:
            self._end()
        return self._sink.take()

    def _add(self, written: list[str]) -> None:
        text = "".join(written).encode()
        self._bytes += len(text)
        self._sheet.write(text)
        written.clear()

    def _begin_sheet(self) -> None:
        self._sheets += 1
        # The head is the first row.
        self._row, self._bytes = 1, 0
        self._sheet = self._archive.open(self._entry(_SHEET.format(self._sheets)), "w")
        self._sheet.write(self._frame.before)

    def _end_sheet(self) -> None:
        self._sheet.write(self._frame.behind)
        self._sheet.close()

    def _end(self) -> None:
        self._end_sheet()
        numbers = range(2, self._sheets + 1)
        frame = _frame(self._table.columns, [self._name, *(f"{self._name} {number}" for number in numbers)])
        for part, content in frame.parts.items():
            if part not in _FIXED:
                self._put(part, content)
        self._archive.close()

    def _put(self, part: str, content: bytes) -> None:
        self._archive.writestr(self._entry(part), content)

    def _entry(self, part: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(part, self._at)
        entry.compress_type = zipfile.ZIP_DEFLATED
        return entry


def _frame(columns: Sequence[Column], names: Sequence[str]) -> _Frame:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as workbook:
        head = workbook.add_format({"bold": True})
        formats = [workbook.add_format(each) for each in _FORMATS.values()]
        for name in names:
            sheet = workbook.add_worksheet(_sheet_name(name))
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(columns):
                sheet.set_column(at, at, _WIDTHS.get(column.type, _WIDTH))
                sheet.write_string(0, at, column.name, head)
            # A row with each of the styles, of which only their numbers are kept.
            for at, each in enumerate(formats):
                sheet.write_blank(1, at, None, each)
    with zipfile.ZipFile(whole) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if not part.startswith("xl/worksheets/")}
        sheet_text = archive.read(_SHEET.format(1)).decode()
    sheet_text = re.sub("<dimension [^>]*/>", "", sheet_text)
    before, row, behind = re.split('(<row r="2".*?</row>)', sheet_text, maxsplit=1, flags=re.DOTALL)
    styles = dict(zip(_FORMATS, re.findall(' s="([0-9]+)"', row), strict=True))
    return _Frame(parts, before.encode(), behind.encode(), styles)


def _sheet_name(name: str) -> str:
    """At most as long as Excel allows; its end, which tells sheets apart, stays."""
    if len(name) <= _MOST_NAME:
        return name
    start, _, end = name.rpartition(" ")
    return f"{start[: _MOST_NAME - 1 - len(end)]} {end}" if end.isdigit() else name[:_MOST_NAME]


Cell = Callable[[str, Any], str]


def _cells(columns: Sequence[Column], styles: dict[str, str]) -> list[Cell]:
    """For each column what writes a cell of it, given the number of the row and a value."""
    quoted = f' s="{styles["quoted"]}"'
    found: list[Cell] = []
    for at, column in enumerate(columns):
        of_text = _text_cell(xl_col_to_name(at), quoted)
        make = _MAKERS.get(column.type)
        found.append(of_text if make is None else make(xl_col_to_name(at), of_text, styles))
    return found


def _text_cell(letter: str, quoted: str) -> Cell:
    def cell(number: str, value: Any) -> str:
        text = text_of(value)
        # Nobody computes it here, but whoever edits the cell would have it computed then.
        style = quoted if is_formula(text) else ""
        return f'<c r="{letter}{number}"{style} t="inlineStr"><is>{_xml(text)}</is></c>'

    return cell


def _number_cell(letter: str, of_text: Cell, styles: dict[str, str]) -> Cell:
    def cell(number: str, value: Any) -> str:
        text = text_of(value)
        digits = len(text) - (text[:1] == "-") - ("." in text)
        if digits > _EXACT_DIGITS or not _NUMBER.fullmatch(text):
            return of_text(number, text)
        return f'<c r="{letter}{number}"><v>{text}</v></c>'

    return cell


def _boolean_cell(letter: str, of_text: Cell, styles: dict[str, str]) -> Cell:
    return lambda number, value: f'<c r="{letter}{number}" t="b"><v>{int(value)}</v></c>'


def _date_cell(letter: str, of_text: Cell, styles: dict[str, str]) -> Cell:
    def cell(number: str, value: Any) -> str:
        day = value if isinstance(value, date) else date.fromisoformat(value)
        if day.year < _FIRST_YEAR:
            return of_text(number, value)
        return f'<c r="{letter}{number}" s="{style}"><v>{day.toordinal() - zero}</v></c>'

    style, zero = styles["date"], _EPOCH.toordinal()
    return cell


def _instant_cell(letter: str, of_text: Cell, styles: dict[str, str]) -> Cell:
    def cell(number: str, value: Any) -> str:
        # In UTC, and as exact as a double keeps it: to the millisecond.
        moment = (value if isinstance(value, datetime) else datetime.fromisoformat(value)).replace(tzinfo=None)
        if moment.year < _FIRST_YEAR:
            return of_text(number, value)
        return f'<c r="{letter}{number}" s="{style}"><v>{(moment - _EPOCH) / day:.9f}</v></c>'

    style, day = styles["instant"], timedelta(days=1)
    return cell


_MAKERS: dict[Type, Callable[[str, Cell, dict[str, str]], Cell]] = {
    Type.DECIMAL: _number_cell,
    Type.INTEGER: _number_cell,
    Type.BOOLEAN: _boolean_cell,
    Type.DATE: _date_cell,
    Type.INSTANT: _instant_cell,
}


def _xml(text: str) -> str:
    if not _SPECIAL.search(text) and len(text) <= _MOST_CHARACTERS:
        return f"<t>{text}</t>"
    if len(text) > _MOST_CHARACTERS:
        text = text[: _MOST_CHARACTERS - 1] + "…"
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return f'<t xml:space="preserve">{text}</t>'
