"""A story as a program: what the samples of the guides have in common, whatever their language.

What a step takes from one before is a variable, what the reader brings is in the environment. The samples of a page go
on from one another; put together, those of one language are a program.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from codegen.arazzo import Parameter, Reference, Step, Story, Value
from codegen.client_operations import ClientOperation, is_flag
from codegen.source import snake
from pharus.openapi import Document, InvalidDocument

SERVER = "PHARUS_URL"


class Notation:
    """How a language writes objects, arrays and what is in them, on one line where it fits. This one is JSON."""

    width = 88
    indent = "  "
    trailing_comma = ""

    def key(self, name: str) -> str:
        return json.dumps(name)

    def leaf(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def entry(self, name: str, value: str) -> str:
        return f"{self.key(name)}: {value}"

    def lay_out(self, node: Any, before: str = "", depth: int = 0) -> str:
        """`before` is what is on its first line already, without what it is indented by."""
        line = self.line(node)
        comma = 1 if depth else 0
        if not isinstance(node, dict | list) or depth * len(self.indent) + len(before + line) + comma <= self.width:
            return line
        inner, outer = self.indent * (depth + 1), self.indent * depth
        if isinstance(node, dict):
            entries = [
                inner + self.entry(name, self.lay_out(each, f"{self.key(name)}: ", depth + 1))
                for name, each in node.items()
            ]
        else:
            entries = [inner + self.lay_out(each, "", depth + 1) for each in node]
        opening, closing = "{}" if isinstance(node, dict) else "[]"
        return "\n".join([opening, ",\n".join(entries) + self.trailing_comma, outer + closing])

    def line(self, node: Any) -> str:
        if isinstance(node, dict):
            return f"{{{', '.join(self.entry(name, self.line(each)) for name, each in node.items())}}}"
        if isinstance(node, list):
            return f"[{', '.join(map(self.line, node))}]"
        return self.leaf(node)


class Program:
    """One story in one language. Steps are asked for in their order: a client is made where it is first used."""

    language: ClassVar[str]
    fence: ClassVar[str]

    def __init__(self, document: Document, operations: Mapping[str, ClientOperation], story: Story) -> None:
        self.document = document
        self.operations = operations
        self.story = story
        self._clients: set[str] = set()

    def begin(self) -> str:
        """What comes before the first step: imports, and the clients for which everything is there."""
        raise NotImplementedError

    def step(self, step: Step) -> str:
        raise NotImplementedError

    def client(self, name: str, token: Value, organization: Value | None) -> str:
        """The line that makes a client."""
        raise NotImplementedError

    def whole(self) -> str:
        """All steps of another one of these, to see what they need."""
        other = type(self)(self.document, self.operations, self.story)
        return "\n".join(other.step(step) for step in self.story.steps)

    def operation(self, step: Step) -> ClientOperation:
        return self.operations[step.operation.operation_id]

    def first_clients(self) -> Iterator[str]:
        """Those that need nothing of a step before."""
        for step in self.story.steps:
            if all(each.step is None for each in _references(placed("header", step))):
                yield from self.new_client(step)

    def new_client(self, step: Step) -> Iterator[str]:
        """The line that makes the client of the step, if there is none yet."""
        if step.caller in self._clients:
            return
        self._clients.add(step.caller)
        headers = {each.name: each.value for each in placed("header", step)}
        yield self.client(step.caller, _token(headers["Authorization"]), headers.get("X-Org-Id"))

    def query(self, step: Step) -> dict[str, Any]:
        """As a client takes it: a flag is a truth value."""
        declared = {each.name: self.document.follow(each.schema) for each in self.operation(step).query}
        return {
            each.name: each.value == ("true",) if is_flag(declared[each.name]) else each.value
            for each in placed("query", step)
        }


def placed(place: str, step: Step) -> list[Parameter]:
    return [each for each in step.parameters if each.place == place]


def variable(name: str) -> str:
    """Of the environment, and of a shell: `pharusToken` → `PHARUS_TOKEN`."""
    return snake(name).upper()


def text_of(value: Value) -> str:
    if any(isinstance(each, Reference) for each in value):
        raise InvalidDocument(f"{value} is no text as it stands.")
    return "".join(map(str, value))


def refusal_of(step: Step) -> str:
    """The class that the clients have for the code which the step expects."""
    code = next(str(each.expected) for each in step.criteria if each.pointer == ("error", "code"))
    return "".join(part.capitalize() for part in code.split("_"))


def noun_of(step: Step) -> str:
    """What the operation answers with, in camelCase: `createPurchaseOrder` → `purchaseOrder`."""
    noun = step.operation.operation_id.lstrip("abcdefghijklmnopqrstuvwxyz")
    return noun[0].lower() + noun[1:]


def _references(parameters: list[Parameter]) -> Iterator[Reference]:
    for each in parameters:
        yield from (part for part in each.value if isinstance(part, Reference))


def _token(authorization: Value) -> Value:
    """`Bearer …` without its first word."""
    if len(authorization) != 2 or authorization[0] != "Bearer ":
        raise InvalidDocument(f"{authorization} is no bearer token.")
    return authorization[1:]
