"""docs/reference/components.md: what of the document others may refer to, what it means, and where it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from codegen.rendering import templates
from codegen.schema_types import enum_values
from codegen.source import first_sentence
from pharus import openapi
from pharus.openapi import Document

# The sections of the page, in this order.
_SECTIONS = ("parameters", "responses", "schemas", "headers", "securitySchemes")
_KEYS_SHOWN = 6
_USERS_SHOWN = 4


@dataclass
class Component:
    """One component; `users` are the operations and components that refer to it, as the page shows them."""

    name: str
    form: str
    meaning: str
    users: list[str] = field(default_factory=list)

    @property
    def used_by(self) -> str:
        shown = [f"`{user}`" for user in self.users[:_USERS_SHOWN]]
        if len(self.users) > _USERS_SHOWN:
            shown.append(f"{len(self.users) - _USERS_SHOWN} more")
        return ", ".join(shown) or "–"


def component_files(document: Document) -> dict[str, str]:
    """The text of the page by its path."""
    components = document.content.get("components", {})
    found = {
        section: {name: _component(document, section, name) for name in components[section]}
        for section in _SECTIONS
        if components.get(section)
    }
    for user, node in _users(document):
        for reference in dict.fromkeys(_references(node)):
            _, section, name = reference.rsplit("/", maxsplit=2)
            if name in found.get(section, {}):
                found[section][name].users.append(user)
    page = templates().get_template("components.md.j2").render(sections=found)
    return {"docs/reference/components.md": page}


def _component(document: Document, section: str, name: str) -> Component:
    declared = document.content["components"][section][name]
    match section:
        case "parameters":
            form = f"{declared['in']} `{declared['name']}`"
        case "schemas":
            form = _form(document, declared)
        case "securitySchemes":
            form = " ".join(str(declared[key]) for key in ("type", "scheme", "in", "name") if key in declared)
        case _:
            form = ""
    return Component(name, form, _meaning(document, section, declared))


def _form(document: Document, schema: dict[str, Any]) -> str:
    folded = document.fold(schema)
    form = str(folded.get("type", "object" if "properties" in folded else "any of several"))
    return "enum" if enum_values(folded) else f"{form}, {folded['format']}" if "format" in folded else form


def _meaning(document: Document, section: str, declared: dict[str, Any]) -> str:
    """The first sentence of its description, and of a schema its keys or values, which say most where there is none."""
    sentence = first_sentence(declared.get("description", ""))
    if section != "schemas":
        return sentence
    folded = document.fold(declared)
    names = [str(value) for value in enum_values(folded)] or list(folded.get("properties", {}))
    shown = ", ".join(f"`{name}`" for name in (names if enum_values(folded) else names[:_KEYS_SHOWN]))
    if not enum_values(folded) and len(names) > _KEYS_SHOWN:
        shown += f" and {len(names) - _KEYS_SHOWN} more"
    return " ".join(filter(None, (sentence, shown)))


def _users(document: Document) -> Iterator[tuple[str, Any]]:
    """Operations and components by name; what a path declares belongs to each of its operations."""
    for path, _, operation in openapi.operations(document.content):
        yield operation["operationId"], [document.content["paths"][path].get("parameters", []), operation]
    for components in document.content.get("components", {}).values():
        yield from components.items()


def _references(node: Any) -> Iterator[str]:
    """The components that are referred to anywhere inside, by $ref or as a security scheme."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str) and re.fullmatch(r"#/components/\w+/[^/]+", value):
                yield value
            elif key == "security" and isinstance(value, list):
                yield from (f"#/components/securitySchemes/{name}" for each in value for name in each)
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for each in node:
            yield from _references(each)
