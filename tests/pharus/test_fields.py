import re
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import pairwise
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus import db
from pharus.fields import AmountField, IdField, InstantField, canonical, ids_of_days, new_id, new_ids

AMOUNTS = st.decimals(min_value="-999999999999.999999", max_value="999999999999.999999", places=6, allow_nan=False)


class Measured(db.Model):
    id = IdField(primary_key=True)
    amount = AmountField()
    at = InstantField()

    class Meta:
        schema = "pg_temp"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("950.000000", "950"),
        ("0.100000", "0.1"),
        ("1E+3", "1000"),
        ("1E-6", "0.000001"),
        ("-0.0", "0"),
        ("-0", "0"),
        ("0E+5", "0"),
        ("100", "100"),
        ("-2.50", "-2.5"),
        ("123456789012.123456", "123456789012.123456"),
    ],
)
def test_canonical_has_no_exponent_no_trailing_zeros_no_minus_zero(value: str, text: str) -> None:
    assert canonical(Decimal(value)) == text


@given(AMOUNTS)
def test_canonical_is_exact_and_the_same_for_equal_values(value: Decimal) -> None:
    text = canonical(value)
    assert Decimal(text) == value
    assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", text)
    assert text != "-0"
    for equal in (value.normalize(), value + Decimal("0.000000"), Decimal(text)):
        assert canonical(equal) == text


def test_new_id_is_a_uuid_7_and_ordered_by_time() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 1000
    assert {UUID(id).version for id in ids} == {7}
    assert abs((UUID(ids[-1]).int >> 80) / 1000 - time.time()) < 5


def test_new_id_does_not_show_how_many_were_made_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = time.time_ns() + 10**9
    monkeypatch.setattr("time.time_ns", lambda: moment)
    ids = [UUID(new_id()).int for _ in range(500)]
    distances = [after - before for before, after in pairwise(ids)]
    assert min(distances) > 0
    assert len(set(distances)) == len(distances)
    assert sorted(distances)[len(distances) // 20] > 2**48


def test_new_ids_ascend_and_so_do_those_before_and_after_them(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = time.time_ns() + 2 * 10**9
    monkeypatch.setattr("time.time_ns", lambda: moment)
    ids = [new_id(), *new_ids(1000), new_id(), *new_ids(2), *new_ids(1), new_id()]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids) == 1006
    assert [str(UUID(id)) for id in ids] == ids
    assert {(UUID(id).version, UUID(id).variant) for id in ids} == {(7, "specified in RFC 4122")}
    assert (UUID(ids[-1]).int >> 80) - moment // 1_000_000 in range(10)
    assert new_ids(0) == []


def test_new_ids_do_not_show_how_many_were_made_in_between() -> None:
    distances = [UUID(after).int - UUID(before).int for before, after in pairwise(new_ids(500))]
    assert len(set(distances)) == len(distances)
    assert sorted(distances)[len(distances) // 20] > 2**48


def test_new_id_of_a_process_that_was_split_off_is_its_own() -> None:
    program = (
        "import os, sys\nfrom pharus.fields import new_id\nnew_id()\nread, write = os.pipe()\n"
        "if os.fork() == 0:\n    os.write(write, new_id().encode())\n    os._exit(0)\n"
        "print(new_id()[-12:] == os.read(read, 36).decode()[-12:])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.fixture
def table() -> None:
    make_table()


def make_table() -> None:
    db.db.execute_sql("CREATE TEMPORARY TABLE IF NOT EXISTS measured (id uuid, amount numeric(18,6), at timestamptz)")


@given(amount=AMOUNTS)
def test_amount_comes_back_from_the_database_with_every_digit(amount: Decimal) -> None:
    make_table()
    id = new_id()
    Measured.insert(id=id, amount=amount, at=datetime.now(UTC)).execute()
    found = Measured.get(Measured.id == id)
    assert isinstance(found.amount, Decimal)
    assert found.amount == amount


def test_id_comes_back_as_text(table: None) -> None:
    id = new_id()
    Measured.insert(id=id, amount=Decimal(1), at=datetime.now(UTC)).execute()
    assert [type(row.id) for row in Measured.select().where(Measured.id == id)] == [str]
    assert db.db.row("SELECT %s::uuid, ARRAY[%s::uuid]", (id, id)) == (id, [id])


def test_instant_comes_back_in_utc(table: None) -> None:
    id = new_id()
    at = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-7)))
    Measured.insert(id=id, amount=Decimal(1), at=at).execute()
    found = Measured.get(Measured.id == id).at
    assert found == at
    assert found.tzinfo is UTC


def test_ids_of_days_are_in_the_order_of_the_days_and_of_the_list() -> None:
    days = [date(2021, 3, 4), date(2020, 1, 1), date(2021, 3, 4), date(1969, 12, 31), date(1970, 1, 1)]
    ids = ids_of_days(days)
    assert sorted(ids) == [ids[at] for at in (3, 4, 1, 0, 2)]
    assert all(UUID(id).version == 7 and UUID(id).variant == RFC_4122 for id in ids)
    assert max(ids) < new_id()
    assert len(set(ids_of_days([date(2021, 1, 1)] * 1000))) == 1000
