"""From a schema to TypeScript: interfaces, and what a program must convert, because types are gone when it runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from codegen.reach import Direction
from codegen.schema_types import alternatives, enum_values, is_named, is_nullable, is_object
from codegen.source import first_sentence
from codegen.types import is_decimal
from pharus.openapi import DATE_OR_DATE_TIME, Document, InvalidDocument, Schema

MOMENTS = ("date", "date-time", DATE_OR_DATE_TIME)
# The types of values.ts, which requests or answers have.
OWN = ("Decimal", "DecimalInput", "Instant", "Moment")

# How a value of an answer is converted: "decimal", "instant", or as a record of that name; and each key's of a record.
Conversion: TypeAlias = str
Shape: TypeAlias = dict[str, Conversion]

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


@dataclass(frozen=True)
class Property:
    key: str
    is_optional: bool
    type: str
    description: str


@dataclass
class Declaration:
    """One exported name: an interface with `properties`, or a type that is `alias`."""

    name: str
    description: str = ""
    properties: list[Property] = field(default_factory=list)
    alias: str = ""


class TypeScriptDefiner:
    """Declares one component in one direction.

    `declarations` holds the component and the objects that are written in place in it; `symbols` the other names they
    need; `shapes` what of each object an answer has in another form. Raises InvalidDocument for what has no type.
    """

    def __init__(self, document: Document, component: str, direction: Direction) -> None:
        self.declarations: list[Declaration] = []
        self.symbols: set[str] = set()
        self.shapes: dict[str, Shape] = {}
        self._document = document
        self._direction = direction
        self._declare(component, document.fold(document.schemas[component]))

    def _declare(self, name: str, schema: Schema) -> None:
        if any(name == other.name for other in self.declarations):
            raise InvalidDocument(f"{name} would be declared twice: something written in place needs that name, too.")
        declaration = Declaration(name, first_sentence(schema.get("description", "")))
        self.declarations.append(declaration)
        if is_object(self._document, schema):
            shape = self.shapes.setdefault(name, {})
            declaration.properties = [self._property(name, schema, key, shape) for key in schema["properties"]]
        else:
            declaration.alias = self._text(schema, name)[0]

    def _property(self, owner: str, schema: Schema, key: str, shape: Shape) -> Property:
        declared = schema["properties"][key]
        text, conversion = self._text(declared, owner + key[0].upper() + key[1:])
        if conversion:
            shape[key] = conversion
        is_optional = key not in schema.get("required", [])
        if is_optional and self._direction == "request":
            # So that a program may say that it has no value, whatever its compiler options are.
            text += " | undefined"
        description = first_sentence(str(declared.get("description", "")))
        return Property(property_name(key), is_optional, text, description)

    def _text(self, schema: Schema, nested: str) -> tuple[str, Conversion]:
        """The type of a value and its conversion; `nested` is the name for an object that is written in place."""
        schema = self._document.fold(schema)
        component = self._document.component(schema)
        if component is None:
            text, conversion = self._written_in_place(schema, nested)
        elif is_named(self._document, component):
            self.symbols.add(component)
            is_record = is_object(self._document, self._document.schemas[component])
            text, conversion = component, component if is_record else ""
            schema = {**schema, "nullable": is_nullable(self._document.schemas[component])}
        else:
            text, conversion = self._text(self._document.schemas[component], nested)
        return (f"{text} | null" if is_nullable(schema) and not text.endswith(" | null") else text), conversion

    def _written_in_place(self, schema: Schema, nested: str) -> tuple[str, Conversion]:
        if is_object(self._document, schema):
            self._declare(nested, schema)
            return nested, nested
        if "enum" in schema:
            return union([literal(value) for value in enum_values(schema)]), ""
        match schema.get("type"):
            case "array":
                text, conversion = self._text(schema.get("items", {}), f"{nested}Item")
                return array(text, is_read_only=self._direction == "request"), conversion
            case "object":
                return self._map(schema, nested), ""
            case "string":
                return self._string(schema)
            case "number":
                return self._number(nested)
            case "integer":
                return "number", ""
            case "boolean":
                return "boolean", ""
        return self._one_of(schema, nested), ""

    def _map(self, schema: Schema, nested: str) -> str:
        values = schema.get("additionalProperties")
        if not isinstance(values, dict):
            return "Record<string, unknown>"
        text, conversion = self._text(values, f"{nested}Value")
        if conversion and self._direction == "response":
            raise InvalidDocument(f"{nested}: the values of a map are not converted in TypeScript.")
        return f"Record<string, {text}>"

    def _one_of(self, schema: Schema, nested: str) -> str:
        parts = [self._text(part, f"{nested}Option{n}") for n, part in enumerate(alternatives(schema), start=1)]
        if self._direction == "response" and any(conversion for _, conversion in parts):
            raise InvalidDocument(f"{nested}: which of several forms an answer has is not known when a program runs.")
        return union([one for text, _ in parts for one in text.split(" | ")]) or "unknown"

    def _number(self, nested: str) -> tuple[str, Conversion]:
        if self._direction == "response":
            raise InvalidDocument(f"{nested}: JavaScript loses digits of a number; answers have decimals as texts.")
        return self._own("DecimalInput"), ""

    def _string(self, schema: Schema) -> tuple[str, Conversion]:
        form = schema.get("format")
        if self._direction == "request":
            if form == "binary":
                return "File", ""
            if schema.get("x-decimal"):
                return self._own("DecimalInput"), ""
            return (self._own("Moment") if form in MOMENTS else "string"), ""
        if form == "date-time":
            return self._own("Instant"), "instant"
        if is_decimal(self._document, schema):
            return self._own("Decimal"), "decimal"
        # A day stays a text: JavaScript's dates have a time of day, and so another day in other time zones.
        return "string", ""

    def _own(self, name: str) -> str:
        self.symbols.add(name)
        return name


def union(types: list[str]) -> str:
    """Each type once, null last."""
    return " | ".join(sorted(dict.fromkeys(types), key="null".__eq__))


def array(text: str, *, is_read_only: bool) -> str:
    of = f"({text})" if " | " in text else text
    return f"readonly {of}[]" if is_read_only else f"{of}[]"


def literal(value: object) -> str:
    """An enum value as TypeScript text. Raises InvalidDocument for one that is no text, number or truth value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise InvalidDocument(f"The enum value {value!r} has no type in TypeScript.")
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def property_name(key: str) -> str:
    return key if _IDENTIFIER.fullmatch(key) else literal(key)
