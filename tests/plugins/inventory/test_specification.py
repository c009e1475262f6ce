"""Small-scope model checking: every history of a few events over two items and two locations."""

import pytest

from tests.plugins.inventory.specification import START, Reached, State, agrees, canonical, successors


def explore(events: int) -> int:
    """How many different states there are. The engine has to agree after every action on each of them."""
    seen: set[State] = {canonical(START.state)}
    frontier: list[Reached] = [START]
    for _ in range(events):
        found: list[Reached] = []
        for reached in frontier:
            for after in successors(reached):
                assert agrees(after), after.state
                name = canonical(after.state)
                if name not in seen:
                    seen.add(name)
                    found.append(after)
        frontier = found
    return len(seen)


def test_every_history_of_four_events_is_as_specified() -> None:
    assert explore(4) > 900


@pytest.mark.fuzz
def test_every_history_of_seven_events_is_as_specified() -> None:
    assert explore(7) > 100_000
