"""The samples for TypeScript, with clients/typescript."""

from __future__ import annotations

import json
import re
from textwrap import indent
from typing import Any

from codegen.arazzo import Reference, Step, Value
from codegen.client_operations import camel_group
from codegen.guide_samples import SERVER, Notation, Program, noun_of, placed, refusal_of, text_of, variable
from codegen.source import LINE_LENGTH


class _Literals(Notation):
    """A decimal is a text here, as in JSON: the client takes it."""

    width = LINE_LENGTH
    trailing_comma = ","

    def key(self, name: str) -> str:
        return name if re.fullmatch(r"[A-Za-z_]\w*", name) else json.dumps(name)

    def leaf(self, value: Any) -> str:
        return _value(value) if isinstance(value, tuple) else json.dumps(value, ensure_ascii=False)

    def entry(self, name: str, value: str) -> str:
        return name if name == value else super().entry(name, value)

    def line(self, node: Any) -> str:
        line = super().line(node)
        return f"{{ {line[1:-1]} }}" if isinstance(node, dict) and node else line


_LITERALS = _Literals()


class TypeScript(Program):
    language = "TypeScript"
    fence = "ts"

    def begin(self) -> str:
        names = "Client, refusals" if "refusals." in self.whole() else "Client"
        imports = f'import {{ {names} }} from "pharus-client";'
        return "\n".join([imports, "", f"const url = {_environment(SERVER)};", *self.first_clients()])

    def step(self, step: Step) -> str:
        operation = self.operation(step)
        call = f"await {step.caller}.{camel_group(operation.operation.tag)}.{operation.operation.operation_id}("
        end = ").first()" if operation.row else ")"
        lines = [*self.new_client(step)]
        outputs = list(step.outputs.items())
        if step.status >= 400:
            lines += ["try {", indent(self._call(step, call, f"{end};"), "  "), "} catch (refused) {"]
            lines += [f"  if (!(refused instanceof refusals.{refusal_of(step)})) throw refused;"]
            lines += ["  console.log(refused.message, refused.details);", "}"]
        elif not outputs:
            around = ("console.log(", ")") if operation.operation.method == "GET" else ("", "")
            lines.append(self._call(step, around[0] + call, f"{end}{around[1]};"))
        elif len(outputs) == 1:
            ((name, pointer),) = outputs
            lines.append(self._call(step, f"const {name} = ({call}", f"{end}){_properties(pointer)};"))
        else:
            answer = noun_of(step)
            lines.append(self._call(step, f"const {answer} = {call}", f"{end};"))
            lines += [f"const {name} = {answer}{_properties(pointer)};" for name, pointer in outputs]
        return "\n".join(lines)

    def client(self, name: str, token: Value, organization: Value | None) -> str:
        arguments = ["url", _value(token)]
        if organization is not None:
            arguments.append(f"{{ organization: {_value(organization)} }}")
        return f"const {name} = new Client({', '.join(arguments)});"

    def _call(self, step: Step, start: str, end: str) -> str:
        path = {each.name: _value(each.value) for each in placed("path", step)}
        arguments = [path[name] for name in self.operation(step).path]
        for each in (step.payload, self.query(step)):
            if each:
                arguments.append(_LITERALS.lay_out(each, ", ".join([start, *arguments]) + end))
        return f"{start}{', '.join(arguments)}{end}"


def _value(value: Value) -> str:
    if len(value) == 1 and isinstance(value[0], Reference):
        return value[0].name if value[0].step else _environment(variable(value[0].name))
    return json.dumps(text_of(value), ensure_ascii=False)


def _environment(name: str) -> str:
    return f"process.env.{name}!"


def _properties(pointer: tuple[str, ...]) -> str:
    # Which rows there are the story knows: a compiler that is strict about them wants to be told.
    return "".join(f"[{key}]!" if key.isdigit() else f".{key}" for key in pointer)
