"""The files of `pharus import-history`: JSON lines, CSV and XLSX, with a line for each line of an order.

Columns, numbers, days and names are read as in every import (docs/spreadsheets.md). The files are read as they come,
one order after another, so that one in CSV or JSON may be larger than the memory.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handlers.cli.history_kinds import KINDS, Kind
from handlers.cli.importer import MEDIA_TYPES
from handlers.http.parsing import parse_json
from handlers.spreadsheets.forms import Form, form_of
from handlers.spreadsheets.reading import Cell, Unreadable, rows_of_csv
from handlers.spreadsheets.rows import Head, Line, Lines, cells_of, matched, names_of, plain
from handlers.spreadsheets.settings import Settings
from pharus import openapi
from pharus.errors import ConfigurationError, PharusError
from pharus.names import snake
from pharus.spreadsheets.columns import Table

_JSON_LINES = (".jsonl", ".ndjson", ".json")
_KIND = "kind"


@dataclass(slots=True)
class Entry:
    """An order or an opening balance and where it stands in a file, with the places of its lines; or what is wrong
    there. `row` is what its import takes, but of each reference there is a list of texts."""

    place: str
    kind: Kind | None = None
    row: dict[str, Any] = field(default_factory=dict)
    problem: str | None = None
    lines: list[str] = field(default_factory=list)


class Forms:
    """What rows of each kind look like, by the document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        declared = {snake(each["operationId"]): each for _, _, each in openapi.operations(document)}
        self._forms: dict[str, Form] = {}
        for kind in _every_kind():
            form = form_of(document, declared[kind.operation])
            if form is None:
                raise ConfigurationError(f"{kind.operation} takes no rows.")
            self._forms[kind.operation] = Form(form.table, form.targets, {**form.aliases, **kind.names})

    def of(self, kind: Kind) -> Form:
        return self._forms[kind.operation]


def read(path: Path, forms: Forms, settings: Settings) -> Iterator[Entry]:
    """The entries of a file, by what its name ends in. ConfigurationError for one that cannot be read at all."""
    suffix = path.suffix.lower()
    if suffix in _JSON_LINES:
        return _json_lines(path, forms)
    if suffix not in MEDIA_TYPES:
        raise ConfigurationError(
            f"{path} ends with none of {', '.join((*MEDIA_TYPES, *_JSON_LINES))}: what is in it is told by its name."
        )
    return _refused(path, _orders(_Sheet(path, forms, settings).lines(_cells(path, suffix, settings))))


def entry_of(values: Mapping[str, Any], place: str, forms: Forms) -> Entry:
    """The entry that a JSON object is."""
    kinds = KINDS.get(str(values.get(_KIND)))
    if kinds is None:
        return Entry(place, problem=_no_kind())
    asked = {key: value for key, value in values.items() if key != _KIND}
    read = [(kind, *_named(asked, forms.of(kind))) for kind in kinds]
    kind, row, _ = next((each for each in read if not each[2]), read[0])
    repeated = forms.of(kind).table.repeated
    items = row.get(repeated) if repeated is not None else None
    return Entry(place, kind, row, lines=[place] * (len(items) if isinstance(items, list) else 0))


def _json_lines(path: Path, forms: Forms) -> Iterator[Entry]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.isspace():
                continue
            place = f"{path}:{number}"
            try:
                values = parse_json(line, openapi.JSON)
            except PharusError as error:
                yield Entry(place, problem=error.message)
                continue
            is_object = isinstance(values, dict)
            yield entry_of(values, place, forms) if is_object else Entry(place, problem="is no JSON object")


def _named(values: Mapping[str, Any], form: Form) -> tuple[dict[str, Any], list[str]]:
    """The row with the keys of the import, and which of its keys this has not."""
    repeated = form.table.repeated
    own = Table(tuple(column for column in form.table.columns if column.path[0] != repeated))
    of_entries = Table(tuple(column for column in form.table.columns if column.path[0] == repeated))
    names = names_of(own, form.aliases) | ({} if repeated is None else {plain(repeated): repeated})
    row, unknown = _renamed(values, names, form)
    if repeated is not None and isinstance(entries := row.get(repeated), list):
        names = names_of(of_entries, {})
        row[repeated] = [_renamed(each, names, form)[0] if isinstance(each, dict) else each for each in entries]
    return row, unknown


def _renamed(values: Mapping[str, Any], names: Mapping[str, str], form: Form) -> tuple[dict[str, Any], list[str]]:
    row: dict[str, Any] = {}
    for key, value in values.items():
        last = names.get(plain(key), key).rpartition(".")[2]
        if last in form.targets and value is not None:
            row[last] = [*(row.get(last) or ()), str(value)]
        else:
            row.setdefault(last, value)
    return row, [key for key in values if plain(key) not in names]


