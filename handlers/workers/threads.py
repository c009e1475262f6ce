"""The worker threads that do all the blocking work of one process, each with a database connection of its own.

More threads than a few only wait for the interpreter's lock. Who is next when more is to be done, `fair_queue.py`
decides; one thread more than an organization may hold is there for the others. What does not fit into the queue is
answered 503 at once, and what takes too long is given up: better than a response that nobody waits for any more.
"""

import asyncio
import logging
import os
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from handlers.workers import collector
from handlers.workers.costs import Costs
from handlers.workers.fair_queue import DEAR_SECONDS, SLOW_SECONDS, Entry, FairQueue, Flow, OrganizationFull, QueueFull
from pharus import deadlines, pacing
from pharus.deadlines import Deadline
from pharus.errors import ServiceUnavailable

log = logging.getLogger("pharus.workers")

T = TypeVar("T")

# Returns when nobody waits for the result any more.
Gone = Callable[[], Awaitable[None]]

# What nobody in particular has asked for, such as a download by a signed link.
_NOBODY = Flow(None)

# How often the watcher looks for what has waited or run too long, and whether those who wait are still there.
_WATCH_SECONDS = 0.2
_RETRY_SECONDS = 5
# What was given up at the end has so long to notice that.
_GIVE_UP_SECONDS = 0.5

STOPPED = "the server stops; nothing of the request was stored"
STOPPED_IN_COMMIT = "the server stops, and the database has not said yet whether it has stored the request"

# Who computes gives the interpreter's lock to another thread after so long. While dear work is being done, or beside
# another organization work that takes longer than that, the time is shorter: by the usual one a short request would
# wait that long behind each of its round trips. Otherwise it only costs.
_USUAL_SWITCH_SECONDS = sys.getswitchinterval()
_SHORT_SWITCH_SECONDS = 0.0005


class Abandoned(Exception):
    """Nobody waits for the result any more; the work was not begun."""


@dataclass(slots=True, eq=False)
class _Job(Generic[T]):
    work: Callable[[], T]
    operation: str
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[T]"
    gone: Gone | None
    expires: float
    deadline: Deadline = field(default_factory=Deadline)
    # The work is a part of the request that asks for it, whichever thread does it.
    context: Context = field(default_factory=copy_context)
    is_watched: bool = False


class _Thread(threading.Thread):
    """Waits until it is given work, or nothing: then it ends. Each waits at a lock of its own, so that work wakes one
    thread and no other: a queue that several of them read from would wake two."""

    def __init__(self, work: Callable[["_Thread"], None], number: int) -> None:
        super().__init__(target=work, args=(self,), name=f"worker-{number}", daemon=True)
        self._entry: Entry[_Job[Any]] | None = None
        self._given = threading.Lock()
        self._given.acquire()

    def give(self, entry: Entry[_Job[Any]] | None) -> None:
        self._entry = entry
        self._given.release()

    def wait(self) -> Entry[_Job[Any]] | None:
        self._given.acquire()
        entry, self._entry = self._entry, None
        return entry


