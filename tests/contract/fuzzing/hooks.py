"""What schemathesis runs with: real ids and tokens among the generated ones, two checks of our own, a count of it all.

Loaded by the command `schemathesis run`, in its process; PHARUS_FUZZ_WORLD names the file of the world, and
PHARUS_FUZZ_COUNTS the one for the counts.
"""

import atexit
import json
import os
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
import schemathesis
from hypothesis import strategies
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase
from schemathesis.openapi.checks import EnsureResourceAvailability, RejectedPositiveData

from contract import false_positives
from pharus import db
from pharus import hooks as domains
from plugins import manager
from tests.contract.conformance import judge
from tests.contract.fuzzing import callers, naming, world

_world = world.load(Path(os.environ["PHARUS_FUZZ_WORLD"]))
db.configure(_world.database_url, application_name="pharus-fuzzing")
# What the inventory writes for Alice, before a request needs it, is written as the server would.
domains.install(manager.load(()))
_callers = callers.Callers(_world)

# For each operation, how many answers there were with each status.
_counts: dict[str, Counter[int]] = defaultdict(Counter)
# The ids of the answers that were held against the document, and what was wrong with those that are not as declared.
_judged: list[str] = []
_undeclared: list[str] = []
# Numbers of Bob's that others have given to records of their own.
_chosen: set[str] = set()
_calls: Counter[str] = Counter()
_cursors: Counter[tuple[str, TestPhase | None]] = Counter()

# What a path parameter may be besides what is generated: a record of Alice's, and one of Bob's. The records of the
# domains are named when a case is prepared, wherever they stand in it.
_PATH_VALUES = {
    ("invitations", "id"): (callers.EXAMPLE_ID, _world.bob.invitation_id),
    ("api-tokens", "id"): (callers.EXAMPLE_ID, _world.bob.api_token_id),
    ("by-token", "token"): (callers.EXAMPLE_INVITATION_TOKEN,),
    ("members", "userId"): (callers.EXAMPLE_USER_ID, _world.bob.member_id),
}
_BODY_VALUES = {
    ("acceptInvitation", "token"): (callers.EXAMPLE_INVITATION_TOKEN, _world.bob.invitation_token),
    ("declineInvitation", "invitationId"): (callers.EXAMPLE_INVITATION_ID, _world.bob.invitation_id),
    ("createApiToken", "orgId"): (callers.EXAMPLE_ORGANIZATION_ID, _world.bob.org_id),
}


@schemathesis.hook
def flatmap_case(context: Any, case: Any) -> Any:
    """An id that leads somewhere, most of the time. What is wrong on purpose stays, and so do the ids that a sequence
    of steps takes from the answer to the step before."""
    if case.meta is None or case.meta.phase.name == TestPhase.STATEFUL:
        return strategies.just(case)
    if isinstance(case.path_parameters, dict) and not case.meta.is_negative_at(ParameterLocation.PATH):
        segments = context.operation.path.split("/")
        for (segment, name), known in _PATH_VALUES.items():
            if segment in segments and name in case.path_parameters:
                return _one_of(known, case.path_parameters[name]).map(partial(_with_path_value, case, name))
    if isinstance(case.body, dict) and not case.meta.is_negative_at(ParameterLocation.BODY):
        for (operation_id, name), known in _BODY_VALUES.items():
            if operation_id == _operation_id(context.operation) and name in case.body:
                return _one_of(known, case.body[name]).map(partial(_with_body_value, case, name))
    return strategies.just(case)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Not called for the requests that checks send themselves, such as those without credentials."""
    operation = case.operation
    if case.method.upper() != operation.method.upper():
        return
    cursor = case.query.get("cursor") if isinstance(case.query, dict) else None
    # A sequence of steps ends, silently, when the same steps meet something else the second time.
    phase = case.meta.phase.name if case.meta is not None else None
    steady = phase == TestPhase.STATEFUL
    if isinstance(cursor, str) and not naming.is_negative(case, ParameterLocation.QUERY):
        _cursors[operation.label, phase] += 1
    # One in eight of the generated cursors stays as it is, and those that are wrong on purpose.
    if cursor == callers.EXAMPLE_CURSOR or (
        isinstance(cursor, str)
        and (steady or _cursors[operation.label, phase] % 8)
        and not naming.is_negative(case, ParameterLocation.QUERY)
    ):
        case.query["cursor"] = _world.alice.cursors[operation.path]
    if case.headers.get("Authorization") != _world.alice.owner.authorization:
        return
    needs_organization = "organization" in str(operation.definition.raw.get("security"))
    _calls[operation.label] += 1
    if needs_organization and not steady and _calls[operation.label] % 20 == 0:
        case.headers["X-Org-Id"] = _world.bob.org_id
    elif isinstance(case.path_parameters, dict):
        _callers.prepare(_operation_id(operation), case, steady=steady)


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    if case.method.upper() == case.operation.method.upper():
        _counts[_operation_id(case.operation)][response.status_code] += 1


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
        return not (
            false_positives.is_too_large_to_be_read(response)
            or false_positives.is_a_file_taken_for_an_empty_one(case, response)
        )
    return True


@schemathesis.check
def nothing_of_another_organization(ctx: Any, response: Any, case: Any) -> None:
    """No answer to Alice, or to anybody else who is not Bob, holds anything of Bob's organization."""
    if response.request.headers.get("Authorization") == _world.bob.owner.authorization:
        return
    request, text = response.request, response.content.decode("utf-8", "replace")
    # A number is a text, too, which anybody may give to a record of their own. An id is not.
    if response.status_code < 400:
        _chosen.update(filter(world.NUMBER.fullmatch, _bobs(_headers_and_body(request))))
    named = _bobs(f"{request.url} {_headers_and_body(request)}") - _chosen
    # A refusal may repeat the id that it refuses.
    found = _bobs(text) - named - _chosen
    assert not found, f"the answer holds {found}, which only Bob may see"
    if named and response.status_code < 400:
        assert _is_none_served(case, response, named), f"the request names {named}, which are Bob's, and was served"


