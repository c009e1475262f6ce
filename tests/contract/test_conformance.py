"""The judge of all answers: it refuses what the document does not declare, and nothing gets past it."""

import copy
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from pharus import openapi
from pharus.spreadsheets.columns import NOT_IN_LISTS
from tests.api import Api
from tests.contract import audit, calls
from tests.contract.judging import document, judge
from tests.server import Server

_HEADERS = {"content-type": "application/json", "x-request-id": "0123456789abcdef", "etag": '"0123"'}
_OPERATIONS = [(path, method, operation) for path, method, operation in openapi.operations(document())]

# Keys of an answer that are there only sometimes. All others always are, with null where there is no value.
_SOMETIMES = {
    "ErrorBody": {"details", "omittedProblems"},
    "BulkRowError": {"details"},
    "BulkRowResult": {"id", "error", "history", "warnings"},
    "StillHolds": {"stockCount", "stock"},
}


def _vendor() -> dict[str, Any]:
    answer = document()["paths"]["/api/vendors"]["post"]["responses"]["201"]
    return dict(copy.deepcopy(answer["content"]["application/json"]["example"]))


def _judge(status: int = 201, body: Any = None, method: str = "POST", **headers: str) -> None:
    content = json.dumps(_vendor() if body is None else body).encode()
    judge(method, "/api/vendors", status, {**_HEADERS, **{k.replace("_", "-"): v for k, v in headers.items()}}, content)


def test_declared_answer_passes() -> None:
    _judge()


@pytest.mark.parametrize("key", sorted(_vendor()))
def test_answer_without_a_key_is_refused(key: str) -> None:
    body = _vendor()
    del body[key]
    with pytest.raises(AssertionError, match=key):
        _judge(body=body)


@pytest.mark.parametrize(
    ("key", "value"),
    [("id", "no-uuid"), ("name", None), ("isActive", "yes"), ("createdAt", "2026-03-02"), ("surprise", 1), ("name", 5)],
)
def test_answer_with_a_wrong_value_or_key_is_refused(key: str, value: object) -> None:
    with pytest.raises(AssertionError, match=key):
        _judge(body={**_vendor(), key: value})


@pytest.mark.parametrize("status", [200, 202, 204, 302, 404, 418, 502])
def test_undeclared_status_is_refused(status: int) -> None:
    with pytest.raises(AssertionError, match=str(status)):
        _judge(status)


_ERROR = {"error": {"code": "conflict", "message": "no"}}


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (409, {"error": "no"}, {}),
        (409, {"error": {"code": "conflict"}}, {}),
        (409, {**_ERROR, "detail": "no"}, {}),
        (409, _ERROR, {"content_type": "text/plain"}),
        (409, _ERROR, {"content_type": "application/problem+json"}),
        (401, _ERROR, {}),
        (405, _ERROR, {}),
        (503, _ERROR, {}),
    ],
)
def test_error_of_another_form_or_without_its_headers_is_refused(
    status: int, body: object, headers: dict[str, str]
) -> None:
    with pytest.raises(AssertionError):
        _judge(status, body, **headers)


def test_405_names_all_methods_of_the_path() -> None:
    body = {"error": {"code": "method_not_allowed", "message": "no"}}
    _judge(405, body, "PUT", allow="GET, POST")
    for allow in ("GET", "POST", "GET, POST, PUT"):
        with pytest.raises(AssertionError):
            _judge(405, body, "PUT", allow=allow)


def test_answer_without_a_request_id_is_refused() -> None:
    with pytest.raises(AssertionError, match="X-Request-Id"):
        judge("GET", "/healthz", 200, {"content-type": "application/json"}, b"{}")


def test_every_key_of_every_answer_is_required() -> None:
    """A schema that lets a key be missing would let the judge be blind to it."""
    optional = {
        name: {
            key
            for key, declared in schema["properties"].items()
            if key not in schema.get("required", ()) and not _is_asked_for(declared)
        }
        for name, schema in _answered_schemas().items()
        if schema.get("type") == "object" and "properties" in schema
    }
    assert {name: keys for name, keys in optional.items() if keys} == _SOMETIMES


def _is_asked_for(declared: dict[str, Any]) -> bool:
    """There because the caller asked for it: a name beside an id, the total of a list; or because the answer about one
    record has something to say."""
    is_total = declared.get("$ref") == "#/components/schemas/ListTotal"
    return is_total or "x-asked-for" in declared or NOT_IN_LISTS in declared


def test_every_operation_declares_the_answers_that_any_of_its_kind_gives() -> None:
    for operation in calls.operations():
        expected = {"405", "500", "503"}
        if operation.minimum_role != "public":
            expected |= {"401"}
        if operation.is_of_an_organization:
            expected |= {"403"}
        if operation.media_type is not None:
            expected |= {"400", "413", "415", "422"}
        assert expected <= set(operation.declared["responses"]), operation.id


def test_answers_that_nobody_judged_are_found(environment: dict[str, str], tmp_path: Path) -> None:
    for log_format in ("json", "console"):
        server = Server({**environment, "PHARUS_LOG": log_format}, tmp_path / log_format)
        Api(server.address).get("/api/vendors")
        httpx.get(f"{server.address}/healthz", trust_env=False)
        for _ in range(2):
            httpx.get(f"{server.address}/api/vendors", trust_env=False)
        with pytest.raises(AssertionError, match=r"never held against the document.*path='/api/vendors', status=401"):
            server.stop()
        log = server.read_log()
        assert len([each for each in audit.answered(log) if each.path == "/api/vendors"]) == 3
        audit.give_up(server.address, 2)
        audit.assert_every_answer_was_judged(server.address, log)


def _answered_schemas() -> dict[str, dict[str, Any]]:
    """The named schemas that answers lead to."""
    found: dict[str, dict[str, Any]] = {}

    def follow(node: Any) -> None:
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
            if "$ref" in node and name not in found:
                target = openapi.dereference(document(), node)
                if node["$ref"].startswith("#/components/schemas/"):
                    found[name] = target
                follow(target)
            for key, value in node.items():
                if key not in ("example", "examples", "links"):
                    follow(value)
        elif isinstance(node, list):
            for value in node:
                follow(value)

    for _, _, operation in _OPERATIONS:
        follow(operation["responses"])
    return found
