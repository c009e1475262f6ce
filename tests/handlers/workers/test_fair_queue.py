"""The queue by itself, on a clock of the test's own."""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.workers.fair_queue import DEAR_SECONDS, SLOW_SECONDS, Entry, FairQueue, Flow, OrganizationFull, QueueFull

pytestmark = pytest.mark.no_database

A, B, C = Flow("a"), Flow("b"), Flow("c")
CHEAP, SLOW, DEAR = 0.01, 0.05, 5.0


def queue(places: int = 5, most: int = 1000, most_of_one: int = 500) -> FairQueue[str]:
    return FairQueue(places, max(1, places - 1), most, most_of_one)


def put(waiting: FairQueue[str], flow: Flow, cost: float = CHEAP, *, count: int = 1, now: float = 0.0) -> None:
    for number in range(count):
        waiting.put(f"{flow.organization}{number}", flow, cost, now)


def take_all(waiting: FairQueue[str], now: float = 0.0) -> list[Entry[str]]:
    """Whatever gets a place now."""
    taken = []
    while (entry := waiting.take(now)) is not None:
        taken.append(entry)
    return taken


def test_one_organization_gets_all_places_but_one_and_the_next_one_gets_that() -> None:
    waiting = queue()
    put(waiting, A, count=500)
    assert len(take_all(waiting)) == 4
    put(waiting, B)
    [entry] = take_all(waiting)
    assert entry.flow == B
    assert waiting.running == 5


def test_next_one_of_another_organization_is_served_before_hundreds_that_came_earlier() -> None:
    waiting = queue()
    put(waiting, A, count=500)
    running = take_all(waiting)
    put(waiting, B, count=2)
    served = take_all(waiting)
    waiting.done(running[0], 1.0)
    served += take_all(waiting, 1.0)
    assert [entry.flow for entry in served] == [B, B]


def test_one_caller_of_an_organization_does_not_hold_up_another() -> None:
    waiting = queue(2)
    noisy, quiet = Flow("a", "noisy"), Flow("a", "quiet")
    put(waiting, noisy, count=100)
    [first] = take_all(waiting)
    put(waiting, quiet)
    waiting.done(first, 0.1)
    [second] = take_all(waiting, 0.1)
    assert second.flow == quiet


def test_callers_work_of_equal_cost_is_done_in_the_order_in_which_it_came() -> None:
    waiting = queue(2)
    put(waiting, A, count=20)
    order = []
    for _ in range(20):
        [entry] = take_all(waiting)
        order.append(entry.item)
        waiting.done(entry, 0.0)
    assert order == [f"a{number}" for number in range(20)]


def test_cheap_work_overtakes_dear_work_until_that_has_waited_as_long_as_it_takes() -> None:
    waiting = queue(2)
    waiting.put("dear", A, 2.0, 0.0)
    waiting.put("soon", A, CHEAP, 1.0)
    waiting.put("late", A, CHEAP, 3.0)
    order = []
    for _ in range(3):
        [entry] = take_all(waiting, 3.0)
        order.append(entry.item)
        waiting.done(entry, 3.0)
    assert order == ["soon", "dear", "late"]


def test_dear_work_of_an_organization_holds_half_of_its_places_and_leaves_the_rest_to_cheap_work() -> None:
    waiting = queue()
    put(waiting, A, DEAR, count=10)
    assert len(take_all(waiting)) == 2
    put(waiting, A, CHEAP, count=10)
    assert [entry.cost for entry in take_all(waiting)] == [CHEAP, CHEAP]


def test_dear_work_of_all_leaves_one_place() -> None:
    waiting = queue()
    for name in "abcdef":
        put(waiting, Flow(name), DEAR, count=10)
    assert len(take_all(waiting)) == 4
    put(waiting, Flow("g"), CHEAP)
    assert len(take_all(waiting)) == 1


def test_slow_work_of_an_organization_is_done_one_by_one_while_another_is_there() -> None:
    waiting = queue()
    put(waiting, A, SLOW, count=10)
    put(waiting, B)
    assert Counter(entry.flow for entry in take_all(waiting)) == {A: 1, B: 1}
    put(waiting, A, CHEAP, count=3)
    assert [entry.cost for entry in take_all(waiting)] == [CHEAP] * 3


