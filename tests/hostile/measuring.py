"""What one request costs a server: peak memory and processor time of its process, as Linux counts them."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil


@dataclass
class Cost:
    """What happened since the beginning of the measurement."""

    megabytes: float = 0
    seconds: float = 0


class Meter:
    """Of one process. `idle` is what it had resident when the meter was made."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
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
        times = self._process.cpu_times()
        return float(times.user + times.system)

    def _peak(self) -> float:
        status = (self._folder / "status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024


class HealthWatch:
    """Asks for /healthz all the time, as a load balancer does more seldom; `slowest` is the longest it took."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._stopping = threading.Event()
        self.slowest = 0.0
        self.failures: list[str] = []

    def __enter__(self) -> "HealthWatch":
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _watch(self) -> None:
        with httpx.Client(base_url=self._address, trust_env=False, timeout=30) as client:
            while not self._stopping.wait(0.02):
                started = time.perf_counter()
                try:
                    status = client.get("/healthz").status_code
                    if status != 200:
                        self.failures.append(str(status))
                except httpx.HTTPError as error:
                    self.failures.append(repr(error))
                self.slowest = max(self.slowest, time.perf_counter() - started)
