"""`Deprecation` (RFC 9745) and `Sunset` (RFC 8594): what the document marks as deprecated says so in each response.

An operation or a parameter with `deprecated: true` has `x-deprecated-since`, a date, and `x-sunset`, the date from
which on it may be gone. A parameter counts only in requests that have it. docs/versions.md is the policy.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from pharus import openapi
from pharus.errors import ConfigurationError

Headers = list[tuple[bytes, bytes]]


class _Mark(NamedTuple):
    since: datetime
    sunset: datetime | None


class Deprecations:
    """Of one operation."""

    def __init__(self, of_operation: _Mark | None, of_parameters: Mapping[tuple[str, str], _Mark]) -> None:
        self._of_operation = of_operation
        self._of_parameters = of_parameters

    def headers(self, query: bytes, headers: Mapping[bytes, bytes]) -> Headers:
        """What the response to such a request says. Of several marks, what comes first counts: it ends first."""
        marks = list(self._marks(query, headers))
        if not marks:
            return []
        sunsets = [mark.sunset for mark in marks if mark.sunset]
        said = [(b"deprecation", b"@%d" % min(mark.since for mark in marks).timestamp())]
        if sunsets:
            said.append((b"sunset", format_datetime(min(sunsets), usegmt=True).encode()))
        return said

    def _marks(self, query: bytes, headers: Mapping[bytes, bytes]) -> Iterator[_Mark]:
        if self._of_operation:
            yield self._of_operation
        if self._of_parameters:
            sent = {("query", name) for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)}
            sent |= {("header", name.decode("latin-1")) for name in headers}
            yield from (mark for place, mark in self._of_parameters.items() if place in sent)


def of_operation(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Deprecations | None:
    """None for an operation in which nothing is deprecated. ConfigurationError for a mark without its dates."""
    name = operation["operationId"]
    own = _mark(operation, name)
    of_parameters = {}
    for parameter in openapi.all_parameters(document, operation):
        mark = _mark(parameter, f"{name}, {parameter['in']}/{parameter['name']}")
        if mark:
            # Names of headers have no case.
            shown = parameter["name"].lower() if parameter["in"] == "header" else parameter["name"]
            of_parameters[parameter["in"], shown] = mark
    return Deprecations(own, of_parameters) if own or of_parameters else None


def _mark(declared: Mapping[str, Any], what: str) -> _Mark | None:
    if not declared.get("deprecated"):
        return None
    sunset = declared.get("x-sunset")
    return _Mark(
        _midnight(declared.get("x-deprecated-since"), f"{what}: x-deprecated-since"),
        None if sunset is None else _midnight(sunset, f"{what}: x-sunset"),
    )


def _midnight(text: Any, what: str) -> datetime:
    try:
        found = date.fromisoformat(text)
    except (TypeError, ValueError):
        raise ConfigurationError(f"{what} must be a date in quotes, as '2026-11-28': it is {text!r}.") from None
    return datetime(found.year, found.month, found.day, tzinfo=UTC)
