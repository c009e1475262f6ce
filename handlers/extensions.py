"""What plugins add to what is not theirs: a part of their own, `x-<plugin>`, in requests and answers.

The document of a plugin says where, in its section `x-extends`; here it becomes a property of those schemas, so that it
is validated, generated and fuzzed like every other. `pharus/extensions.py` is how the plugin gets to it.
"""

from collections.abc import Mapping
from typing import Any

from pharus import external, openapi
from pharus.errors import ConfigurationError
from pharus.openapi import Document

SECTION = "x-extends"
# In the merged document: the keys of plugins, each with its plugin. On an operation those of its body, on a component
# schema those of a record.
PARTS = "x-parts-of-plugins"

# Who keeps a part may refuse it: it names what is not there, or what the plugin does not allow.
_REFUSALS = {
    "404": {"$ref": "#/components/responses/NotFound"},
    "409": {"$ref": "#/components/responses/Conflict"},
}

_PARTS = {"type": ["object", "null"], "additionalProperties": {"type": "object"}}
FORM = {
    "type": ["object", "null"],
    "properties": {"requests": _PARTS, "answers": _PARTS},
    "additionalProperties": False,
}


def key(plugin: str) -> str:
    """`quality_checks` → `x-quality-checks`."""
    return f"x-{plugin.replace('_', '-')}"


def merge(document: dict[str, Any], plugin: str, section: Mapping[str, Any]) -> None:
    """Add the parts of a plugin. What the document had is not changed, but replaced. ConfigurationError, with a
    sentence that says where, for a place that no part can have."""
    for operation_id, schema in (section.get("requests") or {}).items():
        _extend_request(document, plugin, operation_id, schema)
    for component, schema in (section.get("answers") or {}).items():
        _extend_answers(document, plugin, component, schema)


def _extend_request(document: dict[str, Any], plugin: str, operation_id: str, schema: Any) -> None:
    where = f"The plugin {plugin} extends the request of {operation_id}"
    found = [place for place in openapi.operations(document) if place[2].get("operationId") == operation_id]
    if not found or external.owns_operation(plugin, operation_id):
        raise ConfigurationError(f"{where}, which is no operation of somebody else's.")
    ((path, method, operation),) = found
    body = openapi.request_body(document, operation)
    media = body.get("content", {}).get(openapi.JSON)
    if media is None:
        raise ConfigurationError(f"{where}, which takes no JSON.")
    schemas = Document(document)
    whole = schemas.fold(schemas.follow(media["schema"]))
    extended = {**media, "schema": _extended(whole, plugin, schema)}
    document["paths"][path] = {
        **document["paths"][path],
        method: {
            **_marked(operation, plugin),
            "responses": {**_REFUSALS, **operation["responses"]},
            "requestBody": {**body, "content": {**body["content"], openapi.JSON: extended}},
        },
    }


def _extend_answers(document: dict[str, Any], plugin: str, component: str, schema: Any) -> None:
    where = f"The plugin {plugin} extends {component}"
    schemas = Document(document)
    declared = schemas.schemas.get(component)
    if declared is None or external.owns_component(plugin, component):
        raise ConfigurationError(f"{where}, which is no component schema of somebody else's.")
    if "id" not in schemas.fold(declared).get("properties", {}):
        raise ConfigurationError(f"{where}, which has no id: nobody could say of which record a part is.")
    if component in _requested(document):
        raise ConfigurationError(
            f"{where}, which requests hold, too: extend their operations in {SECTION}/requests, and what answers show."
        )
    document["components"]["schemas"][component] = _marked(_extended(declared, plugin, schema), plugin)


def _extended(schema: openapi.Schema, plugin: str, part: Any) -> openapi.Schema:
    """With the part as its last property."""
    return {**schema, "properties": {**schema.get("properties", {}), key(plugin): part}}


def _marked(node: Mapping[str, Any], plugin: str) -> dict[str, Any]:
    return {**node, PARTS: {**node.get(PARTS, {}), key(plugin): plugin}}


def _requested(document: Mapping[str, Any]) -> set[str]:
    """The component schemas that bodies of requests hold."""
    schemas = Document(document).schemas
    found: set[str] = set()
    left: list[Any] = [openapi.request_body(document, each) for _, _, each in openapi.operations(document)]
    while left:
        for reference in openapi.references(left.pop()):
            name = reference.removeprefix(openapi.SCHEMA_PREFIX)
            if name in schemas and name not in found:
                found.add(name)
                left.append(schemas[name])
    return found
