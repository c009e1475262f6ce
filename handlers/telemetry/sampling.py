"""The states that metrics show: looked at once a second, and those that the database knows four times a minute.

Nothing on the way of a request counts up and down for them. A peak between two looks is seen in the histograms.
"""

import logging
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

from handlers.telemetry.metrics import Metrics
from handlers.telemetry.observing import States
from pharus import outages
from pharus.db import disconnect

log = logging.getLogger("pharus.metrics")

_SECONDS = 1.0
# Every so many looks, one into the database.
_DATABASE_EVERY = 15
_STATM = Path("/proc/self/statm")


class Sampler:
    """The thread that looks at the `states` of this process, and at those that all processes find `stored`."""

    def __init__(self, metrics: Metrics, states: States, stored: States) -> None:
        self._states = [(metrics.gauge(name, meaning), look) for name, (meaning, look) in states.items()]
        self._stored = [(metrics.gauge(name, meaning, "livemax"), look) for name, (meaning, look) in stored.items()]
        self._is_up = metrics.gauge("database_up", "1: the database answers; 0: it does not.", "livemin")
        self._memory = metrics.gauge("memory_bytes", "Memory that the server processes hold.")
        self._cpu = metrics.counter("cpu_seconds", "Time that the server processes have computed.")
        self._cpu_seconds = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="metrics", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self, timeout: float) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def look(self) -> None:
        for gauge, look in self._states:
            gauge.set(look())
        cpu_seconds = time.process_time()
        self._cpu.inc(cpu_seconds - self._cpu_seconds)
        self._cpu_seconds = cpu_seconds
        with suppress(OSError):
            self._memory.set(int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGESIZE"))

    def look_into_database(self) -> None:
        try:
            for gauge, look in self._stored:
                gauge.set(look())
        except Exception as error:
            # What was known last stays as it is.
            self._is_up.set(0)
            if not outages.is_of_database(error):
                log.exception("the database could not be looked into")
        else:
            self._is_up.set(1)
        finally:
            disconnect()

    def _run(self) -> None:
        looks = 0
        while True:
            self.look()
            if looks % _DATABASE_EVERY == 0:
                self.look_into_database()
            looks += 1
            if self._ended.wait(_SECONDS):
                return
