"""From rows of cells to the rows of an import, by the columns that its schema has (docs/spreadsheets.md)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import orjson
from xlsxwriter.utility import xl_col_to_name

from handlers.spreadsheets.cells import SEPARATOR
from handlers.spreadsheets.reading import MOST_COLUMNS, MOST_ROWS, Cell, Failed, Unreadable, rows_of
from handlers.spreadsheets.settings import Settings, number_of
from pharus.spreadsheets.columns import Column, Table, Type

# A column of this name says which lines are one record, where a record has several and no column of its own does.
GROUP = "group"

_NO_LETTERS = re.compile(r"[\W_]+")
# What a reference is called without `Id`, and behind that in answers.
_OF_REFERENCES = ("", "name", "code")
_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Head:
    """Which column of the table each column of the file is: `places` has their indexes, several for a reference that is
    there as an id and as a name. `unknown` are the heads, by their indexes, that are none, though they should be."""

    places: Mapping[str, list[int]]
    group: int | None = None
    unknown: Mapping[int, str] = field(default_factory=dict)
    # Those that may hold anything: they have a head, which is known or left out.
    named: frozenset[int] = frozenset()


@dataclass(slots=True)
class Found:
    """The rows, and where in the file they are: for each its line and those of its entries."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    lines: list[list[int]] = field(default_factory=list)


def read(content: bytes, is_xlsx: bool, table: Table, aliases: Mapping[str, str], settings: Settings) -> bytes:
    """JSON of {rows, lines, letters}, or of {problem}: for another process, where nothing but bytes come back."""
    try:
        cells = cells_of(content, is_xlsx, settings)
        line, first = next(cells, (1, []))
        head = head_of(table, aliases, first, line, settings)
        found = found_in(table, head, cells, settings)
    except Unreadable as unreadable:
        return orjson.dumps({"problem": str(unreadable)})
    letters = {name: xl_col_to_name(places[0]) for name, places in head.places.items()}
    return orjson.dumps({"rows": found.rows, "lines": found.lines, "letters": letters})


