"""What `pharus import-history` does with the entries of its files: batch by batch, each one transaction.

A batch is stored whole or not at all. What is there already, by its number or its item and place, is passed over: so
who is interrupted, or has put something right, imports the same files again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from handlers.cli.history_files import OPENING_BALANCE, Entry
from handlers.cli.history_kinds import ITEM_NAMES, OPENING_BALANCES, ORDERS, Kind, Names, Naming
from handlers.http.validation import BodyValidator, Schemas
from handlers.spreadsheets.references import ids_of_texts
from pharus import db as database
from pharus import openapi
from pharus.db import current, db
from pharus.errors import Invalid, PharusError
from pharus.fields import canonical
from pharus.identity import Actor, Role
from plugins.inventory.opening import SOURCE_TYPE

Row = dict[str, Any]
Ids = Mapping[tuple[Naming, str], Sequence[str]]


@dataclass(slots=True)
class Counts:
    stored: int = 0
    there_already: int = 0
    refused: int = 0


@dataclass(slots=True)
class HistoryImport:
    """Into one organization. `problems` of a batch are lines for people: the place in a file, and what is wrong."""

    document: Mapping[str, Any]
    org_id: str
    batch_size: int
    dry_run: bool = False
    counts: Counts = field(default_factory=Counts)
    _validators: dict[str, BodyValidator] = field(default_factory=dict)
    # What this run has seen: twice in the files is a mistake, and not there already.
    _seen: dict[tuple[str, ...], str] = field(default_factory=dict)

    def run(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Store them, and say what is wrong with some."""
        waiting: dict[str, list[Entry]] = {}
        for entry in entries:
            if (problem := _problem(entry)) is not None:
                self.counts.refused += 1
                yield f"{entry.place}: {problem}"
                continue
            name = entry.kind
            if name == OPENING_BALANCE:
                name = "materialId" if {"material", "materialId"} & entry.values.keys() else "skuId"
            batch = waiting.setdefault(name, [])
            batch.append(entry)
            if len(batch) == self.batch_size:
                yield from self._store(_kind(name), waiting.pop(name))
        for name, batch in waiting.items():
            yield from self._store(_kind(name), batch)

    def _store(self, kind: Kind, entries: Sequence[Entry]) -> list[str]:
        problems, there = database.run(
            Actor(org_id=self.org_id, role=Role.owner), lambda _: self._store_batch(kind, entries)
        )
        self.counts.there_already += there
        if problems:
            self.counts.refused += len(entries) - there
            return [*problems, f"{entries[0].place}: nothing of this batch of {len(entries)} is stored"]
        self.counts.stored += len(entries) - there
        return []

    def _store_batch(self, kind: Kind, entries: Sequence[Entry]) -> tuple[list[str], int]:
        """What is wrong, and how many are there already. With a problem nothing is stored."""
        ids = _ids(kind, entries)
        problems: list[str] = []
        rows: list[Row] = []
        for entry in entries:
            row, wrong = _row(kind, entry, ids)
            rows.append(row)
            problems += [f"{entry.place}: {each}" for each in wrong]
        if problems:
            return problems, 0
        validator = self._validator(kind)
        body = validator.convert({"rows": rows})
        for index, findings in (validator.bad_rows(body) or {}).items():
            problems += [
                f"{entries[index].place}: {_shown(problem.path)} {problem.message}" for problem in findings.problems
            ]
        if problems:
            return problems, 0
        if validator.lower_ids is not None:
            body = validator.lower_ids(body)
        new, again = self._new(kind, entries, body["rows"])
        if again:
            return again, 0
        if new:
            problems = _stored(
                kind, [entries[index] for index in new], [body["rows"][index] for index in new], self.dry_run
            )
        return problems, len(entries) - len(new)

    def _new(self, kind: Kind, entries: Sequence[Entry], rows: Sequence[Row]) -> tuple[list[int], list[str]]:
        """Which of the rows are not there already, and those that the files have twice."""
        names = [_name(kind, row) for row in rows]
        again = []
        mine: dict[tuple[str, ...], str] = {}
        for entry, name in zip(entries, names, strict=True):
            first = self._seen.get(name) or mine.get(name)
            if first is not None:
                again.append(f"{entry.place}: is in {first} already")
            mine[name] = entry.place
        self._seen.update(mine)
        known = _orders_there(kind, rows) if kind.is_order else _balances_there(kind, rows)
        return [index for index, row in enumerate(rows) if (*names[index], *_facts(kind, row)) not in known], again

    def _validator(self, kind: Kind) -> BodyValidator:
        if kind.schema not in self._validators:
            schema = {"$ref": f"{openapi.SCHEMA_PREFIX}{kind.schema}"}
            self._validators[kind.schema] = BodyValidator(Schemas(self.document), schema)
        return self._validators[kind.schema]