@schemathesis.check
def answer_is_declared_exactly(ctx: Any, response: Any, case: Any) -> None:
    """The judgment of a second library, to which a key that the document does not name is wrong, too."""
    _judge(response.request, response.status_code, response.headers, response.content)


def _judge(request: Any, status: int, headers: Any, content: bytes) -> None:
    values = {name.lower(): value if isinstance(value, str) else value[0] for name, value in headers.items()}
    judge(str(request.method), unquote(urlsplit(str(request.url)).path), status, values, content)


_send = requests.Session.send


def _send_and_judge(session: requests.Session, request: Any, **options: Any) -> requests.Response:
    """Every answer, also to the requests that checks send themselves: no check of ours sees those."""
    response = _send(session, request, **options)
    try:
        _judge(request, response.status_code, response.headers, response.content)
    except AssertionError as error:
        _undeclared.append(str(error))
    if "x-request-id" in response.headers:
        _judged.append(response.headers["x-request-id"])
    return response


requests.Session.send = _send_and_judge  # type: ignore[method-assign]


def _is_none_served(case: Any, response: Any, named: set[str]) -> bool:
    """A list narrowed to what is Bob's is empty, and an import refuses each row that names it."""
    if any(marker in _headers_and_body(response.request) for marker in named):
        results = response.json().get("results") if _operation_id(case.operation).startswith("bulkImport") else None
        return results is not None and all(
            results[index]["status"] == "error"
            for index, row in enumerate(json.loads(response.request.body)["rows"])
            if any(marker in json.dumps(row) for marker in named)
        )
    query = urlsplit(str(response.request.url)).query
    return all(marker in query for marker in named) and response.json()["data"] == []


def _bobs(text: str) -> set[str]:
    return {marker for marker in _world.bob.markers if marker in text}


def _headers_and_body(request: Any) -> str:
    return f"{request.headers.get('X-Org-Id')} {request.body!r}"


def _operation_id(operation: Any) -> str:
    return str(operation.definition.raw["operationId"])


def _one_of(known: tuple[str, ...], generated: Any) -> Any:
    return strategies.sampled_from([*known[:1] * 3, *known[1:], generated])


def _with_path_value(case: Any, name: str, value: Any) -> Any:
    case.path_parameters = {**case.path_parameters, name: value}
    return case


def _with_body_value(case: Any, name: str, value: Any) -> Any:
    case.body = {**case.body, name: value}
    return case


@atexit.register
def _write_counts() -> None:
    found = {"counts": _counts, "judged": _judged, "undeclared": _undeclared}
    Path(os.environ["PHARUS_FUZZ_COUNTS"]).write_text(json.dumps(found), encoding="utf-8")
