"""Every operation × every place where it can name a record × a record of another organization: it does not exist.

The answer must be a refusal in the same words as for an id that nobody has, or a list that is empty; it may hold
nothing of the other organization; and afterwards nothing there has changed.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from typing import Any

import httpx

from contract.calling import Call, Deployment, examples
from contract.conformance import Deviation
from contract.document import Operation, Place
from contract.kinds import places_in
from contract.report import Case, Report
from contract.world import World, id_of


def check(deployment: Deployment, operations: list[Operation], ours: World, theirs: World, report: Report) -> None:
    markers = theirs.markers() - ours.markers()
    before = theirs.view()
    for operation in operations:
        if operation.minimum_role != "public":
            for case in _cases(deployment, operation, ours, theirs, markers):
                report.add(case)
    after = theirs.view()
    unchanged = report.add(Case("borders", "nothing of the other organization was changed", requests=len(after)))
    unchanged.faults += [
        f"{path} of the other organization shows something else" for path in before if before[path] != after[path]
    ]


def _cases(
    deployment: Deployment, operation: Operation, ours: World, theirs: World, markers: set[str]
) -> Iterator[Case]:
    seen: set[str] = set()
    calls = [*examples(operation), *_with_queries(operation)]
    for call in calls:
        complete = ours.put_own(call)
        for place in places_in(call):
            name = f"{operation.id} {place}"
            if name in seen:
                continue
            started = time.monotonic()
            case = Case("borders", name)
            kind = ours.kinds.of(call, place)
            foreigners = theirs.records.get(kind or "", [])
            if kind is None or not foreigners:
                case.skipped = "the document does not tell what it names" if kind is None else f"no record at {kind}"
            elif not complete and place.part != "path":
                case.skipped = "its path needs a record that could not be made"
            else:
                seen.add(name)
                case.faults += _faults(deployment, case, call, place, id_of(foreigners[0], place.name), ours, markers)
            case.seconds = time.monotonic() - started
            yield case
    if not seen and not operation.places and operation.method == "GET":
        yield _without_ids(deployment, operation, ours, markers)


def _with_queries(operation: Operation) -> list[Call]:
    """A call for each parameter of the query that may hold an id, and need not."""
    found = []
    for place in operation.places:
        if place.part == "query" and place.name not in operation.example_parameters("query"):
            base = examples(operation) or [Call(operation, operation.example_parameters("path"))]
            base[0].query[place.name] = str(uuid.uuid4())
            found.append(base[0])
    return found


def _faults(
    deployment: Deployment, case: Case, call: Call, place: Place, foreign: str, ours: World, markers: set[str]
) -> list[str]:
    own, nobodys = call.read(place), str(uuid.uuid4())
    answers: list[tuple[str, httpx.Response]] = []
    for id in (foreign, nobodys):
        sent = call.copy()
        for other in places_in(sent):
            if other == place or sent.read(other) == own:
                sent.write(other, id)
        case.requests += 1
        try:
            answers.append((id, deployment.send(sent, ours.headers)))
        except Deviation as deviation:
            return [str(deviation)]
    (_, answer), (_, unknown) = answers
    faults = []
    leaked = {marker for marker in markers - {foreign} if marker in answer.text}
    if leaked:
        faults.append(f"the answer holds {sorted(leaked)[:3]} of the other organization: {answer.text[:200]}")
    if _said(answer, foreign) != _said(unknown, nobodys):
        faults.append(
            f"a record of another organization is told from one that nobody has: {answer.status_code} "
            f"{answer.text[:150]}, and {unknown.status_code} {unknown.text[:150]}"
        )
    elif not _is_refused(answer, place):
        faults.append(f"a record of another organization was served: {answer.status_code} {answer.text[:200]}")
    return faults


def _without_ids(deployment: Deployment, operation: Operation, ours: World, markers: set[str]) -> Case:
    """A list names no record; it may show none of the other organization all the same."""
    started = time.monotonic()
    case = Case("borders", operation.id, requests=1)
    call = examples(operation)[0]
    try:
        answer = deployment.send(call, ours.headers)
        leaked = {marker for marker in markers if marker in answer.text}
        if leaked:
            case.faults.append(f"the answer holds {sorted(leaked)[:3]} of the other organization")
    except Deviation as deviation:
        case.faults.append(str(deviation))
    case.seconds = time.monotonic() - started
    return case


def _said(answer: httpx.Response, id: str) -> tuple[int, Any]:
    """What is answered, without the id that was sent."""
    return answer.status_code, json.loads(answer.text.replace(id, "…"))


def _is_refused(answer: httpx.Response, place: Place) -> bool:
    if answer.status_code == 200 and place.part == "query":
        return bool(answer.json().get("data") == [])
    if answer.status_code == 200:
        # An import refuses the row that names it.
        results = answer.json().get("results")
        return isinstance(results, list) and any(each.get("status") == "error" for each in results)
    # 409 is one as well: something else may stand in the way before anybody looks for the record.
    return 400 <= answer.status_code < 500
