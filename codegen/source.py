"""Python source as the formatter would leave it, so that a fresh file needs no formatter to be compared."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field

from pharus.openapi import InvalidDocument

LINE_LENGTH = 120

# What the kernel calls a file that came with a request.
UPLOAD = "pharus.uploads.Upload"
# And a row of a page, whose decimals are texts.
SHOWN = "pharus.shown.Shown"


@dataclass
class Definition:
    """One name of a generated module.

    A TypedDict has `fields` (key and type), a Literal has `values` (each as Python text), a union has `union`.
    """

    name: str
    description: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    union: str = ""


def union(types: list[str]) -> str:
    """`A | B | None`: each type once, None last."""
    return " | ".join(sorted(dict.fromkeys(types), key="None".__eq__))


def literal(name: str, value: object) -> str:
    """An enum value as Python text; `name` is for the sentence of InvalidDocument when there is no Literal of it."""
    if isinstance(value, bool | int):
        return repr(value)
    if not isinstance(value, str):
        raise InvalidDocument(f"{name} has the enum value {value!r}, which a Literal cannot hold.")
    text = repr(value)
    # repr prefers single quotes, the formatter double ones where no backslash comes of it.
    return text if text.startswith('"') or '"' in value else f'"{text[1:-1]}"'


def imports(symbols: set[str], homes: dict[str, str]) -> list[list[str]]:
    """The import lines by section: the standard library, then those symbols for which `homes` has a module."""
    standard = ["import datetime"] if "datetime" in symbols else []
    if "decimal.Decimal" in symbols:
        standard.append("from decimal import Decimal")
    typing = [symbol.removeprefix("typing.") for symbol in symbols if symbol.startswith("typing.")]
    if typing:
        standard += from_import("typing", typing)
    for path in (UPLOAD, SHOWN):
        if path in symbols:
            module, _, name = path.rpartition(".")
            symbols, homes = symbols | {name}, {**homes, name: module}
    own = [line for module in sorted(set(homes.values())) for line in _imported(symbols, homes, module)]
    return [section for section in (standard, own) if section]


def assignment(definition: Definition) -> list[str]:
    """The lines that define a Literal or a union."""
    if definition.union:
        # Quoted, because the alternatives may be defined further down.
        line = f'{definition.name}: TypeAlias = "{definition.union}"'
        if len(line) <= LINE_LENGTH:
            return [line]
        *parts, last = textwrap.wrap(definition.union, LINE_LENGTH - len('    " "'), break_long_words=False)
        return [f"{definition.name}: TypeAlias = (", *(f'    "{part} "' for part in parts), f'    "{last}"', ")"]
    line = f"{definition.name} = Literal[{', '.join(definition.values)}]"
    if len(line) <= LINE_LENGTH:
        return [line]
    return [f"{definition.name} = Literal[", *(f"    {value}," for value in definition.values), "]"]


def docstring(description: str) -> list[str]:
    """The first sentence as a docstring of a class, without indentation; no line if there is no description."""
    sentence = first_sentence(description).replace("\\", "\\\\").replace('"""', "'''")
    if not sentence:
        return []
    # A quotation mark beside the three of the docstring would be read as one of them.
    sentence = (" " if sentence.startswith('"') else "") + sentence + (" " if sentence.endswith('"') else "")
    if len(f'    """{sentence}"""') <= LINE_LENGTH:
        return [f'"""{sentence}"""']
    first, *rest = textwrap.wrap(f'"""{sentence}', LINE_LENGTH - 4, break_long_words=False, break_on_hyphens=False)
    return [first, *rest, '"""']


def comment(description: str) -> list[str]:
    """The first sentence as comment lines."""
    sentence = first_sentence(description)
    width = LINE_LENGTH - 2
    return [f"# {line}" for line in textwrap.wrap(sentence, width, break_long_words=False, break_on_hyphens=False)]


def _imported(symbols: set[str], homes: dict[str, str], module: str) -> list[str]:
    names = [symbol for symbol in symbols if homes.get(symbol) == module]
    return from_import(module, names) if names else []


def from_import(module: str, names: list[str]) -> list[str]:
    """The lines of `from module import …`, its names in the order of the formatter."""
    # Names in capitals count as constants and come first.
    ordered = sorted(names, key=lambda name: (len(name) == 1 or not name.isupper(), name.lower(), name))
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= LINE_LENGTH:
        return [line]
    return [f"from {module} import (", *(f"    {name}," for name in ordered), ")"]


def first_sentence(description: str) -> str:
    """It ends before white space and a capital: `e.g. this` does not end one."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`])", " ".join(description.split()))[0]


def snake(name: str) -> str:
    """`createVendor` → `create_vendor`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
