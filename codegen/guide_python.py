"""The samples for Python, with clients/python, as the formatter would leave them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from codegen.arazzo import Reference, Step, Value
from codegen.guide_samples import SERVER, Notation, Program, noun_of, placed, refusal_of, text_of, variable
from codegen.schema_types import alternatives
from codegen.source import LINE_LENGTH, snake
from pharus.openapi import JSON, Schema


class _Literals(Notation):
    width = LINE_LENGTH
    indent = "    "
    trailing_comma = ","

    def leaf(self, value: Any) -> str:
        if isinstance(value, tuple):
            return _value(value)
        return f'Decimal("{value}")' if isinstance(value, Decimal) else repr(value)


_LITERALS = _Literals()


class Python(Program):
    language = "Python"
    fence = "python"

    def begin(self) -> str:
        whole = self.whole()
        decimals = ["from decimal import Decimal"] if "Decimal(" in whole else []
        names = "Client, refusals" if "refusals." in whole else "Client"
        imports = ["import os", *decimals, "", f"from pharus_client import {names}"]
        return "\n".join([*imports, "", f"url = {_environment(SERVER)}", *self.first_clients()])

    def step(self, step: Step) -> str:
        operation = self.operation(step)
        call = f"{step.caller}.{snake(operation.operation.tag)}.{snake(operation.operation.operation_id)}("
        end = ").first()" if operation.row else ")"
        lines = [*self.new_client(step)]
        outputs = [(snake(name), _subscripts(pointer)) for name, pointer in step.outputs.items()]
        if step.status >= 400:
            lines += ["try:", self._call(step, f"    {call}", end)]
            lines += [f"except refusals.{refusal_of(step)} as refused:", "    print(refused, refused.details)"]
            return "\n".join(lines)
        if not outputs:
            around = ("print(", ")") if operation.operation.method == "GET" else ("", "")
            return "\n".join([*lines, self._call(step, around[0] + call, end + around[1])])
        name, subscripts = outputs[0]
        inline = self._call(step, f"{name} = {call}", end + subscripts)
        if len(outputs) == 1 and "\n" not in inline:
            return "\n".join([*lines, inline])
        answer = snake(noun_of(step))
        lines.append(self._call(step, f"{answer} = {call}", end))
        return "\n".join([*lines, *(f"{name} = {answer}{subscripts}" for name, subscripts in outputs)])

    def client(self, name: str, token: Value, organization: Value | None) -> str:
        arguments = ["url", _value(token)]
        if organization is not None:
            arguments.append(f"organization={_value(organization)}")
        return f"{name} = Client({', '.join(arguments)})"

    def _call(self, step: Step, start: str, end: str) -> str:
        """The arguments that are no text are laid out."""
        path = {each.name: _value(each.value) for each in placed("path", step)}
        arguments: list[Any] = [path[name] for name in self.operation(step).path]
        if step.payload is not None:
            body = self.document.follow(step.operation.declared["requestBody"])
            arguments.append(self._with_decimals(step.payload, body["content"][JSON]["schema"]))
        arguments += [f"{snake(name)}={_LITERALS.leaf(value)}" for name, value in self.query(step).items()]
        return _call(start, arguments, end)

    def _with_decimals(self, node: Any, schema: Schema) -> Any:
        """The payload with a Decimal for each text that the schema takes for a number."""
        schema = self.document.fold(self.document.follow(schema))
        if isinstance(node, dict):
            return {name: self._with_decimals(each, schema["properties"][name]) for name, each in node.items()}
        if isinstance(node, list):
            return [self._with_decimals(each, schema["items"]) for each in node]
        is_decimal = any(self.document.follow(each).get("x-decimal") for each in alternatives(schema))
        return Decimal(text_of(node)) if is_decimal and isinstance(node, tuple) else node


def _call(start: str, arguments: list[Any], end: str) -> str:
    """On one line, or with all arguments on the next, or with each on its own."""
    flat = ", ".join(each if isinstance(each, str) else _LITERALS.line(each) for each in arguments)
    if len(start + flat + end) <= LINE_LENGTH:
        return start + flat + end
    depth = (len(start) - len(start.lstrip())) // len(_LITERALS.indent) + 1
    indent, outer = _LITERALS.indent * depth, _LITERALS.indent * (depth - 1)
    if len(indent + flat) <= LINE_LENGTH:
        return f"{start}\n{indent}{flat}\n{outer}{end}"
    comma = "," if len(arguments) > 1 else ""
    laid_out = [each if isinstance(each, str) else _LITERALS.lay_out(each, depth=depth) for each in arguments]
    return "\n".join([start, *(f"{indent}{each}{comma}" for each in laid_out), outer + end])


def _value(value: Value) -> str:
    if len(value) == 1 and isinstance(value[0], Reference):
        return snake(value[0].name) if value[0].step else _environment(variable(value[0].name))
    return json.dumps(text_of(value), ensure_ascii=False)


def _environment(name: str) -> str:
    return f'os.environ["{name}"]'


def _subscripts(pointer: tuple[str, ...]) -> str:
    return "".join(f"[{key}]" if key.isdigit() else f'["{key}"]' for key in pointer)
