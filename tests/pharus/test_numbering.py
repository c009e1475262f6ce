from concurrent.futures import ThreadPoolExecutor

import pytest

from pharus import db
from pharus.db import unit_of_work
from pharus.errors import NotFound
from pharus.numbering import Number, given_among, order_numbers, take
from tests import database, factories
from tests.factories import Organization
from tests.pharus.acting import at_once, owner_of


def take_one(org_id: str, kind: str = "PO", year: int = 2026) -> int:
    with unit_of_work(owner_of(org_id)):
        [number] = take(kind, year)
    return number


def test_take_counts_from_one_for_each_organization_kind_and_year(organization: Organization) -> None:
    other = factories.make_organization()
    assert [take_one(organization.id) for _ in range(3)] == [1, 2, 3]
    assert take_one(organization.id, kind="SO") == 1
    assert take_one(organization.id, year=2027) == 1
    assert take_one(other.id) == 1
    assert take_one(organization.id) == 4


def test_take_block_gives_that_many_in_a_row(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        assert list(take("PO", 2026)) == [1]
        assert list(take("PO", 2026, 5)) == [2, 3, 4, 5, 6]
        assert list(take("PO", 2026)) == [7]


def test_take_never_gives_a_number_again_after_a_rollback(unpooled: str, organization: Organization) -> None:
    with pytest.raises(NotFound), unit_of_work(owner_of(organization.id)):
        assert list(take("PO", 2026)) == [1]
        raise NotFound("the order's vendor")
    assert take_one(organization.id) == 2


def test_take_does_not_wait_for_the_open_transaction_of_another(unpooled: str, organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        assert list(take("PO", 2026)) == [1]
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(take_one, organization.id).result(timeout=5) == 2
            pool.submit(db.disconnect).result()
        assert list(take("PO", 2026)) == [3]


def test_take_by_many_at_once_gives_no_number_twice(organization: Organization) -> None:
    numbers = at_once(16, lambda _: [take_one(organization.id) for _ in range(50)])
    assert sorted(number for mine in numbers for number in mine) == list(range(1, 801))
    assert all(mine == sorted(mine) for mine in numbers)


def test_take_survives_a_connection_that_broke_while_idle(unpooled: str, organization: Organization) -> None:
    assert take_one(organization.id) == 1
    found = database.execute(
        unpooled,
        "SELECT pid FROM pg_stat_activity WHERE query LIKE %s AND pid <> pg_backend_pid()",
        f"SET LOCAL synchronous_commit%{organization.id}%",
    )
    assert len(found) == 1
    for (pid,) in found:
        database.execute(unpooled, "SELECT pg_terminate_backend(%s, 5000)", pid)
    assert take_one(organization.id) == 2


def test_take_outside_of_a_unit_raises() -> None:
    with pytest.raises(LookupError):
        take("PO", 2026)


def test_order_numbers_have_prefix_year_and_at_least_four_digits(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        assert order_numbers("PO", 2026, 2) == ["PO-2026-0001", "PO-2026-0002"]
        take("PO", 2026, 9_997)
        assert order_numbers("PO", 2026) == ["PO-2026-10000"]


def test_given_among_says_what_take_has_given_and_goes_on_behind_the_others(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        take("PO", 2026, 3)
    numbers = [Number(2026, counter) for counter in (2, 3, 4, 9)] + [Number(2021, 5)]
    with unit_of_work(owner_of(organization.id)):
        assert given_among("PO", numbers, go_on_behind=False) == {Number(2026, 2), Number(2026, 3)}
        assert given_among("PO", [], go_on_behind=True) == set()
        assert given_among("PO", numbers, go_on_behind=True) == {Number(2026, 2), Number(2026, 3)}
        assert order_numbers("PO", 2026) == ["PO-2026-0010"]
        assert order_numbers("PO", 2021) == ["PO-2021-0006"]
    with unit_of_work(owner_of(organization.id)):
        # What was passed over is nobody's yet, in whatever order it comes; what was given behind it is somebody's.
        later = [Number(2026, counter) for counter in (4, 8, 10, 12)] + [Number(2021, 1), Number(2021, 6)]
        for go_on_behind in (False, True):
            given = given_among("PO", later, go_on_behind=go_on_behind)
            assert given == {Number(2026, 10), Number(2021, 6)}
        assert order_numbers("PO", 2026) == ["PO-2026-0013"]


def test_given_among_goes_on_behind_even_when_the_import_is_rolled_back(
    unpooled: str, organization: Organization
) -> None:
    with pytest.raises(NotFound), unit_of_work(owner_of(organization.id)):
        given_among("PO", [Number(2026, 7)], go_on_behind=True)
        raise NotFound("the order's vendor")
    assert take_one(organization.id) == 8
    with unit_of_work(owner_of(organization.id)):
        assert given_among("PO", [Number(2026, 7), Number(2026, 8)], go_on_behind=True) == {Number(2026, 8)}


def test_what_is_brought_along_and_what_is_taken_at_once_are_never_the_same(organization: Organization) -> None:
    """Half of them bring numbers along, in no order, half take them: each number is one caller's alone."""

    def work(caller: int) -> list[int]:
        if caller % 2:
            return [take_one(organization.id) for _ in range(20)]
        mine = []
        for step in range(20):
            number = Number(2026, 1 + (caller // 2 + 4 * ((7 * step) % 40)))
            with unit_of_work(owner_of(organization.id)):
                if not given_among("PO", [number], go_on_behind=True):
                    mine.append(number.counter)
        return mine

    found = [number for mine in at_once(8, work) for number in mine]
    assert len(found) == len(set(found))
    assert len(found) > 80
