"""Validators compiled once at start, from the document, and their findings in our words.

OpenAPI 3.0 schemas are rewritten to JSON Schema 2020-12 for jsonschema-rs: `nullable`, boolean exclusive bounds. They
are compiled from the unresolved document, so that a recursive schema stays finite.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import jsonschema_rs

from handlers.http import ids
from handlers.http.parsing import read_integer
from pharus import openapi
from pharus.email_addresses import is_email
from pharus.errors import ConfigurationError, Problem

Finding = jsonschema_rs.ValidationErrorKind


class Schemas:
    """The document's component schemas, rewritten once for all the validators that are compiled against them."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._components = {
            name: rewrite(schema) for name, schema in document.get("components", {}).get("schemas", {}).items()
        }

    def compile(self, schema: Mapping[str, Any]) -> Any:
        rewritten = rewrite(schema)
        # Each validator keeps its own copy of what it is compiled from: give it no schema that it cannot reach.
        reached: dict[str, Any] = {}
        self._reach(rewritten, reached)
        complete = {**rewritten, "components": {"schemas": reached}}
        return jsonschema_rs.Draft202012Validator(complete, validate_formats=True, formats={"email": is_email})

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
        self._validator = schemas.compile(schema)
        self.lower_ids = ids.reader(schemas.document, schema)

    def problems(self, value: Any) -> list[Problem]:
        if self._validator.is_valid(value):
            return []
        return list(_problems(self._validator, value, ""))


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
            self._readers[location][name] = _reader(name, schema)
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
                for problem in _problems(self._validator, values, "")
            ]
        return {**self._defaults, **values["path"], **values["query"]}, []


def rewrite(schema: Any) -> Any:
    """An OpenAPI 3.0 schema as JSON Schema 2020-12."""
    if isinstance(schema, list):
        return [rewrite(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    result = {
        key: {name: rewrite(entry) for name, entry in value.items()} if key == "properties" else rewrite(value)
        for key, value in schema.items()
        if key not in ("nullable", "example", "examples", "discriminator", "xml", "externalDocs", "default")
    }
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(exclusive), bool):
            del result[exclusive]
            if schema[exclusive]:
                result[exclusive] = result.pop(bound)
    if result.get("format") in ("date", "date-time"):
        # RFC 3339 knows a year 0; no calendar does, neither Python's nor PostgreSQL's. A pattern alone takes
        # what is no text, and then `not` would refuse null.
        result["not"] = {"type": "string", "pattern": "^0000"}
    if schema.get("nullable") is True:
        if isinstance(result.get("type"), str) and not {"allOf", "anyOf", "oneOf", "$ref"} & result.keys():
            result["type"] = [result["type"], "null"]
            if "enum" in result and None not in result["enum"]:
                result["enum"] = [*result["enum"], None]
        else:
            result = {"anyOf": [result, {"type": "null"}]}
    return result


def _reader(name: str, schema: Mapping[str, Any]) -> Callable[[str], Any]:
    """Text to value. What cannot be read stays text: the validator then says what it should have been."""
    schema_type = schema.get("type")
    if schema_type == "string":
        # An id in small letters, as in a body (`handlers/http/ids.py`).
        return str.lower if schema.get("format") == "uuid" else str
    if schema_type == "integer":
        return lambda text: text if (number := read_integer(text)) is None else number
    raise ConfigurationError(f"The parameter {name} is of type {schema_type}; only string and integer are read.")


def _problems(validator: Any, value: Any, root: str) -> Iterable[Problem]:
    for error in validator.iter_errors(value):
        yield from _say(error, root + "".join(f"/{_escape(part)}" for part in error.instance_path))


def _escape(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _say(error: Any, path: str) -> Iterable[Problem]:
    """One finding in our words, without the offending value: it may be huge, or secret."""
    finding = error.kind
    match finding:
        case Finding.Required():
            yield Problem(f"{path}/{_escape(finding.property)}", "is required")
        case Finding.AdditionalProperties():
            for name in finding.unexpected:
                yield Problem(f"{path}/{_escape(name[:200])}", "is not known here")
        case Finding.Type():
            yield Problem(path, f"must be {' or '.join(_article(name) for name in finding.types)}")
        case Finding.Enum():
            options = ("null" if option is None else str(option) for option in finding.options)
            yield Problem(path, f"must be one of {', '.join(options)}")
        case Finding.MinLength():
            yield Problem(path, f"must have at least {finding.limit} {_plural(finding.limit, 'character')}")
        case Finding.MaxLength():
            yield Problem(path, f"must have at most {finding.limit} {_plural(finding.limit, 'character')}")
        case Finding.MinItems():
            yield Problem(path, f"must have at least {finding.limit} {_plural(finding.limit, 'entry', 'entries')}")
        case Finding.MaxItems():
            yield Problem(path, f"must have at most {finding.limit} {_plural(finding.limit, 'entry', 'entries')}")
        case Finding.Minimum():
            yield Problem(path, f"must be at least {finding.limit}")
        case Finding.Maximum():
            yield Problem(path, f"must be at most {finding.limit}")
        case Finding.ExclusiveMinimum():
            yield Problem(path, f"must be more than {finding.limit}")
        case Finding.ExclusiveMaximum():
            yield Problem(path, f"must be less than {finding.limit}")
        case Finding.MultipleOf():
            yield Problem(path, f"must be a multiple of {finding.multiple_of:f}".rstrip("0").rstrip("."))
        case Finding.Format():
            yield Problem(path, f"must be {_article(finding.format)}")
        case Finding.Pattern():
            yield Problem(path, f"must match {finding.pattern}")
        case Finding.AnyOf() | Finding.OneOfNotValid():
            yield Problem(path, "has none of the allowed forms")
        case Finding.OneOfMultipleValid():
            yield Problem(path, "has more than one of the forms of which exactly one is allowed")
        case Finding.Not():
            yield Problem(path, "has a value that is not allowed here")
        case _:
            yield Problem(path, f"is not valid ({finding.name})")


def _article(noun: str) -> str:
    return noun if noun == "null" else f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


def _plural(count: int, one: str, many: str | None = None) -> str:
    return one if count == 1 else many or f"{one}s"
