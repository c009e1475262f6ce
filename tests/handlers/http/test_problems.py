import inspect
import logging
from typing import Any

import orjson
import pytest
from starlette.exceptions import HTTPException

from handlers.http import problems
from pharus import errors
from pharus.errors import InUse, Invalid, NotFound, PharusError, Problem, RateLimited, ServiceUnavailable, Unauthorized


def body_of(error: BaseException) -> Any:
    body = orjson.loads(problems.response_to(error, "id").body)
    assert set(body) == {"error"}
    return body["error"]


def header(error: BaseException, name: str) -> str | None:
    headers = dict(problems.response_to(error).headers)
    return headers[name.encode()].decode() if name.encode() in headers else None


def test_every_error_of_the_tree_keeps_its_status_code_and_message() -> None:
    classes = [
        each
        for _, each in inspect.getmembers(errors, inspect.isclass)
        if issubclass(each, PharusError) and each.status != 500
    ]
    assert len(classes) > 10
    for each in classes:
        error = each.__new__(each)
        PharusError.__init__(error, "what happened")
        error.retry_after = 1
        error.etag = None
        response = problems.response_to(error)
        assert response.status == each.status
        assert orjson.loads(response.body) == {"error": {"code": each.code, "message": "what happened"}}


def test_details_are_shown_where_there_are_any() -> None:
    assert body_of(InUse("in use", {"poCount": 2}))["details"] == {"references": {"poCount": 2}}
    assert body_of(Invalid([Problem("/name", "is required")]))["details"] == [
        {"path": "/name", "message": "is required"}
    ]
    assert "details" not in body_of(NotFound("gone"))


def test_headers_say_what_a_caller_can_do() -> None:
    assert header(Unauthorized("who?"), "www-authenticate") == "Bearer"
    assert header(RateLimited("too many", 30), "retry-after") == "30"
    assert header(ServiceUnavailable("busy"), "retry-after") == "1"
    assert header(NotFound("gone"), "retry-after") is None


@pytest.mark.parametrize(
    "error", [RuntimeError("password=hunter2"), PharusError("hunter2"), HTTPException(500, "hunter2")]
)
def test_defect_of_ours_is_logged_under_the_request_id_and_not_shown(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    response = problems.response_to(error, "4711")
    assert response.status == 500
    assert orjson.loads(response.body)["error"]["code"] == "internal_error"
    assert b"hunter2" not in response.body
    [record] = [record for record in caplog.records if record.name == "pharus.problems"]
    assert (record.levelno, record.__dict__["requestId"]) == (logging.ERROR, "4711")
    assert record.exc_info is not None
    assert record.exc_info[1] is error


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "not_found"), (405, "method_not_allowed"), (413, "payload_too_large"), (418, "validation_failed")],
)
def test_error_of_the_framework_gets_the_same_body(status: int, code: str) -> None:
    error = HTTPException(status, "detail", headers={"Allow": "GET"} if status == 405 else None)
    assert body_of(error)["code"] == code
    assert problems.response_to(error).status == status
    if status == 405:
        assert dict(problems.response_to(error).headers)[b"Allow"] == b"GET"
