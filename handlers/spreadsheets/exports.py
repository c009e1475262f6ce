"""Answers of lists and reports as files: all rows that the filters choose, for who asks for CSV or XLSX.

It is the same function that answers JSON, page by page: each page is a unit of work of its own, and is sent before the
next one is read (docs/adr/0065). What a row has as columns, the schema of the answer says.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

from handlers.spreadsheets.csv_files import CsvFile
from handlers.spreadsheets.names import Names
from handlers.spreadsheets.negotiation import MEDIA_TYPES, preferred
from handlers.spreadsheets.xlsx_files import XlsxFile
from pharus import openapi
from pharus.errors import ConfigurationError, NotAcceptable
from pharus.files import Streamed
from pharus.names import snake
from pharus.spreadsheets.columns import Table, table_of_answer

_FORMAT, _BOM = "format", "bom"
_OF_PAGES = ("cursor", "limit", "count", "expand")
# So many rows of an answer that comes whole are written at a time.
_ROWS = 1000


class Export:
    """Of one operation. Made once, at start."""

    def __init__(self, document: Mapping[str, Any], declared: Mapping[str, Any], table: Table) -> None:
        parameters = {each["name"]: each for each in openapi.parameters(document, declared)}
        self._answered = table
        self._name = _file_name(declared["operationId"])
        self._most: int | None = None
        if "cursor" in parameters:
            self._most = openapi.dereference(document, parameters["limit"]["schema"])["maximum"]
        # Names stand beside the ids, where the list has them.
        self._added = {"expand": "names"} if "expand" in parameters else {}

    @cached_property
    def _names(self) -> Names:
        return Names(self._answered)

    @property
    def table(self) -> Table:
        """What a file of it has: the rows of the answer, with names beside all ids."""
        return self._names.table

    def asked(
        self, arguments: dict[str, Any], accept: bytes | None, function: Callable[..., Any], *, sees_costs: bool
    ) -> Streamed | None:
        """The file, if one is asked for; None for JSON. What says so is taken out of the arguments; the others are
        those of the function. Who must not see costs gets a table without them. NotAcceptable."""
        name = arguments.pop(_FORMAT, None)
        bom = arguments.pop(_BOM, None) == "true"
        name = name or preferred(accept)
        if name is None:
            raise NotAcceptable(f"this can be answered as {', '.join(MEDIA_TYPES.values())}")
        if name == "json":
            return None
        # Which page is asked for says nothing, nor how many rows are to be counted.
        kept = {key: value for key, value in arguments.items() if key not in _OF_PAGES}
        read = partial(function, **kept, **self._added)
        part = _Whole(read).part if self._most is None else partial(_page, read, self._most)
        table = self.table if sees_costs else self.table.without_costs()
        file = CsvFile(table, bom=bom) if name == "csv" else XlsxFile(table, self._name)
        return Streamed(f"{self._name}.{name}", MEDIA_TYPES[name], partial(_named, part, self._names), file.write)


def _named(part: Callable[[Any], tuple[list[Any], Any]], names: Names, position: Any) -> tuple[list[Any], Any]:
    rows, following = part(position)
    names.fill(rows)
    return rows, following


class _Whole:
    """An answer that comes whole: it is written piece by piece."""

    def __init__(self, read: Callable[..., Any]) -> None:
        self._read = read
        self._rows: list[Any] = []

    def part(self, start: int | None) -> tuple[list[Any], int | None]:
        if start is None:
            start, self._rows = 0, self._read()["data"]
        end = start + _ROWS
        return self._rows[start:end], end if end < len(self._rows) else None


def _page(read: Callable[..., Any], limit: int, cursor: str | None) -> tuple[list[Any], str | None]:
    answer = read(cursor=cursor, limit=limit)
    return answer["data"], answer["nextCursor"]


def of_operation(document: Mapping[str, Any], declared: Mapping[str, Any]) -> Export | None:
    """For an operation that takes `format`; None for others. ConfigurationError for one that answers no rows."""
    if _FORMAT not in {each["name"] for each in openapi.parameters_of_files(document, declared)}:
        return None
    table = table_of_answer(openapi.Document(document), declared)
    media_types = openapi.media_types(openapi.success(document, declared)).keys()
    if table is None or not media_types >= set(MEDIA_TYPES.values()):
        raise ConfigurationError(
            f"{declared['operationId']} takes {_FORMAT}: it must answer rows as `data`, and declare the media types "
            f"{', '.join(MEDIA_TYPES.values())}."
        )
    return Export(document, declared, table)


def _file_name(operation_id: str) -> str:
    """`listSalesOrders` → `sales-orders`."""
    return re.sub("^(list|get)_", "", snake(operation_id)).replace("_", "-")
