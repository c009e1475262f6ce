import pytest

from handlers.workers.costs import Costs

pytestmark = pytest.mark.no_database


def test_expect_is_what_it_took_this_organization() -> None:
    costs = Costs()
    assert 0 < costs.expect("a", "list") < 0.1
    for _ in range(50):
        costs.observe("a", "list", 2.0)
        costs.observe("b", "list", 0.02)
    assert costs.expect("a", "list") == pytest.approx(2.0, rel=0.01)
    assert costs.expect("b", "list") == pytest.approx(0.02, rel=0.01)


def test_expect_of_a_new_organization_is_not_what_it_took_others() -> None:
    costs = Costs()
    costs.observe("a", "print", 100.0)
    assert costs.expect("b", "print") < 0.1


def test_dear_work_is_believed_at_once_and_forgotten_slowly() -> None:
    costs = Costs()
    costs.observe("a", "make", 0.01)
    costs.observe("a", "make", 5.0)
    assert costs.expect("a", "make") == 5.0
    costs.observe("a", "make", 0.01)
    assert costs.expect("a", "make") > 3.0
    for _ in range(50):
        costs.observe("a", "make", 0.01)
    assert costs.expect("a", "make") < 0.1


def test_costs_are_bounded_in_memory() -> None:
    costs = Costs()
    for number in range(15_000):
        costs.observe(f"organization {number}", "list", 0.01)
    assert len(costs._seconds) <= 10_000
