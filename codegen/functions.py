"""Whether the functions in operations.py are those of the document. The text is read, nothing is imported: the server
compares them again when it starts (`handlers/http/resolver.py`)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codegen.operations import Operation
from codegen.project import Project
from codegen.source import snake
from codegen.stubs import function_name


def unfit_functions(project: Project) -> list[str]:
    """A sentence for each function that is missing, belongs to no operation, or does not take what its operation has.
    A domain without an operations.py is not begun yet."""
    found = []
    for domain, package in project.packages.items():
        file = project.root / package.replace(".", "/") / "operations.py"
        if not file.is_file():
            continue
        own = {function_name(each): each for each in project.operations if each.domain == domain}
        try:
            module = ast.parse(file.read_text(encoding="utf-8"))
        except SyntaxError as error:
            found.append(f"{package}.operations cannot be read: line {error.lineno}: {error.msg}.")
            continue
        functions = {
            node.name: node
            for node in module.body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        }
        assigned = {
            target.id
            for node in module.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for name, operation in own.items():
            if name in functions:
                found += _differences(project, operation, functions[name], f"{package}.operations.{name}")
            elif name not in assigned:
                found.append(f"{package}.operations has no {name} for the operation {operation.operation_id}.")
        found += [
            f"{package}.operations.{name} belongs to no operation of the document."
            for name in functions
            if name not in own
        ]
    return found


def _differences(project: Project, operation: Operation, function: ast.FunctionDef, where: str) -> Iterator[str]:
    given = {snake(parameter["name"]) for parameter in operation.parameters}
    if "requestBody" in operation.declared:
        given.add("body")
    arguments = function.args
    if arguments.kwarg is not None:
        return
    positional = [*arguments.posonlyargs, *arguments.args]
    taken = [each.arg for each in (*positional, *arguments.kwonlyargs)]
    optional = {each.arg for each in positional[len(positional) - len(arguments.defaults) :]}
    optional |= {
        each.arg
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if default is not None
    }
    for name in sorted(given - set(taken)):
        yield f"{where} does not take {name}, which its operation has."
    for name in taken:
        if name not in given and name not in optional:
            yield f"{where} takes {name}, which its operation does not have."
