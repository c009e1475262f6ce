"""The arithmetic of the bounds; what they do to sockets is in tests/hostile/test_sockets.py."""

import resource
from collections.abc import Callable
from math import inf

import pytest

from handlers.http.addresses import network
from handlers.http.connection_limits import Connections, Phase, fit_into_descriptors
from pharus.config import Settings
from pharus.errors import ConfigurationError

pytestmark = pytest.mark.no_database


class Line:
    """A connection that is what the test says, and notes what is done to it."""

    def __init__(self, phase: Phase = Phase.IDLE, deadline: float = inf) -> None:
        self.phase = phase
        self.deadline = deadline
        self.received = 0
        self.unsent = 0
        self.unsent_deadline = inf
        self.waiting = 0
        self.is_held_up_by_us = False
        self.ended = ""

    def count_unsent(self) -> int:
        return self.waiting

    def expire(self) -> None:
        self.ended = "expired"

    def evict(self) -> None:
        self.ended = "evicted"

    def abort(self) -> None:
        self.ended = "aborted"


class Loop:
    """A clock that the test sets, and the sweep that waits for it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waiting: list[tuple[float, Callable[..., object], tuple[object, ...]]] = []

    def time(self) -> float:
        return self.now

    def call_later(self, seconds: float, call: Callable[..., object], *arguments: object) -> None:
        self.waiting.append((self.now + seconds, call, arguments))

    def run_until(self, moment: float) -> None:
        while self.waiting and self.waiting[0][0] <= moment:
            self.now, call, arguments = self.waiting.pop(0)
            call(*arguments)
        self.now = moment


class Place:
    """Some connections within bounds, of addresses that are no proxies unless that is said."""

    def __init__(self, most: int = 100, of_address: int = 10) -> None:
        settings = Settings(
            max_connections=most,
            max_connections_per_address=of_address,
            header_seconds=20,
            keep_alive_seconds=75,
            stall_seconds=30,
        )
        self.connections = Connections(settings)
        self.loop = Loop()

    def add(self, address: str, line: Line | None = None, *, is_proxy: bool = False) -> Line | None:
        """The connection, or None when there was no room."""
        line = line or Line()
        name = self.connections.admit(line, address, is_proxy, self.loop)  # type: ignore[arg-type]  # a clock is enough
        return line if name else None


def ended(lines: list[Line | None]) -> list[str]:
    return [line.ended for line in lines if line is not None]


def test_address_at_its_bound_gives_up_its_own_and_nobody_elses() -> None:
    place = Place(of_address=10)
    other = place.add("192.0.2.2")
    lines = [place.add("192.0.2.1") for _ in range(11)]
    assert ended(lines) == ["evicted"] + [""] * 10
    assert ended([other]) == [""]


def test_what_waits_for_nothing_goes_first_and_what_is_answered_never() -> None:
    place = Place(of_address=4)
    body = place.add("192.0.2.1", Line(Phase.BODY))
    handled = place.add("192.0.2.1", Line(Phase.HANDLED))
    head = place.add("192.0.2.1", Line(Phase.HEAD))
    idle = place.add("192.0.2.1", Line(Phase.IDLE))
    for victim in (idle, head, body):
        assert victim is not None
        assert place.add("192.0.2.1", Line(Phase.HANDLED)) is not None
        assert victim.ended == "evicted"
        place.connections.leave(victim, network("192.0.2.1"))  # type: ignore[arg-type]  # a line is enough
    assert place.add("192.0.2.1") is None
    assert ended([handled]) == [""]


def test_who_takes_nothing_of_what_is_sent_can_be_spared_before_a_sweep_has_seen_it() -> None:
    place = Place(of_address=2)
    handled, unread = Line(Phase.HANDLED), Line(Phase.HANDLED)
    unread.waiting = 100_000
    for line in (handled, unread):
        assert place.add("192.0.2.1", line) is not None
    assert unread.unsent_deadline == inf
    assert place.add("192.0.2.1") is not None
    assert (handled.ended, unread.ended) == ("", "evicted")


def test_of_those_in_one_phase_the_one_that_ends_soonest_goes() -> None:
    place = Place(of_address=3)
    lines = [place.add("192.0.2.1", Line(Phase.IDLE, deadline)) for deadline in (12.0, 11.0, inf)]
    place.add("192.0.2.1")
    assert ended(lines) == ["", "evicted", ""]


def test_response_that_nobody_reads_does_not_keep_its_place() -> None:
    place = Place(of_address=1)
    line = Line(Phase.HANDLED)
    place.add("192.0.2.1", line)
    assert place.add("192.0.2.1") is None
    line.waiting = 100_000
    place.loop.run_until(1)
    assert place.add("192.0.2.1") is not None
    assert line.ended == "evicted"


def test_at_the_bound_of_all_the_busiest_address_makes_room() -> None:
    place = Place(most=10, of_address=8)
    few = [place.add("192.0.2.1") for _ in range(3)]
    many = [place.add("192.0.2.2") for _ in range(7)]
    newcomer = place.add("192.0.2.3")
    assert ended([*few, newcomer]) == [""] * 4
    assert ended(many) == ["evicted"] + [""] * 6


def test_at_the_bound_of_all_another_makes_room_when_the_busiest_is_being_answered() -> None:
    place = Place(most=10, of_address=8)
    few = [place.add("192.0.2.1") for _ in range(3)]
    many = [place.add("192.0.2.2", Line(Phase.HANDLED)) for _ in range(7)]
    assert place.add("192.0.2.3") is not None
    assert ended(few) == ["evicted", "", ""]
    assert ended(many) == [""] * 7


def test_proxy_is_bound_by_the_number_of_all_alone() -> None:
    place = Place(most=100, of_address=10)
    lines = [place.add("192.0.2.1", is_proxy=True) for _ in range(100)]
    assert ended(lines) == [""] * 100
    place.add("192.0.2.1", is_proxy=True)
    # A sixteenth makes room at once, and one.
    assert ended(lines) == ["evicted"] * 7 + [""] * 93


def test_connection_that_leaves_leaves_its_place() -> None:
    place = Place(of_address=1)
    for _ in range(5):
        line = place.add("192.0.2.1", Line(Phase.HANDLED))
        assert line is not None
        for _ in range(2):
            place.connections.leave(line, network("192.0.2.1"))  # type: ignore[arg-type]  # a line is enough
        assert len(place.connections) == 0


@pytest.mark.parametrize(
    ("phase", "seconds"), [(Phase.IDLE, 75), (Phase.HEAD, 20), (Phase.DISCARDED, 30), (Phase.BODY, 30)]
)
def test_each_phase_ends_after_its_time(phase: Phase, seconds: float) -> None:
    place = Place()
    line = Line(phase)
    place.add("192.0.2.1", line)
    place.loop.run_until(seconds + 0.5)
    assert line.ended == ""
    place.loop.run_until(seconds + 2.5)
    assert line.ended == "expired"


def test_what_we_are_doing_has_no_end_here() -> None:
    place = Place()
    line = Line(Phase.HANDLED)
    place.add("192.0.2.1", line)
    place.loop.run_until(10_000)
    assert line.ended == ""


def test_body_must_come_at_a_rate_and_may_pause() -> None:
    place = Place()
    steady, slow, paused = Line(Phase.BODY), Line(Phase.BODY), Line(Phase.BODY)
    for line in (steady, slow, paused):
        place.add("192.0.2.1", line)
    for second in range(1, 200):
        steady.received += 5000
        slow.received += 3000
        paused.received += 200_000 if second % 25 == 0 else 0
        place.loop.run_until(second)
    assert [line.ended for line in (steady, slow, paused)] == ["", "expired", ""]


def test_body_that_we_do_not_take_is_not_late() -> None:
    place = Place()
    line = Line(Phase.BODY)
    line.is_held_up_by_us = True
    place.add("192.0.2.1", line)
    place.loop.run_until(1000)
    assert line.ended == ""
    line.is_held_up_by_us = False
    place.loop.run_until(1033)
    assert line.ended == "expired"


def test_response_must_be_read_at_a_rate() -> None:
    place = Place()
    steady, slow, never = Line(Phase.HANDLED), Line(Phase.HANDLED), Line(Phase.IDLE)
    for line in (steady, slow, never):
        line.waiting = 1_000_000
        place.add("192.0.2.1", line)
    for second in range(1, 100):
        steady.waiting -= 5000
        slow.waiting -= 2000
        place.loop.run_until(second)
    assert [line.ended for line in (steady, slow)] == ["", "aborted"]
    assert never.ended in ("aborted", "expired")


def test_sweep_rests_when_nobody_is_there() -> None:
    place = Place()
    line = place.add("192.0.2.1")
    assert line is not None
    place.loop.run_until(3)
    place.connections.leave(line, network("192.0.2.1"))  # type: ignore[arg-type]  # a line is enough
    place.loop.run_until(5)
    assert place.loop.waiting == []
    place.add("192.0.2.1")
    assert len(place.loop.waiting) == 1


class Limits:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, soft: int, hard: int) -> None:
        self.now = (soft, hard)
        monkeypatch.setattr(resource, "getrlimit", lambda _: self.now)
        monkeypatch.setattr(resource, "setrlimit", lambda _, limits: setattr(self, "now", limits))


@pytest.mark.parametrize(
    ("soft", "hard", "most", "soft_after"),
    [
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, 1000, resource.RLIM_INFINITY),
        (100_000, 100_000, 1000, 100_000),
        (1024, resource.RLIM_INFINITY, 1000, 2132),
        (256, 100_000, 1000, 2132),
        (1024, 1024, 446, 1024),
        (300, 300, 84, 300),
    ],
)
def test_connections_leave_descriptors_for_everything_else(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, most: int, soft_after: int
) -> None:
    limits = Limits(monkeypatch, soft, hard)
    assert fit_into_descriptors(Settings()) == most
    assert limits.now == (soft_after, hard)


def test_too_few_descriptors_refuse_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    Limits(monkeypatch, 140, 140)
    with pytest.raises(ConfigurationError, match=r"may open 140 files .* needs 148 at least"):
        fit_into_descriptors(Settings())
