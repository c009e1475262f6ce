"""A request, its caller, and the answer: every one of them judged by the document."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from contract.conformance import Conformance
from contract.document import Document, Operation, Place
from pharus.openapi import JSON, MULTIPART

# What a form's file is, where its example leaves it out: a format of this name says that it holds bytes.
_FILE = ("example.pdf", b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n", "application/pdf")


@dataclass
class Call:
    """A request before it is sent."""

    operation: Operation
    path: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None

    def read(self, place: Place) -> Any:
        """What stands at the place; None when the call has nothing there."""
        node: Any = self._part(place)
        for step in place.pointer:
            if isinstance(node, dict):
                node = node.get(str(step))
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node

    def write(self, place: Place, value: Any) -> bool:
        """Put the value there; False when the call has nothing that could hold it."""
        node: Any = self._part(place)
        for step in place.pointer[:-1]:
            if isinstance(node, dict):
                node = node.get(str(step))
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return False
        last = place.pointer[-1]
        if isinstance(node, dict) and isinstance(last, str):
            node[last] = value
            return True
        if isinstance(node, list) and isinstance(last, int) and last < len(node):
            node[last] = value
            return True
        return False

    def copy(self) -> Call:
        return Call(self.operation, dict(self.path), dict(self.query), copy.deepcopy(self.body))

    def _part(self, place: Place) -> Any:
        return {"path": self.path, "query": self.query, "body": self.body}[place.part]


def examples(operation: Operation) -> list[Call]:
    """A call for each example of the body, or one. The path and what the query requires come from their examples."""
    path, query = operation.example_parameters("path"), operation.example_parameters("query")
    return [Call(operation, dict(path), dict(query), body) for body in operation.bodies()]


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
        operation = call.operation
        path = operation.path.format(**call.path)
        options: dict[str, Any] = {"params": call.query}
        if operation.media_type == MULTIPART:
            fields, files = self._form(call)
            options |= {"data": fields, "files": files}
        elif operation.media_type == JSON:
            options["json"] = call.body
        return self.request(operation.method, path, headers, **options)

    def _form(self, call: Call) -> tuple[dict[str, Any], dict[str, Any]]:
        schema = self.document.follow(call.operation.body["schema"])
        binary = {
            name
            for name, value in schema["properties"].items()
            if self.document.follow(value).get("format") == "binary"
        }
        return {name: value for name, value in call.body.items() if name not in binary}, dict.fromkeys(binary, _FILE)
