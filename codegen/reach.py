"""Which component schemas the operations use: from which domains, and in which direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from codegen.operations import operations
from pharus.openapi import Document, Schema

Direction: TypeAlias = Literal["request", "response"]


@dataclass
class Usage:
    """Where one component schema is used."""

    domains: set[str] = field(default_factory=set)
    directions: set[Direction] = field(default_factory=set)


def usages(document: Document) -> dict[str, Usage]:
    """The usage of each component schema that an operation reaches, in the order of the document.

    Followed are parameters and request bodies (requests) and the successful responses (responses). A part of an allOf
    lends its properties to the whole and is not used by it.
    """
    found: dict[str, Usage] = {}
    visited: set[tuple[str, Direction, str]] = set()

    def visit(schema: Schema, direction: Direction, domain: str) -> None:
        folded = document.fold(schema)
        name = document.component(folded)
        if name is None:
            for child in _children(folded):
                visit(child, direction, domain)
        elif (name, direction, domain) not in visited:
            visited.add((name, direction, domain))
            usage = found.setdefault(name, Usage())
            usage.domains.add(domain)
            if document.schemas[name].get("x-shared"):
                # The kernel itself makes or takes it, so it is in the kernel however many domains use it now.
                domain = "pharus"
                usage.domains.add(domain)
            usage.directions.add(direction)
            visit(document.schemas[name], direction, domain)

    for operation in operations(document):
        for schema in operation.request_schemas:
            visit(schema, "request", operation.domain)
        for schema in operation.response_schemas:
            visit(schema, "response", operation.domain)
    return {name: found[name] for name in document.schemas if name in found}


def _children(schema: Schema) -> Iterator[Schema]:
    yield from schema.get("properties", {}).values()
    yield from schema.get("oneOf", [])
    yield from schema.get("anyOf", [])
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield schema[key]
