"""How many connections there may be, how long each may take, and which of them goes when another needs its place.

A connection that is open and sends nothing costs its client nothing, and us a file descriptor. So each phase of a
request has an end, each address has a bound, and all together have one that the process's descriptors allow. Where a
bound is reached, the newcomer takes the place of the connection that can best be spared: one that waits for nothing
first, one that is being answered never.

No clock is read and no timer set for a request: one sweep a second looks at all connections. It gives each phase its
end when it first sees it, so that an end may come up to two seconds late.

The bounds count for one process; of `pharus serve --workers N` each has its own.
"""

import heapq
import logging
from asyncio import AbstractEventLoop
from collections import Counter
from collections.abc import Iterable
from enum import IntEnum
from math import inf
from typing import Protocol

from handlers.http.addresses import network
from pharus.config import Settings
from pharus.errors import ConfigurationError

log = logging.getLogger("pharus.connections")

# Who sends a body or reads a response more slowly than this for PHARUS_STALL_SECONDS, or not at all, is given up.
SLOWEST_BYTES_PER_SECOND = 4 * 1024
SWEEP_SECONDS = 1.0

# Descriptors that are no connection: what a process opens for itself (at its start 18), and besides for each worker
# thread (its database connection, the one for numbers, a file that it reads) and each renderer (pipes, sentinels).
_DESCRIPTORS = 100
_DESCRIPTORS_OF_THREAD = 4
_DESCRIPTORS_OF_RENDERER = 16
# A connection may be an upload, which keeps a file besides.
_DESCRIPTORS_OF_CONNECTION = 2
_FEWEST_CONNECTIONS = 8


class Phase(IntEnum):
    """What a connection waits for. When there is no room, the first of these go first; the last stays."""

    IDLE = 0  # answered; nothing of another request has come
    HEAD = 1  # for the rest of a head, or its first byte
    DISCARDED = 2  # for the rest of a body that nobody reads: its request was answered without it
    BODY = 3  # for the rest of a body
    HANDLED = 4  # for us


class Connection(Protocol):
    """What the sweep knows of a connection, and may do with it. Whoever sets the phase sets `deadline` to infinity."""

    phase: Phase
    deadline: float
    # Bytes of a body that came since the last sweep.
    received: int
    # Bytes of responses that had not been sent at the last sweep, and when that must have changed.
    unsent: int
    unsent_deadline: float

    @property
    def is_held_up_by_us(self) -> bool:
        """Whether the client could not send more of its body if it wanted to."""

    def count_unsent(self) -> int:
        """Bytes of responses that the client has not taken yet, known to come included; 0 when nothing waits."""

    def expire(self) -> None:
        """Its time is over: say so where somebody may listen, and close."""

    def evict(self) -> None:
        """Another needs its place: say so where somebody may listen, and close."""

    def abort(self) -> None:
        """Close, and drop what was not sent."""


