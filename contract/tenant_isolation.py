"""Every place for an id × a record of another organization: it does not exist.

The answer must be a refusal in the same words as for an id that nobody has, or a list that is empty; it may hold
nothing of the other organization; and afterwards nothing there has changed.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Container, Iterator
from typing import Any, Protocol

import httpx

from contract.calling import Call, Deployment, call_with, examples
from contract.conformance import Deviation
from contract.document import Operation, Place
from contract.entities import places_in
from contract.markers import Markers
from contract.report import Case, Report
from contract.seed_data import SeedData, id_of


class Tenant(Protocol):
    """The organization whose owner calls, as far as the checks of a place need it."""

    def valid(self, operation: Operation, place: Place, mode: str | None) -> Call:
        """A call of the owner's with a record of their own at the place: the same each time, or one like it."""

    def send(self, call: Call) -> httpx.Response:
        """The answer to the owner. AssertionError when the document does not declare it."""

    def foreign_in(self, text: str) -> set[str]:
        """What of the text occurs in the other organization only."""


def modes(operation: Operation) -> list[str | None]:
    """An import is tried in each of its modes, everything else once."""
    for parameter in operation.parameters:
        if parameter["name"] == "mode" and "enum" in parameter["schema"]:
            return list(parameter["schema"]["enum"])
    return [None]


def places(operation: Operation) -> list[Place]:
    """Where a record can be named: in a body at each row that an example has, or could have."""
    found = [place for call in examples(operation) for place in places_in(call)]
    return list(dict.fromkeys([*operation.places, *found]))


def violations_at(
    tenant: Tenant,
    operation: Operation,
    place: Place,
    mode: str | None,
    *,
    foreign: list[str],
    unknown: str,
    refusals: Container[int],
) -> Iterator[str]:
    """What is wrong with the answers to calls that name a record of another organization at the place, each compared
    with the answer to one that nobody has. Of a plain refusal the status is one of `refusals`."""
    expected = _comparable(_answer_naming(tenant, operation, place, mode, unknown), unknown, place)
    for name in foreign:
        answer = _answer_naming(tenant, operation, place, mode, name)
        said = f"{answer.status_code} {answer.text[:200]}"
        # A refusal may repeat the name that it refuses.
        leaked = tenant.foreign_in(answer.text) - {name}
        if leaked:
            yield f"the answer holds {sorted(leaked)[:3]} of the other organization: {said}"
        if _comparable(answer, name, place) != expected:
            yield f"a record of another organization is distinguished from one that nobody has: {said}, and {expected}"
        elif not _is_refused(answer, place, mode, refusals):
            yield f"a record of another organization was served: {said}"


def _answer_naming(tenant: Tenant, operation: Operation, place: Place, mode: str | None, name: str) -> httpx.Response:
    """The answer to the valid call with another name at the place, and wherever else its row names the same record."""
    call = tenant.valid(operation, place, mode)
    own = call.read(place)
    for other in {place, *places_in(call)}:
        if call.read(other) == own and _row(other) == _row(place):
            call.write(other, name)
    return tenant.send(call)


def _comparable(answer: httpx.Response, name: str, place: Place) -> tuple[int, Any]:
    """The answer without the name that was sent; of an import, which counts its rows, what it says of the one row."""
    if not _is_json(answer):
        return answer.status_code, answer.text.replace(name, "…")
    body = json.loads(answer.text.replace(name, "…"))
    results = body.get("results") if answer.status_code == 200 and isinstance(body, dict) else None
    return answer.status_code, results[_row(place)] if results else body


def _is_refused(answer: httpx.Response, place: Place, mode: str | None, refusals: Container[int]) -> bool:
    if mode == "atomic":
        details = answer.json().get("error", {}).get("details") or []
        is_of_row = bool(details) and all(each["path"].startswith(f"/rows/{_row(place)}/") for each in details)
        return answer.status_code == 422 and (is_of_row or 422 in refusals)
    if answer.status_code != 200:
        return mode is None and answer.status_code in refusals
    if place.part == "query":
        # A list narrowed to what is not there is empty, and so is a file of its lines.
        return bool(answer.json().get("data") == []) if _is_json(answer) else answer.content == b""
    results = answer.json().get("results")
    return bool(results) and results[_row(place)].get("status") == "error"


