"""The document as OpenAPI 3.1, whose schemas are JSON Schema 2020-12, for the tools that want that.

The document itself stays 3.0 (docs/adr/0012). What is said is the same: null is one more type, an exclusive bound is a
number, a schema has a list of examples, and bytes have a media type instead of a format.
"""

from collections.abc import Mapping
from typing import Any

VERSION = "3.1.0"
_DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base"

# Below these are schemas by name, or a list of them, or one.
_BY_NAME = ("properties",)
_LISTS = ("allOf", "anyOf", "oneOf")
_ONE = ("items", "not", "additionalProperties")
_BOUNDS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
# Whatever is in them is a value, and not a part of a document.
_VALUES = ("example", "examples", "default", "value", "enum")


def converted(document: Mapping[str, Any]) -> dict[str, Any]:
    """A copy in OpenAPI 3.1."""
    rest = {key: value for key, value in document.items() if key not in ("openapi", "components")}
    components = {
        section: {name: _schema(entry) if section == "schemas" else _node(entry) for name, entry in entries.items()}
        for section, entries in document.get("components", {}).items()
    }
    return {"openapi": VERSION, "jsonSchemaDialect": _DIALECT, **_node(rest), "components": components}


def _node(node: Any) -> Any:
    if isinstance(node, list):
        return [_node(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: value if key in _VALUES else _schema(value) if key == "schema" else _node(value)
        for key, value in node.items()
    }


def _schema(schema: Any) -> Any:
    # `additionalProperties` may be true or false.
    if not isinstance(schema, dict):
        return schema
    found = {key: _inside(key, value) for key, value in schema.items()}
    if found.pop("nullable", False) and "type" in found:
        found["type"] = [found["type"], "null"]
    for exclusive, bound in _BOUNDS.items():
        if found.get(exclusive) is True:
            found[exclusive] = found.pop(bound)
        elif found.get(exclusive) is False:
            del found[exclusive]
    if "example" in found:
        found["examples"] = [found.pop("example")]
    if found.get("format") == "binary":
        del found["format"]
        found["contentMediaType"] = "application/octet-stream"
    elif found.get("format") == "byte":
        del found["format"]
        found["contentEncoding"] = "base64"
    return found


def _inside(key: str, value: Any) -> Any:
    if key in _BY_NAME:
        return {name: _schema(each) for name, each in value.items()}
    if key in _LISTS:
        return [_schema(each) for each in value]
    return _schema(value) if key in _ONE else value
