"""What a schema becomes in Python: a name of its own, or a type written where it is used."""

from __future__ import annotations

from typing import Any

from pharus.openapi import Document, Schema


def is_named(document: Document, component: str) -> bool:
    """Whether the component gets a name; values such as Id or Timestamp become their type wherever they are used."""
    schema = document.fold(document.schemas[component])
    if "$ref" in schema:
        return False
    return is_object(document, schema) or bool(enum_values(schema)) or is_union_of_objects(document, schema)


def is_object(document: Document, schema: Schema) -> bool:
    """Whether `schema` itself has properties, and becomes a TypedDict."""
    return bool(document.fold(schema).get("properties"))


def is_union_of_objects(document: Document, schema: Schema) -> bool:
    """Whether one of the alternatives of `schema` is a TypedDict."""
    return any(is_object(document, document.follow(part)) for part in alternatives(schema))


def alternatives(schema: Schema) -> list[Schema]:
    """The parts of oneOf or anyOf, in order."""
    return [*schema.get("oneOf", []), *schema.get("anyOf", [])]


def enum_values(schema: Schema) -> list[Any]:
    """The values of an enum without null, those beside it among them (`x-enum-also`)."""
    return [value for value in (*schema.get("enum", []), *schema.get("x-enum-also", [])) if value is not None]


def is_nullable(schema: Schema) -> bool:
    """Whether `schema` itself allows null."""
    return bool(schema.get("nullable")) or None in schema.get("enum", [])
