"""Is this answer one that the document declares? `contract.conformance` judges; here is counted what was judged."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

import httpx

from contract.conformance import Conformance
from contract.document import Document
from handlers import spec

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
    if headers.get("x-request-id"):
        _judged[address][headers["x-request-id"]] += 1
    _conformance().judge(method, path, status, headers, content)


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
    return declared().route(path) is not None


def is_error_body(content: bytes) -> None:
    """Raises AssertionError unless this is the one error body."""
    body = json.loads(content)
    assert set(body) == {"error"}, body
    assert {"code", "message"} <= set(body["error"]) <= {"code", "message", "details", "omittedProblems"}, body


@cache
def document() -> spec.Document:
    return spec.load()


@cache
def declared() -> Document:
    """The operations of our own document."""
    return Document(document())


def strict() -> spec.Document:
    """The document in which no object may have a key that its schema does not name."""
    return _conformance().strict


@cache
def _conformance() -> Conformance:
    """The judge that `pharus test-contract` has for any deployment, with our own document."""
    return Conformance(declared())
