"""Clients that write and read all the time, and what became of each of their requests."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import httpx

from tests.contract import audit
from tests.contract.judging import conforms

# What a response says of a write that may have been done.
UNKNOWN = "not answer whether"


class Asked(NamedTuple):
    """One request. `status` is 0 when the client got no response. `name` is what a write wanted to store."""

    name: str | None
    started: float
    ended: float
    status: int
    message: str

    @property
    def seconds(self) -> float:
        return self.ended - self.started


class Crowd:
    """So many clients, half of whom write vendors with names that nobody else uses."""

    def __init__(self, address: str, headers: dict[str, str], count: int, timeout: float = 60) -> None:
        self._address, self._headers = address, headers
        self._timeout = timeout
        self._ended = threading.Event()
        self.asked: list[Asked] = []
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(count)]

    @contextmanager
    def working(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in self._threads:
                thread.join()

    def since(self, moment: float) -> list[Asked]:
        """What was begun after a moment."""
        return [each for each in list(self.asked) if each.started >= moment]

    def under_way(self, moment: float) -> list[Asked]:
        return [each for each in list(self.asked) if each.started <= moment <= each.ended]

    def written(self, keep: Callable[[Asked], bool]) -> set[str]:
        return {each.name for each in self.asked if each.name is not None and keep(each)}

    def _work(self, number: int) -> None:
        with httpx.Client(
            base_url=self._address, headers=self._headers, timeout=self._timeout, trust_env=False
        ) as client:
            step = 0
            while not self._ended.is_set():
                step += 1
                name = f"{number} {step}" if number % 2 else None
                started = time.monotonic()
                try:
                    if name is None:
                        response = client.get("/api/vendors", params={"limit": 5})
                    else:
                        response = client.post("/api/vendors", json={"name": name})
                    conforms(response)
                    status = response.status_code
                    message = response.json()["error"]["message"] if status >= 400 else ""
                except httpx.TransportError as error:
                    audit.give_up(self._address)
                    status, message = 0, repr(error)
                self.asked.append(Asked(name, started, time.monotonic(), status, message))
                if status not in (200, 201):
                    # As a client that was told to wait, though not for so long.
                    self._ended.wait(0.05)
