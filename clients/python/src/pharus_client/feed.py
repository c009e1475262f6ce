"""The log of events: iterate over what there is, or follow what comes; and go on later where it ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Generic, TypeVar

Page = TypeVar("Page")
Row = TypeVar("Row")

# How long a request of `follow` stays open at the server when there is nothing. A connection must outlive it.
WAIT_SECONDS = 20
# After an empty page: a server that stops, or one that cannot wait, answers at once.
PAUSE_SECONDS = 1.0


class Feed(Generic[Page, Row]):
    """Nothing is asked for before it is looked at.

    `cursor` is where to go on: keep it when what you made of the events is kept, and give it as `after` the next time.
    It moves on after the last event of a page, so that none is left out; some may come again.
    """

    def __init__(self, fetch: Callable[[str | None, int], Page], after: str | None) -> None:
        self._fetch = fetch
        self.cursor = after

    def __iter__(self) -> Iterator[Row]:
        """All events that there are by now."""
        return self._read(0, None)

    def follow(self, *, wait: int = WAIT_SECONDS, pause: float = PAUSE_SECONDS) -> Iterator[Row]:
        """All events, and without an end those that come."""
        return self._read(wait, pause)

    def _read(self, wait: int, pause: float | None) -> Iterator[Row]:
        while True:
            page: Any = self._fetch(self.cursor, wait)
            yield from page["data"]
            self.cursor = page["next"]
            if not page["data"]:
                if pause is None:
                    return
                time.sleep(pause)


class AsyncFeed(Generic[Page, Row]):
    """The same, with `async for`."""

    def __init__(self, fetch: Callable[[str | None, int], Awaitable[Page]], after: str | None) -> None:
        self._fetch = fetch
        self.cursor = after

    def __aiter__(self) -> AsyncIterator[Row]:
        """All events that there are by now."""
        return self._read(0, None)

    def follow(self, *, wait: int = WAIT_SECONDS, pause: float = PAUSE_SECONDS) -> AsyncIterator[Row]:
        """All events, and without an end those that come."""
        return self._read(wait, pause)

    async def _read(self, wait: int, pause: float | None) -> AsyncIterator[Row]:
        while True:
            page: Any = await self._fetch(self.cursor, wait)
            for row in page["data"]:
                yield row
            self.cursor = page["next"]
            if not page["data"]:
                if pause is None:
                    return
                await asyncio.sleep(pause)
