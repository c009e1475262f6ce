"""What the current document takes from those who rely on a released one. Adding takes nothing; these do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from codegen.narrowing import OUT_OF_PLACE, Comparison, displaced
from pharus import openapi
from pharus.openapi import Document

Operation: TypeAlias = dict[str, Any]

# What is said of an operation, and of a parameter or a key, that was taken away.
GONE = "is gone"
NO_LONGER_TAKEN = "is no longer taken"


class Change(NamedTuple):
    """`pointer` is inside of the operation: `query/limit`, `body/rows/-/name`, `201/id`."""

    operation_id: str
    pointer: str
    what: str

    def __str__(self) -> str:
        return f"`{self.operation_id}` {self.pointer}: {self.what}"


def breaking_changes(released: Document, current: Document) -> list[Change]:
    """Every change that could break a caller who keeps to the released document."""
    present = {operation["operationId"]: (route, operation) for route, operation in _operations(current)}
    found: list[Change] = []
    for route, before in _operations(released):
        name = before["operationId"]
        if name not in present:
            found.append(Change(name, route, GONE))
            continue
        new_route, after = present[name]
        # The names of a path's parameters are nothing that a caller sends.
        if re.sub("{[^}]+}", "{}", new_route) != re.sub("{[^}]+}", "{}", route):
            found.append(Change(name, route, f"is {new_route} now"))
        found += (
            Change(name, pointer, what) for pointer, what in _Operation(released, current, before, after).changes()
        )
    return found


def unannounced(changes: list[Change], changelog: str) -> list[Change]:
    """Those that no line under a heading `### Breaking` of the newest section names, by its operation in backticks."""
    newest = re.split(r"^## ", changelog, flags=re.MULTILINE)[1:2]
    announced = "".join(re.findall(r"^### Breaking$(.*?)(?=^#|\Z)", "".join(newest), flags=re.MULTILINE | re.DOTALL))
    return [change for change in changes if f"`{change.operation_id}`" not in announced]


class _Operation:
    """One operation, as it was and as it is."""

    def __init__(self, released: Document, current: Document, before: Operation, after: Operation) -> None:
        self._released, self._current = released, current
        self._before, self._after = before, after
        self._compare = Comparison(released, current)

    def changes(self) -> Iterator[tuple[str, str]]:
        yield from self._access()
        yield from self._parameters()
        yield from self._body()
        yield from self._responses()

    def _access(self) -> Iterator[tuple[str, str]]:
        was, now = (each.get("x-minimum-role", "public") for each in (self._before, self._after))
        if openapi.ROLES.index(now) > openapi.ROLES.index(was):
            yield "x-minimum-role", f"is {now} now, was {was}"
        if self._after.get("x-id-token-only") and not self._before.get("x-id-token-only"):
            yield "x-id-token-only", "takes no personal access token now"

    def _parameters(self) -> Iterator[tuple[str, str]]:
        was, now = _parameters(self._released, self._before), _parameters(self._current, self._after)
        for pointer, before in was.items():
            if pointer not in now:
                if not pointer.startswith("path/"):
                    yield pointer, NO_LONGER_TAKEN
                continue
            if now[pointer].get("required") and not before.get("required"):
                yield pointer, "must be sent now"
            for inside, what in self._compare.of_requests(before["schema"], now[pointer]["schema"]):
                yield pointer + inside, what
        for pointer in now.keys() - was.keys():
            if now[pointer].get("required") and not pointer.startswith("path/"):
                yield pointer, "must be sent now"
        before_and_after = ((self._released, self._before), (self._current, self._after))
        if (misplaced := displaced(*(_of_query(*each) for each in before_and_after))) is not None:
            yield f"query/{misplaced}", OUT_OF_PLACE

    def _body(self) -> Iterator[tuple[str, str]]:
        was = openapi.request_body(self._released.content, self._before)
        now = openapi.request_body(self._current.content, self._after)
        if now.get("required") and not was.get("required"):
            yield "body", "must be sent now"
        for media_type, before in openapi.media_types(was).items():
            after = openapi.media_types(now).get(media_type)
            if after is None:
                yield "body", f"{media_type} is no longer taken"
                continue
            for inside, what in self._compare.of_requests(before["schema"], after["schema"]):
                yield "body" + inside, what

    def _responses(self) -> Iterator[tuple[str, str]]:
        """Of successes only: a refusal that is gone takes nothing, and all of them share one body, compared as one."""
        for status, declared in self._before["responses"].items():
            before = self._released.follow(declared)
            after = self._current.follow(self._after["responses"].get(status))
            if after is None:
                if str(status).startswith("2"):
                    yield str(status), "is never answered now"
                continue
            for name in before.get("headers", {}).keys() - after.get("headers", {}).keys():
                yield str(status), f"has no header {name} now"
            for media_type, content in openapi.media_types(before).items():
                present = openapi.media_types(after).get(media_type)
                if present is None:
                    yield str(status), f"is no longer {media_type}"
                    continue
                for inside, what in self._compare.of_responses(content.get("schema", {}), present.get("schema", {})):
                    yield str(status) + inside, what


def _operations(document: Document) -> Iterator[tuple[str, Operation]]:
    for path, method, operation in openapi.operations(document.content):
        yield f"{method.upper()} {path}", operation


def _of_query(document: Document, operation: Operation) -> list[str]:
    """The names of what generated clients take of the query, in their order."""
    return [each["name"] for each in openapi.parameters(document.content, operation) if each["in"] == "query"]


def _parameters(document: Document, operation: Operation) -> dict[str, dict[str, Any]]:
    found = (
        *openapi.parameters(document.content, operation),
        *openapi.parameters_of_files(document.content, operation),
    )
    return {f"{parameter['in']}/{parameter['name']}": parameter for parameter in found}
