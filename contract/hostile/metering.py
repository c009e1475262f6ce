"""What one request costs a server on this machine: peak memory and processor time of its process, as Linux counts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Cost:
    """What happened since the beginning of the measurement."""

    megabytes: float = 0
    seconds: float = 0


class Meter:
    """Of one process. `idle` is what it had resident when the meter was made. OSError when it is not there, or
    somebody else's."""

    def __init__(self, pid: int) -> None:
        self._folder = Path(f"/proc/{pid}")
        self.idle = self._peak()

    @contextmanager
    def measure(self) -> Iterator[Cost]:
        """The cost is known when the block is left: the peak over idle, and the seconds of processor."""
        cost = Cost()
        (self._folder / "clear_refs").write_text("5")
        before = self._seconds()
        yield cost
        cost.megabytes = self._peak() - self.idle
        cost.seconds = self._seconds() - before

    def _seconds(self) -> float:
        # Behind the name, which may hold anything: the 12th and the 13th are what it spent itself and in the kernel.
        values = (self._folder / "stat").read_text().rpartition(")")[2].split()
        return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")

    def _peak(self) -> float:
        status = (self._folder / "status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
