"""The parts of plugins (handlers/extensions.py) where an operation runs: they are taken from its body and handed to the
plugin, and what the plugin shows is put into the answer.

A function whose operation has no such parts stays what it is. Of the others, the plugin is asked once for all records
of a kind in an answer.
"""

import functools
from collections.abc import Callable, Mapping
from typing import Any

from handlers.extensions import PARTS
from pharus import extensions, openapi
from pharus.hooks import hook_of

Function = Callable[..., Any]
# Component → the records of that kind in an answer.
Found = dict[str, list[dict[str, Any]]]
Find = Callable[[Any, Found], None]


def extended(document: Mapping[str, Any], functions: Mapping[str, Function]) -> dict[str, Function]:
    """The functions by operationId, of which those whose operation has parts of plugins see to them."""
    finders = _Finders(document)
    return {
        operation["operationId"]: _with_parts(document, operation, functions[operation["operationId"]], finders)
        for _, _, operation in openapi.operations(document)
    }


def _with_parts(
    document: Mapping[str, Any], operation: Mapping[str, Any], function: Function, finders: "_Finders"
) -> Function:
    taken: Mapping[str, str] = operation.get(PARTS, {})
    schema = openapi.success(document, operation).get("content", {}).get(openapi.JSON, {}).get("schema", {})
    find = finders.of(schema)
    if not taken and find is None:
        return function
    operation_id = operation["operationId"]

    @functools.wraps(function)
    def with_parts(**arguments: Any) -> Any:
        body = arguments.get("body")
        parts: dict[str, Any] = {}
        if taken and isinstance(body, dict):
            parts = {plugin: body[key] for key, plugin in taken.items() if key in body}
            arguments["body"] = {key: value for key, value in body.items() if key not in taken}
        with extensions.of_request(parts):
            answer = function(**arguments)
            for plugin, part in parts.items():
                hook_of(plugin, "extension_given")(operation_id=operation_id, part=part, answer=answer)
        if find is not None:
            found: Found = {}
            find(answer, found)
            for component, records in found.items():
                finders.show(component, records)
        return answer

    return with_parts


class _Finders:
    """Functions that find, in an answer, the records whose component schema plugins extend: one for each schema, and
    none where there are none."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = openapi.Document(document)
        self._parts: dict[str, Mapping[str, str]] = {
            name: schema[PARTS] for name, schema in self._document.schemas.items() if PARTS in schema
        }
        self._known: dict[str, Find | None] = {}
        self._reaching = _reaching(self._document.schemas, self._parts)

    def show(self, component: str, records: list[dict[str, Any]]) -> None:
        for key, plugin in self._parts[component].items():
            (shown,) = hook_of(plugin, "extension_shown")(component=component, records=records) or ({},)
            for record in records:
                part = (shown or {}).get(record["id"])
                if part is not None:
                    record[key] = part

    def of(self, schema: openapi.Schema) -> Find | None:
        if not self._parts:
            return None
        component = self._document.component(schema) if "$ref" in schema else None
        if component is None:
            return self._of_node(schema)
        if component not in self._reaching:
            return None
        if component not in self._known:
            # Of one that holds itself, what it finds is looked up when an answer is looked through.
            self._known[component] = lambda value, found: _call(self._known[component], value, found)
            self._known[component] = self._of_component(component)
        return self._known[component]

    def _of_component(self, component: str) -> Find | None:
        inner = self._of_node(self._document.schemas[component])
        if component not in self._parts:
            return inner

        def find(value: Any, found: Found) -> None:
            if isinstance(value, dict):
                found.setdefault(component, []).append(value)
                _call(inner, value, found)

        return find

    def _of_node(self, schema: openapi.Schema) -> Find | None:
        properties = {
            name: each for name, node in schema.get("properties", {}).items() if (each := self.of(node)) is not None
        }
        parts = [each for part in schema.get("allOf", ()) if (each := self.of(part)) is not None]
        items = self.of(schema["items"]) if "items" in schema else None
        if not properties and not parts and items is None:
            return None

        def find(value: Any, found: Found) -> None:
            if isinstance(value, list) and items is not None:
                for entry in value:
                    items(entry, found)
            if isinstance(value, dict):
                for name, each in properties.items():
                    if name in value:
                        each(value[name], found)
                for each in parts:
                    each(value, found)

        return find


def _call(find: Find | None, value: Any, found: Found) -> None:
    if find is not None:
        find(value, found)


def _reaching(schemas: Mapping[str, openapi.Schema], wanted: Mapping[str, Any]) -> set[str]:
    """The components that hold one of those wanted, directly or through others, and these themselves."""
    refers = {
        name: {reference.removeprefix(openapi.SCHEMA_PREFIX) for reference in openapi.references(schema)}
        for name, schema in schemas.items()
    }
    found = set(wanted)
    while added := {name for name, others in refers.items() if name not in found and others & found}:
        found |= added
    return found
