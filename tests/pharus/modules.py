"""Modules made up by a test: plugins that are no files."""

from types import ModuleType


def module(name: str, **contents: object) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(contents)
    return made
