"""How long a server process may take to end once it has been told to, whatever hangs."""

import logging
import os
import threading
import time
from collections.abc import Callable
from socket import socket

import uvicorn

from handlers.telemetry import logs
from pharus import embedded

log = logging.getLogger("pharus.server")

# What the process may take beyond the time of its requests. Then it is ended from within.
BEYOND_GRACE_SECONDS = 2.0

_since: float | None = None
_told: list[Callable[[], None]] = []


def when_it_begins(callback: Callable[[], None]) -> None:
    """Call it, in the event loop, before the requests under way are waited for."""
    _told.append(callback)


class Server(uvicorn.Server):
    """uvicorn's, which waits for the requests under way, and then for the application. This one waits for neither
    beyond its time: what still runs then waits for something that does not come."""

    def run(self, sockets: list[socket] | None = None) -> None:
        ended = threading.Event()
        self._ended = ended
        try:
            super().run(sockets)
        finally:
            ended.set()

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        global _since
        _since = time.monotonic()
        for callback in _told:
            callback()
        threading.Thread(target=self._end, name="stop-watch", daemon=True).start()
        await super().shutdown(sockets)

    def _end(self) -> None:
        if self._ended.wait((self.config.timeout_graceful_shutdown or 0) + BEYOND_GRACE_SECONDS):
            return
        log.error("the server does not end in its time, and is ended; what still waits was not waited for")
        logs.flush()
        embedded.leave()
        os._exit(1)


def seconds_left(grace: float) -> float:
    """What is left of the time of the requests, for what is done beside them."""
    return grace if _since is None else max(0.0, _since + grace - time.monotonic())
