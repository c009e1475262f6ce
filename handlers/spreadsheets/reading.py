"""From the bytes of a CSV or XLSX file to rows of cells, as people send them.

It is done in a process of its own, within bounds of time and memory (`handlers/workers/renderers.py`): a file of ten
megabytes may be a hundred, and a sheet with two cells may be as large as Excel lets it be.
"""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, TextIO, TypeAlias

import charset_normalizer
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum
from xlsxwriter.utility import xl_cell_to_rowcol

from handlers.spreadsheets.cells import as_written


class Failed(Enum):
    """What a cell holds whose formula has no value: #N/A, #REF! and the like."""

    ERROR = "#"


# A text, a number, a truth, a day or a moment; None where there is nothing.
Cell: TypeAlias = str | float | bool | date | datetime | Failed | None

MOST_ROWS = 100_000
MOST_COLUMNS = 100
# Of the parts of an XLSX file, unpacked.
_MOST_BYTES = 150 * 1024 * 1024
_PIECE_BYTES = 1024 * 1024

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SAMPLE_BYTES = 64 * 1024
# Those that spreadsheets write where they do not write UTF-8.
_ENCODINGS = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman")
_NOT_DECODED = "the file's encoding is not the one that was named, and was not recognized: name it"
_DELIMITERS = ",;\t|"
_SAID_DELIMITER = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)

# A cell that holds something.
_HELD = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^/>])?>')
# One that holds an error; the library reads it as an empty one.
_FAILED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]{0,100}? t="e"')
# Which part of an archive has which sheet.
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHEET = re.compile(rb'<sheet [^>]*r:id="([^"]*)"')
_ID, _TARGET = re.compile(rb'\bId="([^"]*)"'), re.compile(rb'\bTarget="([^"]*)"')
_LOCAL_HEAD = struct.Struct("<4s5H3L2H")


class Unreadable(Exception):
    """The message is a sentence for whoever has sent the file."""


def rows_of(
    content: bytes, *, is_xlsx: bool, encoding: str = "", sheet: str = "", most_rows: int = MOST_ROWS
) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that hold anything, with their numbers in the file. Unreadable."""
    for count, row in enumerate(_held(_xlsx(content, sheet, most_rows) if is_xlsx else _csv(content, encoding))):
        if count > most_rows:
            raise Unreadable(f"the file has more than {most_rows} rows")
        yield row


def rows_of_csv(path: Path, encoding: str = "") -> Iterator[tuple[int, list[Cell]]]:
    """The same of a CSV file on this machine, which may be larger than the memory. Unreadable."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES)
    try:
        with path.open(encoding=_mark(sample) or encoding or _encoding(path, sample), newline="") as file:
            head = file.read(_SAMPLE_BYTES)
            file.seek(0)
            yield from _held(_csv_rows(file, head))
    except LookupError:
        raise Unreadable(f"no encoding is called {encoding!r}") from None
    except UnicodeDecodeError:
        raise Unreadable(_NOT_DECODED) from None


