"""A file with more records than a bulk import takes at once, in parts: files of the same columns, each with so many
whole records. What is told of a part is told of the file."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from handlers.spreadsheets import rows
from handlers.spreadsheets.cells import defused
from handlers.spreadsheets.reading import Cell
from handlers.spreadsheets.settings import Settings
from pharus.spreadsheets.columns import Table

# As many as a bulk import takes, and fewer lines than a file may have, so that a part stays below the bound of bodies.
MOST_RECORDS = 5000
_MOST_LINES = 20_000
# The number of a CSV part's head: the line before it says the separator.
_CSV_HEAD = 2
# As many as a sheet has.
_MOST_ROWS = 1_048_576
# A part is the same file each time: only then its key finds that it was stored.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a spreadsheet's times have no zone


@dataclass(frozen=True, slots=True)
class Part:
    """`lines` are the rows of the file from which its rows behind the head are, `head` the number of its own head;
    `first` is the index of its first record in the file."""

    content: bytes
    lines: Sequence[int]
    head: int
    first: int

    def in_file(self, problem: Mapping[str, Any]) -> dict[str, Any]:
        """A problem of the part with its places in the file."""
        found = dict(problem)
        if isinstance(row := problem.get("row"), int):
            line = self.lines[row - self.head - 1] if row > self.head else row
            found["row"] = line
            if "cell" in problem:
                found["cell"] = f"{problem['cell'].removesuffix(str(row))}{line}"
        _, *steps = str(problem["path"]).split("/")
        if len(steps) > 1 and steps[0] == "rows":
            found["path"] = "/".join(["", "rows", str(int(steps[1]) + self.first), *steps[2:]])
        return found


def split(
    content: bytes,
    is_xlsx: bool,
    table: Table,
    aliases: Mapping[str, str],
    settings: Settings,
    *,
    from_row: int = 0,
    most_records: int = MOST_RECORDS,
) -> list[Part]:
    """The parts of a file, without the records that begin before `from_row`; none where the file is to be sent as it
    is. Unreadable."""
    cells = list(rows.cells_of(content, is_xlsx, settings, _MOST_ROWS))
    if not cells:
        return []
    (line, head), *behind = cells
    found = rows.found_in(table, rows.head_of(table, aliases, head, line, settings), behind, settings)
    if len(found.rows) <= most_records and len(behind) <= _MOST_LINES and not from_row:
        return []
    by_number = dict(behind)
    write = _xlsx if is_xlsx else _csv
    return [
        Part(write(head, [by_number[number] for number in lines]), lines, 1 if is_xlsx else _CSV_HEAD, first)
        for first, lines in _lines(found.lines, from_row, most_records)
    ]


def _lines(records: Sequence[Sequence[int]], from_row: int, most_records: int) -> Iterator[tuple[int, list[int]]]:
    """Of each part the index of its first record, and the lines of the file that it has."""
    first, count = 0, 0
    lines: list[int] = []
    for index, of_record in enumerate(records):
        if of_record[0] < from_row:
            continue
        own = sorted(set(of_record))
        if lines and (count == most_records or len(lines) + len(own) > _MOST_LINES):
            yield first, lines
            count, lines = 0, []
        if not lines:
            first = index
        count += 1
        lines += own
    if lines:
        yield first, lines


def _csv(head: list[Cell], behind: Sequence[list[Cell]]) -> bytes:
    text = io.StringIO()
    # Its first line says the separator: nothing is left to be guessed.
    text.write("\ufeffsep=,\r\n")
    writer = csv.writer(text)
    for row in (head, *behind):
        writer.writerow("" if cell is None else defused(str(cell)) for cell in row)
    return text.getvalue().encode()


def _xlsx(head: list[Cell], behind: Sequence[list[Cell]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet()
        for at, row in enumerate((head, *behind)):
            for column, cell in enumerate(row):
                if isinstance(cell, bool):
                    sheet.write_boolean(at, column, cell)
                elif isinstance(cell, float):
                    sheet.write_number(at, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, moment if isinstance(cell, datetime) else day)
                elif isinstance(cell, str):
                    sheet.write_string(at, column, cell)
    return content.getvalue()
