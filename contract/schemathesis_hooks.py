"""Loaded into the process of schemathesis: two checks of our own, what is no failure, and a count of it all.

`install` says what generated requests are to name; `contract.fuzzing` says who calls that.
"""

from __future__ import annotations

import atexit
import json
import uuid
from collections import Counter, defaultdict
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import requests
import schemathesis
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase
from schemathesis.openapi.checks import EnsureResourceAvailability, RejectedPositiveData

from contract import false_positives, fuzzing, tables
from contract.calling import Deployment
from contract.conformance import Deviation
from contract.document import Operation
from contract.linked_ids import LinkedIds
from contract.markers import Markers
from pharus import openapi


class Preparation(Protocol):
    def prepare(self, operation: Operation, case: Any) -> None:
        """Change a case in place, just before it is sent: ids that lead somewhere, most of the time."""


state = fuzzing.read_state()
deployment = Deployment(state.address)
_markers = Markers(state.markers)

# For each operation, how many answers there were with each status.
_counts: dict[str, Counter[int]] = defaultdict(Counter)
_judged: list[str] = []
_undeclared: list[str] = []
# Why an answer is not as declared, by its request id.
_deviations: dict[str, Deviation] = {}
# Numbers of the stranger's that others have given to records of their own.
_chosen: set[str] = set()
_linked_ids = LinkedIds(deployment.document)
_preparations: list[Preparation] = []
_operations = {f"{each.method} {each.path}": each for each in deployment.document.operations}


def install(preparation: Preparation) -> None:
    _preparations.append(preparation)


def is_steady(case: Any) -> bool:
    """A sequence of steps ends, silently, when the same steps meet something else the second time."""
    return case.meta is not None and case.meta.phase.name == TestPhase.STATEFUL


def is_negative(case: Any, part: ParameterLocation) -> bool:
    """Is this part of the request wrong on purpose?"""
    return case.meta is not None and bool(case.meta.is_negative_at(part))


def is_of_owner(case: Any) -> bool:
    return bool(case.headers.get("Authorization") == state.owner["Authorization"])


@schemathesis.hook
def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:
    """Schemathesis reads standard words, and generates better with them. Of a file that is a body its schema says
    nothing, so nothing of what is made up at random would be one."""
    raw_schema.update(openapi.in_standard_words(raw_schema))
    for _, _, operation in openapi.operations(raw_schema):
        content = operation.get("requestBody", {}).get("content", {})
        if openapi.JSON in content:
            operation["requestBody"]["content"] = {openapi.JSON: content[openapi.JSON]}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Not called for the requests that checks send themselves, such as those without credentials."""
    operation = _operation(case)
    # Generated values repeat, and a key that was used before names another request.
    if openapi.IDEMPOTENCY_KEY in case.headers and not is_negative(case, ParameterLocation.HEADER):
        case.headers[openapi.IDEMPOTENCY_KEY] = str(uuid.uuid4())
    # Nobody has the time for an answer that comes when it has to.
    if case.query.get("wait") in range(2, 31):
        case.query["wait"] = 1
    # No generated value is the version of a record.
    if openapi.IF_MATCH in case.headers:
        case.headers[openapi.IF_MATCH] = "*"
    if operation is not None and case.method.upper() == operation.method:
        for preparation in _preparations:
            preparation.prepare(operation, case)


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    operation = _operation(case)
    if operation is not None and case.method.upper() == operation.method:
        _counts[operation.id][response.status_code] += 1
        if response.status_code < 300:
            _linked_ids.note(operation, response.status_code, _json(response))


@schemathesis.hook
def filter_failure(context: Any, failure: Failure, case: Any, response: Any) -> bool:
    """Keep every failure but those that are proven to be none; `false_positives` has the proofs."""
    if isinstance(failure, RejectedPositiveData):
        operation = _operation(case)
        declared = {} if operation is None else operation.declared
        return not (
            false_positives.is_refused_for_what_the_schema_cannot_say(response, declared)
            or false_positives.is_refused_for_the_item_of_a_line(response)
            or false_positives.is_null_taken_for_an_id(response)
        )
    if isinstance(failure, EnsureResourceAvailability):
        made_by, target = _operations[failure.created_with], _operations[failure.not_available_with]
        return not (
            false_positives.is_about_another_record(response)
            or _linked_ids.lead_elsewhere(made_by, target, case.path_parameters)
        )
    if isinstance(failure, AcceptedNegativeData):
        return not (
            false_positives.is_too_large_to_be_read(response)
            or false_positives.is_a_file_taken_for_an_empty_one(case, response)
            or (
                not is_negative(case, ParameterLocation.QUERY) and false_positives.is_refused_row_by_row(case, response)
            )
        )
    return True


@schemathesis.check
def nothing_of_another_organization(ctx: Any, response: Any, case: Any) -> None:
    """No answer to anybody but the stranger holds anything of the stranger's organization."""
    request = response.request
    if request.headers.get("Authorization") == state.stranger["Authorization"]:
        return
    # A number is a text, too, which anybody may give to a record of their own. An id is not.
    if response.status_code < 400:
        _chosen.update(_markers.found_in(_headers_and_body(request)).intersection(state.choosable))
    named = _markers.found_in(f"{request.url} {_headers_and_body(request)}") - _chosen
    # A refusal may repeat the id that it refuses.
    found = _markers.found_in(tables.text_in(_media_type(response), response.content)) - named - _chosen
    assert not found, f"the answer holds {sorted(found)[:3]}, which only the other organization may see"
    # OPTIONS tells the methods of a path, whoever it belongs to.
    if named and response.status_code < 400 and request.method != "OPTIONS":
        assert _is_none_served(response, named), f"the request names {named} of another organization, and was served"


