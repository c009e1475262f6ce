from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

import pharus_batches
from pharus_batches.rules import BatchBalance, Part, available_parts, first_expiry_first_out, reverse_parts

QUANTITIES = st.decimals(min_value="0.000001", max_value=1000, places=6)
BALANCES = st.lists(st.tuples(st.dates() | st.none(), st.just(Decimal(0)) | QUANTITIES), max_size=8).map(
    lambda batches: [BatchBalance(str(n), f"MIL-{n:06d}", day, quantity) for n, (day, quantity) in enumerate(batches)]
)


def balances(*batches: tuple[str, date | None, int]) -> list[BatchBalance]:
    return [BatchBalance(number, number, expires_on, Decimal(quantity)) for number, expires_on, quantity in batches]


def test_what_expires_first_goes_first_and_what_never_does_last() -> None:
    batches = balances(
        ("1", None, 5), ("2", date(2027, 5, 1), 5), ("3", date(2027, 1, 1), 5), ("4", date(2027, 5, 1), 5)
    )
    assert first_expiry_first_out(batches, Decimal(17)) == [
        Part("3", Decimal(5)), Part("2", Decimal(5)), Part("4", Decimal(5)), Part("1", Decimal(2)),
    ]  # fmt: skip


def test_number_that_has_grown_longer_comes_later() -> None:
    batches = balances(("MIL-1000000", None, 1), ("MIL-999999", None, 1))
    assert [part.batch_id for part in first_expiry_first_out(batches, Decimal(2))] == ["MIL-999999", "MIL-1000000"]


@given(BALANCES, QUANTITIES)
def test_never_more_than_there_is_nor_than_is_requested(batches: list[BatchBalance], quantity: Decimal) -> None:
    parts = first_expiry_first_out(batches, quantity)
    there = {batch.batch_id: batch.quantity for batch in batches}
    assert all(0 < part.quantity <= there[part.batch_id] for part in parts)
    assert len({part.batch_id for part in parts}) == len(parts)
    assert sum(part.quantity for part in parts) == min(quantity, sum(there.values()))


@given(BALANCES, QUANTITIES)
def test_reversing_all_is_the_exact_opposite(batches: list[BatchBalance], quantity: Decimal) -> None:
    moved = [Part(part.batch_id, -part.quantity) for part in first_expiry_first_out(batches, quantity)]
    back = reverse_parts(moved, quantity, quantity)
    assert sorted(back, key=lambda part: part.batch_id) == sorted(
        (Part(part.batch_id, -part.quantity) for part in moved), key=lambda part: part.batch_id
    )


def test_receipt_that_is_reversed_after_some_of_it_was_used_takes_the_rest_from_others() -> None:
    batches = {batch.batch_id: batch for batch in balances(("1", None, 3), ("2", date(2027, 1, 1), 10))}
    assert available_parts([Part("1", Decimal(-5))], batches) == [Part("1", Decimal(-3)), Part("2", Decimal(-2))]


@given(BALANCES, st.lists(st.tuples(st.integers(0, 9), QUANTITIES), max_size=4))
def test_no_batch_is_ever_taken_below_nothing(batches: list[BatchBalance], requests: list[tuple[int, Decimal]]) -> None:
    there = {batch.batch_id: batch for batch in batches}
    left = {batch.batch_id: batch.quantity for batch in batches}
    for part in available_parts([Part(str(n), -quantity) for n, quantity in requests], there):
        left[part.batch_id] += part.quantity
    assert all(quantity >= 0 for quantity in left.values())


def test_files_may_name_a_batch_by_its_number() -> None:
    [naming] = pharus_batches.namings()
    assert (naming.table, naming.by, naming.keys) == ("batches_batch", ("text_key(number)",), ("batchId",))
