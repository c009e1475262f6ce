"""The shapes of imports.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict


class ImportColumn(TypedDict):
    """A column of the files that an import takes."""

    name: str
    head: str
    type: Literal["text", "number", "wholeNumber", "truth", "date", "moment", "list", "reference", "json"]
    isRequired: bool
    isOfLines: bool
    isGroup: bool
    description: str
    values: list[str]


class Import(TypedDict):
    """A bulk import."""

    operation: str
    path: str
    title: str
    columns: list[ImportColumn]


class ImportList(TypedDict):
    data: list[Import]
