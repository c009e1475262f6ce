"""Who acts in tests of the kernel, and many at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pharus import db
from pharus.identity import Actor, Role

T = TypeVar("T")


def owner_of(org_id: str) -> Actor:
    return Actor(uid="test", org_id=org_id, role=Role.owner)


def at_once(count: int, work: Callable[[int], T]) -> list[T]:
    """What `work(0)` … `work(count - 1)` return, each in a thread of its own with a connection of its own; all begin
    at the same moment."""
    start = threading.Barrier(count)

    def one(number: int) -> T:
        try:
            start.wait(timeout=30)
            return work(number)
        finally:
            db.disconnect()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
