"""Runs a story of docs/guides/ step by step, and holds each response against the criteria of its step.

Where the requests go is the caller's: to the server, or to the record of what another program has sent.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from codegen import arazzo
from codegen.arazzo import Criterion, Reference, Step, Story, Value
from codegen.operations import operations
from pharus.openapi import Document

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "guides"


@cache
def stories() -> dict[str, Story]:
    found = arazzo.load(FOLDER, operations(Document.load(ROOT / "openapi.yaml")))
    return {story.name: story for story in found}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class Response:
    status: int
    body: Any


@dataclass
class Run:
    """Of one story, with its inputs. `send` carries out a request."""

    story: Story
    inputs: Mapping[str, str]
    send: Callable[[Request], Response]
    _outputs: dict[Reference, Any] = field(default_factory=dict)

    def outputs(self) -> dict[str, Any]:
        """Runs it. Raises AssertionError that names the step and the criterion which does not hold."""
        self._outputs = {Reference(None, name): self.inputs[name] for name in self.story.inputs}
        for step in self.story.steps:
            response = self.send(self._request(step))
            for criterion in step.criteria:
                found = response.status if criterion.pointer is None else _look_up(response.body, criterion.pointer)
                assert self._holds(criterion, found), (
                    f"{self.story.name}, {step.id}: {criterion.text}, and it is {found!r}; {response}"
                )
            for name, pointer in step.outputs.items():
                self._outputs[Reference(step.id, name)] = _look_up(response.body, pointer)
        return {name: self._outputs[reference] for name, reference in self.story.outputs.items()}

    def _request(self, step: Step) -> Request:
        given = {
            place: {each.name: str(self._value(each.value)) for each in step.parameters if each.place == place}
            for place in ("path", "query", "header")
        }
        path = step.operation.path
        for name, value in given["path"].items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        assert "{" not in path, f"{step.id} lacks a parameter of {path}"
        return Request(step.operation.method, path, given["query"], given["header"], self._payload(step.payload))

    def _payload(self, node: Any) -> Any:
        if isinstance(node, dict):
            return {key: self._payload(each) for key, each in node.items()}
        if isinstance(node, list):
            return [self._payload(each) for each in node]
        return self._value(node) if isinstance(node, tuple) else node

    def _value(self, value: Value) -> Any:
        if len(value) == 1 and isinstance(value[0], Reference):
            return self._outputs[value[0]]
        return "".join(str(self._outputs[each]) if isinstance(each, Reference) else each for each in value)

    def _holds(self, criterion: Criterion, found: Any) -> bool:
        if criterion.is_pattern:
            return isinstance(found, str) and re.search(criterion.expected, found) is not None
        expected = criterion.expected
        if isinstance(expected, Reference):
            expected = self._outputs[expected]
        # Stricter than the specification, which compares texts whatever their letter case: '100' is no 100 here.
        return type(found) is type(expected) and bool(found == expected)


def _look_up(body: Any, pointer: tuple[str, ...]) -> Any:
    """What the pointer leads to. Raises AssertionError where it leads nowhere."""
    for key in pointer:
        try:
            body = body[int(key)] if isinstance(body, list) else body[key]
        except (LookupError, TypeError):
            raise AssertionError(f"there is no /{'/'.join(pointer)} in {body}") from None
    return body
