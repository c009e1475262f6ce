"""What a server costs while it is attacked, and whether it still answers others."""

import threading
import time

import httpx

from contract.hostile.metering import Meter

__all__ = ["HealthWatch", "Meter"]


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
