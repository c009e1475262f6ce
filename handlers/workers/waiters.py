"""Requests that wait for an event of their organization. They hold no thread, no connection to the database and no
place in the queue: one look at a time asks for all organizations that somebody waits for.

A look, and not a notification of PostgreSQL's: behind a pooler nobody listens, and what is committed can be read only
when all that began before has ended.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import Context
from functools import partial

from handlers.workers.fair_queue import Flow
from handlers.workers.threads import Abandoned, Workers
from pharus import outages
from pharus.errors import ServiceUnavailable

log = logging.getLogger("pharus.waiters")

Position = tuple[int, ...]
# The position of the last event that can be read, of each of these organizations that has one.
Look = Callable[[Sequence[str]], Mapping[str, Position]]

_LOOK_SECONDS = 0.2
_RETRY_SECONDS = 5
# Nobody in particular: it makes no organization wait for others.
_FLOW = Flow(None, "waiters", is_known=False)


class Waiters:
    """So many may wait, half of them of one organization. Used by the event loop alone."""

    def __init__(self, workers: Workers, look: Look, most: int) -> None:
        self._workers = workers
        self._look = look
        self._most, self._most_of_one = most, max(1, most // 2)
        self._waiting: dict[str, dict[asyncio.Future[bool], Position]] = {}
        self._count = 0
        self._looking: asyncio.Task[None] | None = None
        self._is_closed = False

    def __len__(self) -> int:
        return self._count

    async def wait(self, org_id: str, position: Position, seconds: float, gone: Callable[[], Awaitable[None]]) -> bool:
        """Whether the organization has an event behind the position; False when `seconds` have passed or the server
        stops. Abandoned when the caller has left (`gone` has returned); ServiceUnavailable when too many wait."""
        if self._is_closed or seconds <= 0:
            return False
        of_one = self._waiting.get(org_id, {})
        if self._count >= self._most:
            raise ServiceUnavailable("too many requests wait for events; try again", _RETRY_SECONDS)
        if len(of_one) >= self._most_of_one:
            raise ServiceUnavailable("too many requests of this organization wait for events", _RETRY_SECONDS)
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        watching = asyncio.ensure_future(gone())
        self._waiting.setdefault(org_id, of_one)[future] = position
        self._count += 1
        if self._looking is None:
            # Not a part of the request that happens to be the first.
            self._looking = asyncio.create_task(self._look_again_and_again(), context=Context())
        try:
            await asyncio.wait((future, watching), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if watching.done() and not future.done():
                raise Abandoned
            return future.done() and future.result()
        finally:
            watching.cancel()
            del of_one[future]
            self._count -= 1
            if not of_one:
                del self._waiting[org_id]

    def close(self) -> None:
        """Nobody waits any more."""
        self._is_closed = True
        for of_one in self._waiting.values():
            for future in of_one:
                _settle(future, is_there=False)

    async def _look_again_and_again(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(_LOOK_SECONDS)
                await self._look_once()
        finally:
            self._looking = None

    async def _look_once(self) -> None:
        try:
            heads = await self._workers.run(partial(self._look, list(self._waiting)), _FLOW, "waiters")
        except ServiceUnavailable:
            return
        except Exception as error:
            # The next look may be answered.
            if not outages.is_of_database(error):
                log.exception("nobody could look for events")
            return
        for org_id, head in heads.items():
            for future, position in self._waiting.get(org_id, {}).items():
                if head > position:
                    _settle(future, is_there=True)


def _settle(future: "asyncio.Future[bool]", *, is_there: bool) -> None:
    if not future.done():
        future.set_result(is_there)