def _stored(kind: Kind, entries: Sequence[Entry], rows: Sequence[Row], dry_run: bool) -> list[str]:
    try:
        kind.store({"rows": list(rows)}, "atomic", "true" if dry_run else "false")
    except Invalid as refusal:
        found = []
        for problem in refusal.problems:
            _, _, index, *rest = problem.path.split("/", 3)
            found.append(f"{entries[int(index)].place}: {'/'.join(['', *rest])} {problem.message}")
        return found + ([f"and {refusal.omitted} more problems"] if refusal.omitted else [])
    except PharusError as refusal:
        return [f"{entries[0].place}: {refusal.message}"]
    return []


def _problem(entry: Entry) -> str | None:
    if entry.problem is not None:
        return entry.problem
    if entry.kind not in (*ORDERS, OPENING_BALANCE):
        return f"/kind must be one of {', '.join((*ORDERS, OPENING_BALANCE))}"
    if entry.kind != OPENING_BALANCE and not isinstance(entry.values.get("number"), str):
        return "/number is missing: by it an order is imported once"
    if "acceptAgain" in entry.values:
        return "/acceptAgain is of the API alone: a file may be imported again"
    return None


def _kind(name: str) -> Kind:
    return ORDERS.get(name) or OPENING_BALANCES[name]


def _row(kind: Kind, entry: Entry, ids: Ids) -> tuple[Row, list[str]]:
    """The row of the body, and what is wrong with the names in it."""
    wrong: list[str] = []
    values = {kind.other.get(key, key): value for key, value in entry.values.items() if key != "kind"}
    if kind.is_order:
        values[kind.number_key] = values.pop("number")
        values.setdefault("history", True)
    row = _with_ids(values, kind.names, ids, "", wrong)
    if isinstance(items := row.get("items"), list):
        row["items"] = [
            _with_ids(item, ITEM_NAMES, ids, f"/items/{number}", wrong) if isinstance(item, dict) else item
            for number, item in enumerate(items)
        ]
    return row, wrong


def _with_ids(values: Row, names: Names, ids: Ids, pointer: str, wrong: list[str]) -> Row:
    row: Row = {}
    for key, value in values.items():
        if key not in names or value is None:
            row[names[key][0] if key in names else key] = value
            continue
        asked, naming = names[key]
        found = ids.get((naming, value), ()) if isinstance(value, str) else ()
        if len(found) == 1:
            row[asked] = found[0]
        elif found:
            wrong.append(f"{pointer}/{key} {value!r} is the name of {len(found)} records: name one by {asked}")
        else:
            wrong.append(f"{pointer}/{key} {value!r} is the name of none")
    return row


def _ids(kind: Kind, entries: Iterable[Entry]) -> Ids:
    """The ids of all that the entries name: one statement for each table."""
    named: dict[Naming, set[str]] = {}
    for entry in entries:
        items = entry.values.get("items")
        for values, names in (
            (entry.values, kind.names),
            *((item, ITEM_NAMES) for item in (items if isinstance(items, list) else ()) if isinstance(item, dict)),
        ):
            for key in names.keys() & values.keys():
                if isinstance(values[key], str):
                    named.setdefault(names[key][1], set()).add(values[key])
    found: dict[tuple[Naming, str], list[str]] = {}
    for naming, texts in named.items():
        matches = f"named.{naming.key} = given.key" if naming.key else f"named.{naming.column} = given.text"
        for text, ids in ids_of_texts(naming.table, matches, sorted(texts)).items():
            found[naming, text] = ids
    return found


def _name(kind: Kind, row: Row) -> tuple[str, ...]:
    """What an order or a balance is told apart by."""
    if kind.is_order:
        return kind.table, row[kind.number_key]
    return kind.table, row[kind.item_key], row["locationId"]


def _facts(kind: Kind, row: Row) -> tuple[Any, ...]:
    """What else must be the same of one that is there already."""
    if kind.is_order:
        return (bool(row.get("history")),)
    return canonical(Decimal(row["quantity"])), canonical(Decimal(row["unitCost"]))


def _orders_there(kind: Kind, rows: Sequence[Row]) -> set[tuple[Any, ...]]:
    found = db.rows(
        f"SELECT {kind.column}, is_history FROM {kind.table} WHERE org_id = %s AND {kind.column} = ANY(%s::text[])",
        (current().org_id, [row[kind.number_key] for row in rows]),
    )
    return {(kind.table, number, is_history) for number, is_history in found}


def _balances_there(kind: Kind, rows: Sequence[Row]) -> set[tuple[Any, ...]]:
    found = db.rows(
        f"SELECT item_id, location_id, quantity, unit_cost FROM {kind.table} "
        f"WHERE org_id = %s AND item_id = ANY(%s::uuid[]) AND source_type = '{SOURCE_TYPE}'",
        (current().org_id, [row[kind.item_key] for row in rows]),
    )
    return {(kind.table, item, place, canonical(quantity), canonical(cost)) for item, place, quantity, cost in found}


def _shown(pointer: str) -> str:
    """The pointer inside of the entry."""
    return "/" + "/".join(pointer.split("/")[3:])
