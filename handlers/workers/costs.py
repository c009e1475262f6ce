"""How long work is expected to take: a moving average of what it took, for each operation and each organization that
asks for it. What is cheap for one is dear for another with more records, and no one's work makes another's dear."""

from collections.abc import Hashable

_MOST_REMEMBERED = 10_000
# What the newest observation weighs. Dear work is believed at once: the average only falls slowly.
_WEIGHT = 0.2
_UNKNOWN_SECONDS = 0.01


class Costs:
    """Of one process; not safe for threads by itself."""

    def __init__(self) -> None:
        # Whoever came first is forgotten first: to keep an order of use would cost each request more than it is worth.
        self._seconds: dict[tuple[Hashable, str], float] = {}

    def expect(self, organization: Hashable, operation: str) -> float:
        """In seconds."""
        return self._seconds.get((organization, operation), _UNKNOWN_SECONDS)

    def observe(self, organization: Hashable, operation: str, seconds: float) -> None:
        key = (organization, operation)
        known = self._seconds.get(key)
        if known is None:
            if len(self._seconds) >= _MOST_REMEMBERED:
                del self._seconds[next(iter(self._seconds))]
            known = seconds
        self._seconds[key] = seconds if seconds > known else known + _WEIGHT * (seconds - known)
