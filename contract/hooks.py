"""Loaded by schemathesis, in its process: ids that lead somewhere, and two checks of our own.

Of eight requests that name records one keeps what was generated and one names a record of the other organization; the
rest name records that are there, and should be served. Every deletion gets a record made for it.
"""

import atexit
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase
from schemathesis.openapi.checks import EnsureResourceAvailability, RejectedPositiveData

from contract import false_positives, parties
from contract.calling import Call, Deployment
from contract.conformance import Deviation
from contract.document import Operation
from contract.fuzzing import ENDS_CALLER, STATE, State
from contract.kinds import Kinds, places_in
from contract.world import World, id_of

_file = Path(os.environ[STATE])
_state = State(**json.loads(_file.read_text(encoding="utf-8")))
_deployment = Deployment(_state.address)
_kinds = Kinds(_deployment.document)
_world = World(_deployment, _kinds, _state.owner)
_world.records = _state.records
_calls: Counter[str] = Counter()
_markers = set(_state.markers)

_LOTS = 8
_AS_GENERATED, _FOREIGN = 1, 2
_PARTS = {"path": ParameterLocation.PATH, "query": ParameterLocation.QUERY, "body": ParameterLocation.BODY}
# Version 7, as the server makes them: a sequence of steps has it from an answer.
_MADE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
# The ids of the document's examples begin so; they are of version 7 as well.
_EXAMPLE = "01935d6c-7b1a-7c3e-8f00-"
_ROWS = 30


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Not called for the requests that checks send themselves, such as those without credentials."""
    operation = _deployment.document.operation(str(case.operation.definition.raw["operationId"]))
    if operation is None or case.method.upper() != operation.method:
        return
    _calls[operation.id] += 1
    if case.headers.get("Authorization") != _state.owner["Authorization"]:
        return
    if operation.id in ENDS_CALLER and _state.data is not None:
        case.headers.update(parties.newcomer(_deployment, Path(_state.data)))
    else:
        _put_ids(operation, case)


@schemathesis.hook
def filter_failure(context: Any, failure: Failure, case: Any, response: Any) -> bool:
    """Keep every failure but those that are proven to be none; `false_positives` has the proofs."""
    if isinstance(failure, RejectedPositiveData):
        return not (
            false_positives.is_refused_for_what_the_schema_cannot_say(response)
            or false_positives.is_refused_for_the_item_of_a_line(response)
            or false_positives.is_null_taken_for_an_id(response)
        )
    if isinstance(failure, EnsureResourceAvailability):
        return not false_positives.is_about_another_record(response)
    if isinstance(failure, AcceptedNegativeData):
        return not false_positives.is_too_large_to_be_read(response)
    return True


@schemathesis.check
def nothing_of_another_organization(ctx: Any, response: Any, case: Any) -> None:
    """No answer to the owner, or to anybody else but the stranger, holds anything of the stranger's organization."""
    request = response.request
    if request.headers.get("Authorization") == _state.stranger["Authorization"]:
        return
    sent = f"{request.url} {request.headers.get('X-Org-Id')} {request.body!r}"
    text = response.content.decode("utf-8", "replace")
    # A refusal may repeat the id that it refuses.
    found = {marker for marker in _markers if marker in text and marker not in sent}
    assert not found, f"the answer holds {sorted(found)[:3]}, which only the other organization may see"


@schemathesis.check
def answer_is_declared_exactly(ctx: Any, response: Any, case: Any) -> None:
    """The judgment of a second library, to which a key that the document does not name is wrong, too."""
    try:
        _deployment.conformance.judge(
            str(response.request.method),
            urlsplit(str(response.request.url)).path,
            response.status_code,
            {name: values[0] for name, values in response.headers.items()},
            response.content,
        )
    except Deviation as deviation:
        raise AssertionError(str(deviation)) from deviation


def _put_ids(operation: Operation, case: Any) -> None:
    """Change the case in place; what is wrong on purpose stays, and ids that a sequence of steps took from answers."""
    steady = case.meta is not None and case.meta.phase.name == TestPhase.STATEFUL
    lot = 0 if steady else _calls[operation.id] % _LOTS
    if lot == _AS_GENERATED:
        return
    call = Call(
        operation,
        case.path_parameters if isinstance(case.path_parameters, dict) else {},
        case.query if isinstance(case.query, dict) else {},
        case.body if isinstance(case.body, dict) else None,
    )
    if call.body is not None:
        # The body may belong to other cases as well.
        call = Call(operation, call.path, call.query, json.loads(json.dumps(call.body)))
    taken: Counter[str] = Counter()
    for place in list(places_in(call))[:_ROWS]:
        if case.meta is not None and case.meta.is_negative_at(_PARTS[place.part]):
            continue
        value = str(call.read(place))
        kind = _kinds.of(call, place)
        if kind is None or not _UUID.fullmatch(value):
            continue
        if steady and _MADE.fullmatch(value) and not value.startswith(_EXAMPLE):
            continue
        records = _state.foreign.get(kind, []) if lot == _FOREIGN else _records(operation, kind, place.part)
        if records:
            record = records[taken[kind] % len(records)]
            taken[kind] += 1
            if place.part == "path":
                call.path.update({name: value for name, value in record["_path"].items() if name in call.path})
            call.write(place, id_of(record, place.name))
    if call.body is not None:
        case.body = call.body


def _records(operation: Operation, kind: str, part: str) -> list[dict[str, Any]]:
    """Those that others refer to; for what changes or deletes one, a new one where that can be made."""
    if part == "path" and operation.method in ("DELETE", "PATCH", "PUT") and kind in _kinds.makers:
        made = _world.make(kind)
        if made is not None:
            return [made]
    return _state.records.get(kind, [])


@atexit.register
def _write_counts() -> None:
    _file.with_name("counts.json").write_text(json.dumps(_calls), encoding="utf-8")
