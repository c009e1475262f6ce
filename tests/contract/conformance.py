"""Is this answer one that the document declares? Judged by openapi-core, which nobody here wrote.

The document is made stricter first: an answer may hold no key that its schema does not name.
"""

import json
from collections.abc import Mapping
from functools import cache

import httpx
from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

from handlers import spec
from handlers.routing import Tree


def conforms(response: httpx.Response) -> None:
    """Raises AssertionError unless the answer is declared: status, media type, every key of its body."""
    request = response.request
    judge(request.method, request.url.path, response.status_code, dict(response.headers), response.content)


def judge(method: str, path: str, status: int, headers: Mapping[str, str], content: bytes) -> None:
    """The same for what another client received; header names in lower case."""
    assert headers.get("x-request-id"), f"{method} {path}: no X-Request-Id"
    found = _routes().find(path)
    if found is None or method not in found[0].methods:
        if status >= 400:
            is_error_body(content)
        return
    try:
        _openapi(found[0].methods[method]).validate_response(
            MockRequest("http://testserver", method, path, content_type="application/json"),
            MockResponse(content, status, dict(headers), headers.get("content-type", "")),
        )
    except OpenAPIError as error:
        causes = list(getattr(error.__cause__, "schema_errors", ()) or ())
        detail = "; ".join(f"{list(cause.absolute_path)}: {cause.message}" for cause in causes)
        raise AssertionError(
            f"{method} {path} answered {status}, not as the document declares: "
            f"{error!r} {error.__cause__!r} {detail}\n{content[:2000]!r}"
        ) from error


def is_error_body(content: bytes) -> None:
    """Raises AssertionError unless this is the one error body."""
    body = json.loads(content)
    assert set(body) == {"error"}, body
    assert {"code", "message"} <= set(body["error"]) <= {"code", "message", "details"}, body


@cache
def document() -> spec.Document:
    return spec.load()


@cache
def _routes() -> Tree[str]:
    """Each operation's path as the document has it."""
    tree: Tree[str] = Tree()
    for route, method, _ in spec.operations(document()):
        tree.add(route, method, route)
    return tree


@cache
def _openapi(route: str) -> OpenAPI:
    """The document with this path alone: the library looks for a path by trying one after another, on every answer."""
    document = _whole()
    return OpenAPI.from_dict({**document, "paths": {route: document["paths"][route]}}, Config(spec_validator_cls=None))


@cache
def _whole() -> spec.Document:
    document = _strict(spec.load())
    OpenAPI.from_dict(document).check_spec()
    return document


def _strict(document: spec.Document) -> spec.Document:
    for schema in document["components"]["schemas"].values():
        if schema.get("type") == "object" and "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return document
