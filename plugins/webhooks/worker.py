"""The work in the background that delivers events: one thread that sends, and one that reads and notes.

Of what is to be sent all processes together take each endpoint once (claims.py). In a process many endpoints are served
at a time, and of each organization only some: one whose receivers are slow or dead does not hold up the others.
"""

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from pharus import instrumentation, outages
from pharus.config import Settings
from pharus.db import current, disconnect
from plugins.webhooks import batches, claims, retrying
from plugins.webhooks.claims import Claim
from plugins.webhooks.delivering import deliver
from plugins.webhooks.guard import Guard
from plugins.webhooks.sending import Sender

T = TypeVar("T")

log = logging.getLogger("pharus.webhooks")

# Endpoints that a process serves at a time, in all and of one organization.
_MOST = 128
_MOST_OF_ONE = 16
# How often it looks for what is to be sent; and, where nobody has an endpoint, whether somebody has.
_SECONDS = 1.0
_SECONDS_WITHOUT = 15.0


class Worker:
    def __init__(self, guard: Guard, *, seconds: float = _SECONDS) -> None:
        self._guard = guard
        self._seconds = seconds
        self._ended = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        # Of all threads it alone has a connection to the database.
        self._database = ThreadPoolExecutor(1, "webhooks-database")
        self._serving: dict[asyncio.Task[None], Claim] = {}
        # A daemon: a receiver that does not answer must not keep the process alive.
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self, timeout: float) -> None:
        """Begin no other request, and wait so long for those that are being sent."""
        self._ended = True
        self.look()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def look(self) -> None:
        """For what is to be sent, now."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake.set)

    def _run(self) -> None:
        try:
            asyncio.run(self._work())
        finally:
            self._loop = None
            self._database.shutdown(wait=False)

    async def _work(self) -> None:
        self._loop = asyncio.get_running_loop()
        sender = Sender(self._guard)
        try:
            while not self._ended:
                self._wake.clear()
                seconds = await self._take_up(sender)
                await self._rest(seconds)
            if self._serving:
                await asyncio.wait(self._serving)
        finally:
            await sender.close()
            await self._call(disconnect)

    async def _take_up(self, sender: Sender) -> float:
        """Begin to serve what has something to be sent. After how many seconds to look again."""
        busy = Counter(each.org_id for each in self._serving.values())
        full = [org_id for org_id, count in busy.items() if count >= _MOST_OF_ONE]
        # A few at a time, so that not all are of one organization before that is known to be busy.
        limit = min(_MOST_OF_ONE, _MOST - len(self._serving))
        try:
            found = await self._call(partial(claims.claim, limit, full))
        except Exception as error:  # noqa: BLE001 - the thread goes on, whatever it is, and says so
            self._say(error)
            await self._call(disconnect)
            return self._seconds
        for claim in found.claims:
            self._serving[asyncio.create_task(self._serve(sender, claim))] = claim
        if not found.is_any:
            await self._call(disconnect)
            return max(self._seconds, _SECONDS_WITHOUT)
        return 0 if len(found.claims) == limit > 0 else self._seconds

    async def _rest(self, seconds: float) -> None:
        """Until there may be something to do: when one is done, too, where there was no room for more."""
        waits = asyncio.create_task(self._wake.wait())
        is_full = len(self._serving) >= _MOST
        await asyncio.wait(
            [waits, *(self._serving if is_full else ())],
            timeout=None if is_full else seconds,
            return_when=asyncio.FIRST_COMPLETED,
        )
        waits.cancel()

    async def _serve(self, sender: Sender, claim: Claim) -> None:
        task = asyncio.current_task()
        assert task is not None
        try:
            is_more = True
            while is_more and not self._ended:
                batch = await self._call(partial(batches.take, claim))
                if batch is None:
                    break
                results = await deliver(sender, batch, lambda: self._ended)
                is_more = await self._call(partial(batches.note, batch, results))
                for outcome in ("delivered", "failed"):
                    count = sum(each.is_delivered == (outcome == "delivered") for _, each in results)
                    if count:
                        instrumentation.count("webhooks", count, outcome)
            await self._call(partial(claims.release, [claim]))
        except Exception as error:  # noqa: BLE001 - the others go on; this one waits until the claim has ended
            self._say(error)
        finally:
            del self._serving[task]

    async def _call(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._database, function)

    def _say(self, error: Exception) -> None:
        if not outages.is_of_database(error):
            log.error("webhooks cannot be delivered now; that is tried again", exc_info=error)


_worker: Worker | None = None


def configure(settings: Settings) -> None:
    """Take from the settings where deliveries may go, and whether this process sends any. ConfigurationError. Done once
    at start."""
    global _worker
    guard = Guard(settings.webhook_allow)
    _worker = Worker(guard) if settings.webhook_delivery else None
    retrying.configure(settings)


def start() -> None:
    """Deliver, from now on. Done once at start."""
    if _worker is not None:
        _worker.start()


def request() -> None:
    """Look for what is to be sent once the transaction has committed. Inside a unit of work."""
    if _worker is not None:
        current().after_commit(_worker.look)


def close(timeout: float) -> None:
    """Finish what is being sent, for at most `timeout` seconds. Done once at the stop."""
    if _worker is not None:
        _worker.close(timeout)
