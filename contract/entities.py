"""What an id is the id of, by the names in the document alone: `sourceLocationId` is one of `/api/locations`.

An entity is known by its collection: the path where records of it are made or listed. Nothing here knows a domain, so
it holds for plugins as well; an id whose entity is not known stays as the document's example or a generator made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contract.calling import Call
from contract.document import Document, Operation, Place

# What an `orgId` is the id of; there is no collection of them.
ORGANIZATION = "organization"


class Entities:
    def __init__(self, document: Document) -> None:
        self._document = document
        self.makers: dict[str, Operation] = {}
        self.lists: dict[str, Operation] = {}
        for operation in document.operations:
            if operation.path.endswith("}") or operation.minimum_role == "public":
                continue
            if operation.makes_a_record and operation.is_of_an_organization and self._has_id(operation):
                self.makers[operation.path] = operation
            elif operation.method == "GET" and self._lists_ids(operation):
                self.lists[operation.path] = operation
        self.paths = list(dict.fromkeys([*self.makers, *self.lists]))
        # Under which names each collection goes: `methods` of a contact are `contact-methods`, too.
        self._named: dict[str, str] = {}
        for path in self.paths:
            for name in _names(path):
                self._named.setdefault(name, path)

    def of(self, call: Call, place: Place) -> str | None:
        """The collection that the id at the place belongs to; None when the document does not tell."""
        path = call.operation.path
        if place.name == "orgId":
            return ORGANIZATION
        if place.part == "path":
            before = path.split(f"/{{{place.name}}}")[0]
            return before if before in self.paths else self._named.get(before.rsplit("/", 1)[-1])
        own = next((name for name in reversed(path.split("/")) if name in self._named), "")
        words = _words(place.name)
        # `ids` of a list are those of its records.
        if words and words[-1] in ("id", "ids"):
            words.pop()
        sibling = self._sibling(call, place)
        candidates = [*([sibling] if sibling else []), *_endings(words)]
        for candidate in candidates:
            for name in (f"{_singular(own)}-{_plural(candidate)}", _plural(candidate)):
                if name in self._named:
                    return self._named[name]
        for candidate in candidates:
            # `channelId`: the only collection of channels is that of order channels.
            found = {path for name, path in self._named.items() if name.endswith(f"-{_plural(candidate)}")}
            if len(found) == 1:
                return found.pop()
        return self._named[own] if words in (["parent"], []) and own else None

    def _sibling(self, call: Call, place: Place) -> str | None:
        """`entityId` beside `entityType: vendor` is a vendor's."""
        name = re.sub("Id$", "Type", place.name)
        if name == place.name:
            return None
        beside = call.read(Place(place.part, (*place.pointer[:-1], name)))
        return beside.replace("_", "-") if isinstance(beside, str) else None

    def _has_id(self, operation: Operation) -> bool:
        properties = self._answer(operation).get("properties", {})
        return key_of(properties) is not None or any(
            key_of(self._document.follow(each).get("properties", {})) for each in properties.values()
        )

    def _lists_ids(self, operation: Operation) -> bool:
        data = self._document.follow(self._answer(operation).get("properties", {}).get("data", {}))
        row = self._document.follow(data.get("items", {}))
        return key_of(row.get("properties", {})) is not None

    def _answer(self, operation: Operation) -> Mapping[str, Any]:
        response = self._document.follow(operation.declared["responses"][str(operation.successes[0])])
        media: dict[str, Any] = next(iter(response.get("content", {}).values()), {})
        return dict(self._document.follow(media.get("schema", {})))


def key_of(names: Iterable[str]) -> str | None:
    """By which key of a record it is known: `id`, or the first that names a record; None when there is none."""
    found = [name for name in names if name == "id" or (name.endswith("Id") and name != "orgId")]
    return "id" if "id" in found else next(iter(found), None)


def places_in(call: Call) -> Iterator[Place]:
    """The places of the operation where this call has a value, one for each row of its arrays."""
    for place in call.operation.places:
        for pointer in _unrolled(call, place, ()):
            found = Place(place.part, pointer)
            if isinstance(call.read(found), str):
                yield found


def _unrolled(call: Call, place: Place, done: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if len(done) == len(place.pointer):
        yield done
        return
    step = place.pointer[len(done)]
    if isinstance(step, str):
        yield from _unrolled(call, place, (*done, step))
        return
    rows = call.read(Place(place.part, done))
    for index in range(len(rows) if isinstance(rows, list) else 0):
        yield from _unrolled(call, place, (*done, index))


def _names(path: str) -> Iterator[str]:
    segments = path.split("/")
    yield segments[-1]
    if len(segments) > 2 and segments[-2].startswith("{"):
        yield f"{_singular(segments[-3])}-{segments[-1]}"


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)]


def _endings(words: list[str]) -> list[str]:
    """`source location`: first both words, then the last alone."""
    return ["-".join(words[start:]) for start in range(len(words))]


def _plural(word: str) -> str:
    if word.endswith("y"):
        return word[:-1] + "ies"
    return word if word.endswith("s") else word + "s"


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")
