"""The error body, of whatever was raised."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from bench.peers.django_rest.json import OrjsonRenderer

_CODES = {401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed"}


class InvalidQuery(exceptions.ValidationError):
    part = "query"


class InvalidPath(exceptions.ValidationError):
    part = "path"


def respond(error: Exception, context: Any) -> Response | None:
    set_rollback()
    if isinstance(error, exceptions.ValidationError):
        problems = _problems(error.detail, getattr(error, "part", ""))
        details = [{"path": path, "message": message} for path, message in problems]
        return _refused(422, "validation_failed", "the request is not valid", details)
    if isinstance(error, IntegrityError) and getattr(error.__cause__, "pgcode", None) == "23505":
        return _refused(409, "conflict", "another record has the same value")
    if not isinstance(error, exceptions.APIException):
        return None
    status = error.status_code
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return _refused(status, _CODES.get(status, "validation_failed"), str(error.detail), headers=headers)


def not_served(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    body = {"error": {"code": "not_found", "message": "this is not served here"}}
    return HttpResponse(OrjsonRenderer().render(body), "application/json", 404)


def _refused(status: int, code: str, message: str, details: Any = None, headers: Any = None) -> Response:
    error = {"code": code, "message": message}
    if details is not None:
        error["details"] = details
    return Response({"error": error}, status, headers=headers)


def _problems(detail: Any, path: str) -> Iterator[tuple[str, str]]:
    """Django REST framework nests problems as the request is nested."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            yield from _problems(inner, path if key == api_settings.NON_FIELD_ERRORS_KEY else f"{path}/{key}")
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            yield from _problems(inner, f"{path}/{index}" if isinstance(inner, dict) else path)
    else:
        yield path, str(detail)
