import pytest

from handlers.workers.recent_use import RecentUse

pytestmark = pytest.mark.no_database


def test_a_few_requests_side_by_side_are_not_heavy() -> None:
    use = RecentUse()
    for _ in range(10):
        use.add("a", 0.005, 0.0)
    assert not use.is_heavy("a", 0.0)


def test_a_thread_that_is_kept_busy_is_heavy_until_half_of_that_time_has_been_forgotten() -> None:
    use = RecentUse()
    for number in range(40):
        use.add("a", 0.01, number * 0.01)
    assert use.is_heavy("a", 0.4)
    assert not use.is_heavy("b", 0.4)
    # It used 0.4 seconds in 0.4 seconds, of which half are forgotten by now and all but 0.1 soon.
    assert use.is_heavy("a", 0.55)
    assert not use.is_heavy("a", 0.65)


def test_less_than_half_of_a_thread_is_never_heavy_for_long() -> None:
    use = RecentUse()
    for number in range(1000):
        use.add("a", 0.004, number * 0.01)
        assert not use.is_heavy("a", number * 0.01)


def test_whatever_it_was_is_forgiven_a_second_later() -> None:
    use = RecentUse()
    for _ in range(5):
        use.add("a", 30.0, 0.0)
    assert use.is_heavy("a", 0.9)
    assert not use.is_heavy("a", 1.1)


def test_those_who_came_first_are_forgotten_first() -> None:
    use = RecentUse()
    for number in range(10_001):
        use.add(number, 1.0, 0.0)
    assert not use.is_heavy(0, 0.0)
    assert all(use.is_heavy(number, 0.0) for number in (1, 10_000))
