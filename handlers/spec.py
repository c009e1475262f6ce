"""The one document: openapi.yaml, merged with the fragments of external plugins, checked before anything is served."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

from handlers import extensions, provided
from pharus import external, openapi
from pharus.errors import ConfigurationError
from pharus.external import External
from pharus.openapi import ROLES, InvalidDocument, dereference, operations

Document = dict[str, Any]

# What a fragment may say. With `openapi` and `info` editors take it for a document; the merged one has its own.
_SECTIONS = ("openapi", "info", "tags", "paths", "components", extensions.SECTION, provided.SETTINGS)

# What may refer to components.
_REFERRING = ("paths", "components", extensions.SECTION, provided.SETTINGS)

# Deeper than any document that people write. YAML's aliases can make one that holds itself.
_DEEPEST = 100

_OBJECTS = {"type": ["object", "null"], "additionalProperties": {"type": "object"}}
_OPERATION = {
    "type": "object",
    "properties": {
        "operationId": {"type": "string"},
        "x-minimum-role": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "parameters": {"type": "array", "items": {"type": "object"}},
        "requestBody": {"type": "object"},
        "responses": {"type": "object", "additionalProperties": {"type": "object"}},
        # What the operation refuses that its schema cannot say; `pharus test-contract` reads it.
        "x-rules": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "message"],
                "additionalProperties": False,
                "properties": {key: {"type": "string", "format": "regex"} for key in ("path", "message")},
            },
        },
    },
}
# What merging and searching rely on. The whole of OpenAPI is checked once it is merged (`check_form`).
_FORM = jsonschema_rs.Draft4Validator(
    {
        "type": "object",
        "properties": {
            "paths": {
                "type": ["object", "null"],
                "additionalProperties": {
                    "type": "object",
                    "properties": dict.fromkeys(openapi.METHODS, _OPERATION),
                },
            },
            "components": {"type": ["object", "null"], "additionalProperties": _OBJECTS},
            "tags": {
                "type": ["array", "null"],
                "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
            },
            extensions.SECTION: extensions.FORM,
            provided.SETTINGS: {"type": ["object", "null"]},
        },
    },
    validate_formats=True,
)


_WRITING = ("post", "put", "patch", "delete")
_KEY_PARAMETER = {"$ref": "#/components/parameters/IdempotencyKey"}
_REFUSALS = {
    "409": {"$ref": "#/components/responses/Conflict"},
    "412": {"$ref": "#/components/responses/PreconditionFailed"},
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """What an external plugin brings: paths, components and tags of its own, all of them named after it."""

    name: str
    document: Document


def load(fragments: Sequence[Fragment] = ()) -> Document:
    """The merged and checked document. ConfigurationError, with a sentence that says where, when it is refused."""
    # Ours is tested; to look at each of its values would take a tenth of the time that it takes to read.
    document: Document = openapi.parse(path().read_bytes())
    for fragment in fragments:
        _merge(document, _with_keys(fragment))
    # They may be of each other.
    for fragment in fragments:
        extensions.merge(document, fragment.name, fragment.document.get(extensions.SECTION) or {})
    _check(document)
    return document


def fragment(plugin: External) -> Fragment:
    """The openapi.yaml in the package of an external plugin; a plugin of hooks alone may have none."""
    file = files(plugin.package) / "openapi.yaml"
    document = _parsed(file.read_bytes(), f"The openapi.yaml of the plugin {plugin.name}") if file.is_file() else {}
    return Fragment(plugin.name, provided.with_operations(plugin, document))


def path() -> Path:
    """Where openapi.yaml is: inside the package when installed from a wheel, beside it in a checkout."""
    here = Path(__file__).parent
    return next(file for file in (here / "openapi.yaml", here.parent / "openapi.yaml") if file.exists())


def read(file: Path) -> Document:
    """The openapi.yaml of a plugin that need not be installed. ConfigurationError when it cannot be merged."""
    return _parsed(file.read_bytes(), str(file))


def _parsed(text: bytes, what: str) -> Document:
    """What `what` says, in a form that can be merged and searched: the values of its sections are what OpenAPI has
    there, and its keys are texts. ConfigurationError, with the line or the place, for anything else."""
    try:
        document = openapi.parse(text)
    except (yaml.YAMLError, RecursionError) as error:
        reason = " ".join(str(error).replace('in "<byte string>", ', "").split())
        raise ConfigurationError(f"{what} is no YAML: {reason}.") from error
    if not isinstance(document, dict):
        raise ConfigurationError(f"{what} holds no paths.")
    _refuse_what_json_lacks(document, what)
    wrong = next(_FORM.iter_errors(document), None)
    if wrong is not None:
        pointer = "/".join(str(part) for part in wrong.instance_path)
        raise ConfigurationError(f"{what} is no OpenAPI document: /{pointer}: {wrong.message[:500]}")
    return document


def _refuse_what_json_lacks(node: Any, what: str, *above: str) -> None:
    """YAML has keys and values that JSON has not: numbers as keys, dates."""
    if len(above) > _DEEPEST:
        raise ConfigurationError(f"{what} is nested too deeply, or holds itself: /{'/'.join(above[:5])} …")
    for key, value in node.items() if isinstance(node, dict) else ():
        if not isinstance(key, str):
            raise ConfigurationError(f"{what} has the key {key} at /{'/'.join(above)}: put it in quotes, as a text.")
        _refuse_what_json_lacks(value, what, *above, key)
    if node is not None and not isinstance(node, dict | list | str | int | float):
        raise ConfigurationError(f"{what} has the value {node} at /{'/'.join(above)}: put it in quotes, as a text.")
    for index, value in enumerate(node if isinstance(node, list) else ()):
        _refuse_what_json_lacks(value, what, *above, str(index))


def check_form(document: Mapping[str, Any], schema: dict[str, Any]) -> None:
    """ConfigurationError unless the document has the form of an OpenAPI document, which `schema` describes."""
    error = next(jsonschema_rs.Draft4Validator(schema).iter_errors(document), None)
    if error is not None:
        pointer = "/".join(str(part) for part in error.instance_path)
        raise ConfigurationError(f"The document is no OpenAPI document: /{pointer}: {error.message[:500]}")


def _merge(document: Document, fragment: Fragment) -> None:
    """Add a fragment. The entries of the document are shared with it afterwards, so neither may be changed."""
    name, added = fragment.name, fragment.document
    for section in added:
        if section not in _SECTIONS:
            raise ConfigurationError(
                f"The openapi.yaml of the plugin {name} has the section {section}; it may have {', '.join(_SECTIONS)}."
            )
    for route, item in (added.get("paths") or {}).items():
        if route in document["paths"]:
            raise ConfigurationError(
                f"The plugin {name} redefines the path {route}; its paths must begin with "
                f"{external.path_prefix(name)}/."
            )
        if not external.owns_path(name, route):
            raise ConfigurationError(
                f"The plugin {name} defines {route}; its paths must begin with {external.path_prefix(name)}/."
            )
        document["paths"][route] = item
    for section, entries in (added.get("components") or {}).items():
        target = document.setdefault("components", {}).setdefault(section, {})
        for component, entry in entries.items():
            if target.get(component, entry) != entry:
                raise ConfigurationError(
                    f"The plugin {name} redefines the component {section}/{component}: call its own "
                    f"{external.component_prefix(name)}{component}."
                )
            if component not in target and not external.owns_component(name, component):
                raise ConfigurationError(
                    f"The plugin {name} defines the component {section}/{component}; its components must begin with "
                    f"{external.component_prefix(name)}: call it {external.component_prefix(name)}{component}."
                )
            target[component] = entry
    known = {tag["name"]: tag for tag in document.setdefault("tags", [])}
    for tag in added.get("tags") or []:
        if known.get(tag["name"], tag) != tag:
            raise ConfigurationError(f"The plugin {name} redefines the tag {tag['name']}: give it another name.")
        if tag["name"] not in known:
            document["tags"].append(tag)
    _check_fragment(document, fragment)


def _with_keys(fragment: Fragment) -> Fragment:
    """The fragment whose writing operations take an Idempotency-Key, and refuse it and If-Match, as ours do."""
    paths: dict[str, Any] = {}
    for route, item in (fragment.document.get("paths") or {}).items():
        paths[route] = {
            method: _with_key(operation) if method in _WRITING else operation for method, operation in item.items()
        }
    return Fragment(fragment.name, {**fragment.document, "paths": paths}) if paths else fragment


def _with_key(operation: Document) -> Document:
    # Nobody is known to a public one whose key it could be.
    if operation.get("x-minimum-role") == "public":
        return operation
    parameters = operation.get("parameters", [])
    if _KEY_PARAMETER not in parameters:
        parameters = [*parameters, _KEY_PARAMETER]
    responses = {**_REFUSALS, **operation.get("responses", {})}
    return {**operation, "parameters": parameters, "responses": responses}


def _check_fragment(document: Document, fragment: Fragment) -> None:
    """What the merged document cannot tell any more: whose an operation is, and where a reference was written."""
    paths = fragment.document.get("paths") or {}
    for route, method, operation in operations({"paths": paths}):
        operation_id = operation.get("operationId", "")
        if operation_id and not external.owns_operation(fragment.name, operation_id):
            proposed = external.operation_prefix(fragment.name) + operation_id[:1].upper() + operation_id[1:]
            raise ConfigurationError(
                f"{method.upper()} {route} of the plugin {fragment.name} has the operationId {operation_id}; its "
                f"operationIds must begin with its name: call it {proposed}."
            )
    for place, reference in openapi.placed_references({each: fragment.document.get(each) for each in _REFERRING}):
        try:
            dereference(document, {"$ref": reference})
        except InvalidDocument as error:
            raise ConfigurationError(
                f"The openapi.yaml of the plugin {fragment.name} has a reference that leads nowhere, at {place}: "
                f"{error}"
            ) from None


def _check(document: Mapping[str, Any]) -> None:
    """What Connexion would take silently and what would then go wrong at run time."""
    seen: dict[str, str] = {}
    for route, item in document["paths"].items():
        if "parameters" in item:
            raise ConfigurationError(f"{route}: parameters belong to the operation, not to the path.")
    for route, method, operation in operations(document):
        where = f"{method.upper()} {route}"
        operation_id = operation.get("operationId")
        if not operation_id:
            raise ConfigurationError(f"{where} has no operationId.")
        if operation_id in seen:
            raise ConfigurationError(f"The operationId {operation_id} is at {seen[operation_id]} and at {where}.")
        seen[operation_id] = where
        if operation.get("x-minimum-role") not in ROLES:
            raise ConfigurationError(f"{where} needs an x-minimum-role, one of {', '.join(ROLES)}.")
