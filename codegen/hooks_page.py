"""docs/reference/hooks.md: the hooks, and what they hand on. Read from the text of the kernel; nothing is imported."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from codegen.rendering import templates

_HOOKS = "pharus/hooks.py"
# Modules whose public classes and functions hooks hand on or return, in the order of the page.
_MODULES = tuple(
    f"pharus/{name}.py" for name in ("steps", "stock", "extensions", "jobs", "plugin_settings", "console_pages")
)


@dataclass(frozen=True)
class Entry:
    """A hook, class or function. Of a class `members` are its attributes with their types, where the docstring does not
    say them."""

    name: str
    signature: str
    doc: str
    members: tuple[str, ...] = ()


def hook_files(root: Path) -> dict[str, str]:
    """The text of the page by its path; none of a folder without the kernel."""
    if not (root / _HOOKS).is_file():
        return {}
    hooks = [Entry(node.name, _signature(node), _doc(node)) for node in _functions(root / _HOOKS) if _is_hookspec(node)]
    modules = {_module(path): list(_entries(root / path)) for path in _MODULES if (root / path).is_file()}
    page = templates().get_template("hooks.md.j2").render(hooks=hooks, modules=modules)
    return {"docs/reference/hooks.md": page}


def _entries(file: Path) -> Iterator[Entry]:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield Entry(node.name, node.name, _doc(node), tuple(_members(node)))
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield Entry(node.name, f"{node.name}{_signature(node)}", _doc(node))


def _members(node: ast.ClassDef) -> Iterator[str]:
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            yield f"{each.target.id}: {_text(each.annotation)}"
        elif isinstance(each, ast.FunctionDef) and each.returns is not None and _is_property(each):
            yield f"{each.name}: {_text(each.returns)}"


def _functions(file: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef))


def _is_hookspec(node: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "hookspec" for each in node.decorator_list)


def _is_property(node: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "property" for each in node.decorator_list)


def _signature(node: ast.FunctionDef) -> str:
    return f"({', '.join(argument.arg for argument in node.args.args)})"


def _text(annotation: ast.expr) -> str:
    return ast.unparse(annotation).replace("'", "").replace('"', "")


def _doc(node: ast.FunctionDef | ast.ClassDef) -> str:
    return inspect.cleandoc(ast.get_docstring(node) or "")


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")
