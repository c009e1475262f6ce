"""How much of the threads each organization has used of late: a few requests side by side (a page that loads) are no
burden to others, a stream of them is."""

from collections.abc import Hashable

_MOST_REMEMBERED = 10_000
# So much is forgotten each second: who uses less than half of a thread is never heavy for long.
_FORGOTTEN_A_SECOND = 0.5
# Who has used more seconds than this, and has not had the time to be forgotten, is heavy.
_HEAVY_SECONDS = 0.1
# Whatever it was, a second later it is forgiven.
_MOST_SECONDS = _HEAVY_SECONDS + _FORGOTTEN_A_SECOND


class RecentUse:
    """Of one process; not safe for threads by itself, and without a clock."""

    def __init__(self) -> None:
        # The seconds and when that was. Whoever came first is forgotten first.
        self._used: dict[Hashable, tuple[float, float]] = {}

    def add(self, organization: Hashable, seconds: float, now: float) -> None:
        if organization not in self._used and len(self._used) >= _MOST_REMEMBERED:
            del self._used[next(iter(self._used))]
        self._used[organization] = (min(_MOST_SECONDS, self._left(organization, now) + seconds), now)

    def is_heavy(self, organization: Hashable, now: float) -> bool:
        return self._left(organization, now) > _HEAVY_SECONDS

    def _left(self, organization: Hashable, now: float) -> float:
        seconds, since = self._used.get(organization, (0.0, now))
        return max(0.0, seconds - (now - since) * _FORGOTTEN_A_SECOND)