def test_slow_work_of_a_lone_organization_has_all_its_places() -> None:
    waiting = queue()
    put(waiting, A, SLOW, count=10)
    assert len(take_all(waiting)) == 4


def test_another_is_there_between_its_requests_and_no_longer_when_it_has_sent_none_for_a_while() -> None:
    waiting = queue()
    put(waiting, B)
    [quiet] = take_all(waiting)
    waiting.done(quiet, 0.001)
    put(waiting, A, SLOW, count=10, now=0.5)
    assert len(take_all(waiting, 0.5)) == 1
    assert len(take_all(waiting, 1.5)) == 3


def use_much(waiting: FairQueue[str], flow: Flow, now: float = 0.0) -> None:
    """A thread is kept busy for a second, until now."""
    for number in range(100):
        put(waiting, flow, now=now - 1 + number / 100)
        [entry] = take_all(waiting, now - 1 + number / 100)
        waiting.done(entry, now - 1 + (number + 1) / 100)


def test_beside_another_one_that_has_used_much_of_late_holds_no_more_places_than_leave_a_core() -> None:
    waiting = FairQueue[str](5, 4, 1000, 500, most_beside=1)
    use_much(waiting, A)
    put(waiting, A, count=10)
    assert len(take_all(waiting)) == 4
    put(waiting, B)
    [quiet] = take_all(waiting)
    assert quiet.flow == B
    running = [entry for entry in waiting.all_running() if entry.flow == A]
    for entry in running[:3]:
        waiting.done(entry, 0.1)
        assert take_all(waiting, 0.1) == []
    waiting.done(running[3], 0.1)
    assert [entry.flow for entry in take_all(waiting, 0.1)] == [A]


def test_beside_another_one_that_has_used_little_may_hold_all_its_places_at_once() -> None:
    waiting = FairQueue[str](5, 4, 1000, 500, most_beside=1)
    put(waiting, B)
    put(waiting, A, count=10)
    assert Counter(entry.flow for entry in take_all(waiting)) == {A: 4, B: 1}


def test_one_that_has_used_much_holds_all_its_places_again_once_nobody_else_is_there() -> None:
    waiting = FairQueue[str](5, 4, 1000, 500, most_beside=1)
    use_much(waiting, A)
    put(waiting, B)
    [quiet] = take_all(waiting)
    put(waiting, A, count=10)
    assert len(take_all(waiting)) == 1
    assert not waiting.may_begin(A, 0.0)
    waiting.done(quiet, 0.1)
    assert take_all(waiting, 0.5) == []
    put(waiting, A, now=0.99)
    assert waiting.may_begin(A, 1.01)
    assert len(take_all(waiting, 1.01)) == 3


def test_one_that_was_not_known_a_moment_ago_is_nobody_beside_itself() -> None:
    waiting = queue()
    put(waiting, Flow("unknown", "192.0.2.1", 0.25, is_known=False))
    (admission,) = take_all(waiting)
    assert waiting.is_shared("a", 0.0), "while it runs it may be anybody's"
    waiting.done(admission, 0.1)
    put(waiting, A, now=0.1)
    assert not waiting.is_shared("a", 0.1)
    put(waiting, B, now=0.2)
    assert waiting.is_shared("a", 0.2)


def test_slow_work_waits_for_no_dear_work_that_may_not_begin() -> None:
    waiting = queue()
    put(waiting, A, DEAR, count=3)
    assert len(take_all(waiting)) == 2
    put(waiting, A, SLOW)
    assert [entry.cost for entry in take_all(waiting)] == [SLOW]


def test_work_that_has_run_for_long_counts_as_dear_though_it_was_expected_to_be_cheap() -> None:
    waiting = queue()
    put(waiting, A, CHEAP, count=2)
    assert len(take_all(waiting)) == 2
    put(waiting, A, DEAR, now=1.0)
    assert take_all(waiting, 2 * DEAR_SECONDS) == []


