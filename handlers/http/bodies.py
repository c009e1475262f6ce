"""Bodies as they come from the socket: under their cap, and all of them together under a budget.

What is small is read at once. A larger body is read only for somebody whose token has been checked, and when there is
room for all of it, so that what is begun can be finished. It is put together where it is needed, in a worker thread,
and in pieces: one copy of megabytes would hold up the event loop and every other thread.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Hashable, Mapping, Sequence
from typing import NamedTuple

from starlette.types import Receive

from handlers.http.body_limits import MOST_STRETCH_BYTES, refuse_stretches
from pharus.errors import Malformed, PayloadTooLarge, ServiceUnavailable

# Read for anybody. As much as the protocol keeps of a connection by itself.
SMALL_BYTES = 64 * 1024
# A caller who still sends gets to read the response only if we keep reading; more than this is no mistake any more.
_MOST_BYTES_DISCARDED = 128 * 1024 * 1024
_BODY_SECONDS = 60
# So long a body waits for room.
_ROOM_SECONDS = 10
_RETRY_SECONDS = 5


class Disconnected(Exception):
    """The caller went away before the body was complete; nobody waits for a response."""


class Budget:
    """The bytes of large bodies that are in memory at a time. Used by the event loop alone.

    An organization may hold as much as it leaves free for others: one alone half of all, and none ever all of it.
    """

    def __init__(self, size: int) -> None:
        self._free = size
        self._held: Counter[Hashable] = Counter()
        self._waiting: deque[_Waiting] = deque()

    async def take(self, organization: Hashable, size: int) -> None:
        """Waits for a while; then ServiceUnavailable."""
        if self._has_room(organization, size):
            self._give(organization, size)
            return
        waiting = _Waiting(organization, size, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        try:
            async with asyncio.timeout(_ROOM_SECONDS):
                await waiting.room
        except BaseException as error:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            elif not waiting.room.cancelled():
                self.put_back(organization, size)
            if isinstance(error, TimeoutError):
                raise ServiceUnavailable(
                    "the server has no room for this body now; try again", _RETRY_SECONDS
                ) from None
            raise

    def put_back(self, organization: Hashable, size: int) -> None:
        self._free += size
        self._held[organization] -= size
        if not self._held[organization]:
            del self._held[organization]
        for waiting in list(self._waiting):
            if self._has_room(waiting.organization, waiting.size):
                self._waiting.remove(waiting)
                self._give(waiting.organization, waiting.size)
                waiting.room.set_result(None)

    def _has_room(self, organization: Hashable, size: int) -> bool:
        held = self._held.get(organization, 0)
        return size <= self._free - held

    def _give(self, organization: Hashable, size: int) -> None:
        self._free -= size
        self._held[organization] += size


class _Waiting(NamedTuple):
    organization: Hashable
    size: int
    room: "asyncio.Future[None]"


class Reader:
    """Reads the bodies of all operations. `most` is what one body may have; another one is read and thrown away."""

    def __init__(self, most: int, in_flight: int) -> None:
        self.most = most
        self._budget = Budget(max(most, in_flight))

    def begin(self, receive: Receive, headers: Mapping[bytes, bytes]) -> "Body":
        return Body(receive, headers, self.most, self._budget)


class Body:
    """One body that is being read."""

    __slots__ = ("_budget", "_chunks", "_ended", "_length", "_most", "_receive", "_size", "_taken")

    def __init__(self, receive: Receive, headers: Mapping[bytes, bytes], most: int, budget: Budget) -> None:
        self._receive = receive
        self._most = most
        self._budget = budget
        self._taken: tuple[Hashable, int] | None = None
        self._chunks: list[bytes] = []
        self._size = 0
        self._ended = False
        text = headers.get(b"content-length", b"")
        # More digits than these are too many bytes in any case.
        self._length = int(text.lstrip(b"0")[:16] or b"0") if text.isdigit() else None

    async def read_small(self) -> bool:
        """Read it if it is small; whether it is. It takes as long as `connection_limits.py` lets a client take: a timer
        of its own for each request would cost more than to read it."""
        if self._length is not None and self._length > SMALL_BYTES:
            return False
        await self._read(SMALL_BYTES)
        return self._ended

    async def read_large(self, organization: Hashable) -> None:
        """Read the rest, for somebody who is known."""
        if self._length is None or self._length <= self._most:
            size = self._most if self._length is None else self._length
            await self._budget.take(organization, size)
            self._taken = (organization, size)
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                await self._read(_MOST_BYTES_DISCARDED)
        except TimeoutError:
            raise Malformed(f"the body did not arrive within {_BODY_SECONDS} seconds") from None

    def close(self) -> None:
        """The body is needed no more."""
        # Whoever is at it in a thread keeps what it has.
        self._chunks = []
        if self._taken is not None:
            self._budget.put_back(*self._taken)
            self._taken = None

    @property
    def size(self) -> int:
        """How many bytes have been read."""
        return self._size

    @property
    def chunks(self) -> Sequence[bytes]:
        """It, in pieces; none of one that is larger than allowed."""
        return self._chunks

    def content(self) -> bytes | bytearray:
        """All of it, once it has been read. PayloadTooLarge for one that is larger than allowed, or that would take the
        parser too long at a stretch."""
        if self._is_too_large:
            raise PayloadTooLarge(f"the body is larger than {self._most} bytes")
        if self._size > MOST_STRETCH_BYTES:
            refuse_stretches(self._chunks)
        return self.whole()

    def whole(self) -> bytes | bytearray:
        """The same of a body that no parser of JSON gets. PayloadTooLarge for one that is larger than allowed."""
        if self._is_too_large:
            raise PayloadTooLarge(f"the body is larger than {self._most} bytes")
        chunks = self._chunks
        if self._size <= SMALL_BYTES:
            return b"".join(chunks)
        whole, start = bytearray(self._size), 0
        for chunk in chunks:
            whole[start : start + len(chunk)] = chunk
            start += len(chunk)
        return whole

    @property
    def _is_too_large(self) -> bool:
        return self._size > self._most or (self._length is not None and self._length > self._most)

    async def _read(self, most: int) -> None:
        """To its end, or until it has more than so many bytes."""
        while not self._ended and self._size <= most:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise Disconnected
            chunk = message.get("body", b"")
            self._size += len(chunk)
            if self._is_too_large:
                self._chunks = []
            else:
                self._chunks.append(chunk)
            self._ended = not message.get("more_body", False)


async def chunks(receive: Receive) -> AsyncIterator[bytes]:
    """A body as it comes."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        yield message.get("body", b"")
        if not message.get("more_body", False):
            return


async def until_disconnected(receive: Receive) -> None:
    """Behind the body comes only the end of the connection. The body of an operation that takes none is ignored."""
    while (await receive())["type"] != "http.disconnect":
        pass