class Workers:
    """`threads` is how many one organization may hold at a time, `queue` how many requests may wait, half of them of
    one organization; `seconds` is how long a request may take, the time that it waits included. `cores` are those of
    this machine, unless something else is said."""

    def __init__(self, threads: int, queue: int, seconds: float = 30, cores: int | None = None) -> None:
        # Beside others, who keeps a thread busy all the time leaves a core to them.
        beside = max(1, (cores or _cores()) - 1)
        self._queue: FairQueue[_Job[Any]] = FairQueue(threads + 1, threads, queue, max(1, queue // 2), beside)
        self._costs = Costs()
        self._lock = threading.Lock()
        self._seconds = seconds
        self._closing = threading.Event()
        self._threads = [_Thread(self._work, number) for number in range(threads + 1)]
        # The last one to have become idle is the next to be given work: what it needs is still in the caches of its
        # processor, and those that are never needed open no connection.
        self._idle = self._threads[::-1]
        for thread in [*self._threads, threading.Thread(target=self._watch, name="watcher", daemon=True)]:
            thread.start()

    async def run(
        self,
        work: Callable[[], T],
        flow: Flow = _NOBODY,
        operation: str = "",
        *,
        least_seconds: float = 0.0,
        gone: Gone | None = None,
    ) -> T:
        """The result of `work`, done in one of the threads. `least_seconds` are what it is sure to take.

        ServiceUnavailable when too many wait already, and when it takes too long; Abandoned when `gone` has returned
        before it began.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        now = time.monotonic()
        job = _Job(work, operation, loop, future, gone, now + self._seconds)
        with self._lock:
            cost = max(least_seconds, self._costs.expect(flow.organization, operation))
            try:
                entry = self._queue.put(job, flow, cost, now)
            except OrganizationFull:
                raise ServiceUnavailable("too many requests of this organization wait already; try again") from None
            except QueueFull:
                raise ServiceUnavailable("the server has more requests than it can answer; try again") from None
            if self._queue.may_begin(flow, now):
                self._begin_next(now)
        try:
            return await future
        except asyncio.CancelledError:
            # The server stops, and the time for what was under way is over.
            with self._lock:
                removed = self._queue.remove(entry)
            raise ServiceUnavailable(STOPPED if removed or job.deadline.expire() else STOPPED_IN_COMMIT) from None

    @property
    def count(self) -> int:
        return len(self._threads)

    @property
    def waiting(self) -> int:
        return self._queue.waiting

    @property
    def busy(self) -> int:
        return self._queue.running

    def close(self, seconds: float | None = None) -> None:
        """Do what is waiting, and end. What takes longer than `seconds` is given up, and not waited for."""
        self._closing.set()
        with self._lock:
            self._end_idle()
        end = None if seconds is None else time.monotonic() + seconds
        for last in (False, True):
            for thread in self._threads:
                thread.join(None if end is None else max(0.0, end - time.monotonic()))
            if last or not any(thread.is_alive() for thread in self._threads):
                return
            with self._lock:
                entries = [*self._queue.all_waiting(), *self._queue.all_running()]
                for entry in entries:
                    self._queue.remove(entry)
                self._end_idle()
            for entry in entries:
                self._give_up(entry.item)
            end = time.monotonic() + _GIVE_UP_SECONDS

    # Under the lock

    def _begin_next(self, now: float) -> None:
        """Give what comes next, if it may begin, to an idle thread."""
        if not self._idle:
            return
        entry = self._queue.take(now)
        if entry is not None:
            if entry.cost >= _USUAL_SWITCH_SECONDS:
                self._set_switch_interval(now)
            self._idle.pop().give(entry)

    def _end_idle(self) -> None:
        """Once nothing waits. What waits for a place is for those who are still at work."""
        while self._idle and not self._queue.waiting:
            self._idle.pop().give(None)

    # In a worker thread

    def _work(self, thread: _Thread) -> None:
        entry = thread.wait()
        while entry is not None:
            entry.item.context.run(self._do, entry)
            entry = self._next(thread, entry) or thread.wait()

    def _next(self, thread: _Thread, done: Entry[_Job[Any]]) -> Entry[_Job[Any]] | None:
        """Hand back what is done, and take what comes next; with nothing to do the thread is idle from now on."""
        with self._lock:
            now = time.monotonic()
            seconds = self._queue.done(done, now)
            self._costs.observe(done.flow.organization, done.item.operation, seconds)
            entry = self._queue.take(now)
            longest = max(seconds, done.cost)
            if entry is None:
                self._idle.append(thread)
                if self._closing.is_set():
                    self._end_idle()
            elif longest >= SLOW_SECONDS and self._queue.waiting:
                # It held back other work of its organization and of others: there may be two that can begin.
                self._begin_next(now)
            if longest >= _USUAL_SWITCH_SECONDS or (entry is not None and entry.cost >= _USUAL_SWITCH_SECONDS):
                self._set_switch_interval(now)
            return entry

    def _do(self, entry: Entry[_Job[Any]]) -> None:
        job = entry.item
        # In a context that ends with the work.
        deadlines.current.set(job.deadline)
        pacing.others.set(partial(self._is_shared, entry.flow.organization))
        try:
            result = job.work()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to whoever waits for the result
            _tell(job, error=error)
        else:
            _tell(job, result)

    def _is_shared(self, organization: Hashable) -> bool:
        with self._lock:
            return self._queue.is_shared(organization, time.monotonic())

    def _set_switch_interval(self, now: float) -> None:
        is_short = any(
            (seconds := entry.holds(now)) >= DEAR_SECONDS
            or (seconds >= _USUAL_SWITCH_SECONDS and self._queue.is_shared(entry.flow.organization, now))
            for entry in self._queue.all_running()
        )
        sys.setswitchinterval(_SHORT_SWITCH_SECONDS if is_short else _USUAL_SWITCH_SECONDS)

    # In the watcher's thread

    def _watch(self) -> None:
        while not self._closing.wait(_WATCH_SECONDS):
            now = time.monotonic()
            with self._lock:
                waiting = list(self._queue.all_waiting()) if self._queue.waiting else []
                running = list(self._queue.all_running()) if self._queue.running else []
                self._set_switch_interval(now)
                if waiting and self._queue.running < len(self._threads):
                    # Whoever was held back beside others, and is alone by now.
                    self._begin_next(now)
                late = [entry for entry in waiting if entry.item.expires <= now and self._queue.remove(entry)]
            for entry in late:
                _tell(entry.item, error=ServiceUnavailable("the server is too busy; try again", _RETRY_SECONDS))
            for entry in (*waiting, *running):
                job = entry.item
                if job.gone is not None and not job.is_watched and now - entry.since >= _WATCH_SECONDS:
                    job.is_watched = True
                    _call(job, self._look_after, entry)
            for entry in running:
                if entry.item.expires <= now:
                    self._give_up(entry.item)
            if not running and not waiting:
                collector.collect_if_due()
        sys.setswitchinterval(_USUAL_SWITCH_SECONDS)

    def _give_up(self, job: _Job[Any]) -> None:
        def tell() -> None:
            log.warning("%s took longer than %g seconds and was given up", job.operation or "work", self._seconds)
            message = f"the request took longer than {self._seconds:g} seconds; nothing of it was stored"
            _tell(job, error=ServiceUnavailable(message, _RETRY_SECONDS))

        job.deadline.expire(tell)

    # In the event loop

    def _look_after(self, entry: Entry[_Job[Any]]) -> None:
        """Begin to watch whether the caller of a request that waits goes away."""
        job = entry.item
        if job.future.done() or job.gone is None:
            return
        watching = asyncio.ensure_future(job.gone())

        def ended(_: object) -> None:
            if watching.cancelled() or watching.exception() is not None:
                return
            with self._lock:
                removed = self._queue.remove(entry)
            if removed and not job.future.done():
                job.future.set_exception(Abandoned())
            # It may still wait for the database to begin.
            job.deadline.caller_has_left = True

        watching.add_done_callback(ended)
        job.future.add_done_callback(lambda _: watching.cancel())


def _cores() -> int:
    """Those that this process may use."""
    # macOS knows no affinity.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tell(job: _Job[Any], result: Any = None, error: BaseException | None = None) -> None:
    """From any thread: the result, or what came instead."""
    _call(job, _settle, job.future, result, error)


def _call(job: _Job[Any], function: Callable[..., None], *arguments: Any) -> None:
    # The loop may have been closed meanwhile; then nobody waits any more.
    with suppress(RuntimeError):
        job.loop.call_soon_threadsafe(function, *arguments)


def _settle(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
