from decimal import Decimal

import pytest

from pharus.errors import Conflict
from plugins.inventory.over_receipts import Arrival, refuse_over_receipt

pytestmark = pytest.mark.no_database


def arrival(quantity: object, *, received: object = 0, over: bool = False, named: str = "a") -> Arrival:
    return Arrival(named, Decimal(10), Decimal(str(received)), Decimal(str(quantity)), over)


@pytest.mark.parametrize(
    ("percent", "arrivals", "refused"),
    [
        (None, [arrival(1000)], []),
        (0, [arrival(10), arrival(10, named="b")], []),
        (0, [arrival("10.000001")], ["a"]),
        (5, [arrival("10.5")], []),
        (5, [arrival("0.6", received=10)], ["a"]),
        (5, [arrival("10.4"), arrival("0.2")], ["a"]),
        (5, [arrival("10.4"), arrival("0.2", over=True)], []),
        (5, [arrival(11, over=True), arrival("0.1")], ["a"]),
        (5, [arrival(11), arrival(11, named="b", over=True), arrival(12, named="c")], ["a", "c"]),
    ],
)
def test_each_line_counts_with_what_came_of_it_before(
    percent: int | None, arrivals: list[Arrival], refused: list[str]
) -> None:
    found: list[str] = []
    try:
        refuse_over_receipt(arrivals, "poItemId", None if percent is None else Decimal(percent))
    except Conflict as error:
        found = [line["poItemId"] for line in error.details["lines"]]
    assert found == refused
