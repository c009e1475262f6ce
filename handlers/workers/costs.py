"""How long work is expected to take: a moving average of what it took, for each operation and each organization that
asks for it. What is cheap for one is dear for another with more records, and no one's work makes another's dear."""

from collections.abc import Hashable

from cachetools import LRUCache

_MOST_REMEMBERED = 10_000
# What the newest observation weighs. Dear work is believed at once: the average only falls slowly.
_WEIGHT = 0.2
_UNKNOWN_SECONDS = 0.01


class Costs:
    """Of one process; not safe for threads by itself."""

    def __init__(self) -> None:
        self._seconds: LRUCache[tuple[Hashable, str], float] = LRUCache(_MOST_REMEMBERED)

    def expect(self, organization: Hashable, operation: str) -> float:
        """In seconds."""
        return self._seconds.get((organization, operation), _UNKNOWN_SECONDS)

    def observe(self, organization: Hashable, operation: str, seconds: float) -> None:
        key = (organization, operation)
        known = self._seconds.get(key, seconds)
        self._seconds[key] = seconds if seconds > known else known + _WEIGHT * (seconds - known)
