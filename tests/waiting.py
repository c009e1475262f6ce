"""What the server does beside its requests is there a moment later."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(found: Callable[[], T], seconds: float = 20) -> T:
    """What `found` returns as soon as that is true; AssertionError when it is not in time."""
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < deadline, f"still {value!r} after {seconds} seconds"
        time.sleep(0.05)
    return value
