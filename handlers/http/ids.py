"""Ids of a request in small letters, as PostgreSQL gives them: a request may write them in capitals.

Done once, where the request comes in, for every text whose format is uuid. Behind it ids are compared as texts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pharus import openapi

Schema = Mapping[str, Any]


@dataclass(slots=True, eq=False)
class _Node:
    """What a value may hold: an id itself, ids in these properties, ids in its entries."""

    is_id: bool = False
    properties: dict[str, "_Node"] = field(default_factory=dict)
    entries: "_Node | None" = None

    def parts(self) -> "list[_Node]":
        return [*self.properties.values(), *([self.entries] if self.entries else [])]

    def lowered(self, value: Any) -> Any:
        """The value; objects and lists are changed in place."""
        # The types that JSON has; no others come.
        each_type = type(value)
        if each_type is str:
            return value.lower() if self.is_id else value
        if each_type is dict:
            for name, node in self.properties.items():
                part = value.get(name)
                if type(part) is str:
                    if node.is_id:
                        value[name] = part.lower()
                elif part is not None:
                    node.lowered(part)
        elif each_type is list and self.entries is not None:
            value[:] = map(self.entries.lowered, value)
        return value


def reader(document: Mapping[str, Any], schema: Schema) -> Callable[[Any], Any]:
    """A function that brings the ids of a value of the schema to small letters. The value belongs to the caller."""
    known: dict[tuple[int, ...], _Node] = {}
    root = _node(document, [schema], known)
    # A schema can contain itself, so whether there are ids below a node is found from the ids upwards.
    holding = {id(node) for node in known.values() if node.is_id}
    size = -1
    while size != len(holding):
        size = len(holding)
        holding |= {id(node) for node in known.values() if any(id(part) in holding for part in node.parts())}
    for node in known.values():
        node.properties = {name: part for name, part in node.properties.items() if id(part) in holding}
        node.entries = node.entries if id(node.entries) in holding else None
    return root.lowered


def _node(document: Mapping[str, Any], schemas: Sequence[Schema], known: dict[tuple[int, ...], _Node]) -> _Node:
    """The node of a value that all of the schemas describe, or one of them."""
    flat: list[Schema] = []
    for schema in schemas:
        _flatten(document, schema, flat)
    key = tuple(map(id, flat))
    if key in known:
        return known[key]
    node = known[key] = _Node(is_id=any(schema.get("format") == "uuid" for schema in flat))
    properties: dict[str, list[Schema]] = {}
    for schema in flat:
        for name, each in schema.get("properties", {}).items():
            properties.setdefault(name, []).append(each)
    node.properties = {name: _node(document, each, known) for name, each in properties.items()}
    entries = [schema["items"] for schema in flat if "items" in schema]
    node.entries = _node(document, entries, known) if entries else None
    return node


def _flatten(document: Mapping[str, Any], schema: Schema, flat: list[Schema]) -> None:
    schema = openapi.dereference(document, schema)
    flat.append(schema)
    for combined in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(combined, ()):
            _flatten(document, part, flat)
