"""What a call raises: PharusError, which is either of two.

- Unreachable: no answer, also after retries; whether the request was carried out is not known.
- ApiError: the server refused; refusals.py has a class for each code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar


class PharusError(Exception):
    """All that this client raises of its own."""


class Unreachable(PharusError):
    """There was no answer. Sent again with `idempotency_key`, the request is not carried out twice."""

    def __init__(self, message: str, idempotency_key: str | None) -> None:
        super().__init__(message)
        self.idempotency_key = idempotency_key


class ApiError(PharusError):
    """The server's refusal: `code` for programs, `details` with the facts, `request_id` for whoever reads the log."""

    by_code: ClassVar[dict[str, type[ApiError]]] = {}

    def __init__(self, status: int, code: str, message: str, details: Any, headers: Mapping[str, str]) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.request_id = headers.get("X-Request-Id")
        self.retry_after = headers.get("Retry-After")

    def __init_subclass__(cls, code: str) -> None:
        cls.by_code[code] = cls


def from_answer(status: int, body: bytes, headers: Mapping[str, str]) -> ApiError:
    """The error of an answer that is no success; one of a proxy in between has no code of ours."""
    try:
        error = json.loads(body)["error"]
        code, message, details = str(error["code"]), str(error["message"]), error.get("details")
    except (ValueError, TypeError, KeyError):
        code, message, details = "unknown", body[:200].decode(errors="replace"), None
    return ApiError.by_code.get(code, ApiError)(status, code, message, details, headers)
