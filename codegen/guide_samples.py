"""The steps of the guides as programs: curl with jq, and our client for Python.

What a step takes from one before is a variable, what the reader brings is in the environment. The samples of a page go
on from one another; put together, those of one language are a program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from codegen.arazzo import Parameter, Reference, Step, Story, Value
from codegen.client_operations import ClientOperation, is_flag
from codegen.schema_types import alternatives
from codegen.source import LINE_LENGTH, snake
from pharus.openapi import JSON, Document, InvalidDocument, Schema

SERVER = "PHARUS_URL"


def variable(name: str) -> str:
    """Of the environment, and of a shell: `pharusToken` → `PHARUS_TOKEN`."""
    return snake(name).upper()


class Notation:
    """How a language writes objects, arrays and what is in them, on one line where it fits."""

    width = 88
    indent = "  "
    trailing_comma = ""

    def key(self, name: str) -> str:
        return json.dumps(name)

    def leaf(self, value: Any) -> str:
        raise NotImplementedError

    def lay_out(self, node: Any, before: str = "", depth: int = 0) -> str:
        """`before` is what is on its first line already."""
        line = self.line(node)
        comma = 1 if depth else 0
        if not isinstance(node, dict | list) or depth * len(self.indent) + len(before + line) + comma <= self.width:
            return line
        inner, outer = self.indent * (depth + 1), self.indent * depth
        if isinstance(node, dict):
            entries = [
                inner + (start := f"{self.key(name)}: ") + self.lay_out(each, start, depth + 1)
                for name, each in node.items()
            ]
        else:
            entries = [inner + self.lay_out(each, "", depth + 1) for each in node]
        opening, closing = "{}" if isinstance(node, dict) else "[]"
        return "\n".join([opening, ",\n".join(entries) + self.trailing_comma, outer + closing])

    def line(self, node: Any) -> str:
        if isinstance(node, dict):
            return f"{{{', '.join(f'{self.key(name)}: {self.line(each)}' for name, each in node.items())}}}"
        if isinstance(node, list):
            return f"[{', '.join(map(self.line, node))}]"
        return self.leaf(node)


class Excerpt(Notation):
    """JSON as it is."""

    def leaf(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)


class _HereDocument(Notation):
    """JSON in which a shell puts in its variables."""

    def leaf(self, value: Any) -> str:
        return f'"{_in_shell(value)}"' if isinstance(value, tuple) else json.dumps(value)


class _Python(Notation):
    """As the formatter of Python would leave it."""

    width = LINE_LENGTH
    indent = "    "
    trailing_comma = ","

    def leaf(self, value: Any) -> str:
        if isinstance(value, tuple):
            return _python_value(value)
        return f'Decimal("{value}")' if isinstance(value, Decimal) else repr(value)


class Samples:
    """Those of one story. Steps are asked for in their order: a client is made where it is first used."""

    def __init__(self, document: Document, operations: Mapping[str, ClientOperation], story: Story) -> None:
        self.document = document
        self.operations = operations
        self.story = story
        self._clients: set[str] = set()

    # ---- curl ---------------------------------------------------------------------------------------------------

    def curl(self, step: Step) -> str:
        operation = step.operation
        method = "" if operation.method == ("GET" if step.payload is None else "POST") else f"-X {operation.method} "
        # What is expected to be refused is no failure of the program.
        stop = "--fail-with-body " if step.status < 400 else ""
        lines = [f'curl -sS {stop}{method}"${SERVER}{self._target(step)}"']
        lines += [f'-H "{each.name}: {_in_shell(each.value)}"' for each in _in("header", step)]
        if step.payload is not None:
            lines.append('-H "Content-Type: application/json"')
        if step.outputs:
            lines.append("-o answer.json")
        if step.payload is not None:
            lines.append("--data-binary @- <<END")
        text = " \\\n  ".join(lines)
        if step.payload is not None:
            text += f"\n{_HereDocument().lay_out(step.payload)}\nEND"
        for name, pointer in step.outputs.items():
            text += f"\n{variable(name)}=$(jq -r {_jq(pointer)} answer.json)"
        return text

    def _target(self, step: Step) -> str:
        path = step.operation.path
        for each in _in("path", step):
            path = path.replace(f"{{{each.name}}}", _in_shell(each.value))
        query = "&".join(f"{each.name}={_in_shell(each.value)}" for each in _in("query", step))
        return f"{path}?{query}" if query else path

    # ---- Python -------------------------------------------------------------------------------------------------

    def python_begin(self) -> str:
        """What comes before the first step: imports, and the clients for which everything is there."""
        texts = "\n".join(Samples(self.document, self.operations, self.story).python(step) for step in self.story.steps)
        names = ["Client", *(["refusals"] if "refusals." in texts else [])]
        lines = ["import os", *(["from decimal import Decimal"] if "Decimal(" in texts else []), ""]
        lines += [f"from pharus_client import {', '.join(names)}", "", f'url = os.environ["{SERVER}"]']
        for step in self.story.steps:
            if all(each.step is None for each in _references(_in("header", step))):
                lines += self._python_client(step)
        return "\n".join(lines)

    def python(self, step: Step) -> str:
        operation = self.operations[step.operation.operation_id]
        call = f"{step.caller}.{snake(operation.operation.tag)}.{snake(operation.operation.operation_id)}("
        end = ").first()" if operation.row else ")"
        lines = [*self._python_client(step)]
        outputs = [(snake(name), _subscripts(pointer)) for name, pointer in step.outputs.items()]
        if step.status >= 400:
            code = next(each.expected for each in step.criteria if each.pointer == ("error", "code"))
            refusal = "".join(part.capitalize() for part in code.split("_"))
            call = self._python_call(operation, step, f"    {call}", end)
            return "\n".join(
                [*lines, "try:", call, f"except refusals.{refusal} as refused:", "    print(refused, refused.details)"]
            )
        if not outputs:
            around = ("print(", ")") if operation.operation.method == "GET" else ("", "")
            return "\n".join([*lines, self._python_call(operation, step, around[0] + call, end + around[1])])
        name, subscripts = outputs[0]
        inline = self._python_call(operation, step, f"{name} = {call}", end + subscripts)
        if len(outputs) == 1 and "\n" not in inline:
            return "\n".join([*lines, inline])
        answer = name.removesuffix("_id") if len(outputs) == 1 else "answer"
        lines.append(self._python_call(operation, step, f"{answer} = {call}", end))
        return "\n".join([*lines, *(f"{name} = {answer}{subscripts}" for name, subscripts in outputs)])

    def _python_client(self, step: Step) -> Iterator[str]:
        """The line that makes the client of the step, if there is none yet."""
        if step.caller in self._clients:
            return
        self._clients.add(step.caller)
        headers = {each.name: each.value for each in _in("header", step)}
        arguments = ["url", _python_value(_token(headers["Authorization"]))]
        if "X-Org-Id" in headers:
            arguments.append(f"organization={_python_value(headers['X-Org-Id'])}")
        yield f"{step.caller} = Client({', '.join(arguments)})"

    def _python_call(self, operation: ClientOperation, step: Step, start: str, end: str) -> str:
        path = {each.name: _python_value(each.value) for each in _in("path", step)}
        flags = {each.name for each in operation.query if is_flag(self.document.follow(each.schema))}
        query = {
            each.name: str(each.value == ("true",)) if each.name in flags else _python_value(each.value)
            for each in _in("query", step)
        }
        arguments: list[Any] = [path[name] for name in operation.path]
        if step.payload is not None:
            body = operation.operation.declared["requestBody"]
            schema = self.document.follow(body)["content"][JSON]["schema"]
            arguments.append(self._with_decimals(step.payload, schema))
        arguments += [f"{snake(name)}={value}" for name, value in query.items()]
        return _python_arguments(start, arguments, end)

    def _with_decimals(self, node: Any, schema: Schema) -> Any:
        """The payload with a Decimal for each text that the schema takes for a number."""
        schema = self.document.fold(self.document.follow(schema))
        if isinstance(node, dict):
            return {name: self._with_decimals(each, schema["properties"][name]) for name, each in node.items()}
        if isinstance(node, list):
            return [self._with_decimals(each, schema["items"]) for each in node]
        is_decimal = any(self.document.follow(each).get("x-decimal") for each in alternatives(schema))
        return Decimal(_text(node)) if is_decimal and isinstance(node, tuple) else node


def _in(place: str, step: Step) -> list[Parameter]:
    return [each for each in step.parameters if each.place == place]


def _references(parameters: list[Parameter]) -> Iterator[Reference]:
    for each in parameters:
        yield from (part for part in each.value if isinstance(part, Reference))


def _token(authorization: Value) -> Value:
    """`Bearer …` without its first word."""
    if len(authorization) != 2 or authorization[0] != "Bearer ":
        raise InvalidDocument(f"{authorization} is no bearer token.")
    return authorization[1:]


def _text(value: Value) -> str:
    if any(isinstance(each, Reference) for each in value):
        raise InvalidDocument(f"{value} is no text as it stands.")
    return "".join(map(str, value))


def _in_shell(value: Value) -> str:
    """Within double quotes, or a here-document."""
    return "".join(
        f"${variable(each.name)}" if isinstance(each, Reference) else re.sub(r'([\\$`"])', r"\\\1", each)
        for each in value
    )


def _python_arguments(start: str, arguments: list[Any], end: str) -> str:
    """A call as the formatter would leave it; what is no text is laid out."""
    notation = _Python()

    def written(node: Any, depth: int = 0) -> str:
        return node if isinstance(node, str) else notation.lay_out(node, depth=depth)

    flat = ", ".join(each if isinstance(each, str) else notation.line(each) for each in arguments)
    if len(start + flat + end) <= notation.width:
        return start + flat + end
    if len(notation.indent + flat) <= notation.width:
        return f"{start}\n{notation.indent}{flat}\n{end}"
    comma = "," if len(arguments) > 1 else ""
    lines = [f"{notation.indent}{written(each, 1)}{comma}" for each in arguments]
    return "\n".join([start, *lines, end])


def _python_value(value: Value) -> str:
    if len(value) == 1 and isinstance(value[0], Reference):
        return snake(value[0].name) if value[0].step else f'os.environ["{variable(value[0].name)}"]'
    return json.dumps(_text(value), ensure_ascii=False)


def _jq(pointer: tuple[str, ...]) -> str:
    path = "".join(f"[{key}]" if key.isdigit() else f".{key}" for key in pointer)
    return f"'{path}'" if "[" in path else path


def _subscripts(pointer: tuple[str, ...]) -> str:
    return "".join(f"[{key}]" if key.isdigit() else f'["{key}"]' for key in pointer)


# What the page calls a language, the word for its fences, and what writes a step in it.
LANGUAGES: tuple[tuple[str, str, Callable[[Samples, Step], str]], ...] = (
    ("curl", "sh", Samples.curl),
    ("Python", "python", Samples.python),
)
