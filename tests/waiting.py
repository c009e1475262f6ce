"""What the server does beside its requests is there a moment later; and how long that took."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def wait_until(found: Callable[[], T], seconds: float = 60) -> T:
    """What `found` returns as soon as that is true; AssertionError when it is not in time."""
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < deadline, f"still {value!r} after {seconds} seconds"
        time.sleep(0.05)
    return value


class Stopwatch:
    """How long something takes, without the time in which its threads could have worked and other programs had the
    processors: a bound of seconds then means the same on a machine that is busy.

    `pids` are the processes that do it, beside this one. Linux counts for each thread how long it has waited for a
    processor; elsewhere nothing is taken off.
    """

    def __init__(self, *pids: int) -> None:
        self._pids = (os.getpid(), *pids)
        self._before = {pid: _waits_for_processor(pid) for pid in self._pids}
        self._after = {pid: dict(waits) for pid, waits in self._before.items()}
        self._started = time.monotonic()

    def wall_seconds(self) -> float:
        return time.monotonic() - self._started

    def seconds(self) -> float:
        took = self.wall_seconds()
        for pid in self._pids:
            self._after[pid].update(_waits_for_processor(pid))
        # Of each process the thread that waited longest: its threads wait at the same time.
        return took - sum(
            max((now - self._before[pid].get(thread, 0.0) for thread, now in threads.items()), default=0.0)
            for pid, threads in self._after.items()
        )

    def until(self, found: Callable[[], T | None], seconds: float = 60) -> T:
        """What `found` returns as soon as that is not None. What a process has waited cannot be seen any more when it
        has ended, so it is looked at meanwhile."""
        deadline = time.monotonic() + seconds
        while (value := found()) is None:
            assert time.monotonic() < deadline, f"nothing after {seconds} seconds"
            self.seconds()
            time.sleep(0.05)
        return value


def _waits_for_processor(pid: int) -> dict[str, float]:
    """By thread, in seconds since it was started."""
    found = {}
    for file in Path("/proc", str(pid), "task").glob("*/schedstat"):
        # A thread, or the process, may have ended meanwhile.
        with suppress(OSError):
            found[file.parent.name] = int(file.read_text().split()[1]) / 1e9
    return found
