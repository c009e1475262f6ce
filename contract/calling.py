"""A request, its caller, and the answer: every one of them judged by the document."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from contract.conformance import Conformance
from contract.document import Document, Operation, Place
from pharus.openapi import MULTIPART

# What a form's file is, where its example leaves it out: a format of this name says that it holds bytes.
_FILE = ("example.pdf", b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n", "application/pdf")


@dataclass
class Call:
    """A request before it is sent. The names are those of a schemathesis case, so that both are prepared alike."""

    operation: Operation
    path_parameters: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    # Schemathesis says here what is wrong with a case on purpose; nothing is with these.
    meta: None = None

    def read(self, place: Place) -> Any:
        """The value at the place; None when the call has nothing there."""
        container = self._container(place)
        last = place.pointer[-1]
        if isinstance(container, dict):
            return container.get(str(last))
        if isinstance(container, list) and isinstance(last, int) and last < len(container):
            return container[last]
        return None

    def write(self, place: Place, value: Any) -> bool:
        """Put the value there; False when the call has nothing that could hold it."""
        container = self._container(place)
        last = place.pointer[-1]
        if isinstance(container, dict) and isinstance(last, str):
            container[last] = value
            return True
        if isinstance(container, list) and isinstance(last, int) and last < len(container):
            container[last] = value
            return True
        return False

    def copy(self) -> Call:
        return Call(
            self.operation, dict(self.path_parameters), dict(self.query), dict(self.headers), copy.deepcopy(self.body)
        )

    def _container(self, place: Place) -> Any:
        """The object or the list that holds the place, or would hold it."""
        node: Any = {"path": self.path_parameters, "query": self.query, "body": self.body}[place.part]
        for step in place.pointer[:-1]:
            if isinstance(node, dict):
                node = node.get(str(step))
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node


def examples(operation: Operation) -> list[Call]:
    """A call for each example of the body, or one. The path and what the query requires come from their examples."""
    path, query = operation.example_parameters("path"), operation.example_parameters("query")
    return [Call(operation, dict(path), dict(query), body=body) for body in operation.bodies()]


def call_with(operation: Operation, place: Place, value: str) -> Call | None:
    """A call from the examples that has something at the place; where none has, the value is put there. None when no
    example reaches the place."""
    found = examples(operation)
    for call in found:
        if call.read(place) is not None:
            return call
    return next((call for call in found if call.write(place, value)), None)


def request_options(document: Document, call: Call, *, junk: bool = False) -> dict[str, Any]:
    """Query and body as httpx takes them. With `junk` the body is one that nobody could read."""
    media_type = call.operation.media_type
    if media_type is None:
        return {"params": call.query}
    if junk:
        return {"params": call.query, "content": b"\xff{", "headers": {"Content-Type": media_type}}
    if media_type != MULTIPART:
        return {"params": call.query, "json": call.body}
    properties = document.follow(call.operation.body["schema"])["properties"]
    binary = {name for name, schema in properties.items() if document.follow(schema).get("format") == "binary"}
    fields = {name: value for name, value in call.body.items() if name not in binary}
    return {"params": call.query, "data": fields, "files": dict.fromkeys(binary, _FILE)}


class Deployment:
    """The server at an address. Every answer is judged: Deviation when its document does not declare it."""

    def __init__(self, address: str, *, seconds: float = 60) -> None:
        self.address = address.rstrip("/")
        self.client = httpx.Client(base_url=self.address, timeout=seconds, trust_env=False)
        answer = self.client.get("/api/openapi.json")
        answer.raise_for_status()
        self.document = Document(answer.json())
        self.conformance = Conformance(self.document)
        self.answers = 0

    def close(self) -> None:
        self.client.close()

    def request(self, method: str, path: str, headers: Mapping[str, str], **options: Any) -> httpx.Response:
        answer = self.client.request(method, path, headers=dict(headers), **options)
        self.answers += 1
        self.conformance.judge(method, answer.request.url.path, answer.status_code, answer.headers, answer.content)
        return answer

    def send(self, call: Call, headers: Mapping[str, str]) -> httpx.Response:
        path = call.operation.path.format(**call.path_parameters)
        return self.request(call.operation.method, path, headers, **request_options(self.document, call))
