"""Who is next when more want to be served than there are places: fair between organizations, and within each of them
between its callers.

Start-time fair queueing: each has a virtual time that grows by the seconds of a place that its work took, divided by
its share; who has the smallest goes first. What is expected to take long is charged beforehand and corrected when it
is done, so that cheap work comes before dear work and nobody waits for ever. One who comes back begins at the virtual
time of those who are served, and can neither save up turns nor owe for a time when nobody else wanted the places.

Work cannot be interrupted, so places are kept free: an organization never holds all of them, with dear work only half
of them, and all organizations together leave one that no dear work holds. The places share the processor, the
interpreter's lock and PostgreSQL, and whoever has a place of its own still waits for these behind each who computes. So
while others are there, an organization does its slow work one by one, and one that has used much of late holds fewer
places. No clock and no lock in here.
"""

from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Generic, NamedTuple, TypeVar

from handlers.workers.recent_use import RecentUse

T = TypeVar("T")

# Work that is expected to hold a place for so long is slow or dear, and so is what has held one for so long already.
SLOW_SECONDS = 0.02
DEAR_SECONDS = 0.25

# Who has put in work within so long is there: between two requests as well.
_PRESENT_SECONDS = 1.0

# Those who have nothing here but have used more than others are remembered, up to so many (of callers: in each
# organization). Whoever is forgotten begins at the virtual time of the others.
_MOST_IDLE = 200


class Flow(NamedTuple):
    """Whose work it is. `share` weighs the organization against others; an ordinary one has 1. Who is not known may be
    of any organization that is there: they wait in a line of their own, and are nobody beside it."""

    organization: Hashable
    caller: Hashable = None
    share: float = 1.0
    is_known: bool = True


class QueueFull(Exception):
    """So many wait already, of all organizations."""


class OrganizationFull(QueueFull):
    """So many of this organization wait already."""


@dataclass(slots=True, eq=False)
class Entry(Generic[T]):
    """One piece of work, that waits or is being done. `cost` is how many seconds it is expected to take."""

    item: T
    flow: Flow
    cost: float
    since: float
    started: float | None = None

    def holds(self, now: float) -> float:
        """How long it holds its place, as far as is known now."""
        assert self.started is not None
        return max(self.cost, now - self.started)


@dataclass(slots=True)
class _Caller(Generic[T]):
    """What one caller has waiting, in the order in which it came, and the seconds that its work took."""

    used: float
    cheap: deque[Entry[T]] = field(default_factory=deque)
    slow: deque[Entry[T]] = field(default_factory=deque)
    dear: deque[Entry[T]] = field(default_factory=deque)
    running: int = 0

    def head(self, most_cost: float) -> Entry[T] | None:
        """Of what costs less. Cheap work overtakes what has not yet waited as long as it will take."""
        if not (self.slow or self.dear) or most_cost <= SLOW_SECONDS:
            return self.cheap[0] if self.cheap else None
        lanes = (self.cheap, self.slow) if most_cost <= DEAR_SECONDS else (self.cheap, self.slow, self.dear)
        heads = [lane[0] for lane in lanes if lane]
        return min(heads, key=_turn) if heads else None

    def lane(self, entry: Entry[T]) -> deque[Entry[T]]:
        if entry.cost < SLOW_SECONDS:
            return self.cheap
        return self.slow if entry.cost < DEAR_SECONDS else self.dear

    @property
    def is_idle(self) -> bool:
        return not (self.cheap or self.slow or self.dear or self.running)


def _turn(entry: Entry[T]) -> float:
    return entry.since if entry.cost < SLOW_SECONDS else entry.since + entry.cost


@dataclass(slots=True)
class _Organization(Generic[T]):
    used: float
    # Virtual time among its callers.
    clock: float = 0.0
    callers: dict[Hashable, _Caller[T]] = field(default_factory=dict)
    waiting: int = 0
    running: int = 0

    def head(self, most_cost: float) -> Entry[T] | None:
        best, best_at = None, 0.0
        for caller in self.callers.values():
            entry = caller.head(most_cost)
            if entry is not None and (best is None or caller.used + entry.cost < best_at):
                best, best_at = entry, caller.used + entry.cost
        return best

    @property
    def is_idle(self) -> bool:
        return not (self.waiting or self.running)


