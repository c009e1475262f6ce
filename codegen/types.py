"""From a schema to Python: the text of a type, and the definitions of the names in it."""

from __future__ import annotations

import keyword
import re

from codegen.reach import Direction
from codegen.schema_types import alternatives, enum_values, is_named, is_nullable, is_object, is_union_of_objects
from codegen.source import LINE_LENGTH, SHOWN, UPLOAD, Definition, literal, union
from pharus.openapi import Document, InvalidDocument, Schema


class Definer:
    """Defines one component in one direction.

    `definitions` holds the component and what was nested in it; `symbols` the names they need: of components, and of
    the standard library as `module` or `module.name`. Raises InvalidDocument for what has no Python type.
    """

    def __init__(self, document: Document, component: str, direction: Direction) -> None:
        self.definitions: list[Definition] = []
        self.symbols: set[str] = set()
        self._document = document
        self._direction = direction
        self._inlined: list[str] = []
        self._define(component, document.fold(document.schemas[component]))

    def _define(self, name: str, schema: Schema) -> None:
        if not name.isidentifier():
            raise InvalidDocument(f"The component {name!r} is no name in Python.")
        definition = Definition(name, schema.get("description", ""))
        self.definitions.append(definition)
        if is_object(self._document, schema):
            if is_union_of_objects(self._document, schema):
                raise InvalidDocument(f"{name} has properties and alternatives with properties; it can have either.")
            self.symbols.add("typing.TypedDict")
            definition.fields = [self._field(name, schema, key) for key in schema["properties"]]
        elif values := enum_values(schema):
            self.symbols.add("typing.Literal")
            definition.values = [literal(name, value) for value in values]
        else:
            self.symbols.add("typing.TypeAlias")
            definition.union = union(self._types({"anyOf": alternatives(schema)}, name))

    def _nest(self, name: str, schema: Schema) -> str:
        if name in self._document.schemas or any(name == other.name for other in self.definitions):
            raise InvalidDocument(f"{name} would be defined twice: something written in place needs that name, too.")
        self._define(name, schema)
        return name

    def _field(self, owner: str, schema: Schema, key: str) -> tuple[str, str]:
        """The key and its type; an enum that makes the line too long gets a name of its own."""
        if not key.isidentifier() or keyword.iskeyword(key) or key.startswith("__"):
            raise InvalidDocument(f"The property {key!r} of {owner} is no name in Python.")
        before = len(self.definitions)
        for lift_enums in (False, True):
            del self.definitions[before:]
            nested = owner + key[0].upper() + key[1:]
            types = self._types(schema["properties"][key], nested, lift_enums)
            text = self._rows(types) if key == "data" and "nextCursor" in schema["properties"] else union(types)
            if key not in schema.get("required", []):
                self.symbols.add("typing.NotRequired")
                text = f"NotRequired[{text}]"
            if len(f"    {key}: {text}") <= LINE_LENGTH:
                return key, text
        raise InvalidDocument(
            f"The type of {owner}.{key} does not fit on a line; its alternatives need a component of their own."
        )

    def _rows(self, types: list[str]) -> str:
        """The rows of a page: they are only shown (`pharus.shown`)."""
        self.symbols.add(SHOWN)
        return union([re.sub(r"^list\[(.+)\]$", r"list[Shown[\1]]", text) for text in types])

    def _types(self, schema: Schema, nested: str, lift_enums: bool = False) -> list[str]:
        """The alternatives for a value; `nested` is the name for an object or enum that is written in place."""
        schema = self._document.fold(schema)
        component = self._document.component(schema)
        if component is None:
            types = self._written_in_place(schema, nested, lift_enums)
        elif is_named(self._document, component):
            self.symbols.add(component)
            types = [component, *(["None"] if is_nullable(self._document.schemas[component]) else [])]
        else:
            types = self._inline(component, nested)
        return [*types, "None"] if is_nullable(schema) else types

    def _inline(self, component: str, nested: str) -> list[str]:
        if component in self._inlined:
            raise InvalidDocument(f"{component} contains itself without an object in between.")
        self._inlined.append(component)
        types = self._types(self._document.schemas[component], nested)
        self._inlined.pop()
        return types

    def _written_in_place(self, schema: Schema, nested: str, lift_enums: bool) -> list[str]:
        if is_object(self._document, schema):
            return [self._nest(nested, schema)]
        if "enum" in schema:
            return self._enum(schema, nested, lift_enums)
        match schema.get("type"):
            case "array":
                return [f"list[{union(self._types(schema.get('items', {}), nested + 'Item', lift_enums))}]"]
            case "object":
                values = schema.get("additionalProperties")
                value = self._types(values, nested + "Value") if isinstance(values, dict) else ["object"]
                return [f"dict[str, {union(value)}]"]
            case "string":
                return [self._string(schema)]
            case "number":
                self.symbols.add("decimal.Decimal")
                return ["Decimal", "int"]
            case "integer":
                return ["int"]
            case "boolean":
                return ["bool"]
        parts = [self._types(part, f"{nested}Option{n}") for n, part in enumerate(alternatives(schema), start=1)]
        return [one for part in parts for one in part] or ["object"]

    def _enum(self, schema: Schema, nested: str, lift_enums: bool) -> list[str]:
        values = enum_values(schema)
        if values and lift_enums:
            return [self._nest(nested, schema)]
        if values:
            self.symbols.add("typing.Literal")
        return [f"Literal[{', '.join(literal(nested, value) for value in values)}]"] if values else ["None"]

    def _string(self, schema: Schema) -> str:
        if schema.get("format") == "binary" and self._direction == "request":
            # The file of a multipart/form-data body: it lies on the disk, not in memory.
            self.symbols.add(UPLOAD)
            return UPLOAD.rpartition(".")[2]
        if schema.get("format") == "binary":
            return "bytes"
        if schema.get("x-decimal") and self._direction == "request":
            # The text of a number, which the server reads as one before a handler sees it.
            self.symbols.add("decimal.Decimal")
            return "Decimal"
        # Requests are validated as text and stay text: a date or a decimal in it is read where it is used.
        if self._direction == "request":
            return "str"
        if schema.get("format") in ("date", "date-time"):
            self.symbols.add("datetime")
            return "datetime.date" if schema["format"] == "date" else "datetime.datetime"
        if is_decimal(self._document, schema):
            self.symbols.add("decimal.Decimal")
            return "Decimal"
        return "str"


def is_decimal(document: Document, schema: Schema) -> bool:
    """Whether a text of an answer is that of a number."""
    # Where null is allowed as well the pattern is written in place, because `nullable` cannot stand beside a $ref.
    patterns = [document.schemas.get(name, {}).get("pattern") for name in ("DecimalString", "ValueString")]
    return schema.get("pattern") is not None and schema["pattern"] in patterns
