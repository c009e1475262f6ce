"""Handlers for operations that have none yet, put where the document has them.

Lines are only ever added. What is in an operations.py, written by hand or by an earlier run, stays as it is, byte for
byte; the formatter sorts the imports afterwards.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from codegen.operations import Operation
from codegen.project import Project
from codegen.schema_types import is_named
from codegen.source import LINE_LENGTH, from_import, snake
from pharus.openapi import InvalidDocument, Schema


def stub_files(project: Project) -> dict[str, str]:
    """The new text of each operations.py that lacks a function, by path from the project's root."""
    files = {}
    for domain, package in project.packages.items():
        path = f"{package.replace('.', '/')}/operations.py"
        own = [operation for operation in project.operations if operation.domain == domain]
        text = _read(project.root / path)
        added = add_stubs(project, own, text, package)
        if added != text:
            files[path] = added
    return files


def add_stubs(project: Project, own: list[Operation], text: str, package: str) -> str:
    """The text of an operations.py with a function for each operation. Raises InvalidDocument when it is no Python."""
    try:
        module = ast.parse(text)
    except SyntaxError as error:
        raise InvalidDocument(f"{package}.operations cannot be read: line {error.lineno}: {error.msg}.") from error
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    missing = [operation for operation in own if function_name(operation) not in functions]
    if not missing:
        return text
    if not text.strip():
        text = f'"""The operations of {package}, in the order of the document."""\n'
        module = ast.parse(text)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    insertions: dict[int, list[str]] = {}
    names: dict[str, set[str]] = {}
    for operation in missing:
        at = _position(operation, own, functions, len(lines))
        insertions.setdefault(at, []).extend(["\n", "\n", *_stub(project, operation, names)])
    insertions.setdefault(_end_of_imports(module), [])[:0] = _imports(module, names)
    for at in sorted(insertions, reverse=True):
        lines[at:at] = insertions[at]
    return "".join(lines)


def function_name(operation: Operation) -> str:
    """`createVendor` → `create_vendor`."""
    return snake(operation.operation_id)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _position(operation: Operation, own: list[Operation], functions: dict[str, ast.FunctionDef], end: int) -> int:
    """Behind the function of the nearest operation before it in the document, or at the end of the file."""
    for before in reversed(own[: own.index(operation)]):
        found = functions.get(function_name(before))
        if found is not None:
            return found.end_lineno or end
    return end


def _stub(project: Project, operation: Operation, names: dict[str, set[str]]) -> list[str]:
    """The lines of one function; the components in its signature are noted in `names`, by their module."""

    def annotation(schema: Schema) -> str:
        text = _annotation(project, schema)
        if text in project.homes:
            names.setdefault(project.homes[text], set()).add(text)
        return text

    first, defaulted, last = [], [], []
    for parameter in operation.parameters:
        schema = project.document.follow(parameter["schema"])
        type = "int" if schema.get("type") == "integer" else "str"
        name = snake(parameter["name"])
        if parameter.get("required"):
            first.append(f"{name}: {type}")
        elif "default" in schema:
            # It is always given: the document has the default, and the function needs none.
            defaulted.append(f"{name}: {type}")
        else:
            last.append(f"{name}: {type} | None = None")
    body = _content(project.document.follow(operation.declared.get("requestBody") or {}))
    if body is not None:
        first.append(f"body: {annotation(body)}")
    successes = [response for status, response in operation.declared["responses"].items() if str(status)[0] == "2"]
    content = _content(project.document.follow(successes[0])) if successes else None
    returned = annotation(content) if content is not None else "None"
    head = f"def {function_name(operation)}("
    signature = f"{head}{', '.join([*first, *defaulted, *last])}) -> {returned}:\n"
    if len(signature) > LINE_LENGTH + 1:
        signature = f"{head}\n    {', '.join([*first, *defaulted, *last])}\n) -> {returned}:\n"
    return [signature, f'    raise NotImplementedError("{operation.operation_id} is not written yet")\n']


def _annotation(project: Project, schema: Schema) -> str:
    """The name of the component, or what says least: a stub is there to be changed."""
    folded = project.document.fold(schema)
    component = project.document.component(folded)
    if component is not None and is_named(project.document, component) and component in project.homes:
        return component
    type = project.document.follow(folded).get("type")
    return {"object": "dict[str, object]", "array": "list[object]", "string": "str"}.get(str(type), "object")


def _content(holder: dict[str, Any]) -> Schema | None:
    for media in holder.get("content", {}).values():
        if "schema" in media:
            schema: Schema = media["schema"]
            return schema
    return None


def _imports(module: ast.Module, names: dict[str, set[str]]) -> list[str]:
    """Import lines for what is not imported yet, behind those that are there."""
    known = {
        alias.asname or alias.name for node in module.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    lines = []
    for home, needed in sorted(names.items()):
        if new := sorted(needed - known):
            lines += [f"{line}\n" for line in from_import(home, new)]
    has_imports = any(isinstance(node, ast.Import | ast.ImportFrom) for node in module.body)
    return lines if has_imports or not lines else ["\n", *lines]


def _end_of_imports(module: ast.Module) -> int:
    """The line behind the last import, else behind the docstring."""
    ends = [node.end_lineno or 0 for node in module.body if isinstance(node, ast.Import | ast.ImportFrom)]
    if ends:
        return max(ends)
    first = module.body[0] if module.body else None
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (first.end_lineno or 0) if first is not None and is_docstring else 0