class FairQueue(Generic[T]):
    """`places` can be held at a time, at most `most_places` of them by one organization, and at most `most_beside` by
    one that has used much of late while others are there. `most` may wait in all, and `most_of_one` of an
    organization."""

    def __init__(
        self, places: int, most_places: int, most: int, most_of_one: int, most_beside: int | None = None
    ) -> None:
        self._places, self._most_places = places, most_places
        self._most_beside = most_places if most_beside is None else min(most_places, most_beside)
        self._most, self._most_of_one = most, most_of_one
        self._most_dear_of_one = max(1, most_places // 2)
        self._most_dear = max(1, places - 1)
        self._organizations: dict[Hashable, _Organization[T]] = {}
        self._clock = 0.0
        self._recent_use = RecentUse()
        self._running: set[Entry[T]] = set()
        # Who has put in work last, and who before that was another one: when that was.
        self._last: tuple[Hashable, float] = (None, -inf)
        self._other: tuple[Hashable, float] = self._last
        self.waiting = 0

    @property
    def running(self) -> int:
        return len(self._running)

    def may_begin(self, flow: Flow, now: float) -> bool:
        """Whether a place is free for what waits of this organization, slow and dear work aside."""
        if len(self._running) >= self._places:
            return False
        return self._has_place(flow.organization, self._organizations[flow.organization], now)

    def put(self, item: T, flow: Flow, cost: float, now: float) -> Entry[T]:
        """Let it wait. QueueFull, OrganizationFull."""
        if flow.is_known:
            if self._last[0] != flow.organization:
                self._other = self._last
            self._last = (flow.organization, now)
        organization = self._organizations.get(flow.organization)
        if self.waiting >= self._most:
            raise QueueFull
        if organization is None:
            organization = self._organizations[flow.organization] = _Organization(self._clock)
            if len(self._organizations) > _MOST_IDLE:
                self._forget(organization)
        elif organization.waiting >= self._most_of_one:
            raise OrganizationFull
        elif organization.is_idle:
            organization.used = max(organization.used, self._clock)
        caller = organization.callers.get(flow.caller)
        if caller is None:
            caller = organization.callers[flow.caller] = _Caller(organization.clock)
        elif caller.is_idle:
            caller.used = max(caller.used, organization.clock)
        entry = Entry(item, flow, cost, now)
        caller.lane(entry).append(entry)
        organization.waiting += 1
        self.waiting += 1
        return entry

    def take(self, now: float) -> Entry[T] | None:
        """The next one to be done, which holds a place from now on; None when none waits or may have one."""
        if not self.waiting or len(self._running) >= self._places:
            return None
        best: Entry[T] | None = None
        best_at = 0.0
        slow, dear = self._held(now)
        may_be_dear = sum(dear.values()) < self._most_dear
        for key, organization in self._organizations.items():
            if not organization.waiting or not self._has_place(key, organization, now):
                continue
            most_cost = inf if may_be_dear and dear.get(key, 0) < self._most_dear_of_one else DEAR_SECONDS
            if slow.get(key) and self.is_shared(key, now):
                most_cost = SLOW_SECONDS
            entry = organization.head(most_cost)
            if entry is None:
                continue
            at = organization.used + entry.cost / entry.flow.share
            if best is None or at < best_at:
                best, best_at = entry, at
        if best is not None:
            self._begin(best, now)
        return best

    def done(self, entry: Entry[T], now: float) -> float:
        """Its place is free again; the seconds that it was held."""
        assert entry.started is not None
        seconds = max(0.0, now - entry.started)
        self._running.remove(entry)
        organization, caller = self._find(entry)
        organization.running -= 1
        caller.running -= 1
        organization.used += (seconds - entry.cost) / entry.flow.share
        caller.used += seconds - entry.cost
        self._recent_use.add(entry.flow.organization, seconds, now)
        self._tidy(entry, organization, caller)
        return seconds

    def remove(self, entry: Entry[T]) -> bool:
        """Let it wait no longer; False when it does not wait any more."""
        if entry.started is not None or entry.flow.organization not in self._organizations:
            return False
        organization, caller = self._find(entry)
        try:
            caller.lane(entry).remove(entry)
        except ValueError:
            return False
        organization.waiting -= 1
        self.waiting -= 1
        self._tidy(entry, organization, caller)
        return True

    def is_shared(self, organization: Hashable, now: float) -> bool:
        """Whether others than this organization are there."""
        _, since = self._other if self._last[0] == organization else self._last
        if now - since < _PRESENT_SECONDS:
            return True
        own = self._organizations.get(organization)
        return len(self._running) > (own.running if own is not None else 0)

    def all_waiting(self) -> Iterator[Entry[T]]:
        for organization in self._organizations.values():
            for caller in organization.callers.values():
                yield from caller.cheap
                yield from caller.slow
                yield from caller.dear

    def all_running(self) -> Iterator[Entry[T]]:
        return iter(self._running)

    def _has_place(self, key: Hashable, organization: _Organization[T], now: float) -> bool:
        """Whether the organization may hold one more."""
        if organization.running < self._most_beside:
            return True
        if organization.running >= self._most_places:
            return False
        return not (self.is_shared(key, now) and self._recent_use.is_heavy(key, now))

    def _begin(self, entry: Entry[T], now: float) -> None:
        organization, caller = self._find(entry)
        caller.lane(entry).popleft()
        organization.waiting -= 1
        self.waiting -= 1
        organization.running += 1
        caller.running += 1
        self._clock = max(self._clock, organization.used)
        organization.clock = max(organization.clock, caller.used)
        organization.used += entry.cost / entry.flow.share
        caller.used += entry.cost
        entry.started = now
        self._running.add(entry)

    def _held(self, now: float) -> tuple[dict[Hashable, int], dict[Hashable, int]]:
        """How many places each organization holds with slow work, dear work among it, and with dear work."""
        slow: dict[Hashable, int] = {}
        dear: dict[Hashable, int] = {}
        since = now - SLOW_SECONDS
        for entry in self._running:
            # Most are neither, and this is asked for each request.
            if entry.cost >= SLOW_SECONDS or entry.started <= since:  # type: ignore[operator]  # it has started
                seconds = entry.holds(now)
                organization = entry.flow.organization
                slow[organization] = slow.get(organization, 0) + 1
                if seconds >= DEAR_SECONDS:
                    dear[organization] = dear.get(organization, 0) + 1
        return slow, dear

    def _find(self, entry: Entry[T]) -> tuple[_Organization[T], _Caller[T]]:
        organization = self._organizations[entry.flow.organization]
        return organization, organization.callers[entry.flow.caller]

    def _tidy(self, entry: Entry[T], organization: _Organization[T], caller: _Caller[T]) -> None:
        """Forget who has nothing here any more and has used no more than others."""
        if not self._running and not self.waiting:
            self._organizations.clear()
            self._clock = 0.0
        elif organization.is_idle:
            organization.callers.clear()
            organization.clock = 0.0
            if organization.used <= self._clock:
                del self._organizations[entry.flow.organization]
        elif caller.is_idle and (caller.used <= organization.clock or len(organization.callers) > _MOST_IDLE):
            del organization.callers[entry.flow.caller]

    def _forget(self, kept: _Organization[T]) -> None:
        idle = [key for key, each in self._organizations.items() if each.is_idle and each is not kept]
        ahead = [key for key in idle if self._organizations[key].used > self._clock]
        for key in idle if len(ahead) > _MOST_IDLE // 2 else set(idle).difference(ahead):
            del self._organizations[key]