class Connections:
    """All connections of a process."""

    def __init__(self, settings: Settings) -> None:
        self.most = settings.max_connections
        self.most_of_address = settings.max_connections_per_address or settings.max_connections
        self._seconds = {
            Phase.IDLE: settings.keep_alive_seconds,
            Phase.HEAD: settings.header_seconds,
            Phase.DISCARDED: settings.stall_seconds,
            Phase.BODY: settings.stall_seconds,
        }
        self._stall_seconds = settings.stall_seconds
        # In the order in which they came.
        self._by_address: dict[str, dict[Connection, None]] = {}
        self._count = 0
        self._closed: Counter[str] = Counter()
        self._is_sweeping = False

    def __len__(self) -> int:
        return self._count

    def admit(self, connection: Connection, address: str, is_proxy: bool, loop: AbstractEventLoop) -> str:
        """Take a new connection in, if need be in the place of others. Returns the name under which it is counted,
        which `leave` wants to know; an empty one when there is no place. A proxy speaks for many: its address has no
        bound of its own."""
        name = network(address)
        others = self._by_address.get(name, {})
        spared: Iterable[Connection] | None = None
        if len(others) >= self.most_of_address and not is_proxy:
            spared = _to_spare(others)
        elif self._count >= self.most:
            largest = max(map(len, self._by_address.values()))
            spared = _to_spare(each for group in self._by_address.values() if len(group) == largest for each in group)
            spared = spared or _to_spare(each for group in self._by_address.values() for each in group)
        if spared is not None:
            if not spared:
                self._closed["refused"] += 1
                return ""
            for each in spared:
                each.evict()
                self._closed["evicted"] += 1
        self._by_address.setdefault(name, {})[connection] = None
        self._count += 1
        if not self._is_sweeping:
            self._is_sweeping = True
            loop.call_later(SWEEP_SECONDS, self._sweep, loop)
        return name

    def leave(self, connection: Connection, name: str) -> None:
        """It is closed, or about to be."""
        group = self._by_address.get(name, {})
        if connection in group:
            del group[connection]
            self._count -= 1
            if not group:
                del self._by_address[name]

    def _sweep(self, loop: AbstractEventLoop) -> None:
        try:
            self._look(loop.time())
        finally:
            self._is_sweeping = self._count > 0
            if self._is_sweeping:
                loop.call_later(SWEEP_SECONDS, self._sweep, loop)

    def _look(self, now: float) -> None:
        for connection in [each for group in self._by_address.values() for each in group]:
            if not self._is_read(connection, now):
                self._closed["too slow to read"] += 1
                connection.abort()
            elif self._is_late(connection, now):
                self._closed[f"too slow ({connection.phase.name.lower()})"] += 1
                connection.expire()
        if self._closed:
            log.info("closed connections: %s", ", ".join(f"{count} {why}" for why, count in self._closed.items()))
            self._closed.clear()

    def _is_late(self, connection: Connection, now: float) -> bool:
        phase = connection.phase
        if phase is Phase.HANDLED:
            return False
        if connection.deadline == inf:
            connection.deadline = now + self._seconds[phase]
        elif phase is Phase.BODY:
            if connection.is_held_up_by_us:
                connection.deadline = now + self._stall_seconds
            else:
                connection.deadline = self._later(connection.deadline, connection.received, now)
            connection.received = 0
        return connection.deadline < now

    def _is_read(self, connection: Connection, now: float) -> bool:
        unsent = connection.count_unsent()
        if not unsent:
            connection.unsent_deadline = inf
        elif connection.unsent_deadline == inf:
            connection.unsent_deadline = now + self._stall_seconds
        elif unsent < connection.unsent:
            connection.unsent_deadline = self._later(connection.unsent_deadline, connection.unsent - unsent, now)
        connection.unsent = unsent
        return connection.unsent_deadline >= now

    def _later(self, deadline: float, moved: int, now: float) -> float:
        """Bytes that moved buy time at the slowest rate, but no more of it than a stall may last."""
        return min(deadline + moved / SLOWEST_BYTES_PER_SECOND, now + self._stall_seconds)


def _to_spare(connections: Iterable[Connection]) -> list[Connection]:
    """Those that another may take the place of, the one that can best be spared first: the earliest phase, in it the
    one whose time is over soonest. A sixteenth at once, so that not every newcomer has to look through all. Who does
    not take what is sent can be spared before a sweep has seen it."""
    found = [
        each
        for each in connections
        if each.phase is not Phase.HANDLED or each.unsent_deadline < inf or each.count_unsent()
    ]
    return heapq.nsmallest(1 + len(found) // 16, found, key=lambda each: (each.phase, each.deadline))


def fit_into_descriptors(settings: Settings) -> int:
    """PHARUS_MAX_CONNECTIONS, or fewer when the process may not open as many files; its own limit is raised as far as
    it is allowed to. ConfigurationError when that leaves hardly any."""
    wanted = settings.max_connections
    try:
        import resource
    except ImportError:
        # Windows counts no descriptors of sockets.
        return wanted
    others = _DESCRIPTORS + _DESCRIPTORS_OF_THREAD * settings.threads + _DESCRIPTORS_OF_RENDERER * settings.renderers
    needed = others + _DESCRIPTORS_OF_CONNECTION * wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return wanted
    raised = needed if hard == resource.RLIM_INFINITY else min(hard, needed)
    if raised > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
    room = (raised - others) // _DESCRIPTORS_OF_CONNECTION
    if room < min(wanted, _FEWEST_CONNECTIONS):
        fewest = others + _DESCRIPTORS_OF_CONNECTION * _FEWEST_CONNECTIONS
        raise ConfigurationError(
            f"The process may open {raised} files (ulimit -n); with these settings it needs {fewest} at least."
        )
    return min(room, wanted)
