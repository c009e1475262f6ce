"""The samples for a shell: curl, and jq for what is needed of an answer."""

from __future__ import annotations

import json
import re
from typing import Any

from codegen.arazzo import Reference, Step, Value
from codegen.guide_samples import SERVER, Notation, Program, placed, variable


class _HereDocument(Notation):
    """JSON in which a shell puts in its variables."""

    def leaf(self, value: Any) -> str:
        return f'"{_quoted(value)}"' if isinstance(value, tuple) else json.dumps(value)


class Curl(Program):
    language = "curl"
    fence = "sh"

    def begin(self) -> str:
        return ""

    def step(self, step: Step) -> str:
        method = step.operation.method
        option = "" if method == ("GET" if step.payload is None else "POST") else f"-X {method} "
        # What is expected to be refused is no failure of the program.
        stop = "--fail-with-body " if step.status < 400 else ""
        lines = [f'curl -sS {stop}{option}"${SERVER}{_target(step)}"']
        lines += [f'-H "{each.name}: {_quoted(each.value)}"' for each in placed("header", step)]
        if step.payload is not None:
            lines.append('-H "Content-Type: application/json"')
        if step.outputs:
            lines.append("-o answer.json")
        if step.payload is not None:
            lines.append(f"--data-binary @- <<END\n{_HereDocument().lay_out(step.payload)}\nEND")
        text = " \\\n  ".join(lines)
        for name, pointer in step.outputs.items():
            text += f"\n{variable(name)}=$(jq -r {_filter(pointer)} answer.json)"
        return text


def _target(step: Step) -> str:
    path = step.operation.path
    for each in placed("path", step):
        path = path.replace(f"{{{each.name}}}", _quoted(each.value))
    query = "&".join(f"{each.name}={_quoted(each.value)}" for each in placed("query", step))
    return f"{path}?{query}" if query else path


def _quoted(value: Value) -> str:
    """Within double quotes, or a here-document."""
    return "".join(
        f"${variable(each.name)}" if isinstance(each, Reference) else re.sub(r'([\\$`"])', r"\\\1", each)
        for each in value
    )


def _filter(pointer: tuple[str, ...]) -> str:
    path = "".join(f"[{key}]" if key.isdigit() else f".{key}" for key in pointer)
    return f"'{path}'" if "[" in path else path