def _is_json(answer: httpx.Response) -> bool:
    return str(answer.headers.get("content-type")).startswith("application/json")


def _row(place: Place) -> int:
    """Which row of an import the place is in."""
    return next((step for step in place.pointer if isinstance(step, int)), 0)


class SeededTenant:
    """An organization whose records were made over HTTP."""

    def __init__(self, deployment: Deployment, ours: SeedData, theirs: SeedData) -> None:
        self.deployment = deployment
        self.ours = ours
        self._markers = Markers(theirs.markers() - ours.markers())

    def valid(self, operation: Operation, place: Place, mode: str | None) -> Call:
        call = call_with(operation, place, str(uuid.uuid4()))
        assert call is not None, f"no example of {operation.id} reaches {place}"
        if mode is not None:
            call.query["mode"] = mode
        self.ours.put_own(call)
        return call

    def send(self, call: Call) -> httpx.Response:
        return self.deployment.send(call, self.ours.headers)

    def foreign_in(self, text: str) -> set[str]:
        return self._markers.found_in(text)


def check(
    deployment: Deployment, operations: list[Operation], ours: SeedData, theirs: SeedData, report: Report
) -> None:
    tenant = SeededTenant(deployment, ours, theirs)
    before = theirs.view()
    for operation in operations:
        if operation.minimum_role != "public":
            for case in _cases(tenant, operation, theirs):
                report.add(case)
    after = theirs.view()
    unchanged = report.add(Case("isolation", "nothing of the other organization was changed", requests=len(after)))
    unchanged.violations += [
        f"{path} of the other organization shows something else" for path in before if before[path] != after[path]
    ]


def _cases(tenant: SeededTenant, operation: Operation, theirs: SeedData) -> Iterator[Case]:
    for place in places(operation):
        for mode in modes(operation):
            started = time.monotonic()
            case = Case("isolation", f"{operation.id} {place}" + (f" ({mode})" if mode else ""))
            _check_place(tenant, operation, place, mode, theirs, case)
            case.seconds = time.monotonic() - started
            yield case
    if not operation.places and operation.method == "GET":
        yield _without_ids(tenant, operation)


def _check_place(
    tenant: SeededTenant, operation: Operation, place: Place, mode: str | None, theirs: SeedData, case: Case
) -> None:
    call = call_with(operation, place, str(uuid.uuid4()))
    if call is None:
        case.skipped = "no example of the document reaches it"
        return
    complete = tenant.ours.put_own(call)
    collection = tenant.ours.entities.of(call, place)
    foreigners = theirs.records.get(collection or "", [])
    if collection is None:
        case.skipped = "the document does not tell what it names"
    elif not foreigners:
        case.skipped = f"no record at {collection}"
    elif not complete and place.part != "path":
        case.skipped = "its path needs a record that could not be made"
    else:
        case.requests += 2
        try:
            case.violations += violations_at(
                tenant, operation, place, mode,
                foreign=[id_of(foreigners[0], place.name)],
                unknown=str(uuid.uuid4()),
                # 409 is one as well: something else may be in the way before anybody looks for the record.
                refusals=range(400, 500),
            )  # fmt: skip
        except Deviation as deviation:
            case.violations.append(str(deviation))


def _without_ids(tenant: SeededTenant, operation: Operation) -> Case:
    """A list names no record; it may show none of the other organization all the same."""
    started = time.monotonic()
    case = Case("isolation", operation.id, requests=1)
    try:
        leaked = tenant.foreign_in(tenant.send(examples(operation)[0]).text)
        if leaked:
            case.violations.append(f"the answer holds {sorted(leaked)[:3]} of the other organization")
    except Deviation as deviation:
        case.violations.append(str(deviation))
    case.seconds = time.monotonic() - started
    return case