@schemathesis.check
def answer_is_declared_exactly(ctx: Any, response: Any, case: Any) -> None:
    """The judgment of a second library, to which a key that the document does not name is wrong, too.

    It was made when the answer came; here it is laid to the case.
    """
    for request_id in response.headers.get("x-request-id", ()):
        if request_id in _deviations:
            raise _deviations[request_id]


_send = requests.Session.send


def _send_and_judge(session: requests.Session, request: Any, **options: Any) -> requests.Response:
    """Every answer, also to the requests that checks send themselves: no check of ours sees those."""
    response = _send(session, request, **options)
    try:
        headers = {name.lower(): value for name, value in response.headers.items()}
        path = unquote(urlsplit(str(request.url)).path)
        deployment.conformance.judge(str(request.method), path, response.status_code, headers, response.content)
    except Deviation as deviation:
        _undeclared.append(str(deviation))
        if "x-request-id" in response.headers:
            _deviations[response.headers["x-request-id"]] = deviation
    if "x-request-id" in response.headers:
        _judged.append(response.headers["x-request-id"])
    return response


# Schemathesis has no hook that sees the requests of its checks.
requests.Session.send = _send_and_judge  # type: ignore[method-assign, assignment]


def _is_none_served(response: Any, named: set[str]) -> bool:
    """A list narrowed to what is another's is empty, and an import refuses each row that names it."""
    body = _json(response)
    if any(marker in _headers_and_body(response.request) for marker in named):
        results = body.get("results") if isinstance(body, dict) else None
        return isinstance(results, list) and all(
            results[index]["status"] == "error"
            for index, row in enumerate(json.loads(response.request.body)["rows"])
            if any(marker in json.dumps(row) for marker in named)
        )
    query = urlsplit(str(response.request.url)).query
    if not all(marker in query for marker in named):
        return False
    sheets = tables.sheets_of(_media_type(response), response.content)
    if sheets is not None:
        # A head alone.
        return [len(rows) for rows in sheets] == [1]
    return isinstance(body, dict) and body.get("data") == []


def _media_type(response: Any) -> str:
    return next(iter(response.headers.get("content-type", ())), "")


def _headers_and_body(request: Any) -> str:
    return f"{request.headers.get('X-Org-Id')} {request.body!r}"


def _operation(case: Any) -> Operation | None:
    return _operations.get(f"{case.operation.method.upper()} {case.operation.path}")


def _json(response: Any) -> Any:
    try:
        return json.loads(response.content)
    except ValueError:
        return None


@atexit.register
def _write_counts() -> None:
    fuzzing.write_counts(_counts, _judged, _undeclared)
