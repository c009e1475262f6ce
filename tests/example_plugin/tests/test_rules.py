from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

import pharus_lots
from pharus_lots.rules import LotBalance, Part, available_parts, first_expiry_first_out, reverse_parts

QUANTITIES = st.decimals(min_value="0.000001", max_value=1000, places=6)
BALANCES = st.lists(st.tuples(st.dates() | st.none(), st.just(Decimal(0)) | QUANTITIES), max_size=8).map(
    lambda lots: [LotBalance(str(n), f"MIL-{n:06d}", day, quantity) for n, (day, quantity) in enumerate(lots)]
)


def balances(*lots: tuple[str, date | None, int]) -> list[LotBalance]:
    return [LotBalance(number, number, expires_on, Decimal(quantity)) for number, expires_on, quantity in lots]


def test_what_expires_first_goes_first_and_what_never_does_last() -> None:
    lots = balances(("1", None, 5), ("2", date(2027, 5, 1), 5), ("3", date(2027, 1, 1), 5), ("4", date(2027, 5, 1), 5))
    assert first_expiry_first_out(lots, Decimal(17)) == [
        Part("3", Decimal(5)), Part("2", Decimal(5)), Part("4", Decimal(5)), Part("1", Decimal(2)),
    ]  # fmt: skip


def test_number_that_has_grown_longer_comes_later() -> None:
    lots = balances(("MIL-1000000", None, 1), ("MIL-999999", None, 1))
    assert [part.lot_id for part in first_expiry_first_out(lots, Decimal(2))] == ["MIL-999999", "MIL-1000000"]


@given(BALANCES, QUANTITIES)
def test_never_more_than_there_is_nor_than_is_requested(lots: list[LotBalance], quantity: Decimal) -> None:
    parts = first_expiry_first_out(lots, quantity)
    there = {lot.lot_id: lot.quantity for lot in lots}
    assert all(0 < part.quantity <= there[part.lot_id] for part in parts)
    assert len({part.lot_id for part in parts}) == len(parts)
    assert sum(part.quantity for part in parts) == min(quantity, sum(there.values()))


@given(BALANCES, QUANTITIES)
def test_reversing_all_is_the_exact_opposite(lots: list[LotBalance], quantity: Decimal) -> None:
    moved = [Part(part.lot_id, -part.quantity) for part in first_expiry_first_out(lots, quantity)]
    back = reverse_parts(moved, quantity, quantity)
    assert sorted(back, key=lambda part: part.lot_id) == sorted(
        (Part(part.lot_id, -part.quantity) for part in moved), key=lambda part: part.lot_id
    )


def test_receipt_that_is_reversed_after_some_of_it_was_used_takes_the_rest_from_others() -> None:
    lots = {lot.lot_id: lot for lot in balances(("1", None, 3), ("2", date(2027, 1, 1), 10))}
    assert available_parts([Part("1", Decimal(-5))], lots) == [Part("1", Decimal(-3)), Part("2", Decimal(-2))]


@given(BALANCES, st.lists(st.tuples(st.integers(0, 9), QUANTITIES), max_size=4))
def test_no_lot_is_ever_taken_below_nothing(lots: list[LotBalance], requests: list[tuple[int, Decimal]]) -> None:
    there = {lot.lot_id: lot for lot in lots}
    left = {lot.lot_id: lot.quantity for lot in lots}
    for part in available_parts([Part(str(n), -quantity) for n, quantity in requests], there):
        left[part.lot_id] += part.quantity
    assert all(quantity >= 0 for quantity in left.values())


def test_files_may_name_a_lot_by_its_number() -> None:
    [naming] = pharus_lots.namings()
    assert (naming.table, naming.by, naming.keys) == ("lots_lot", ("text_key(number)",), ("lotId",))
