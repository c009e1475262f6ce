"""The schemas of responses, compiled: what openapi-core takes milliseconds for is answered in microseconds.

Nothing passes here that openapi-core refuses; tests/contract/test_response_schemas.py holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import jsonschema_rs

from pharus import openapi

_OF_ONE = ("items", "additionalProperties", "not")
_OF_SEVERAL = ("allOf", "anyOf", "oneOf")
# What says nothing about a value, or is said in another way below.
_LEFT_OUT = {"example", "description", "title", "default", "deprecated", "externalDocs", "xml", "nullable"}


class ResponseSchemas:
    """The schemas of one document, each compiled when it is asked for the first time."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._components = {
            name: _rewritten(schema) for name, schema in document.get("components", {}).get("schemas", {}).items()
        }
        # By identity, with the schema beside it: as long as it is kept, nothing else has its id.
        self._compiled: dict[int, tuple[Mapping[str, Any], Any]] = {}

    def accepts(self, schema: Mapping[str, Any], value: object) -> bool:
        """`schema` is part of the document."""
        if id(schema) not in self._compiled:
            self._compiled[id(schema)] = (schema, self._compile(_rewritten(schema)))
        return bool(self._compiled[id(schema)][1].is_valid(value))

    def _compile(self, schema: dict[str, Any]) -> Any:
        reached: dict[str, Any] = {}
        self._reach(openapi.references(schema), reached)
        complete = {**schema, "components": {"schemas": reached}}
        return jsonschema_rs.Draft202012Validator(complete, validate_formats=True)

    def _reach(self, references: Iterable[str], reached: dict[str, Any]) -> None:
        """Collect the components that are referred to, directly or through others."""
        for reference in references:
            name = reference.removeprefix(openapi.SCHEMA_PREFIX)
            if name in self._components and name not in reached:
                reached[name] = self._components[name]
                self._reach(openapi.references(reached[name]), reached)


def _rewritten(schema: Any) -> Any:
    """A schema of OpenAPI 3.0 as one of JSON Schema 2020-12."""
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        # Nothing beside a reference counts.
        return {"$ref": schema["$ref"]}
    new = {key: value for key, value in schema.items() if key not in _LEFT_OUT and not key.startswith("x-")}
    if schema.get("nullable") is True and "type" in schema:
        new["type"] = [schema["type"], "null"]
    for key in _OF_ONE:
        if key in new:
            new[key] = _rewritten(new[key])
    for key in _OF_SEVERAL:
        if key in new:
            new[key] = [_rewritten(each) for each in new[key]]
    if "properties" in new:
        new["properties"] = {name: _rewritten(each) for name, each in new["properties"].items()}
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if new.pop(exclusive, False):
            new[exclusive] = new.pop(bound)
    return new
