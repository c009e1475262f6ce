"""Is this answer one that the document declares? Judged by openapi-core, which nobody here wrote.

The document is made stricter first: an answer may hold no key that its schema does not name.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import httpx
from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

from handlers import spec
from handlers.routing import Tree

# The ids of the answers that this process has judged, by the address of the server that gave them.
_judged: defaultdict[str, Counter[str]] = defaultdict(Counter)


def conforms(response: httpx.Response) -> None:
    """Raises AssertionError unless the answer is declared: status, media type, headers, every key of its body."""
    request = response.request
    address = f"{request.url.scheme}://{request.url.netloc.decode()}"
    headers = dict(response.headers)
    judge(request.method, request.url.path, response.status_code, headers, response.content, address=address)


def judge(
    method: str, path: str, status: int, headers: Mapping[str, str], content: bytes, *, address: str = ""
) -> None:
    """The same for what another client received; header names in lower case."""
    assert headers.get("x-request-id"), f"{method} {path}: no X-Request-Id"
    _judged[address][headers["x-request-id"]] += 1
    found = _routes().find(path)
    if found is None or method not in found[0].methods:
        if found is not None and status == 405:
            assert headers.get("allow") == ", ".join(sorted(found[0].methods)), f"{method} {path}: {headers}"
        if status >= 400 and method != "HEAD":
            is_error_body(content)
        return
    route = found[0].methods[method]
    _has_declared_headers(route, method, status, headers)
    try:
        _openapi(route).validate_response(
            # Which operation it is has been decided, as the server decides it; the library would read `..` in a path.
            MockRequest("http://testserver", method, re.sub("{[^}]+}", "x", route), content_type="application/json"),
            MockResponse(content, status, dict(headers), headers.get("content-type", "")),
        )
    except OpenAPIError as error:
        causes = list(getattr(error.__cause__, "schema_errors", ()) or ())
        detail = "; ".join(f"{list(cause.absolute_path)}: {cause.message}" for cause in causes)
        raise AssertionError(
            f"{method} {path} answered {status}, not as the document declares: "
            f"{error!r} {error.__cause__!r} {detail}\n{content[:2000]!r}"
        ) from error


def judged_at(address: str) -> Counter[str]:
    """The ids of the judged answers of a server."""
    return _judged[address]


def note_judged(address: str, request_ids: Iterable[str]) -> None:
    """Another process has judged these answers of a server."""
    _judged[address].update(request_ids)


def count_judged() -> int:
    """How many answers of all servers were judged here, or by processes that this one started."""
    return sum(counter.total() for counter in _judged.values())


def has_operation(path: str) -> bool:
    return _routes().find(path) is not None


def is_error_body(content: bytes) -> None:
    """Raises AssertionError unless this is the one error body."""
    body = json.loads(content)
    assert set(body) == {"error"}, body
    assert {"code", "message"} <= set(body["error"]) <= {"code", "message", "details"}, body


def _has_declared_headers(route: str, method: str, status: int, headers: Mapping[str, str]) -> None:
    """What the document says an answer carries, it carries; the library checks the values of those that are there."""
    responses = document()["paths"][route][method.lower()]["responses"]
    declared = spec.dereference(document(), responses.get(str(status), {})).get("headers", {})
    missing = [name for name in declared if name.lower() not in headers]
    assert missing == [], f"{method} {route} answered {status} without {missing}"


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
    document = strict()
    return OpenAPI.from_dict({**document, "paths": {route: document["paths"][route]}}, Config(spec_validator_cls=None))


@cache
def strict() -> spec.Document:
    """The document in which no object may have a key that its schema does not name."""
    document: spec.Document = _strict(spec.load())
    return document


def _strict(node: Any) -> Any:
    """No object may have a key that its schema does not name, wherever the schema stands."""
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            node.setdefault("additionalProperties", False)
        for value in node.values():
            _strict(value)
    elif isinstance(node, list):
        for value in node:
            _strict(value)
    return node
