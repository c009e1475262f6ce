"""What a summary shows is written by PostgreSQL: it must be what exact arithmetic would show."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pharus.db import db
from pharus.fields import canonical, canonical_sql
from plugins.inventory.operations import _SUMMARY

_TEXT = (
    f"SELECT {canonical_sql(_SUMMARY['averageCost'])} FROM (SELECT %s::numeric AS value, %s::numeric AS on_hand) AS b"
)


def shown(value: Decimal, on_hand: Decimal) -> str | None:
    row = db.row(_TEXT, (value, on_hand))
    return row[0]  # type: ignore[no-any-return]


@settings(max_examples=200)
@given(
    value=st.decimals(0, Decimal("1e18"), places=12),
    on_hand=st.decimals(Decimal("0.000001"), Decimal("999999999999.999999"), places=6),
)
@example(value=Decimal("0.000001"), on_hand=Decimal(2))
@example(value=Decimal("2.4999995"), on_hand=Decimal(1))
@example(value=Decimal("123456789012345678.000000000001"), on_hand=Decimal("0.000001"))
@example(value=Decimal("1.499999499999"), on_hand=Decimal("0.999999"))
def test_average_cost_is_rounded_half_up_once(value: Decimal, on_hand: Decimal) -> None:
    assert shown(value, on_hand) == canonical((value / on_hand).quantize(Decimal("0.000001"), ROUND_HALF_UP))


def test_average_cost_of_nothing_is_null() -> None:
    assert shown(Decimal(0), Decimal(0)) is None