def test_what_it_took_is_charged_and_not_what_was_expected() -> None:
    waiting = queue(2)
    put(waiting, A, count=20)
    put(waiting, B, count=20)
    order: list[object] = []
    for _ in range(12):
        entry = waiting.take(0.0)
        assert entry is not None
        order.append(entry.flow.organization)
        # What A asks for takes ten times as long as what B asks for.
        entry.started = 0.0
        waiting.done(entry, 1.0 if entry.flow == A else 0.1)
    assert order.count("b") == 10


def test_one_who_was_away_has_saved_nothing_up() -> None:
    waiting = queue(2)
    put(waiting, A, count=1000 // 2)
    for _ in range(100):
        entry = waiting.take(0.0)
        assert entry is not None
        waiting.done(entry, 1.0)
    put(waiting, B, count=100)
    served = Counter[object]()
    for _ in range(20):
        entry = waiting.take(0.0)
        assert entry is not None
        served[entry.flow.organization] += 1
        waiting.done(entry, 1.0)
    assert abs(served["a"] - served["b"]) <= 2


def test_smaller_share_gets_less() -> None:
    waiting = queue(2)
    small = Flow("unknown", share=0.25)
    put(waiting, A, count=100)
    put(waiting, small, count=100)
    served = Counter[object]()
    for _ in range(50):
        entry = waiting.take(0.0)
        assert entry is not None
        served[entry.flow.organization] += 1
        waiting.done(entry, 1.0)
    assert 8 <= served["unknown"] <= 12


def test_put_refuses_what_is_too_much_of_one_and_too_much_of_all() -> None:
    waiting = queue(2, most=6, most_of_one=4)
    put(waiting, A, count=4)
    with pytest.raises(OrganizationFull):
        put(waiting, A)
    put(waiting, B, count=2)
    with pytest.raises(QueueFull) as refused:
        put(waiting, C)
    assert not isinstance(refused.value, OrganizationFull)
    take_all(waiting)
    put(waiting, C)


def test_remove_takes_out_what_waits_and_nothing_else() -> None:
    waiting = queue(2)
    first, second = (waiting.put(name, A, CHEAP, 0.0) for name in ("first", "second"))
    assert waiting.take(0.0) is first
    assert not waiting.remove(first)
    assert waiting.remove(second)
    assert not waiting.remove(second)
    assert (waiting.waiting, waiting.running) == (0, 1)
    waiting.done(first, 1.0)
    assert not waiting.remove(first)
    assert list(waiting.all_waiting()) == []


def test_those_who_are_served_no_more_are_forgotten() -> None:
    waiting = queue()
    held = waiting.put("held", A, CHEAP, 0.0)
    assert waiting.take(0.0) is held
    for number in range(5000):
        entry = waiting.put("x", Flow(f"organization {number}", f"caller {number}"), CHEAP, 0.0)
        assert waiting.take(0.0) is entry
        waiting.done(entry, 3.0)
        entry = waiting.put("x", Flow("unknown", f"address {number}"), CHEAP, 0.0)
        assert waiting.take(0.0) is entry
        waiting.done(entry, 3.0)
    assert len(waiting._organizations) <= 210
    assert sum(len(each.callers) for each in waiting._organizations.values()) <= 420
    waiting.done(held, 1.0)
    assert waiting._organizations == {}


# One organization each, and what its requests take: short ones and long ones, as many as it likes.
_COSTS = st.sampled_from([0.001, 0.01, 0.1, 1.0, 5.0])


class Server:
    """Does what the queue says, by a clock that jumps from event to event."""

    def __init__(self, places: int, seconds: Callable[[Entry[str]], float]) -> None:
        self.queue = FairQueue[str](places, max(1, places - 1), 100_000, 100_000)
        self.now = 0.0
        self.done: list[Entry[str]] = []
        self.held: Counter[object] = Counter()
        self._seconds = seconds
        self._ends: list[tuple[float, int, Entry[str]]] = []

    def begin(self) -> None:
        for entry in take_all(self.queue, self.now):
            heapq.heappush(self._ends, (self.now + self._seconds(entry), id(entry), entry))

    def step(self) -> Entry[str]:
        """The next one is done."""
        self.now, _, entry = heapq.heappop(self._ends)
        self.held[entry.flow.organization] += self.queue.done(entry, self.now)
        self.done.append(entry)
        self.begin()
        return entry

    def step_and_send_again(self) -> Entry[str]:
        """The next one is done, and the same is asked for once more."""
        entry = self.step()
        self.queue.put(entry.item, entry.flow, entry.cost, self.now)
        self.begin()
        return entry


@given(
    st.integers(1, 6),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), _COSTS, _COSTS), min_size=1, max_size=80),
)
def test_everything_is_done_once_and_no_place_is_idle_while_something_may_have_it(
    places: int, requests: list[tuple[int, int, float, float]]
) -> None:
    took: dict[str, float] = {}
    server = Server(places, lambda entry: took[entry.item])
    for number, (organization, caller, expected, really) in enumerate(requests):
        took[str(number)] = really
        server.queue.put(str(number), Flow(organization, caller), expected, 0.0)
    server.begin()
    while server.queue.running:
        assert server.queue.waiting == len(list(server.queue.all_waiting()))
        if server.queue.running < places:
            _assert_all_held_back(server.queue.all_waiting(), list(server.queue.all_running()), places, server.now)
        server.step()
    assert server.queue.waiting == 0
    assert sorted(int(entry.item) for entry in server.done) == list(range(len(requests)))


