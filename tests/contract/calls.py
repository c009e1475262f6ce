"""Requests that the document describes by its own examples: one for every example of a body, ready to be sent.

What they name is put in by `tests.contract.fuzzing.callers`, for which a call looks like a case of schemathesis.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from contract.document import Document, Operation
from pharus import openapi
from pharus.openapi import MULTIPART
from tests.api import Api
from tests.contract.conformance import document

# What a form's file is, where its example leaves it out: a format of this name says that it holds bytes.
_FILE = ("example.pdf", b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n", "application/pdf")


@dataclass
class Call:
    """A request before it is sent. The names are those of a schemathesis case."""

    operation: Operation
    path_parameters: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    # Schemathesis says here what is wrong with a case on purpose; nothing is with these.
    meta: None = None

    def send(self, address: str, *, junk: bool = False) -> httpx.Response:
        """The answer, held against the document. With `junk` the body is one that nobody could read."""
        path = self.operation.path.format(**self.path_parameters)
        options: dict[str, Any] = {"params": self.query, "headers": self.headers}
        media_type = self.operation.media_type
        if media_type is not None and junk:
            options["content"] = b"\xff{"
            options["headers"] = {**self.headers, "Content-Type": media_type}
        elif media_type == MULTIPART:
            fields, files = self._form()
            options |= {"data": fields, "files": files}
        elif media_type is not None:
            options["json"] = self.body
        return Api(address).request(self.operation.method, path, **options)

    def _form(self) -> tuple[dict[str, Any], dict[str, Any]]:
        schema = openapi.dereference(document(), self.operation.body["schema"])
        binary = {name for name, value in schema["properties"].items() if _is_binary(value)}
        fields = {name: value for name, value in self.body.items() if name not in binary}
        return fields, dict.fromkeys(binary, _FILE)


def operations() -> list[Operation]:
    return Document(document()).operations


def examples(operation: Operation) -> list[Call]:
    """A call for each example of the body, or one. The path and what the query requires come from their examples."""
    path, query = {}, {}
    for parameter in operation.parameters:
        if parameter["in"] == "path":
            path[parameter["name"]] = example_of(operation, parameter)
        elif parameter["in"] == "query" and parameter.get("required"):
            query[parameter["name"]] = example_of(operation, parameter)
    return [Call(operation, dict(path), dict(query), body=body) for body in _bodies(operation)]


def example_of(operation: Operation, parameter: Mapping[str, Any]) -> Any:
    found = values(parameter)
    assert found, f"{operation.id}: the parameter {parameter['name']} has no example in openapi.yaml; give it one"
    return found[0]


def values(node: Mapping[str, Any]) -> list[Any]:
    """The examples that stand beside a schema."""
    if "example" in node:
        return [node["example"]]
    return [openapi.dereference(document(), each)["value"] for each in node.get("examples", {}).values()]


def _bodies(operation: Operation) -> list[Any]:
    if operation.media_type is None:
        return [None]
    found = values(operation.body)
    assert found, f"{operation.id}: its body has no example in openapi.yaml; give it one that is served"
    return copy.deepcopy(found)


def _is_binary(schema: Any) -> bool:
    return openapi.dereference(document(), schema).get("format") == "binary"
