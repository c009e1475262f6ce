"""Where a request can name a record: every place of the document that holds a UUID, and the few that hold other names.

Found in the schemas of parameters and bodies, however deep: rows of an import, lines of an order, forms of a choice.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pharus import openapi
from tests.contract import calls
from tests.contract.calls import Call, Operation
from tests.contract.conformance import document
from tests.contract.fuzzing.slots import EXAMPLE_PREFIX

# Parameters of a path that are no UUID, and name something all the same.
TEXT_NAMES = {"ref"}
# And those that do not: who has the token of an invitation is meant to see it; it is a credential, not a name.
CREDENTIALS = {"token"}


@dataclass(frozen=True)
class Place:
    """`pointer` leads from the part of the request (`path`, `query`, `body`) to the value."""

    part: str
    pointer: tuple[str | int, ...]

    def __str__(self) -> str:
        return f"{self.part}/" + "/".join(map(str, self.pointer))

    def read(self, call: Call) -> Any:
        """The value, or None when the call has none there."""
        container = self._container(call)
        if isinstance(container, dict):
            return container.get(self.pointer[-1])
        return container[self.pointer[-1]] if isinstance(container, list) and container else None

    def write(self, call: Call, value: Any) -> None:
        container = self._container(call)
        assert container is not None, f"{call.operation.id} has no place {self}"
        container[self.pointer[-1]] = value

    def is_within_reach(self, call: Call) -> bool:
        """Is there something that could hold a value here?"""
        return isinstance(self._container(call), dict)

    def _container(self, call: Call) -> Any:
        node: Any = {"path": call.path_parameters, "query": call.query, "body": call.body}[self.part]
        for key in self.pointer[:-1]:
            if isinstance(node, dict):
                node = node.get(str(key))
            elif isinstance(node, list) and isinstance(key, int) and key < len(node):
                node = node[key]
            else:
                return None
        return node


def find(operation: Operation) -> list[Place]:
    """Every place of the operation where an id, or another name of a record, may stand."""
    found = []
    for parameter in operation.parameters:
        name = parameter["name"]
        if parameter["in"] not in ("path", "query"):
            continue
        is_id = any(True for _ in _ids(parameter["schema"], (), ()))
        if parameter["in"] == "path":
            assert is_id or name in TEXT_NAMES | CREDENTIALS, (
                f"{operation.id}: is {{{name}}} in its path the name of a record? Say so in {__name__}"
            )
        if is_id or name in TEXT_NAMES:
            found.append(Place(parameter["in"], (name,)))
    if operation.media_type is not None:
        found += [Place("body", pointer) for pointer in _ids(operation.body["schema"], (), ())]
    return list(dict.fromkeys(found))


def call_with(place: Place, operation: Operation) -> Call:
    """A call from the examples that has a value at the place; one is put there if no example does."""
    found = calls.examples(operation)
    for call in found:
        if place.read(call) is not None:
            return call
    for call in found:
        if place.is_within_reach(call):
            extended = copy.deepcopy(call)
            place.write(extended, _example(place, operation))
            return extended
    raise AssertionError(f"{operation.id}: no example in openapi.yaml reaches {place}; add one")


def _example(place: Place, operation: Operation) -> Any:
    if place.part == "query":
        (parameter,) = (each for each in operation.parameters if each["name"] == place.pointer[0])
        return calls.example_of(operation, parameter)
    return f"{EXAMPLE_PREFIX}000000000001"


def _ids(schema: Any, pointer: tuple[str | int, ...], above: tuple[int, ...]) -> Iterator[tuple[str | int, ...]]:
    schema = openapi.dereference(document(), schema)
    # A schema may hold itself.
    if id(schema) in above:
        return
    above = (*above, id(schema))
    if schema.get("format") == "uuid":
        yield pointer
    for combination in ("allOf", "oneOf", "anyOf"):
        for part in schema.get(combination, ()):
            yield from _ids(part, pointer, above)
    for name, value in schema.get("properties", {}).items():
        yield from _ids(value, (*pointer, name), above)
    if "items" in schema:
        yield from _ids(schema["items"], (*pointer, 0), above)
