"""Lists that come in pages: iterate over the rows, and the pages are fetched as they are needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Generic, TypeVar

Page = TypeVar("Page")
Row = TypeVar("Row")


class Pages(Generic[Page, Row]):
    """Nothing is asked for before it is looked at."""

    def __init__(self, fetch: Callable[[str | None], Page]) -> None:
        self._fetch = fetch

    def __iter__(self) -> Iterator[Row]:
        for page in self.by_page():
            yield from _rows(page)

    def by_page(self) -> Iterator[Page]:
        """The pages themselves, with `total` where it was asked for."""
        cursor = None
        while True:
            page = self._fetch(cursor)
            yield page
            cursor = _next_cursor(page)
            if cursor is None:
                return

    def first(self) -> Page:
        """The first page alone. Its `nextCursor` leads on."""
        return self._fetch(None)


class AsyncPages(Generic[Page, Row]):
    """The same, with `async for`."""

    def __init__(self, fetch: Callable[[str | None], Awaitable[Page]]) -> None:
        self._fetch = fetch

    async def __aiter__(self) -> AsyncIterator[Row]:
        async for page in self.by_page():
            for row in _rows(page):
                yield row

    async def by_page(self) -> AsyncIterator[Page]:
        """The pages themselves, with `total` where it was asked for."""
        cursor = None
        while True:
            page = await self._fetch(cursor)
            yield page
            cursor = _next_cursor(page)
            if cursor is None:
                return

    async def first(self) -> Page:
        """The first page alone. Its `nextCursor` leads on."""
        return await self._fetch(None)


def _rows(page: Any) -> list[Any]:
    rows: list[Any] = page["data"]
    return rows


def _next_cursor(page: Any) -> str | None:
    cursor: str | None = page["nextCursor"]
    return cursor
