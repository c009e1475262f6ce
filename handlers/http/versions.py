"""Versions of records: `ETag`, `If-None-Match` and `If-Match` (docs/rules.md, Versions).

The version of a record is a digest of the very bytes that its GET answers with, so it changes with everything that it
shows. Which operations show one, and which compare one, the document says.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import orjson

from handlers.http import compression
from handlers.http.responses import Response, to_json
from handlers.http.returned_answers import CHANGES_WHEN_READ
from pharus import db, openapi
from pharus.errors import ConfigurationError, Invalid, PreconditionFailed, PreconditionRequired, Problem
from pharus.names import snake

_DIGITS = 32
# For more than this at a time a thread gives the interpreter's lock away, and then waits for it longer than this takes.
_PIECE_BYTES = 2047
_ETAG = "ETag"
_MOST_BYTES = 1000
_LIST = re.compile(rb'\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*')

# What a writing operation asks before its handler runs, given the header, if there is one, and the arguments.
Precondition = Callable[[bytes | None, Mapping[str, Any]], None]


def etag_of(body: bytes) -> bytes:
    """The strong validator of these bytes."""
    digest = hashlib.sha256(body[:_PIECE_BYTES])
    for start in range(_PIECE_BYTES, len(body), _PIECE_BYTES):
        digest.update(body[start : start + _PIECE_BYTES])
    return b'"%b"' % digest.hexdigest()[:_DIGITS].encode()


def is_among(etag: bytes, header: bytes, *, weak: bool) -> bool:
    """Whether a header lists the ETag, in either of its forms, or is `*`. One that was sent as weak counts only with
    `weak`."""
    for each in compression.plain(header).split(b","):
        text = each.strip()
        if text in (etag, b"*") or (weak and text.removeprefix(b"W/") == etag):
            return True
    return False


def with_etag(
    response: Response, asked: bytes | None, *, encoding: bytes | None = None, apart: Sequence[bytes] = ()
) -> Response:
    """The response with its ETag; 304 where the caller has it already and says so. `encoding` is the Accept-Encoding
    of a caller to whom it may be sent compressed. `apart` are keys that are not the record's (`Versions.apart`)."""
    etag = etag_of(_without(apart, response.body))
    if asked is not None and is_among(etag, asked, weak=True):
        etag = compression.in_form_of(asked, etag, else_encoded=compression.is_due(response, encoding))
        response = Response(304, b"")
        response.headers = [compression.VARY]
    response.headers.append((b"etag", etag))
    return response


class Versions:
    """Of the operations of one document. `functions` has theirs, by operationId."""

    def __init__(self, document: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = functions
        self._document = document
        self._paths = {
            operation["operationId"]: (path, method) for path, method, operation in openapi.operations(document)
        }
        self._reads = {
            path: operation
            for path, method, operation in openapi.operations(document)
            if method == "get" and self.are_shown(operation)
        }

    def are_shown(self, operation: Mapping[str, Any]) -> bool:
        """Whether the response of the operation carries an ETag."""
        return _ETAG in openapi.success(self._document, operation).get("headers", ())

    def apart(self, operation: Mapping[str, Any]) -> tuple[bytes, ...]:
        """The keys of its response that only this response has: the GET of the record, of which it shows the version,
        never does."""
        content = openapi.success(self._document, operation).get("content", {})
        document = openapi.Document(self._document)
        schema = document.fold(document.follow(content.get(openapi.JSON, {}).get("schema", {})))
        properties = schema.get("properties", {})
        return tuple(name.encode() for name, each in properties.items() if document.follow(each).get(CHANGES_WHEN_READ))

    def precondition(self, operation: Mapping[str, Any]) -> Precondition | None:
        """How a writing operation meets `If-Match`; None for one that reads."""
        if self._paths[operation["operationId"]][1] == "get":
            return None
        if openapi.IF_MATCH not in openapi.headers(self._document, operation):
            return _refuse
        read = self._read_of(operation)
        function = self._functions[read["operationId"]]
        names = [snake(each["name"]) for each in openapi.parameters(self._document, read) if each["in"] == "path"]
        whole_of = _whole_of(self._functions[operation["operationId"]])

        def compare(header: bytes | None, arguments: Mapping[str, Any]) -> None:
            unit = db.current()
            if header is None:
                if unit.requires_if_match:
                    raise PreconditionRequired(
                        "this organization demands If-Match: the ETag of the record when it was read"
                    )
                return
            _check(header)
            given = {"id": whole_of(arguments["id"])} if whole_of else {name: arguments[name] for name in names}
            unit.locks_reads = True
            try:
                shown = function(**given)
            finally:
                unit.locks_reads = False
            etag = etag_of(to_json(shown))
            if not is_among(etag, header, weak=False):
                # In the form that the caller knows: many compare the two as texts.
                etag = compression.marked(etag) if compression.plain(header) != header else etag
                raise PreconditionFailed("this was changed meanwhile; read it again", etag.decode())

        return compare

    def _read_of(self, operation: Mapping[str, Any]) -> Mapping[str, Any]:
        """The operation that shows what this one changes: at its path or above it, or the one that it names."""
        named = operation.get("x-version-of")
        path, _ = self._paths[named or operation["operationId"]]
        while path not in self._reads:
            path, _, last = path.rpartition("/")
            if not last:
                raise ConfigurationError(
                    f"{operation['operationId']} takes If-Match, and no GET at its path or above it has an ETag."
                )
        return self._reads[path]


def _without(keys: Sequence[bytes], body: bytes) -> bytes:
    """The body as it is without these keys. Seldom has it one."""
    if not any(b'"%b":' % key in body for key in keys):
        return body
    shown: dict[str, Any] = orjson.loads(body)
    for key in keys:
        shown.pop(key.decode(), None)
    return to_json(shown)


def _whole_of(function: Callable[..., Any]) -> Callable[[str], str] | None:
    """The function of the same name in the domain's versions.py, if there is one: to the id of a part, that of the
    record whose version it has."""
    name = f"{function.__module__.rpartition('.')[0]}.versions"
    if find_spec(name) is None:
        return None
    found: Callable[[str], str] | None = getattr(import_module(name), function.__name__, None)
    return found


def _check(header: bytes) -> None:
    """Invalid for what is no list of ETags: it would never be that of now, however often the caller reads again."""
    if len(header) > _MOST_BYTES or not _LIST.fullmatch(header):
        raise Invalid([Problem(f"header/{openapi.IF_MATCH}", "must be * or ETags, in quotes as they were answered")])


def _refuse(header: bytes | None, arguments: Mapping[str, Any]) -> None:
    if header is None:
        return
    _check(header)
    raise PreconditionFailed("what this changes has no version that could be compared")
