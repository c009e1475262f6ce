"""The processes that make files (PDFs), so that neither the event loop nor the worker threads wait for them.

A process starts with the first file and makes one after another. One that takes too long is killed, and the next file
starts another. When the server dies, the process sees the end of the pipe it reads its work from, and an alarm of its
own ends what it is at.
"""

import asyncio
import contextlib
import logging
import os
import resource
import signal
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import anyio
from anyio import BrokenWorkerProcess, CapacityLimiter, to_process

from handlers.workers.fair_queue import Entry, FairQueue, Flow, OrganizationFull, QueueFull
from pharus.errors import ServiceUnavailable
from pharus.files import Rendering

log = logging.getLogger("pharus.renderers")

# Files that may wait for a process, in all and of one organization. They hold no thread and no connection, but a caller
# does not wait for minutes.
_MOST_WAITING = 100
_MOST_WAITING_OF_ONE = 20
_RETRY_SECONDS = 5
_NOBODY = Flow(None)

_MOST_FILE_BYTES = 64 * 1024 * 1024
# Address space of a process; an order of 500 lines takes 160 MB of it, one of 5,000 lines 440 MB.
_MOST_MEMORY_BYTES = 1024**3
# Requests come first; but a machine that is always busy must still get a file made (SCHED_IDLE would not).
_NICENESS = 5
_AUTOGROUP = Path("/proc/self/autogroup")


class RenderingFailed(Exception):
    """What a file's function raised, with its traceback as text: the frames are another process's."""


class FileTooLarge(Exception):
    pass


class Renderers:
    """The processes of one server process: so many files at a time, each made in at most `seconds`. Organizations, and
    within each its callers, take turns."""

    def __init__(self, processes: int, seconds: int) -> None:
        self._processes = CapacityLimiter(processes)
        self._turns: FairQueue[asyncio.Future[None]] = FairQueue(
            processes, processes, _MOST_WAITING, _MOST_WAITING_OF_ONE
        )
        self._seconds = seconds

    async def run(self, rendering: Rendering, request_id: str = "", flow: Flow = _NOBODY) -> bytes:
        """The file's bytes. ServiceUnavailable when no process gets to it or it takes more than is allowed."""
        turn = await self._wait(flow)
        try:
            with anyio.fail_after(self._seconds):
                # An idle process may have been killed, and the file be sent to it before the loop noticed.
                with contextlib.suppress(BrokenWorkerProcess):
                    return await self._send(rendering)
                return await self._send(rendering)
        except TimeoutError:
            raise _unavailable(request_id, rendering, f"takes longer than {self._seconds} seconds") from None
        except (BrokenWorkerProcess, OSError) as error:
            raise _unavailable(request_id, rendering, "cannot be made now: its process has ended") from error
        except FileTooLarge:
            raise _unavailable(request_id, rendering, f"is larger than {_MOST_FILE_BYTES} bytes") from None
        finally:
            self._end(turn)

    @property
    def waiting(self) -> int:
        return self._turns.waiting

    @property
    def running(self) -> int:
        return self._turns.running

    async def _send(self, rendering: Rendering) -> bytes:
        return await to_process.run_sync(
            make, rendering.function, rendering.arguments, self._seconds, cancellable=True, limiter=self._processes
        )

    async def _wait(self, flow: Flow) -> Entry[asyncio.Future[None]]:
        """The turn of a file, which holds one of the processes until it ends."""
        loop = asyncio.get_running_loop()
        begun: asyncio.Future[None] = loop.create_future()
        try:
            # How long it will take nobody knows; what it took is charged.
            turn = self._turns.put(begun, flow, 0.0, loop.time())
        except OrganizationFull:
            raise ServiceUnavailable(
                "too many files of this organization are waiting to be made; try again", _RETRY_SECONDS
            ) from None
        except QueueFull:
            raise ServiceUnavailable("too many files are waiting to be made; try again", _RETRY_SECONDS) from None
        self._begin_next()
        try:
            async with asyncio.timeout(self._seconds):
                await begun
        except BaseException as error:
            if not self._turns.remove(turn):
                # Its turn has just come.
                self._end(turn)
            if isinstance(error, TimeoutError):
                raise ServiceUnavailable("other files are still being made; try again", _RETRY_SECONDS) from None
            raise
        return turn

    def _begin_next(self) -> None:
        while (turn := self._turns.take(asyncio.get_running_loop().time())) is not None:
            if not turn.item.done():
                turn.item.set_result(None)

    def _end(self, turn: Entry[asyncio.Future[None]]) -> None:
        self._turns.done(turn, asyncio.get_running_loop().time())
        self._begin_next()


def make(function: Callable[..., bytes], arguments: tuple[Any, ...], seconds: int) -> bytes:
    """Runs in the process."""
    _settle()
    # The server kills a process that is late. Where there is no server any more, the alarm does.
    signal.alarm(seconds + 1)
    try:
        file = function(*arguments)
    except MemoryError:
        # What is left of this process is not worth another try.
        os._exit(1)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must be able to travel
        raise RenderingFailed("".join(traceback.format_exception(error))) from None
    finally:
        signal.alarm(0)
    if len(file) > _MOST_FILE_BYTES:
        raise FileTooLarge
    return file


@cache
def _settle() -> None:
    """Once in a process: give way to the server, keep within bounds, and leave its signals to it."""
    _give_way()
    # macOS knows the limit and refuses to set it.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY_BYTES, _MOST_MEMORY_BYTES))
    # Ctrl-C reaches every process of the terminal. The server lets requests in flight finish, and this is one.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def _give_way() -> None:
    os.nice(_NICENESS)
    # Where Linux schedules sessions as groups (autogroup), niceness counts within a session alone, and in the server's
    # this process would weigh as much as PostgreSQL: it gets a session of its own, which is nice as a whole.
    with contextlib.suppress(OSError):
        os.setsid()
        _AUTOGROUP.write_text(str(_NICENESS))


def _unavailable(request_id: str, rendering: Rendering, what: str) -> ServiceUnavailable:
    log.error("%s %s", rendering.name, what, extra={"requestId": request_id})
    return ServiceUnavailable(f"{rendering.name} {what}; try again", _RETRY_SECONDS)
