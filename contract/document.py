"""The document of a deployment, as data: operations, examples, and the places where a request names a record."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pharus import openapi


@dataclass(frozen=True)
class Place:
    """Where a request can name a record: `pointer` leads from a part (`path`, `query`, `body`) to the value."""

    part: str
    pointer: tuple[str | int, ...]

    def __str__(self) -> str:
        return f"{self.part}/" + "/".join(map(str, self.pointer))

    @property
    def name(self) -> str:
        return str(next(step for step in reversed(self.pointer) if isinstance(step, str)))


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation. `parameters` and `body` (the media type object) are dereferenced."""

    id: str
    method: str
    path: str
    declared: Mapping[str, Any] = field(repr=False)
    parameters: tuple[Mapping[str, Any], ...] = field(repr=False)
    media_type: str | None
    body: Mapping[str, Any] = field(repr=False)
    places: tuple[Place, ...] = field(repr=False)

    @property
    def minimum_role(self) -> str:
        return str(self.declared["x-minimum-role"])

    @property
    def is_of_an_organization(self) -> bool:
        return self.minimum_role not in ("public", "authenticated")

    @property
    def reads_organization(self) -> bool:
        return any("organization" in scheme for scheme in self.declared.get("security", ()))

    @property
    def is_id_token_only(self) -> bool:
        return bool(self.declared.get("x-id-token-only"))

    @property
    def successes(self) -> list[int]:
        return openapi.successes(self.declared)

    @property
    def makes_a_record(self) -> bool:
        return self.method == "POST" and 201 in self.successes

    def bodies(self) -> list[Any]:
        """The examples of its body, each a copy; one None without a body, none without an example."""
        return copy.deepcopy(openapi.examples(self.body)) if self.media_type is not None else [None]

    def example_parameters(self, part: str) -> dict[str, Any]:
        """Those of the path, or those that the query requires, from their examples."""
        return {
            parameter["name"]: found[0]
            for parameter in self.parameters
            if parameter["in"] == part
            and (part == "path" or parameter.get("required"))
            and (found := openapi.examples(parameter))
        }


class Document(openapi.Document):
    """What a deployment says of itself at /api/openapi.json."""

    @cached_property
    def operations(self) -> list[Operation]:
        return [self._operation(*found) for found in openapi.operations(self.content)]

    def operation(self, id: str) -> Operation | None:
        return next((each for each in self.operations if each.id == id), None)

    def route(self, path: str) -> str | None:
        """The path of the document that a path of a request is, static segments before parameters."""
        for expression, route in self._routes:
            if expression.fullmatch(path):
                return route
        return None

    @cached_property
    def _routes(self) -> list[tuple[re.Pattern[str], str]]:
        by_parameters = sorted(self.content["paths"], key=lambda path: [part[:1] == "{" for part in path.split("/")])
        return [(re.compile(re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(path))), path) for path in by_parameters]

    def _operation(self, path: str, method: str, declared: Mapping[str, Any]) -> Operation:
        parameters = openapi.parameters(self.content, declared)
        content = openapi.request_body(self.content, declared).get("content", {})
        media_type = next(iter(content), None)
        body = content[media_type] if media_type is not None else {}
        places = [
            Place(each["in"], (each["name"],))
            for each in parameters
            if each["in"] in ("path", "query") and any(True for _ in self._ids(each["schema"], (), ()))
        ]
        places += [Place("body", pointer) for pointer in self._ids(body.get("schema", {}), (), ())]
        return Operation(
            id=declared["operationId"],
            method=method.upper(),
            path=path,
            declared=declared,
            parameters=parameters,
            media_type=media_type,
            body=body,
            places=tuple(dict.fromkeys(places)),
        )

    def _ids(
        self, schema: Any, pointer: tuple[str | int, ...], above: tuple[int, ...]
    ) -> Iterator[tuple[str | int, ...]]:
        schema = self.follow(schema)
        # A schema may hold itself.
        if id(schema) in above:
            return
        above = (*above, id(schema))
        if schema.get("format") == "uuid":
            yield pointer
        for combination in ("allOf", "oneOf", "anyOf"):
            for part in schema.get(combination, ()):
                yield from self._ids(part, pointer, above)
        for name, value in schema.get("properties", {}).items():
            yield from self._ids(value, (*pointer, name), above)
        if "items" in schema:
            yield from self._ids(schema["items"], (*pointer, 0), above)
