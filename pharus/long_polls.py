"""An answer that may be more if one waits for it. Who waits is in `handlers/workers/waiters.py`."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NothingYet:
    """What a handler returns instead of an answer that has nothing in it, when its caller would rather wait.

    The handler is called again once the organization's log has an event behind `position`, and `answer` is given when
    `seconds` have passed without that. Nothing is held meanwhile: no thread, no connection to the database, no place in
    the queue.
    """

    answer: Any
    position: tuple[int, ...]
    seconds: float
