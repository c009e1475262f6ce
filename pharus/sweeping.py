"""What the sweeper's chores share (handlers/workers/sweeper.py): how a request tells that it has left something to do,
and how a chore leaves time to the others."""

import threading
import time
from collections.abc import Callable, Iterable

# Set when there is more to do than a request should wait for.
requested = threading.Event()


def carry_out(steps: Iterable[Callable[[], int]], most: int, seconds: float, is_ended: Callable[[], bool]) -> int:
    """Take each of the steps again and again while it does the most that it may; how much was done in all. What is more
    than so many seconds' work is left for the next turn."""
    deadline = time.monotonic() + seconds
    done = 0
    for step in steps:
        size = most
        while size == most and not is_ended() and time.monotonic() < deadline:
            size = step()
            done += size
    return done
