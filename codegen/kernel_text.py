"""What a page tells of a module of the kernel: its functions and classes, read from its text. Nothing is imported."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """A hook, class, method or function. Of a class `members` are its attributes with their types, where the docstring
    does not say them."""

    name: str
    signature: str
    doc: str
    members: tuple[str, ...] = ()


def entries(file: Path) -> Iterator[Entry]:
    """The public classes and functions of a module."""
    for node in parsed(file).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield Entry(node.name, node.name, doc(node), tuple(members(node)))
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield Entry(node.name, f"{node.name}{signature(node)}", doc(node))


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def members(node: ast.ClassDef) -> Iterator[str]:
    """The attributes and properties of a class with their types."""
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            yield f"{each.target.id}: {text(each.annotation)}"
        elif isinstance(each, ast.FunctionDef) and each.returns is not None and is_marked(each, "property"):
            yield f"{each.name}: {text(each.returns)}"


def is_marked(node: ast.FunctionDef | ast.ClassDef, decorator: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == decorator for each in node.decorator_list)


def signature(node: ast.FunctionDef) -> str:
    """The names of the parameters alone."""
    return f"({', '.join(argument.arg for argument in node.args.args)})"


def text(annotation: ast.AST) -> str:
    return ast.unparse(annotation).replace("'", "").replace('"', "")


def doc(node: ast.FunctionDef | ast.ClassDef | ast.Module) -> str:
    return inspect.cleandoc(ast.get_docstring(node) or "")


def module(path: str) -> str:
    """`pharus/hooks.py` → `pharus.hooks`."""
    return path.removesuffix(".py").replace("/", ".")
