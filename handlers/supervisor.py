"""The parent of several server processes: what it does when one of them ends, and what they do when it does."""

import logging
import multiprocessing
import os
import signal
import threading
import time
from functools import cached_property
from socket import socket

import uvicorn
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from handlers import stopping
from pharus.errors import ConfigurationError

log = logging.getLogger("pharus.supervisor")

# A worker that has not answered yet may take so long: with little of a processor an interpreter starts slowly.
_START_SECONDS = 120
# A worker that ends within this time after its start has not served anybody.
_WELL_SECONDS = 10
# So many of them one behind the other, for each worker that there should be, and the server gives up.
_MOST_ROUNDS = 4
# Longer than a worker takes beyond the grace of its requests, unless it is stopped, too.
_BEYOND_GRACE_SECONDS = stopping.BEYOND_GRACE_SECONDS + 1.0


class Worker(Process):
    """A server process."""

    @cached_property
    def server(self) -> uvicorn.Server:
        return stopping.Server(self.config)


class Supervisor(Multiprocess):
    """uvicorn's, which replaces a worker that ends. This one says so, waits longer each time when they end as soon as
    they have started, and then gives up."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket]) -> None:
        super().__init__(config, sockets)
        self.failure: str | None = None
        self._started: dict[int | None, float] = {}
        self._answered: set[int | None] = set()
        self._ended: set[int | None] = set()
        self._ended_at_once = 0
        self._not_before = 0.0

    def run(self) -> None:
        """Until a signal says to stop. ConfigurationError when the workers cannot be kept alive."""
        super().run()
        if self.failure is not None:
            raise ConfigurationError(self.failure)

    def init_processes(self) -> None:
        for _ in range(self.processes_num):
            worker = Worker(self.config, self.sockets)
            worker.start()
            self.processes.append(worker)

    def keep_subprocess_alive(self) -> None:
        for index, worker in enumerate(self.processes):
            if self.should_exit.is_set():
                return
            if worker.pid not in self._ended:
                if self._is_well(worker):
                    continue
                self._bury(worker)
            if self.failure is None and time.monotonic() >= self._not_before:
                replacement = Worker(self.config, self.sockets)
                replacement.start()
                self.processes[index] = replacement
                self._ended.discard(worker.pid)
                log.warning("worker %d takes the place of worker %d", replacement.pid, worker.pid)

    def _is_well(self, worker: Process) -> bool:
        """Whether it answers, or has not started yet: until then nobody waits for its answer."""
        started = self._started.setdefault(worker.pid, time.monotonic())
        if worker.pid in self._answered:
            return worker.is_alive(timeout=self.config.timeout_worker_healthcheck)
        if worker.is_alive(timeout=0):
            self._answered.add(worker.pid)
            return True
        return worker.process.is_alive() and time.monotonic() < started + _START_SECONDS

    def join_all(self) -> None:
        deadline = time.monotonic() + (self.config.timeout_graceful_shutdown or 0) + _BEYOND_GRACE_SECONDS
        for worker in self.processes:
            worker.process.join(max(0, deadline - time.monotonic()))
            if worker.exitcode is None:
                log.error("worker %d does not end and is killed", worker.pid)
                worker.kill()
                worker.process.join()

    def _bury(self, worker: Process) -> None:
        hung = worker.process.is_alive()
        worker.kill()
        worker.process.join()
        how = "did not answer and was killed" if hung else _ending(worker.exitcode)
        log.error("worker %d %s", worker.pid, how)
        self._ended.add(worker.pid)
        self._answered.discard(worker.pid)
        now = time.monotonic()
        at_once = now - self._started.pop(worker.pid, now) < _WELL_SECONDS
        self._ended_at_once = self._ended_at_once + 1 if at_once else 0
        rounds = self._ended_at_once // self.processes_num
        # None at first, then 1, 3 and 7 seconds.
        self._not_before = now + 2**rounds - 1
        if rounds >= _MOST_ROUNDS:
            self.failure = (
                f"{self._ended_at_once} workers one after the other ended as soon as they had started; the last one "
                f"{how}. The log above says why."
            )
            self.should_exit.set()


def end_with_parent(grace_seconds: float) -> None:
    """Where this process is a worker: end in order, as on SIGTERM, when the supervisor is killed. Otherwise its socket
    would go on being served, by code that nobody can reach any more."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        # The other end of a pipe that the supervisor alone holds.
        parent.join()
        log.error("the supervisor of this worker has ended, and so it does too")
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(grace_seconds + _BEYOND_GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _ending(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        return f"was ended by {signal.Signals(-exitcode).name}"
    return f"ended with the exit code {exitcode}"