def _cells(path: Path, suffix: str, settings: Settings) -> Iterator[tuple[int, list[Cell]]]:
    if MEDIA_TYPES[suffix] == openapi.XLSX:
        return cells_of(path.read_bytes(), True, settings)
    return ((number, row) for number, row in rows_of_csv(path, settings.encoding) if settings.holds(number))


class _Sheet:
    """Reads the rows of a CSV or XLSX file, whose columns are those of all kinds."""

    def __init__(self, path: Path, forms: Forms, settings: Settings) -> None:
        self._path = path
        self._forms = forms
        self._settings = settings

    def lines(self, cells: Iterator[tuple[int, list[Cell]]]) -> Iterator["_Line"]:
        number, first = next(cells, (1, []))
        heads = {kind.operation: self._head(kind, first, number) for kind in _every_kind()}
        at = next((index for index, cell in enumerate(first) if plain(str(cell or "")) == _KIND), None)
        if at is None:
            raise Unreadable(f"there is no column `{_KIND}`: the first line names the columns")
        nowhere = set.intersection(*(set(head.unknown) for head in heads.values())) - {at}
        if nowhere:
            named = ", ".join(repr(str(first[each])) for each in sorted(nowhere))
            raise Unreadable(f"line {number}: no import has a column that is called {named}")
        readers = {
            kind.operation: Lines(self._forms.of(kind).table, heads[kind.operation], self._settings)
            for kind in _every_kind()
        }
        before: Kind | None = None
        for number, row in cells:
            place = f"{self._path}:{number}"
            said = str(row[at] or "").strip() if at < len(row) else ""
            kinds = KINDS.get(said) or ((before,) if not said and before is not None else ())
            if not kinds:
                yield _Line(Entry(place, problem=_no_kind()))
            elif len(row) > len(first):
                yield _Line(Entry(place, problem="has more fields than the first line names"))
            elif any("\0" in cell for cell in row if isinstance(cell, str)):
                yield _Line(Entry(place, problem="holds a NUL character"))
            else:
                strange = {kind.operation: _strange(heads[kind.operation], row, at) for kind in kinds}
                before = next((kind for kind in kinds if not strange[kind.operation]), kinds[0])
                entry = Entry(place, before)
                if stray := strange[before.operation]:
                    entry.problem = f"has no {', '.join(stray)}"
                try:
                    read = readers[before.operation].read(row, number)
                except Unreadable as unreadable:
                    yield _Line(Entry(place, problem=str(unreadable)))
                    continue
                yield _Line(entry, read, self._forms.of(before).table.repeated, is_alone=bool(said))

    def _head(self, kind: Kind, first: list[Cell], line: int) -> Head:
        form = self._forms.of(kind)
        head = matched(form.table, form.aliases, first, line, self._settings)
        if head.group is not None:
            raise Unreadable("a column `group` is of no use: the lines of an order have its number")
        return head


@dataclass(slots=True)
class _Line:
    entry: Entry
    said: Line = field(default_factory=lambda: Line({}, {}))
    # The key of the lines of an order.
    repeated: str | None = None
    # It says its kind.
    is_alone: bool = True


def _orders(lines: Iterable[_Line]) -> Iterator[Entry]:
    """Lines that follow one another with the same number are one order, and so is one that says nothing of an order
    itself with the one before it. What the order has itself stands in its first line; the others may repeat it."""
    order: Entry | None = None
    for line in lines:
        entry, said, repeated = line.entry, line.said, line.repeated
        if order is not None and repeated is not None and _goes_on(order, line):
            differing = [key for key, value in said.own.items() if order.row.get(key) != value]
            if differing:
                order.problem = f"differs from {entry.place} in {', '.join(sorted(differing))}"
            order.row[repeated].append(said.entry)
            order.lines.append(entry.place)
            continue
        if order is not None:
            yield order
            order = None
        entry.row = dict(said.own)
        if repeated is not None and entry.problem is None:
            entry.row[repeated] = [said.entry]
            entry.lines = [entry.place]
            order = entry
        else:
            yield entry
    if order is not None:
        yield order


def _goes_on(order: Entry, line: _Line) -> bool:
    if order.kind is None or order.kind is not line.entry.kind or line.entry.problem is not None:
        return False
    own, key = line.said.own, order.kind.number_key
    return (not own and not line.is_alone) or (key in own and own[key] == order.row.get(key))


def _strange(head: Head, row: Sequence[Cell], kind_at: int) -> list[str]:
    """What the row says in columns that its kind has not."""
    return [text for at, text in head.unknown.items() if at != kind_at and at < len(row) and row[at] is not None]


def _refused(path: Path, entries: Iterator[Entry]) -> Iterator[Entry]:
    try:
        yield from entries
    except Unreadable as unreadable:
        raise ConfigurationError(f"{path} cannot be read: {unreadable}.") from unreadable


def _every_kind() -> Iterator[Kind]:
    for kinds in KINDS.values():
        yield from kinds


def _no_kind() -> str:
    return f"/kind must be one of {', '.join(KINDS)}"