def _held(rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[tuple[int, list[Cell]]]:
    for number, row in rows:
        if all(cell is None for cell in row):
            continue
        while row[-1] is None:
            row.pop()
        if len(row) > MOST_COLUMNS:
            raise Unreadable(f"row {number} has more than {MOST_COLUMNS} columns")
        yield number, row


def _csv(content: bytes, encoding: str) -> Iterator[tuple[int, list[Cell]]]:
    text = _text(content, encoding)
    if "\0" in text:
        raise Unreadable("the file holds a NUL character")
    return _csv_rows(io.StringIO(text, newline=""), text[:_SAMPLE_BYTES])


def _csv_rows(file: TextIO, head: str) -> Iterator[tuple[int, list[Cell]]]:
    first = 1
    if (said := _SAID_DELIMITER.match(head)) is not None:
        delimiter, first = said[1], 2
        next(file)
    else:
        delimiter = _delimiter(head)
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    try:
        # A line of its own for each row, as a spreadsheet counts them, whatever ends of lines its texts have.
        for number, row in enumerate(reader, first):
            yield number, [as_written(cell) if cell.strip() else None for cell in row]
    except csv.Error as error:
        raise Unreadable(f"line {reader.line_num} is no CSV: {error}") from None


def _text(content: bytes, encoding: str) -> str:
    mark = _mark(content)
    try:
        if encoding or mark:
            return content.decode(mark or encoding).removeprefix("\ufeff")
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode(_guessed(content[:_SAMPLE_BYTES]))
    except UnicodeDecodeError:
        raise Unreadable(_NOT_DECODED) from None


def _encoding(path: Path, sample: bytes) -> str:
    """UTF-8 where all of it is that, else what its beginning looks like most."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            while file.read(_PIECE_BYTES):
                pass
    except UnicodeDecodeError:
        return _guessed(sample)
    return "utf-8"


def _mark(content: bytes) -> str | None:
    return next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)


def _guessed(sample: bytes) -> str:
    found = charset_normalizer.from_bytes(sample, cp_isolation=list(_ENCODINGS)).best()
    return found.encoding if found is not None else _ENCODINGS[0]


def _delimiter(text: str) -> str:
    """The one that gives the head the most columns."""

    def columns(delimiter: str) -> int:
        return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), []))

    return max(_DELIMITERS, key=columns)


def _xlsx(content: bytes, name: str, most_rows: int) -> Iterator[tuple[int, list[Cell]]]:
    checked = _check(content, most_rows)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if name and name not in book.sheet_names:
            raise Unreadable(f"the file has no sheet {name!r}, but {', '.join(map(repr, book.sheet_names[:20]))}")
        index = book.sheet_names.index(name) if name else _first_seen(book)
        errors = checked.failed.get(checked.part_of(index), {})
        for number, row in enumerate(book.get_sheet_by_index(index).to_python(skip_empty_area=False), 1):
            cells = list(map(_cell, row))
            for column in errors.get(number, ()):
                # A sheet ends with its last cell that holds a value.
                cells += [None] * (column + 1 - len(cells))
                cells[column] = Failed.ERROR
            yield number, cells
    except CalamineError as error:
        raise Unreadable(f"the file cannot be read as XLSX: {error}") from None


def _first_seen(book: CalamineWorkbook) -> int:
    """The first sheet that people see when they open the file."""
    seen = (at for at, sheet in enumerate(book.sheets_metadata) if sheet.visible is SheetVisibleEnum.Visible)
    return next(seen, 0)


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    if value is None or isinstance(value, bool | float | date):
        return value
    return str(value)


class _Checked(NamedTuple):
    """Of an archive which cells hold errors, of each part the columns by the row, and which part has which sheet."""

    failed: Mapping[str, Mapping[int, list[int]]]
    book: bytes
    relations: bytes

    def part_of(self, index: int) -> str:
        """The name of the part that has the sheet with this index."""
        asked = _SHEET.findall(self.book)[index : index + 1]
        for relation in self.relations.split(b"<Relationship "):
            id, target = _ID.search(relation), _TARGET.search(relation)
            if id is not None and target is not None and asked == [id[1]]:
                return f"xl/{target[1].decode(errors='replace').removeprefix('/').removeprefix('xl/')}"
        return ""


def _check(content: bytes, most_rows: int) -> _Checked:
    """Unreadable for an archive that would grow without bounds. What it says of its own sizes may be a lie, so it is
    unpacked, once."""
    failed: dict[str, dict[int, list[int]]] = {}
    kept_parts = {_BOOK: b"", _RELATIONS: b""}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    # The last two are what the library says of a version that it does not know, and of a directory that is damaged.
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Unreadable("the file is no XLSX") from None
    size = 0
    for entry in entries:
        kept = b""
        for piece in _unpacked(content, entry):
            size += len(piece)
            if size > _MOST_BYTES:
                raise Unreadable(f"the file has more than {_MOST_BYTES} bytes when it is unpacked")
            if entry.filename in kept_parts:
                kept_parts[entry.filename] += piece
            if entry.filename.startswith("xl/worksheets/"):
                text = kept + piece
                _check_cells(text, most_rows)
                for column, row in _FAILED.findall(text):
                    _, at = xl_cell_to_rowcol(f"{column.decode()}1")
                    failed.setdefault(entry.filename, {}).setdefault(int(row), []).append(at)
                kept = piece[-200:]
    return _Checked(failed, kept_parts[_BOOK], kept_parts[_RELATIONS])


def _check_cells(text: bytes, most_rows: int) -> None:
    # A sheet is read as a rectangle, so one cell at the end makes it as large as that.
    for column, row in _HELD.findall(text):
        if int(row) > most_rows + 1000 or len(column) > 2:
            raise Unreadable(
                f"the sheet has more than {most_rows} rows or {MOST_COLUMNS} columns: "
                f"cell {column.decode()}{row.decode()} holds something"
            )


def _unpacked(content: bytes, entry: zipfile.ZipInfo) -> Iterable[bytes]:
    start = entry.header_offset + _LOCAL_HEAD.size
    if len(content) < start:
        raise Unreadable("the file is no XLSX")
    *_, name, extra = _LOCAL_HEAD.unpack(content[entry.header_offset : start])
    start += name + extra
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED or entry.flag_bits & 1:
        raise Unreadable("the file is packed or encrypted in a way that is not read")
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not stream.eof:
            yield stream.decompress(packed, _PIECE_BYTES)
            packed = stream.unconsumed_tail
    except zlib.error:
        raise Unreadable("the file is no XLSX: a part of it is damaged") from None
