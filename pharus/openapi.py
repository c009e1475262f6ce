"""Reads an OpenAPI 3.0 document: its operations, what a reference leads to, its component schemas.

The server, the generator and `pharus test-contract` all read with this. It imports nothing of Pharus, so that the
generator still runs when what it generated is broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Schema: TypeAlias = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# The values of `x-minimum-role`, from the weakest.
ROLES = ("public", "authenticated", "viewer", "member", "admin", "owner")

JSON = "application/json"
MULTIPART = "multipart/form-data"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Parameters of operations that are no matter of their handlers.
IDEMPOTENCY_KEY = "Idempotency-Key"
IF_MATCH = "If-Match"
_HEADERS = (IDEMPOTENCY_KEY, IF_MATCH, "If-None-Match")
# What there is for files alone: parameters of an operation, media types of an answer or of a body.
_OF_FILES = frozenset(("x-parameters", "x-content"))

SCHEMA_PREFIX = "#/components/schemas/"

DATE_OR_DATE_TIME = "date-or-date-time"
_STANDARD = {"x-request-body": "requestBody", "x-min-bytes": "minLength"}
_NULL = {"type": "string", "nullable": True, "enum": [None]}

# The C loader is ten times faster, and not every platform's wheel has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class InvalidDocument(Exception):
    """The document contradicts itself, or says what cannot be read or generated. The message is a sentence that names
    the place."""


def parse(text: bytes | str) -> Any:
    """What the YAML says. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are safe


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, method, operation) of every operation, in the order of the document."""
    for path, item in document.get("paths", {}).items():
        for method, operation in item.items():
            if method in METHODS:
                yield path, method, operation


def dereference(document: Mapping[str, Any], node: Any) -> Any:
    """The node itself, or what its $ref leads to, and that one's. Raises InvalidDocument."""
    seen: set[str] = set()
    while isinstance(node, Mapping) and "$ref" in node:
        reference = node["$ref"]
        if reference in seen:
            raise InvalidDocument(f"{reference} refers to itself.")
        seen.add(reference)
        node = _target(document, reference)
    return node


def references(node: Any) -> Iterator[str]:
    """Every $ref inside of the node, as it is written."""
    for _, reference in placed_references(node):
        yield reference