def _assert_all_held_back(waiting: Iterable[Entry[str]], running: list[Entry[str]], places: int, now: float) -> None:
    most = max(1, places - 1)
    held = Counter(entry.flow.organization for entry in running)
    slow, dear = (
        Counter(entry.flow.organization for entry in running if entry.holds(now) >= seconds)
        for seconds in (SLOW_SECONDS, DEAR_SECONDS)
    )
    for entry in waiting:
        organization = entry.flow.organization
        no_place = held[organization] >= most
        no_dear_place = dear[organization] >= max(1, most // 2) or dear.total() >= max(1, places - 1)
        is_next_to_slow = bool(slow[organization])
        assert (
            no_place
            or (entry.cost >= DEAR_SECONDS and no_dear_place)
            or (entry.cost >= SLOW_SECONDS and is_next_to_slow)
        ), entry


@given(st.integers(2, 5), st.lists(st.sampled_from([0.02, 0.05, 0.1, 0.2]), min_size=2, max_size=4), st.integers(1, 3))
def test_organizations_that_always_have_work_hold_the_places_equally_long(
    places: int, costs: list[float], callers: int
) -> None:
    """To within what a few of their requests take, however long each of these is and however many they send."""
    server = Server(places, lambda entry: entry.cost)
    for number, cost in enumerate(costs):
        for caller in range(callers):
            for _ in range(places * (number + 1)):
                server.queue.put("x", Flow(number, caller), cost, 0.0)
    server.begin()
    for _ in range(300):
        server.step_and_send_again()
    held = [server.held[number] for number in range(len(costs))]
    assert max(held) - min(held) <= 2 * places * max(costs)


@given(st.integers(2, 5), st.lists(_COSTS, min_size=1, max_size=4), st.integers(1, 20), st.booleans())
def test_newcomer_is_served_soon_however_much_others_have_waiting(
    places: int, noise: list[float], waiting: int, is_misjudged: bool
) -> None:
    """No starvation: it waits for what is being done, and until each of the others has used what it is expected to use
    itself, though they send more and more."""
    seconds = {Flow(number): cost for number, cost in enumerate(noise)}
    server = Server(places, lambda entry: seconds.get(entry.flow, 0.001))
    for number, cost in enumerate(noise):
        for _ in range(waiting + places):
            server.queue.put("x", Flow(number), CHEAP if is_misjudged else cost, 0.0)
    server.begin()
    for _ in range(5):
        server.step_and_send_again()
    came = server.now
    server.queue.put("newcomer", Flow("new"), CHEAP, came)
    server.begin()
    while server.step_and_send_again().item != "newcomer":
        assert server.now - came <= max(noise) + CHEAP * len(noise) + 0.001
