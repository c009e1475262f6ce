"""A few worker threads that do all the blocking work of one process, each with a database connection of its own.

More threads than this only wait for the interpreter's lock. What does not fit into the queue is answered 503 at once:
better than a response that nobody waits for any more.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pharus.errors import ServiceUnavailable

T = TypeVar("T")


class Workers:
    def __init__(self, threads: int, queue: int) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="worker")
        self._most = threads + queue
        self._running = 0

    async def run(self, work: Callable[[], T]) -> T:
        """The result of `work`, done in one of the threads. ServiceUnavailable when too many wait already."""
        if self._running >= self._most:
            raise ServiceUnavailable("the server has more requests than it can answer; try again")
        self._running += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self._running -= 1

    def close(self) -> None:
        self._executor.shutdown(wait=True)
