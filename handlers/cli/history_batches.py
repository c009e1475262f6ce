"""What `pharus import-history` does with the entries of its files: batch by batch, each one transaction.

A batch is stored whole or not at all. What is there already, by its number or its item and place, is passed over: so
who is interrupted, or has put something right, imports the same files again.
"""

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.cli.history_files import Entry, Forms
from handlers.cli.history_kinds import Kind
from handlers.http.validation import BodyValidator, Schemas
from handlers.spreadsheets import references
from pharus import db as database
from pharus import openapi
from pharus.errors import Invalid, PharusError, Problem
from pharus.identity import Actor, Role
from pharus.names import snake

Row = dict[str, Any]


@dataclass(slots=True)
class Counts:
    stored: int = 0
    there_already: int = 0
    refused: int = 0


@dataclass(slots=True)
class HistoryImport:
    """Into one organization. `problems` of a batch are lines for people: the place in a file, and what is wrong."""

    forms: Forms
    org_id: str
    batch_size: int
    dry_run: bool = False
    counts: Counts = field(default_factory=Counts)
    _validators: dict[str, BodyValidator] = field(default_factory=dict)
    # What this run has seen: twice in the files is a mistake, and not there already.
    _seen: dict[tuple[str, ...], str] = field(default_factory=dict)

    def run(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Store them, and say what is wrong with some."""
        waiting: dict[str, tuple[Kind, list[Entry]]] = {}
        for entry in entries:
            kind, problem = entry.kind, _problem(entry)
            if kind is None or problem is not None:
                self.counts.refused += 1
                yield f"{entry.place}: {problem}"
                continue
            _, batch = waiting.setdefault(kind.operation, (kind, []))
            batch.append(entry)
            if len(batch) == self.batch_size:
                yield from self._store(*waiting.pop(kind.operation))
        for kind, batch in waiting.values():
            yield from self._store(kind, batch)

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
        form, validator = self.forms.of(kind), self._validator(kind)
        rows = [_row(kind, entry) for entry in entries]
        reasons = references.resolve(rows, form.table.repeated, form.targets)
        body = validator.convert({"rows": rows})
        problems = [
            _line(entries, Problem(problem.path, reasons.get(problem.path, problem.message)))
            for findings in (validator.bad_rows(body) or {}).values()
            for problem in findings.problems
        ]
        if problems:
            return problems, 0
        if validator.lower_ids is not None:
            body = validator.lower_ids(body)
        if again := self._twice(kind, entries, body["rows"]):
            return again, 0
        there = kind.stored(body["rows"])
        new = [index for index in range(len(entries)) if index not in there]
        if new:
            problems = _stored(kind, [entries[at] for at in new], [body["rows"][at] for at in new], self.dry_run)
        return problems, len(there)

    def _twice(self, kind: Kind, entries: Sequence[Entry], rows: Sequence[Row]) -> list[str]:
        """What the files have twice."""
        again = []
        mine: dict[tuple[str, ...], str] = {}
        for entry, row in zip(entries, rows, strict=True):
            name = (kind.operation, *(row[key] for key in kind.keys))
            first = self._seen.get(name) or mine.get(name)
            if first is not None:
                again.append(f"{entry.place}: is in {first} already")
            mine[name] = entry.place
        self._seen.update(mine)
        return again

    def _validator(self, kind: Kind) -> BodyValidator:
        if kind.operation not in self._validators:
            document = self.forms.document
            declared = next(
                each for _, _, each in openapi.operations(document) if snake(each["operationId"]) == kind.operation
            )
            schema = openapi.request_body(document, declared)["content"][openapi.JSON]["schema"]
            self._validators[kind.operation] = BodyValidator(Schemas(document), schema)
        return self._validators[kind.operation]


def _row(kind: Kind, entry: Entry) -> Row:
    """Of its own: a unit of work may begin anew."""
    row = copy.deepcopy(entry.row)
    return {"history": True, **row} if kind.number_key is not None else row


def _stored(kind: Kind, entries: Sequence[Entry], rows: Sequence[Row], dry_run: bool) -> list[str]:
    try:
        kind.store({"rows": list(rows)}, "atomic", "true" if dry_run else "false")
    except Invalid as refusal:
        found = [_line(entries, problem) for problem in refusal.problems]
        return found + ([f"and {refusal.omitted} more problems"] if refusal.omitted else [])
    except PharusError as refusal:
        return [f"{entries[0].place}: {refusal.message}"]
    return []


def _problem(entry: Entry) -> str | None:
    if entry.problem is not None or entry.kind is None:
        return entry.problem
    number_key = entry.kind.number_key
    if number_key is not None and not isinstance(entry.row.get(number_key), str):
        return "/number is missing: by it an order is imported once"
    if "acceptAgain" in entry.row:
        return "/acceptAgain is of the API alone: a file may be imported again"
    return None


def _line(entries: Sequence[Entry], problem: Problem) -> str:
    """With the place of the entry, or of its line, and the pointer inside of it."""
    _, _, index, *inside = problem.path.split("/")
    entry = entries[int(index)]
    at = int(inside[1]) if len(inside) > 1 and inside[1].isdigit() else len(entry.lines)
    place = entry.lines[at] if at < len(entry.lines) else entry.place
    return f"{place}: /{'/'.join(inside)} {problem.message}"