def placed_references(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Each with where it is: the keys on the way to it, `/paths//api/vendors/get/responses/401`."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield place, node["$ref"]
        entries: Iterable[tuple[Any, Any]] = node.items()
    else:
        entries = enumerate(node) if isinstance(node, list) else ()
    for key, entry in entries:
        yield from placed_references(entry, f"{place}/{key}")


def in_standard_words(node: Any) -> Any:
    """A copy in which the words that the document has of its own, for the sake of generators of clients, are standard
    OpenAPI again: `x-exactly-one`, `format: date-or-date-time`, `x-min-bytes`, `x-enum-also`, `x-parameters` and
    `x-content` of files, and `x-request-body` of a link."""
    if isinstance(node, list):
        return [in_standard_words(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    standard = {_standard(key): in_standard_words(value) for key, value in _beside_files(node).items()}
    return schema_in_standard_words(standard)


def with_files(node: Any) -> Any:
    """A copy in which `x-parameters` and `x-content` alone are standard OpenAPI again: what there is for files stands
    beside what there is for JSON."""
    if isinstance(node, list):
        return [with_files(entry) for entry in node]
    return {key: with_files(entry) for key, entry in _beside_files(node).items()} if isinstance(node, dict) else node


def _beside_files(node: dict[str, Any]) -> dict[str, Any]:
    if not node.keys() & _OF_FILES:
        return node
    found = {key: value for key, value in node.items() if key not in _OF_FILES}
    if "x-parameters" in node:
        found["parameters"] = [*node.get("parameters", ()), *node["x-parameters"]]
    if "x-content" in node:
        found["content"] = media_types(node)
    return found


def media_types(node: Mapping[str, Any]) -> dict[str, Any]:
    """What a response or a requestBody declares of each media type, those of files among them."""
    return {**node.get("content", {}), **node.get("x-content", {})}


def schema_in_standard_words(schema: Schema) -> Schema:
    """The same of one schema alone, not of those inside of it."""
    if "x-enum-also" in schema:
        schema = {key: value for key, value in schema.items() if key != "x-enum-also"} | {
            "enum": [*schema["enum"], *schema["x-enum-also"]]
        }
    if "x-min-bytes" in schema:
        schema = {_standard(key): value for key, value in schema.items()}
    if "x-exactly-one" in schema:
        schema = {key: value for key, value in schema.items() if key != "x-exactly-one"} | {
            # `required` alone would count a key that is null.
            "oneOf": [{"required": [key], "not": {"properties": {key: _NULL}}} for key in schema["x-exactly-one"]]
        }
    if schema.get("format") == DATE_OR_DATE_TIME:
        kept = {key: value for key, value in schema.items() if key != "format"}
        of_type = {key: value for key, value in schema.items() if key in ("type", "nullable")}
        schema = {**kept, "anyOf": [{**of_type, "format": "date"}, {**of_type, "format": "date-time"}]}
    return schema


def _standard(key: str) -> str:
    return _STANDARD.get(key, key)


def parameters(document: Mapping[str, Any], operation: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """The operation's parameters, dereferenced, but for those that the server itself reads."""
    declared = (dereference(document, each) for each in operation.get("parameters", ()))
    return tuple(each for each in declared if each["name"] not in _HEADERS)


def parameters_of_files(document: Mapping[str, Any], operation: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Those that say in which form the answer is to come, or how a file is to be read, for the server itself."""
    return tuple(dereference(document, each) for each in operation.get("x-parameters", ()))


def headers(document: Mapping[str, Any], operation: Mapping[str, Any]) -> frozenset[str]:
    """The names of the operation's parameters that the server itself reads: nobody hands them to a handler."""
    return frozenset(each["name"] for each in all_parameters(document, operation) if each["name"] in _HEADERS)


def all_parameters(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The operation's parameters, dereferenced, with those that the server itself reads."""
    declared = (*operation.get("parameters", ()), *operation.get("x-parameters", ()))
    return (dereference(document, parameter) for parameter in declared)


def request_body(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Mapping[str, Any]:
    """The operation's requestBody, dereferenced; empty when it has none."""
    body: Mapping[str, Any] = dereference(document, operation.get("requestBody")) or {}
    return body


def successes(operation: Mapping[str, Any]) -> list[int]:
    """The statuses of its responses that are no errors, the lowest first."""
    return sorted(int(status) for status in operation["responses"] if str(status).startswith("2"))


def scope(method: str, operation: Mapping[str, Any]) -> str:
    """The scope that a token needs for the operation, such as `read:Vendors` or `write:Vendors`."""
    return f"{'read' if method.lower() == 'get' else 'write'}:{operation['tags'][0]}"


def success(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the operation declares of the response that is no error, dereferenced; of the lowest status of several."""
    responses = {str(status): response for status, response in operation["responses"].items()}
    found: Mapping[str, Any] = dereference(document, responses[str(successes(operation)[0])])
    return found


def examples(node: Mapping[str, Any]) -> list[Any]:
    """The examples of a parameter or of a media type."""
    if "example" in node:
        return [node["example"]]
    return [each["value"] for each in node.get("examples", {}).values() if "value" in each]


class Document:
    """A parsed document with its component schemas."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content

    @classmethod
    def load(cls, path: Path) -> Document:
        """Reads the YAML file at `path`."""
        return cls(parse(path.read_bytes()))

    @property
    def schemas(self) -> dict[str, Schema]:
        """The component schemas by name, in the order of the document."""
        schemas: dict[str, Schema] = self.content.get("components", {}).get("schemas", {})
        return schemas

    def follow(self, node: Any) -> Any:
        """The node itself, or what its $ref leads to. Raises InvalidDocument."""
        return dereference(self.content, node)

    def fold(self, schema: Schema) -> Schema:
        """`schema` without allOf.

        The parts become one schema, an object with the properties of all of them. A single part that is wrapped only
        to have `nullable` or a description beside it stays what it is, a reference to a component above all.
        """
        if "allOf" not in schema:
            return schema
        own = {key: value for key, value in schema.items() if key != "allOf"}
        parts = schema["allOf"]
        if len(parts) == 1 and "properties" not in own:
            return {**self.fold(parts[0]), **own}
        folded: Schema = {"properties": {}, "required": []}
        for part in [*(self.fold(self.follow(part)) for part in parts), own]:
            folded = {
                **folded,
                **part,
                "properties": {**folded["properties"], **part.get("properties", {})},
                "required": [*folded["required"], *part.get("required", [])],
            }
        return folded

    def component(self, schema: Schema) -> str | None:
        """The name of the component schema that `schema` refers to, None if it refers to none."""
        reference = schema.get("$ref")
        if reference is None:
            return None
        if not reference.startswith(SCHEMA_PREFIX):
            raise InvalidDocument(f"{reference} is no component schema, but a schema refers to it.")
        _target(self.content, reference)
        return str(reference.removeprefix(SCHEMA_PREFIX))


def _target(document: Mapping[str, Any], reference: str) -> Any:
    node: Any = document
    for step in reference.removeprefix("#/").split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, Mapping) or key not in node:
            raise InvalidDocument(f"{reference} does not exist in the document.")
        node = node[key]
    return node
