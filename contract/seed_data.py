"""Records of every entity in an organization, made over HTTP from the examples that the document itself gives.

An example names records that do not exist; each of its ids is replaced by one that does. What cannot be made this way
is reported, not hidden: checks that need it are left out by name.
"""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Mapping
from typing import Any

import httpx

from contract.calling import Call, Deployment, examples
from contract.conformance import Deviation
from contract.document import Operation
from contract.entities import ORGANIZATION, Entities, key_of, places_in

Record = dict[str, Any]

_ROUNDS = 3
_ENOUGH = 2
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Looking is an activity, too: these change without anybody changing anything.
_ACTIVITY = ("lastActiveAt", "lastUsedAt", "lastLoginAt")


_LOG = (
    "/api/events",
    "/api/audit",
    # What is sent of it, whenever the worker comes to it.
    "/api/webhook-endpoints/{id}/deliveries",
    "/api/webhook-endpoints/{id}/attempts",
)


class SeedData:
    """One organization's records by their collection; `headers` are its owner's."""

    def __init__(self, deployment: Deployment, entities: Entities, headers: Mapping[str, str]) -> None:
        self.deployment = deployment
        self.entities = entities
        self.headers = headers
        self.records: dict[str, list[Record]] = {ORGANIZATION: [{"id": headers["X-Org-Id"], "_path": {}}]}
        self.refusals: dict[str, str] = {}
        # What was answered otherwise than declared, by the operation.
        self.deviations: dict[str, list[str]] = {}
        self._counter = itertools.count()

    def fill(self) -> None:
        """Make what the document has examples of, until nothing more comes of it; then read all lists."""
        for _ in range(_ROUNDS):
            for path, maker in self.entities.makers.items():
                if len(self.records.get(path, ())) < _ENOUGH:
                    self._make(path, maker)
        for path in self.entities.lists:
            known = {str(record.get("id")) for record in self.records.get(path, ())}
            for record in self.listed(path):
                if str(record.get("id")) not in known:
                    self.records.setdefault(path, []).append(record)

    def listed(self, path: str) -> list[Record]:
        """The rows of a list, of a nested one those of the first parent; none when it cannot be asked for."""
        operation = self.entities.lists.get(path)
        if operation is None:
            return []
        call = examples(operation)[0] if examples(operation) else Call(operation)
        if not self.put_own(call):
            return []
        if any(parameter["name"] == "limit" for parameter in operation.parameters):
            call.query["limit"] = 500
        answer = self._send(call)
        rows = answer.json().get("data") if answer is not None and answer.status_code == 200 else None
        return [{**row, "_path": dict(call.path_parameters)} for row in rows or () if isinstance(row, dict)]

    def put_own(self, call: Call, *, turn: int = 0) -> bool:
        """Replace every id of the call whose entity is known by one of a record here; False when the path lacks one.

        Two places of one entity get two records, as far as there are two.
        """
        taken: dict[str, int] = {}
        complete = True
        for place in places_in(call):
            collection = self.entities.of(call, place)
            records = self.records.get(collection or "", [])
            if not records:
                complete = complete and place.part != "path"
                continue
            assert collection is not None
            at = taken.get(collection, 0)
            taken[collection] = at + 1
            record = records[(turn + at) % len(records)]
            if place.part == "path":
                # A record below another one is found under that one only.
                call.path_parameters |= {
                    name: value for name, value in record["_path"].items() if name in call.path_parameters
                }
            call.write(place, id_of(record, place.name))
        return complete

    def view(self) -> dict[str, Any]:
        """All that the owner sees in the lists, to be compared before and after. But for the log: how far it can be
        read depends on what others do, and what it tells of is in the other lists."""
        paths = (path for path in self.entities.lists if path not in _LOG)
        return {path: [_still(row) for row in self.listed(path)] for path in paths}

    def markers(self) -> set[str]:
        """Texts that occur in this organization only."""
        found: set[str] = {self.headers["X-Org-Id"]}
        for records in self.records.values():
            found |= {text for record in records for text in _texts(record) if _UUID.fullmatch(text)}
        return found

    def make(self, path: str) -> Record | None:
        """One more record, which nothing refers to and nobody else is given; None where none can be made."""
        maker = self.entities.makers[path]
        for call in examples(maker)[:2]:
            made = self._made(call, path, varied=True)
            if made is not None:
                return made
        return None

    def _make(self, path: str, maker: Operation) -> None:
        for call in examples(maker):
            for varied in (bool(self.records.get(path)), True):
                made = self._made(call, path, varied=varied)
                if made is not None:
                    self.records.setdefault(path, []).append(made)
                    self.refusals.pop(path, None)
                    break

    def _made(self, call: Call, path: str, *, varied: bool) -> Record | None:
        """The record that comes of the example, with ids of ours and, if varied, names that are nobody else's."""
        sent = call.copy()
        if not self.put_own(sent, turn=len(self.records.get(path, ()))):
            self.refusals[path] = "nothing to put into its path"
            return None
        if varied:
            vary(sent.body, f"{next(self._counter)}-{secrets.token_hex(3)}")
        answer = self._send(sent)
        if answer is None:
            return None
        record = record_in(answer.json()) if answer.status_code == 201 else None
        if record is None:
            self.refusals[path] = f"{answer.status_code}: {answer.text[:200]}"
            return None
        self._note_lines(path, str(record.get("id")), answer.json())
        return {**record, "_path": dict(sent.path_parameters)}

    def _note_lines(self, path: str, id: str, body: Record) -> None:
        """What came along with a record: the `items` in the answer to `/orders` are those of `/orders/{id}/items`."""
        for name, rows in body.items():
            collection = f"{path}/{{id}}/{name}"
            if isinstance(rows, list) and collection in self.entities.paths:
                known = self.records.setdefault(collection, [])
                known += [{**row, "_path": {"id": id}} for row in rows if isinstance(row, dict) and "id" in row]

    def _send(self, call: Call) -> httpx.Response | None:
        try:
            return self.deployment.send(call, self.headers)
        except Deviation as deviation:
            found = self.deviations.setdefault(call.operation.id, [])
            if str(deviation) not in found:
                found.append(str(deviation))
            return None


def id_of(record: Record, name: str) -> str:
    """The id of a record for a place of this name; some are known by another key, as members by their `userId`."""
    return str(record.get(name) or record.get(str(key_of(record))))


def record_in(body: Any) -> Record | None:
    """The record in an answer, which may be beside something else: a token beside its plaintext."""
    if not isinstance(body, dict):
        return None
    return next((each for each in (body, *body.values()) if isinstance(each, dict) and key_of(each)), None)


def vary(body: Any, suffix: str) -> None:
    """What must be unique is a text at the top of a body, as a rule: a name, a code, an address."""
    if not isinstance(body, dict):
        return
    for key in ("name", "code", "slug", "qboId", "number", "sku"):
        if isinstance(body.get(key), str):
            body[key] = f"{body[key][:40]} {suffix}"
    if isinstance(body.get("email"), str):
        body["email"] = f"contract-{suffix}@example.com"


def _texts(node: Any) -> set[str]:
    if isinstance(node, str):
        return {node}
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return {text for part in parts for text in _texts(part)}


def _still(row: Record) -> Record:
    return {key: value for key, value in row.items() if key not in (*_ACTIVITY, "_path")}
