"""Validators compiled once at start, from the document, and their findings in our words.

OpenAPI 3.0 schemas are rewritten to JSON Schema 2020-12 for jsonschema-rs: `nullable`, boolean exclusive bounds. They
are compiled from the unresolved document, so that a recursive schema stays finite.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import jsonschema_rs

from handlers.http import ids
from handlers.http.body_schema import (
    ANNOTATIONS,
    DECIMAL,
    PLAIN_TEXT,
    TEXT,
    ArrayNode,
    Findings,
    Node,
    ObjectNode,
    has_forms,
    make_node,
)
from handlers.http.bulk_rows import BadRows
from handlers.http.parsing import read_integer
from handlers.http.problem_messages import problems_of
from pharus import openapi
from pharus.email_addresses import is_email
from pharus.errors import MOST_PROBLEMS, ConfigurationError, Problem
from pharus.gtins import is_gtin
from pharus.texts import is_plain

# Of a schema: its required keys that count as null where they are not sent.
MAY_LACK = "x-may-lack"

_FORMATS = {"email": is_email, "gtin": is_gtin, PLAIN_TEXT: is_plain}

# Of all rows together. Behind them, one for each row that is wrong.
_MOST_OF_ROWS = 1000


class Schemas:
    """The document's component schemas, rewritten once for all the validators that are compiled against them."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._components = {
            name: rewrite(schema) for name, schema in document.get("components", {}).get("schemas", {}).items()
        }
        self._nodes: dict[str, Node] = {}

    def compile(self, schema: Mapping[str, Any]) -> Any:
        """The validator of a schema as the document has it."""
        return self.validator(rewrite(schema))

    def validator(self, schema: Mapping[str, Any]) -> Any:
        """The validator of a schema that is rewritten already."""
        return _compiled(self._complete(schema))

    def quick_validator(self, schema: Mapping[str, Any]) -> Any:
        """The same, for whether a value is valid, and for nothing else: most texts are of ASCII, and are looked at
        without a step into Python."""
        return _compiled(_quick(self._complete(schema)))

    def _complete(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        # Each validator keeps its own copy of what it is compiled from: give it no schema that it cannot reach.
        reached: dict[str, Any] = {}
        self._reach(schema, reached)
        return {**schema, "components": {"schemas": reached}}

    def node(self, schema: Mapping[str, Any]) -> Node:
        """The tree of a schema that is rewritten already. A component has one node, wherever it is referred to."""
        if "$ref" not in schema or schema.keys() - ANNOTATIONS != {"$ref"}:
            return make_node(self, schema)
        name = schema["$ref"].removeprefix(openapi.SCHEMA_PREFIX)
        if name not in self._nodes:
            self._nodes[name] = self.node(self._components[name])
        return self._nodes[name]

    def is_converted(self, schema: Mapping[str, Any]) -> bool:
        """Whether anything in it can be written in several ways."""
        reached: dict[str, Any] = {}
        self._reach(schema, reached)
        return any(map(_has_forms, (schema, *reached.values())))

    def _reach(self, schema: Any, reached: dict[str, Any]) -> None:
        """Collect the components that the schema refers to, directly or through others."""
        for reference in openapi.references(schema):
            name = reference.removeprefix(openapi.SCHEMA_PREFIX)
            if name in self._components and name not in reached:
                reached[name] = self._components[name]
                self._reach(reached[name], reached)


class BodyValidator:
    """Finds every problem of a parsed body, with JSON pointers. `lower_ids` brings the ids of a valid one to small
    letters."""

    def __init__(self, schemas: Schemas, schema: Mapping[str, Any]) -> None:
        self._validator = schemas.quick_validator(rewrite(schema))
        self.lower_ids = ids.reader(schemas.document, schema)
        self._tree = schemas.node(rewrite(schema))
        rows = self._tree.properties.get("rows") if isinstance(self._tree, ObjectNode) else None
        self._rows = rows if isinstance(rows, ArrayNode) else None

    def convert(self, value: Any) -> Any:
        """The body as handlers expect it: 2.0 as an integer where one is asked for, "12.5" as the decimal it is, names
        composed and trimmed."""
        return self._tree.convert(value) if self._tree.is_converted else value

    def is_valid(self, value: Any) -> bool:
        """Of a body that went through `convert`."""
        return bool(self._validator.is_valid(value))

    def look(self, value: Any, findings: Findings) -> None:
        """Add what is wrong with a body that is not valid."""
        self._tree.look(value, "", findings)

    def problems(self, value: Any) -> list[Problem]:
        """What is wrong with any body, the first problems of it."""
        findings = Findings()
        if not self.is_valid(value):
            self.look(value, findings)
        return findings.problems

    @property
    def has_rows(self) -> bool:
        """Whether it is `{"rows": […]}`, each row a record of its own."""
        return self._rows is not None

    def bad_rows(self, value: Any) -> BadRows | None:
        """What is wrong with each row that is; None when anything else is wrong, so that there are no rows to store."""
        if self._rows is None or not isinstance(self._tree, ObjectNode) or type(value) is not dict:
            return None
        around = Findings()
        rows = value.get("rows")
        self._rows.look_around(rows, "/rows", around)
        self._tree.look(value, "", around, besides="rows")
        if around:
            return None
        bad: BadRows = {}
        listed = 0
        for index, row in enumerate(value["rows"]):
            if not self._rows.entry.is_valid(row):
                bad[index] = Findings(MOST_PROBLEMS if listed < _MOST_OF_ROWS else 1)
                self._rows.entry.look(row, f"/rows/{index}", bad[index])
                listed += len(bad[index].problems)
        return bad


class ParameterValidator:
    """Reads the parameters of one operation from the path and the query: typed, defaulted, complete."""

    def __init__(self, schemas: Schemas, parameters: Iterable[Mapping[str, Any]]) -> None:
        self._readers: dict[str, dict[str, Callable[[str], Any]]] = {"path": {}, "query": {}}
        self._defaults: dict[str, Any] = {}
        groups: dict[str, dict[str, Any]] = {
            location: {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
            for location in ("path", "query")
        }
        for parameter in parameters:
            location, name = parameter["in"], parameter["name"]
            if location not in groups:
                raise ConfigurationError(f"The parameter {name} is in {location}; only path and query are read.")
            schema = openapi.dereference(schemas.document, parameter["schema"])
            groups[location]["properties"][name] = parameter["schema"]
            if parameter.get("required"):
                groups[location]["required"].append(name)
            if "default" in schema:
                self._defaults[name] = schema["default"]
            self._readers[location][name] = _reader(schemas.document, parameter)
        self._is_optional = not groups["path"]["required"] and not groups["query"]["required"]
        self._validator = schemas.compile({"type": "object", "properties": groups})

    def read(self, path: Mapping[str, str], query: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
        """The values by name, and every problem. Unknown query parameters are problems, too."""
        if not path and not query and self._is_optional:
            return self._defaults.copy(), []
        # PostgreSQL holds no text with a NUL, and the schema of a text cannot say so.
        if path and "\0" in "".join(path.values()):
            return {}, [Problem(f"path/{name}", "holds a NUL character") for name in path if "\0" in path[name]]
        # What no parameter is called stays text; the validator then says that it is not known.
        values = {
            "path": {name: self._readers["path"][name](text) for name, text in path.items()},
            "query": {name: self._readers["query"].get(name, str)(text) for name, text in query.items()},
        }
        if not self._validator.is_valid(values):
            return {}, [
                Problem(problem.path.removeprefix("/"), problem.message)
                for error in self._validator.iter_errors(values)
                for problem in problems_of(error, "")
            ]
        return {**self._defaults, **values["path"], **values["query"]}, []


def rewrite(schema: Any) -> Any:
    """An OpenAPI 3.0 schema as JSON Schema 2020-12."""
    if isinstance(schema, list):
        return [rewrite(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    schema = _number_alone(openapi.schema_in_standard_words(schema))
    result = {
        key: {name: rewrite(entry) for name, entry in value.items()} if key == "properties" else rewrite(value)
        for key, value in schema.items()
        if key not in ("nullable", "example", "examples", "discriminator", "xml", "externalDocs", "default")
    }
    if MAY_LACK in schema:
        result["required"] = [name for name in schema["required"] if name not in schema[MAY_LACK]]
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(exclusive), bool):
            del result[exclusive]
            if schema[exclusive]:
                result[exclusive] = result.pop(bound)
    if TEXT in schema:
        result["format"] = PLAIN_TEXT
    if result.get("format") in ("date", "date-time"):
        # RFC 3339 knows a year 0; no calendar does, neither Python's nor PostgreSQL's. A pattern alone takes
        # what is no text, and then `not` would refuse null.
        result["not"] = {"type": "string", "pattern": "^0000"}
    if len(result.get("allOf", ())) == 1 and result.keys() - ANNOTATIONS == {"allOf"}:
        # OpenAPI 3.0 has no other way to describe a property whose schema is a component.
        (result,) = result["allOf"]
    if schema.get("nullable") is True:
        if isinstance(result.get("type"), str) and not {"allOf", "anyOf", "oneOf", "$ref"} & result.keys():
            result["type"] = [result["type"], "null"]
            if "enum" in result and None not in result["enum"]:
                result["enum"] = [*result["enum"], None]
        else:
            result = {"anyOf": [result, {"type": "null"}]}
    return result


def _compiled(schema: dict[str, Any]) -> Any:
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, formats=_FORMATS)


def _quick(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_quick(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    quick = {key: _quick(value) for key, value in schema.items()}
    if quick.get("format") == PLAIN_TEXT:
        del quick["format"]
        quick["allOf"] = [*quick.get("allOf", ()), {"anyOf": [{"pattern": "^[ -~]*$"}, {"format": PLAIN_TEXT}]}]
    return quick


def _number_alone(schema: dict[str, Any]) -> dict[str, Any]:
    """A number that may be sent as a text, too (`x-decimal`), as the number: bodies are converted before they are
    validated, so that the same bounds hold for both."""
    forms = schema.get("oneOf", [])
    others = [form for form in forms if not form.get(DECIMAL)]
    if len(others) != 1 or len(others) == len(forms):
        return schema
    return {**{key: value for key, value in schema.items() if key != "oneOf"}, **others[0], DECIMAL: True}


def _has_forms(schema: Any) -> bool:
    if isinstance(schema, list):
        return any(map(_has_forms, schema))
    return isinstance(schema, dict) and (has_forms(schema) or any(map(_has_forms, schema.values())))


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _reader(document: Mapping[str, Any], parameter: Mapping[str, Any]) -> Callable[[str], Any]:
    """Text to value. What cannot be read stays text: the validator then says what it should have been."""
    name = parameter["name"]
    schema = openapi.dereference(document, parameter["schema"])
    schema_type = schema.get("type")
    if schema_type == "array" and parameter.get("explode") is False:
        read = _reader(document, {"name": name, "schema": schema["items"]})
        return lambda text: [read(entry) for entry in text.split(",")]
    if schema_type == "string":
        # An id in small letters, as in a body (`handlers/http/ids.py`); texts composed, as they are stored.
        return str.lower if schema.get("format") == "uuid" else _composed
    if schema_type == "integer":
        return lambda text: text if (number := read_integer(text)) is None else number
    raise ConfigurationError(
        f"The parameter {name} is of type {schema_type}; only string and integer are read, "
        "and an array of them with explode: false."
    )
