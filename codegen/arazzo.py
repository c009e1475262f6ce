"""Workflows of the Arazzo Specification 1.0, read from docs/guides/: the source of the guides, and of what runs them.

Read is what these documents use: one workflow each, whose steps are operations of openapi.yaml in order. Whatever else
Arazzo knows (actions, conditions, other workflows) is refused, so that no word of theirs is silently passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from codegen.operations import Operation
from pharus.openapi import InvalidDocument

# In the order in which they are told.
ORDER = (
    "first-sign-in",
    "buy",
    "make",
    "sell",
    "undo",
    "buy-by-the-drum",
    "make-in-batches",
    "ship-in-parts",
    "close-and-empty",
    "move-in",
    "trace-a-lot",
)
SUFFIX = ".arazzo.yaml"

_REFERENCE = r"\$(inputs|steps)\.([A-Za-z0-9_-]+)(?:\.outputs\.([A-Za-z0-9_-]+))?"
_WHOLE = re.compile(_REFERENCE)
_EMBEDDED = re.compile(rf"\{{({_REFERENCE})\}}")
_BODY = re.compile(r"\$response\.body#((?:/[^/]+)+)")
_SIMPLE = re.compile(r"(\S+) == (.+)")


@dataclass(frozen=True)
class Reference:
    """What an expression names: an input of the workflow, or an output of a step before. Its name is unique in the
    workflow, so that a program can have it as a variable."""

    step: str | None
    name: str


# A text with references in it, or one reference alone.
Value: TypeAlias = tuple[str | Reference, ...]


@dataclass(frozen=True)
class Criterion:
    """`pointer` into the body, or the status where it is None; `expected` a value, a reference or a pattern."""

    pointer: tuple[str, ...] | None
    expected: Any
    is_pattern: bool = False
    text: str = ""


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str
    value: Value


@dataclass(frozen=True)
class Step:
    """One request. `caller` is the component that has its Authorization: a program has one client for each."""

    id: str
    sentence: str
    operation: Operation
    caller: str
    parameters: tuple[Parameter, ...]
    payload: Any
    criteria: tuple[Criterion, ...]
    outputs: Mapping[str, tuple[str, ...]]

    @property
    def title(self) -> str:
        """`addAVendor` → `Add a vendor`."""
        words = re.sub(r"(?=[A-Z])", " ", self.id).split()
        return " ".join([words[0].capitalize(), *(word.lower() for word in words[1:])])

    @property
    def status(self) -> int:
        """The one that it must be answered with."""
        return next(int(each.expected) for each in self.criteria if each.pointer is None)


@dataclass(frozen=True)
class Story:
    """`name` is that of its file, `after` that of the story which it goes on from. `inputs` have their descriptions."""

    name: str
    title: str
    summary: str
    description: str
    audience: str
    after: str | None
    inputs: Mapping[str, str]
    steps: tuple[Step, ...]
    outputs: Mapping[str, Reference]


def load(folder: Path, operations: list[Operation]) -> list[Story]:
    """All stories of the folder, in their order. Raises InvalidDocument."""
    names = {file.name.removesuffix(SUFFIX) for file in folder.glob(f"*{SUFFIX}")}
    if names != set(ORDER):
        raise InvalidDocument(f"{folder} holds the stories {sorted(names)}, and not {sorted(ORDER)}.")
    by_id = {operation.operation_id: operation for operation in operations}
    return [_story(name, (folder / f"{name}{SUFFIX}").read_text(encoding="utf-8"), by_id) for name in ORDER]


def _story(name: str, text: str, operations: Mapping[str, Operation]) -> Story:
    try:
        return _Reader(yaml.safe_load(text), operations).story(name)
    except (InvalidDocument, KeyError, ValueError) as invalid:
        raise InvalidDocument(f"{name}{SUFFIX}: {invalid}") from invalid


def parts(text: str) -> Value:
    """The text in pieces: what is written in it, and what is put in at run time."""
    if match := _WHOLE.fullmatch(text):
        return (_reference(match[0]),)
    pieces: list[str | Reference] = []
    end = 0
    for match in _EMBEDDED.finditer(text):
        pieces += [text[end : match.start()], _reference(match[1])]
        end = match.end()
    pieces.append(text[end:])
    if any("$" in piece for piece in pieces if isinstance(piece, str)):
        raise InvalidDocument(f"{text!r} is an expression that the guides do not know.")
    return tuple(piece for piece in pieces if piece != "")


def _reference(text: str) -> Reference:
    match = _WHOLE.fullmatch(text)
    if match is None or (match[1] == "steps") != (match[3] is not None):
        raise InvalidDocument(f"{text!r} names neither an input nor an output of a step.")
    return Reference(match[2], match[3]) if match[3] else Reference(None, match[2])


class _Reader:
    """One document; knows which names there are so far."""

    def __init__(self, content: Mapping[str, Any], operations: Mapping[str, Operation]) -> None:
        self._operations = operations
        self._info, sources, (self._workflow,), components = _take(
            content, "info", "sourceDescriptions", "workflows", "components", rest=("arazzo",)
        )
        if [source["type"] for source in sources] != ["openapi"]:
            raise InvalidDocument("The one source is openapi.yaml.")
        (self._callers,) = _take(components, "parameters")
        self._known: dict[str, Reference] = {}

    def story(self, name: str) -> Story:
        title, summary, description, audience = _take(
            self._info, "title", "summary", "description", "x-audience", rest=("version", "x-after")
        )
        inputs, steps, outputs = _take(
            self._workflow, "inputs", "steps", "outputs", rest=("workflowId", "summary", "parameters")
        )
        for each in inputs["properties"]:
            self._know(Reference(None, each))
        return Story(
            name=name,
            title=title,
            summary=summary,
            description=description,
            audience=audience,
            after=self._info.get("x-after"),
            inputs={each: schema["description"] for each, schema in inputs["properties"].items()},
            steps=tuple(self._step(each) for each in steps),
            outputs={each: self._checked(_reference(text)) for each, text in outputs.items()},
        )

    def _step(self, step: Mapping[str, Any]) -> Step:
        id, sentence, operation_id, criteria = _take(
            step,
            "stepId",
            "description",
            "operationId",
            "successCriteria",
            rest=("parameters", "requestBody", "outputs"),
        )
        if operation_id not in self._operations:
            raise InvalidDocument(f"There is no operation {operation_id}.")
        operation = self._operations[operation_id]
        given = [*self._workflow.get("parameters", []), *step.get("parameters", [])]
        (caller,) = (each["reference"].rpartition(".")[2] for each in given if "reference" in each)
        body = step.get("requestBody", {"payload": None})
        (payload,) = _take(body, "payload", rest=("contentType",))
        found = Step(
            id=id,
            sentence=sentence,
            operation=operation,
            caller=caller,
            parameters=tuple(self._parameters([self._callers[caller], *(each for each in given if "name" in each)])),
            payload=self._payload(payload),
            criteria=tuple(map(self._criterion, criteria)),
            outputs={name: _pointer(text) for name, text in step.get("outputs", {}).items()},
        )
        if [each.pointer for each in found.criteria].count(None) != 1:
            raise InvalidDocument(f"{id} needs one criterion for its status.")
        for name in found.outputs:
            self._know(Reference(id, name))
        return found

    def _parameters(self, given: list[Mapping[str, Any]]) -> Iterator[Parameter]:
        for each in given:
            name, place, value = _take(each, "name", "in", "value")
            yield Parameter(name, place, self._value(value))

    def _payload(self, node: Any) -> Any:
        """With a Value for each text."""
        if isinstance(node, dict):
            return {key: self._payload(each) for key, each in node.items()}
        if isinstance(node, list):
            return [self._payload(each) for each in node]
        return self._value(node) if isinstance(node, str) else node

    def _criterion(self, criterion: Mapping[str, Any]) -> Criterion:
        (condition,) = _take(criterion, "condition", rest=("type", "context"))
        if criterion.get("type") == "regex":
            return Criterion(_pointer(criterion["context"]), condition, True, f"{criterion['context']} ~ {condition}")
        match = _SIMPLE.fullmatch(condition)
        if match is None or "type" in criterion:
            raise InvalidDocument(f"{condition!r} is a criterion that the guides do not know.")
        pointer = None if match[1] == "$statusCode" else _pointer(match[1])
        return Criterion(pointer, self._literal(match[2]), False, condition)

    def _literal(self, text: str) -> Any:
        if text.startswith("$"):
            return self._checked(_reference(text))
        if text.startswith("'") and text.endswith("'"):
            return text[1:-1].replace("''", "'")
        return {"true": True, "false": False, "null": None}[text] if text.isalpha() else int(text)

    def _value(self, text: str) -> Value:
        found = parts(text)
        for each in found:
            if isinstance(each, Reference):
                self._checked(each)
        return found

    def _checked(self, reference: Reference) -> Reference:
        if self._known.get(reference.name) != reference:
            raise InvalidDocument(f"There is no {reference.name} of {reference.step or 'the inputs'} so far.")
        return reference

    def _know(self, reference: Reference) -> None:
        if reference.name in self._known:
            raise InvalidDocument(f"{reference.name} is there twice.")
        self._known[reference.name] = reference


def _pointer(text: str) -> tuple[str, ...]:
    match = _BODY.fullmatch(text)
    if match is None:
        raise InvalidDocument(f"{text!r} is no part of a response that the guides know.")
    return tuple(match[1].split("/")[1:])


def _take(node: Mapping[str, Any], *keys: str, rest: tuple[str, ...] = ()) -> list[Any]:
    """The values of `keys`, all of which there must be; no others but `rest`."""
    if unknown := set(node) - {*keys, *rest}:
        raise InvalidDocument(f"Nothing here knows {', '.join(sorted(unknown))}.")
    return [node[key] for key in keys]
