"""The group of methods `imports`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from typing import Literal

from pharus_client.models.imports import ImportList
from pharus_client.transport import Async, Request, Sync


class Imports:
    """`client.imports`: which bulk imports there are, what each takes, and an empty table to fill in for it."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def list_imports(self) -> ImportList:
        """List bulk imports.

        The bulk imports that there are, each with the columns that a file for it may have. As a file it has a row for
        each column.

        The least role is viewer.
        """
        request = Request("GET", "/api/imports")
        return self._transport.send(request, ImportList)

    def get_import_template(self, operation: str, *, file_format: Literal["xlsx", "csv"] | None = None) -> bytes:
        """Get the template of a bulk import.

        An empty table to fill in for a bulk import: the heads of its columns. The XLSX file has what each column is
        behind its head, the values that it may have to choose from, and a second sheet that explains them all. Refused
        with 404 when there is no such import.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/imports/{operation}/template",
            {"operation": operation},
            query={"fileFormat": file_format},
        )
        return self._transport.send(request, bytes)


class AsyncImports:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def list_imports(self) -> ImportList:
        """List bulk imports.

        The bulk imports that there are, each with the columns that a file for it may have. As a file it has a row for
        each column.

        The least role is viewer.
        """
        request = Request("GET", "/api/imports")
        return await self._transport.send(request, ImportList)

    async def get_import_template(self, operation: str, *, file_format: Literal["xlsx", "csv"] | None = None) -> bytes:
        """Get the template of a bulk import.

        An empty table to fill in for a bulk import: the heads of its columns. The XLSX file has what each column is
        behind its head, the values that it may have to choose from, and a second sheet that explains them all. Refused
        with 404 when there is no such import.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/imports/{operation}/template",
            {"operation": operation},
            query={"fileFormat": file_format},
        )
        return await self._transport.send(request, bytes)
