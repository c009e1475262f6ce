"""Is this answer one that the document declares? Judged by openapi-core, which nobody here wrote.

The document is made stricter first: an answer may hold no key that its schema does not name. openapi-core takes
milliseconds for each answer, so it judges the first of its kind, and every one that the compiled schema refuses; the
others pass when the compiled schema accepts them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from jsonschema_path import SchemaPath
from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse
from openapi_core.validation.schemas import oas30_read_schema_validators_factory
from openapi_core.validation.schemas.factories import SchemaValidatorsFactory
from openapi_core.validation.schemas.validators import SchemaValidator

from contract import tables
from contract.document import Document
from contract.response_schemas import ResponseSchemas
from pharus import openapi
from pharus.spreadsheets.columns import COSTS, table_of_answer


class Deviation(AssertionError):
    """The deployment does not keep what its document says; the message says where."""


class _Validators(SchemaValidatorsFactory):
    """The library makes the validator of a schema anew for each answer; these are made once."""

    def __init__(self) -> None:
        standard = oas30_read_schema_validators_factory
        super().__init__(standard.schema_validator_cls, standard.format_checker)
        self._made: dict[SchemaPath, SchemaValidator] = {}

    def create(self, spec: SchemaPath, schema: SchemaPath, *options: Any, **named: Any) -> SchemaValidator:
        if schema not in self._made:
            self._made[schema] = super().create(spec, schema, *options, **named)
        return self._made[schema]


class Conformance:
    """Judges the answers of a deployment by its own document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.strict: dict[str, Any] = openapi.with_files(document.content)
        self._without_costs: Conformance | None = None
        _refuse_more_keys(self.strict)
        self._compiled: dict[str, OpenAPI] = {}
        self._schemas = ResponseSchemas(self.strict)
        # Declared response, media type and headers of the answers that openapi-core has let pass.
        self._kinds: set[tuple[object, ...]] = set()
        # The answers that were declared: all of one but the texts that may be anything, such as its request id.
        self._passed: set[tuple[object, ...]] = set()

    def judge(self, method: str, path: str, status: int, headers: Mapping[str, str], content: bytes) -> None:
        """Raises Deviation unless status, media type, headers and every key of the body are declared. Header names are
        in lower case."""
        if headers.get("costs-hidden"):
            self._of_who_sees_no_costs().judge(method, path, status, {**headers, "costs-hidden": ""}, content)
            return
        if not headers.get("x-request-id"):
            raise Deviation(f"{method} {path} answered {status} without X-Request-Id")
        route = self.document.route(path)
        declared = self.document.content["paths"].get(route, {}).get(method.lower()) if route is not None else None
        if route is None or declared is None:
            methods = ", ".join(sorted(each.upper() for each in self.document.content["paths"].get(route, ())))
            if route is not None and status == 405 and headers.get("allow") != methods:
                raise Deviation(f"{method} {path} answered 405 and does not allow {methods}: {dict(headers)}")
            if status >= 400 and method != "HEAD":
                _is_error_body(method, path, content)
            return
        expected = self.document.follow(declared["responses"].get(str(status), {})).get("headers", {})
        missing = [name for name in expected if name.lower() not in headers]
        if missing:
            raise Deviation(f"{method} {route} answered {status} without the header {', '.join(missing)}")
        # Half of all answers say what an earlier one said, word for word: who is refused, what is not there.
        values = tuple(headers[name.lower()] for name, header in expected.items() if not self._is_any_text(header))
        media_type = headers.get("content-type")
        answer = (method, route, status, media_type, values, hashlib.sha256(content).digest())
        if answer in self._passed:
            return
        # Errors are declared once for all operations; what openapi-core finds out about one holds for the others.
        responses = self.strict["paths"][route][method.lower()]["responses"]
        response = openapi.dereference(self.strict, responses.get(str(status)))
        kind = (id(response), media_type, values)
        if kind not in self._kinds or not self._is_accepted(response, content):
            self._judge_anew(method, route, status, headers, content)
            self._kinds.add(kind)
        if media_type is not None and status < 300:
            self._judge_table(f"{method} {route}", declared, media_type, content)
        self._passed.add(answer)

    def _of_who_sees_no_costs(self) -> Conformance:
        """By the document as it is for a token without the scope `costs`: no key is one that `x-costs` lists."""
        if self._without_costs is None:
            content = openapi.with_files(self.document.content)
            for schema in content["components"]["schemas"].values():
                for name in schema.pop(COSTS, ()):
                    schema["properties"].pop(name, None)
                    schema["required"] = [each for each in schema.get("required", ()) if each != name]
            self._without_costs = Conformance(Document(content))
        return self._without_costs

    def _is_accepted(self, response: Mapping[str, Any], content: bytes) -> bool:
        """Whether the compiled schema accepts the body; False where there is none."""
        declared = response.get("content", {}).get(openapi.JSON)
        try:
            return declared is not None and self._schemas.accepts(declared["schema"], json.loads(content))
        except ValueError:
            return False

    def _judge_anew(self, method: str, route: str, status: int, headers: Mapping[str, str], content: bytes) -> None:
        media_type = headers.get("content-type", "")
        # The library takes a file with nothing in it for one that is missing.
        data = content if content or media_type.startswith(openapi.JSON) else b"\n"
        try:
            self._openapi(route).validate_response(
                # Which operation it is has been decided; the library would read `..` in a path.
                MockRequest(
                    "http://testserver", method, re.sub("{[^}]+}", "x", route), content_type="application/json"
                ),
                MockResponse(data, status, dict(headers), media_type),
            )
        except OpenAPIError as error:
            causes = list(getattr(error.__cause__, "schema_errors", ()) or ())
            detail = "; ".join(f"{list(cause.absolute_path)}: {cause.message}" for cause in causes)
            raise Deviation(
                f"{method} {route} answered {status}, not as the document declares: {error} {detail}; "
                f"{content[:500].decode('utf-8', 'replace')}"
            ) from error

    def _judge_table(self, which: str, declared: Mapping[str, Any], media_type: str, content: bytes) -> None:
        """A file of rows has the columns that the rows of the JSON answer have."""
        table = table_of_answer(self.document, declared)
        if table is not None and (wrong := tables.deviation(table, media_type, content)) is not None:
            raise Deviation(f"{which} answered a file that is not as the rows of the JSON answer: {wrong}")

    def _is_any_text(self, header: Any) -> bool:
        return bool(self.document.follow(header).get("schema") == {"type": "string"})

    def _openapi(self, route: str) -> OpenAPI:
        """The document with this path alone: the library tries one path after another, on every answer."""
        if route not in self._compiled:
            paths = {route: self.strict["paths"][route]}
            config = Config(
                spec_validator_cls=None,
                schema_validators_factory=_Validators(),
                # To the library it would be bytes, which are no text.
                extra_media_type_deserializers={openapi.CSV: _decoded},
            )
            self._compiled[route] = OpenAPI.from_dict({**self.strict, "paths": paths}, config)
        return self._compiled[route]


def _decoded(content: bytes, **parameters: str) -> str:
    """Of a media type with parameters, such as its charset, which is UTF-8."""
    return content.decode()


def _is_error_body(method: str, path: str, content: bytes) -> None:
    try:
        error = json.loads(content)["error"]
        is_one = {"code", "message"} <= set(error) <= {"code", "message", "details", "omittedProblems"}
    except (ValueError, KeyError, TypeError):
        is_one = False
    if not is_one:
        raise Deviation(f"{method} {path} answered with another body than an error's: {content[:200]!r}")


def _refuse_more_keys(node: Any) -> None:
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            node.setdefault("additionalProperties", False)
        for value in node.values():
            _refuse_more_keys(value)
    elif isinstance(node, list):
        for value in node:
            _refuse_more_keys(value)