def cells_of(
    content: bytes, is_xlsx: bool, settings: Settings, most_rows: int = MOST_ROWS
) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of the table that hold anything, its head first, with their numbers in the file. Unreadable."""
    rows = rows_of(content, is_xlsx=is_xlsx, encoding=settings.encoding, sheet=settings.sheet, most_rows=most_rows)
    return ((number, row) for number, row in rows if settings.holds(number))


def head_of(table: Table, aliases: Mapping[str, str], first: list[Cell], line: int, settings: Settings) -> Head:
    """Of the first row of a file, all of which the table knows. Unreadable names all that it does not."""
    head = matched(table, aliases, first, line, settings)
    if head.unknown:
        named = ", ".join(f"{xl_col_to_name(at)}{line} {text[:100]!r}" for at, text in list(head.unknown.items())[:20])
        names = ", ".join(column.name for column in table.columns)
        raise Unreadable(f"no column is called {named}; there are {names}")
    if not head.places:
        raise Unreadable("the file has no head: its first row must name the columns")
    return head


def matched(table: Table, aliases: Mapping[str, str], first: list[Cell], line: int, settings: Settings) -> Head:
    """What the table knows of the first row of a file. `aliases` are further names of columns."""
    known = names_of(table, aliases)
    renamed = {plain(head): name for head, name in settings.renamed.items()}
    places: dict[str, list[int]] = {}
    group: int | None = None
    unknown: dict[int, str] = {}
    for at, cell in enumerate(first):
        text = "" if cell is None else str(cell).strip()
        asked = renamed.get(plain(text), text)
        if not text or not asked:
            continue
        if plain(asked) == GROUP:
            group = at
        elif (name := known.get(plain(asked))) is not None:
            places.setdefault(name, []).append(at)
        elif plain(text) in renamed or not settings.leaves_unknown_out:
            unknown[at] = text
    types = {column.name: column.type for column in table.columns}
    twice = [
        f"{name}: {', '.join(f'{xl_col_to_name(at)}{line}' for at in found)}"
        for name, found in places.items()
        if len(found) > 1 and types[name] is not Type.REFERENCE
    ]
    if twice:
        raise Unreadable(f"the file has two columns for {'; '.join(twice)}")
    named = {at for at, cell in enumerate(first) if cell is not None}
    return Head(places, group, unknown, frozenset(range(MOST_COLUMNS) if settings.leaves_unknown_out else named))


@dataclass(frozen=True, slots=True)
class Line:
    """What one row of a file says: of the record itself, and of the entry of its array that it has."""

    own: dict[str, Any]
    entry: dict[str, Any]


class Lines:
    """Reads rows of a file with this head."""

    def __init__(self, table: Table, head: Head, settings: Settings) -> None:
        self._head = head
        columns = [(column, head.places[column.name]) for column in table.columns if column.name in head.places]
        self._own = [each for each in columns if each[0].path[0] != table.repeated]
        self._of_entries = [each for each in columns if each[0].path[0] == table.repeated]
        self._settings = settings

    def read(self, row: list[Cell], line: int) -> Line:
        """Unreadable where a cell of this line holds something that would be lost."""
        _refuse_lost(self._head, row, line)
        return Line(_values(self._own, row, self._settings), _values(self._of_entries, row, self._settings))


def found_in(table: Table, head: Head, cells: Iterable[tuple[int, list[Cell]]], settings: Settings) -> Found:
    found = Found()
    lines = Lines(table, head, settings)
    groups: dict[str, int] = {}
    of_group = [head.group] if head.group is not None else head.places.get(table.group or "", [])
    for line, row in cells:
        read = lines.read(row, line)
        if table.repeated is None:
            found.rows.append(read.own)
            found.lines.append([line])
            continue
        key = next((str(row[at]).strip() for at in of_group if at < len(row) and row[at] is not None), None)
        index = _row_of(found, groups, key, read.own)
        if index is None:
            index = len(found.rows)
            found.rows.append({**read.own, table.repeated: []})
            found.lines.append([line])
            if key is not None:
                groups[key] = index
        else:
            _refuse_other(found.rows[index], found.lines[index][0], read.own, line)
        if read.entry:
            found.rows[index][table.repeated].append(read.entry)
            found.lines[index].append(line)
    return found


def _refuse_lost(head: Head, row: list[Cell], line: int) -> None:
    """Unreadable where a cell holds something that would be lost."""
    for at, cell in enumerate(row):
        if cell is not None and at not in head.named:
            place = f"{xl_col_to_name(at)}{line}"
            raise Unreadable(f"{place} holds something, and its column has no head")
        if cell is Failed.ERROR and (at == head.group or any(at in places for places in head.places.values())):
            raise Unreadable(f"{xl_col_to_name(at)}{line} holds the error of a formula, such as #N/A")


def _refuse_other(row: Mapping[str, Any], first: int, values: Mapping[str, Any], line: int) -> None:
    """Unreadable where a line says otherwise what holds for the whole record: one of the two would be lost."""
    other = [key for key, value in values.items() if row.get(key) != value]
    if other:
        raise Unreadable(f"row {line} is of the same record as row {first}, and says another {', '.join(other)}")


def _row_of(found: Found, groups: Mapping[str, int], key: str | None, values: Mapping[str, Any]) -> int | None:
    """The record that the line goes on: that of its group, or the one before where the line says nothing of its own."""
    if key is not None:
        return groups.get(key)
    return len(found.rows) - 1 if not values and found.rows else None


def _values(columns: Iterable[tuple[Column, list[int]]], row: list[Cell], settings: Settings) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, places in columns:
        held = [row[at] for at in places if at < len(row) and row[at] is not None]
        if held:
            texts = [_value(column.type, cell, settings) for cell in held]
            values[column.path[-1]] = texts if column.type is Type.REFERENCE else texts[0]
    return values


def _value(type: Type, cell: Cell, settings: Settings) -> Any:
    """What the cell says, as JSON has it. What it cannot be read as stays a text, of which the schema says what is
    wrong."""
    if isinstance(cell, bool):
        return cell if type is Type.BOOLEAN else str(cell).lower()
    if isinstance(cell, float):
        return _number(type, number_of(cell))
    if isinstance(cell, datetime):
        is_day = type is Type.DATE or cell.time() == datetime.min.time()
        return cell.date().isoformat() if is_day else f"{cell.isoformat()}Z"
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    if type in (Type.DECIMAL, Type.INTEGER):
        number = settings.number(text)
        return text if number is None else _number(type, number)
    if type is Type.DATE:
        return settings.day(text) or text.strip()
    if type is Type.BOOLEAN:
        return _TRUTHS.get(text.strip().lower(), text)
    if type is Type.LIST:
        return [each.strip() for each in text.split(SEPARATOR.strip())]
    return text.strip() if type is Type.REFERENCE else text


def _number(type: Type, text: str) -> Any:
    return int(text) if type is Type.INTEGER and len(text) < 19 and text.lstrip("-").isdigit() else text


def names_of(table: Table, aliases: Mapping[str, str]) -> dict[str, str]:
    """The columns by whatever a head may call them: with or without the name of the array, without `Id`."""
    names: dict[str, str] = {}
    for column in table.columns:
        last = column.path[-1]
        shorter = [column.name, last]
        if column.type is Type.REFERENCE:
            starts = (column.name.removesuffix("Id"), last.removesuffix("Id"))
            shorter += [start + behind for start in starts for behind in _OF_REFERENCES]
        for each in shorter:
            names.setdefault(plain(each), column.name)
    for alias, name in aliases.items():
        names.setdefault(plain(alias), name)
    return names


def plain(text: str) -> str:
    """`Zip Code`, `zip_code` and `zipCode` are one name, in whatever form their letters are."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text)).casefold()
