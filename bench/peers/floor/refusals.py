"""The error body."""

from typing import Any

import orjson
from starlette.responses import Response


class Refusal(Exception):
    def __init__(self, status: int, code: str, message: str, details: Any = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details

    @property
    def response(self) -> Response:
        error = {"code": self.code, "message": self.message}
        if self.details is not None:
            error["details"] = self.details
        headers = {"www-authenticate": "Bearer"} if self.status == 401 else None
        return Response(orjson.dumps({"error": error}), self.status, headers, "application/json")


def invalid(problems: list[tuple[str, str]]) -> Refusal:
    details = [{"path": path, "message": message} for path, message in problems]
    return Refusal(422, "validation_failed", "the request is not valid", details)
