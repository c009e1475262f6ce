"""A body that holds what an answer held: GET, change a value, send all of it back with PATCH or PUT.

A request body has keys of its own; answers have more. Keys that mean the same are taken under the name of the answer,
too (`x-answer-names` of the body's schema), and so are the objects in which an answer keeps its record. Of such a body
only what differs from the record is a change. A key that cannot be written is a problem when it differs, and nothing
otherwise; one that every reading changes (`x-changes-when-read`) says nothing.

Only a body that its schema refuses is looked at here: the others cost nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from handlers.http.body_schema import Findings
from handlers.http.problem_messages import escape
from pharus import openapi
from pharus.errors import Problem

Function = Callable[..., Any]

# What an answer calls it → what a request calls it; on the schema of a body.
ANSWER_NAMES = "x-answer-names"
# On a property of an answer.
CHANGES_WHEN_READ = "x-changes-when-read"

_READ_ONLY = "cannot be written, and the record has another value: leave it out, or read the record again"
_NO_PART = "cannot be written, and comes only where a list is asked for it: leave it out"
_CONTRADICTION = "says something else than {}"
_UNKNOWN = "is not known here"
# Clients whose timestamps have no finer unit send back what is left of them.
_PRECISION = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a returned answer changes. `sources` says where the caller has a key that is elsewhere in `body`."""

    body: dict[str, Any]
    problems: list[Problem]
    sources: Mapping[str, str]

    def located(self, problem: Problem) -> Problem:
        """A problem of `body` as one of what the caller sent."""
        if not problem.path.startswith("/"):
            return problem
        _, name, *rest = problem.path.split("/", 2)
        source = self.sources.get(name, f"/{name}")
        return problem._replace(path="/".join([source, *rest]))

    def look(self, look: Callable[[Any, Findings], None]) -> Findings:
        """Its problems, and those that `look` finds in the body."""
        findings, of_body = Findings(), Findings()
        findings.extend(self.problems)
        look(self.body, of_body)
        findings.extend(map(self.located, of_body.problems), of_body.omitted)
        return findings


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the answer has: its own keys, and those of the objects in which it keeps the record."""

    document: openapi.Document
    names: frozenset[str]
    wrappers: Mapping[str, frozenset[str]]
    ignored: frozenset[str]

    @classmethod
    def of(cls, document: openapi.Document, schema: openapi.Schema, requested: frozenset[str]) -> "_Shape":
        properties = _properties(document, schema)
        wrappers: dict[str, frozenset[str]] = {}
        ignored = _changing(document, properties)
        for name, each in properties.items():
            inner = _properties(document, each) if name not in requested else {}
            if inner.keys() & requested:
                wrappers[name] = frozenset(inner)
                ignored |= _changing(document, inner)
        names = frozenset(properties).union(*wrappers.values())
        return cls(document, names, wrappers, ignored)


class ReturnedAnswers:
    """Reads returned answers for one operation. `read` gives the record as the answer shows it, by the parameters of
    the path."""

    def __init__(
        self, document: Mapping[str, Any], body: openapi.Schema, answer: openapi.Schema, read: Function
    ) -> None:
        schemas = openapi.Document(document)
        folded = schemas.fold(schemas.follow(body))
        self._writable = frozenset(folded.get("properties", {}))
        self._required = frozenset(folded.get("required", ()))
        self._requested_as: Mapping[str, str] = folded.get(ANSWER_NAMES, {})
        self._answered_as = {requested: answered for answered, requested in self._requested_as.items()}
        self._shape = _Shape.of(schemas, answer, self._writable | self._requested_as.keys())
        self._read = read

    def take(self, body: Any, path: Mapping[str, Any], compare: Callable[[], None]) -> Taken | None:
        """What the body changes; None when it holds nothing of an answer. `compare` is called before the record is
        read: PreconditionFailed says more than the keys that differ. NotFound."""
        if type(body) is not dict:
            return None
        returned = body.keys() - self._writable
        if not returned & self._shape.names:
            return None
        if returned - self._shape.names:
            # It is refused in any case, for what is no key at all.
            kept = {name: value for name, value in body.items() if name not in self._shape.names - self._writable}
            return Taken(kept, [], {})
        compare()
        return self._changes(body, self._read(**path))

    def _changes(self, body: Mapping[str, Any], answer: Mapping[str, Any]) -> Taken:
        changes: dict[str, Any] = {}
        unchanged: dict[str, Any] = {}
        sources: dict[str, str] = {}
        problems: list[Problem] = []
        for pointer, name, value, stored in self._entries(body, answer):
            requested = self._requested_as.get(name, name)
            answered = self._answered_as.get(name, name)
            differing = [first_difference(value, each[answered], pointer) for each in stored if answered in each]
            if None in differing or name in self._shape.ignored:
                unchanged[requested] = value
            elif requested not in self._writable:
                refusal = _NO_PART if name in self._shape.names else _UNKNOWN
                problems.append(
                    Problem(differing[0] or pointer, _READ_ONLY) if differing else Problem(pointer, refusal)
                )
            elif requested in changes and changes[requested] != value:
                problems.append(Problem(pointer, _CONTRADICTION.format(sources[requested])))
            else:
                changes[requested], sources[requested] = value, pointer
        for name in self._required & unchanged.keys() - changes.keys():
            changes[name] = unchanged[name]
        return Taken(changes, problems, sources)

    def _entries(
        self, body: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Iterator[tuple[str, str, Any, list[Mapping[str, Any]]]]:
        """(pointer, name, value, where the answer may have it) of each key of the body, those in objects included."""
        flat = [answer, *(answer[name] for name in self._shape.wrappers if isinstance(answer.get(name), Mapping))]
        for name, value in body.items():
            pointer = f"/{escape(name)}"
            if name in self._shape.wrappers and type(value) is dict:
                stored = answer.get(name)
                for key, entry in value.items():
                    yield f"{pointer}/{escape(key[:200])}", key, entry, [stored] if isinstance(stored, Mapping) else []
            else:
                yield pointer, name, value, flat


def of_operation(
    document: Mapping[str, Any], declared: Mapping[str, Any], functions: Mapping[str, Function]
) -> ReturnedAnswers | None:
    """For an operation that changes a record; None for others.

    The record is read by GET of the same path, where the role that may write may read. Where there is no GET, an empty
    body changes nothing, and the operation answers the record.
    """
    siblings = _siblings(document, declared["operationId"])
    if siblings is None:
        return None
    body = openapi.request_body(document, declared).get("content", {}).get(openapi.JSON, {}).get("schema")
    if body is None:
        return None
    get = siblings.get("get")
    if get is not None and _role(get) <= _role(declared):
        answer = _answer(document, get)
        return ReturnedAnswers(document, body, answer, functions[get["operationId"]]) if answer is not None else None
    answer, change = _answer(document, declared), functions[declared["operationId"]]
    if answer is None or openapi.dereference(document, body).get("required"):
        return None
    return ReturnedAnswers(document, body, answer, lambda **path: change(**path, body={}))


def first_difference(sent: Any, stored: Any, pointer: str) -> str | None:
    """Where the value is another one than the answer has; None when it says the same. An object may lack keys."""
    if isinstance(stored, Mapping):
        if type(sent) is not dict:
            return pointer
        for name, value in sent.items():
            place = f"{pointer}/{escape(name[:200])}"
            found = first_difference(value, stored[name], place) if name in stored else place
            if found is not None:
                return found
        return None
    if isinstance(stored, list):
        if type(sent) is not list or len(sent) != len(stored):
            return pointer
        pairs = enumerate(zip(sent, stored, strict=True))
        return next((found for at, pair in pairs if (found := first_difference(*pair, f"{pointer}/{at}"))), None)
    return None if _is_same(sent, stored) else pointer


def _is_same(sent: Any, stored: Any) -> bool:
    if stored is None or isinstance(stored, bool) or sent is None or isinstance(sent, bool):
        return sent is stored
    if isinstance(stored, Decimal):
        number = _number(sent)
        return number is not None and number == stored
    if isinstance(stored, int):
        return isinstance(sent, int | Decimal) and sent == stored
    if not isinstance(sent, str):
        return False
    if isinstance(stored, datetime):
        instant = _instant(sent)
        return instant is not None and abs(instant - stored) < _PRECISION
    return sent == (stored.isoformat() if isinstance(stored, date) else stored)


def _number(sent: Any) -> int | Decimal | None:
    if isinstance(sent, int | Decimal):
        return sent
    try:
        return Decimal(sent) if isinstance(sent, str) and len(sent) <= 60 else None
    except InvalidOperation:
        return None


def _instant(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None


def _siblings(document: Mapping[str, Any], operation_id: str) -> Mapping[str, Any] | None:
    """The operations of the path where PATCH or PUT has this id."""
    for path in document["paths"].values():
        if any(path.get(method, {}).get("operationId") == operation_id for method in ("patch", "put")):
            return path  # type: ignore[no-any-return]  # a path of a document that was checked
    return None


def _answer(document: Mapping[str, Any], declared: Mapping[str, Any]) -> openapi.Schema | None:
    """The schema of the operation's JSON answer."""
    content = openapi.success(document, declared).get("content", {})
    schema: openapi.Schema | None = content.get(openapi.JSON, {}).get("schema")
    return schema


def _role(declared: Mapping[str, Any]) -> int:
    return openapi.ROLES.index(declared["x-minimum-role"])


def _properties(document: openapi.Document, schema: openapi.Schema) -> Mapping[str, openapi.Schema]:
    """The properties of the schema, through references and allOf."""
    folded = document.fold(document.follow(schema))
    while "$ref" in folded:
        folded = document.fold(document.follow(folded))
    properties: Mapping[str, openapi.Schema] = folded.get("properties", {})
    return properties


def _changing(document: openapi.Document, properties: Mapping[str, openapi.Schema]) -> frozenset[str]:
    return frozenset(name for name, each in properties.items() if document.follow(each).get(CHANGES_WHEN_READ))
