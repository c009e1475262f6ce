"""The one error body, `{"error": {"code", "message", "details"?, "omittedProblems"?}}`; nothing else knows it."""

import logging
from collections.abc import Iterable
from typing import Any

from starlette.exceptions import HTTPException

from handlers.http.responses import Response, to_json
from pharus import instrumentation
from pharus.errors import (
    Invalid,
    NotFound,
    PharusError,
    PreconditionFailed,
    RateLimited,
    ServiceUnavailable,
    Unauthorized,
    UnderWay,
)

log = logging.getLogger("pharus.problems")

_BY_STATUS = {400: "validation_failed", 404: "not_found", 405: "method_not_allowed", 413: "payload_too_large"}


def response_to(error: BaseException, request_id: str = "") -> Response:
    """The response to any error. What is no PharusError is a defect of ours: the log has it, the caller does not."""
    if isinstance(error, Invalid):
        return _response(error.status, error.code, error.message, error.details, omitted=error.omitted)
    if isinstance(error, PharusError) and error.status != 500:
        return _response(error.status, error.code, error.message, error.details, _headers(error))
    if isinstance(error, HTTPException) and error.status_code < 500:
        if error.status_code == 404:
            return response_to(NotFound("nothing is served at this path"))
        code = _BY_STATUS.get(error.status_code, "validation_failed")
        return _response(error.status_code, code, str(error.detail), headers=(error.headers or {}).items())
    log.error("internal error", exc_info=error, extra={"requestId": request_id})
    return _response(500, "internal_error", "an internal error occurred; the server's log has it under the request id")


def method_not_allowed(headers: Iterable[tuple[str, str]]) -> Response:
    return _response(405, "method_not_allowed", "this path has no such method; see the Allow header", headers=headers)


def _response(
    status: int,
    code: str,
    message: str,
    details: Any = None,
    headers: Iterable[tuple[str, str]] = (),
    omitted: int = 0,
) -> Response:
    instrumentation.note_problem(code)
    error: dict[str, Any] = {"code": code, "message": message}
    if details is not None:
        error["details"] = details
    if omitted:
        error["omittedProblems"] = omitted
    return Response(status, to_json({"error": error}), headers=headers)


def _headers(error: PharusError) -> list[tuple[str, str]]:
    if isinstance(error, Unauthorized):
        return [("www-authenticate", "Bearer")]
    if isinstance(error, RateLimited | ServiceUnavailable | UnderWay):
        return [("retry-after", str(error.retry_after))]
    if isinstance(error, PreconditionFailed) and error.etag is not None:
        return [("etag", error.etag)]
    return []
