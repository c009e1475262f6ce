"""The schemas of tools' arguments, made of those of the document: JSON Schema 2020-12, as short as an agent needs.

What an argument is, its form and its bounds are said here in short. The operation itself checks all of it.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from pharus import openapi

Schema = dict[str, Any]

# A nested key by the keys of it that a tool takes; None: all of them.
Keys = Mapping[str, Any] | None

_SENTENCE = re.compile(r"^.*?(?<=[a-z0-9`)\]])[.;](?=\s|$)", re.DOTALL)
_KEPT = ("minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength")
_MOST_DESCRIPTION = 110


def of_body(document: Mapping[str, Any], operation: Mapping[str, Any], keys: Keys = None) -> Schema:
    """The schema of what an operation takes, of these keys of it."""
    body = openapi.request_body(document, operation)
    content = body.get("content", {}).get(openapi.JSON)
    return brief(openapi.Document(document), content["schema"], keys) if content else {}


def brief(document: openapi.Document, schema: openapi.Schema, keys: Keys = None) -> Schema:
    while "$ref" in schema or "allOf" in schema:
        schema = document.fold(document.follow(schema))
    if "properties" in schema:
        return _object(document, schema, keys)
    if schema.get("type") == "array":
        return {**_kept(schema), "type": "array", "items": brief(document, schema["items"], keys)}
    if "oneOf" in schema or "anyOf" in schema:
        return {**DECIMAL}
    if "enum" in schema:
        return {"enum": [*schema["enum"], *schema.get("x-enum-also", ())]}
    found: Schema = {"type": schema.get("type", "string"), **_kept(schema)}
    form = schema.get("format")
    if form is not None:
        found["format"] = "date" if form == openapi.DATE_OR_DATE_TIME else form
        found.pop("maxLength", None)
    return found


def _object(document: openapi.Document, schema: openapi.Schema, keys: Keys) -> Schema:
    taken = {name: each for name, each in schema["properties"].items() if keys is None or name in keys}
    properties: Schema = {}
    for name, each in taken.items():
        properties[name] = brief(document, each, None if keys is None else keys[name])
        description = _first_sentence(each.get("description", ""))
        if description:
            properties[name]["description"] = description
    required = [name for name in schema.get("required", ()) if name in taken]
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": required} if required else found


def arguments(properties: Mapping[str, Schema], required: Collection[str]) -> Schema:
    """The input schema of a tool."""
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**schema, "required": sorted(required)} if required else schema


def _kept(schema: openapi.Schema) -> Schema:
    return {name: schema[name] for name in _KEPT if name in schema}


def _first_sentence(text: str) -> str:
    found = _SENTENCE.match(" ".join(text.split()))
    sentence = found[0].rstrip(".;") if found else " ".join(text.split()).rstrip(".")
    return sentence if len(sentence) <= _MOST_DESCRIPTION else ""


ID: Schema = {"type": "string", "format": "uuid"}
DAY: Schema = {"type": "string", "format": "date"}
TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
# It may be written as a number or, with all of its digits, as a text.
DECIMAL: Schema = {
    "type": ["string", "number"],
    "pattern": "^-?[0-9]{1,12}([.][0-9]{1,12})?$",
    "minimum": -1_000_000_000_000,
    "maximum": 1_000_000_000_000,
}
CONFIRMATION: Schema = {
    "type": "string",
    "maxLength": 200,
    "description": "From the answer that showed what would change; leave out to see that first",
}


def limit(default: int = 10, most: int = 50) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


def one_of(*values: str) -> Schema:
    return {"enum": list(values)}
