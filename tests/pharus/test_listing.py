import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharus import db
from pharus.db import unit_of_work
from pharus.errors import Invalid
from pharus.listing import Listing, Order, contains, flag, read_cursor, write_cursor
from pharus.records import Records
from plugins.vendors import models, schemas
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of

vendors = Records(models.Vendor, schemas.Vendor)
FILTERS = {"is_active": "is_active = %s", "q": "name ILIKE %s OR notes ILIKE %s"}
# No filter is used, and each is named.
ANY = dict.fromkeys(FILTERS)
by_name = Listing(vendors, Order(("sort_key", "id")), FILTERS)
newest_first = Listing(vendors, Order(("created_at", "id"), descending=True), FILTERS)

# Few different names, so that many are equal, and letters that sort differently in every collation.
NAMES = st.sampled_from(["a", "A", "b", "ä", "Ä", "ß", "É", "e", "z", "Z", "_", "%", "10", "9", "日本", "😀", " a"])


@given(
    names=st.lists(NAMES, min_size=1, max_size=25),
    limit=st.integers(1, 30),
    seed=st.integers(0, 2**32),
    descending=st.booleans(),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_pages_give_each_untouched_row_exactly_once_in_order_while_others_come_and_go(
    names: list[str], limit: int, seed: int, descending: bool
) -> None:
    chance = random.Random(seed)
    organization = factories.make_organization()
    listing = newest_first if descending else by_name
    with unit_of_work(owner_of(organization.id)):
        ids = vendors.insert_many([{"name": name} for name in names])
        coming_and_going = vendors.insert_many([{"name": chance.choice(names)} for _ in range(5)])
        expected = [row for row in whole(listing) if row in ids]
        seen: list[str] = []
        cursor = None
        while True:
            page = listing.page(ANY, cursor=cursor, limit=limit)
            assert len(page["data"]) <= limit
            seen += [row["id"] for row in page["data"]]
            cursor = page["nextCursor"]
            if cursor is None:
                break
            assert len(page["data"]) == limit
            # Others add and remove rows between two pages; were there no end to that, a list would have none either.
            if coming_and_going:
                vendors.insert({"name": chance.choice(names)})
                vendors.delete(coming_and_going.pop())
            assert len(seen) <= len(names) + 10, "the pages never end"
    assert len(seen) == len(set(seen)), "a row came twice"
    assert [id for id in seen if id in ids] == expected


def whole(listing: Listing[schemas.Vendor]) -> list[str]:
    """All ids in the order of the list, from PostgreSQL itself."""
    direction = "DESC" if listing.order.descending else "ASC"
    order = ", ".join(f"{expression} {direction}" for expression in listing.order.expressions)
    return [id for (id,) in db.db.execute_sql(f"SELECT id::text FROM vendor ORDER BY {order}")]


def test_page_without_limit_holds_a_hundred_and_the_last_has_no_cursor(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        vendors.insert_many([{"name": f"{number:03}"} for number in range(200)])
        first = by_name.page(ANY)
        assert [row["name"] for row in first["data"]] == [f"{number:03}" for number in range(100)]
        second = by_name.page(ANY, cursor=first["nextCursor"])
        assert [row["name"] for row in second["data"]] == [f"{number:03}" for number in range(100, 200)]
        assert second["nextCursor"] is None


def test_page_filters_by_what_is_given_and_keeps_it_behind_a_cursor(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        vendors.insert_many(
            [
                {"name": f"{'oil' if number % 2 else 'box'} {number}", "is_active": number % 3 > 0}
                for number in range(12)
            ]
        )
        page = by_name.page({"is_active": True, "q": contains("OIL")}, limit=2)
        assert [row["name"] for row in page["data"]] == ["oil 1", "oil 11"]
        page = by_name.page({"is_active": True, "q": contains("OIL")}, limit=2, cursor=page["nextCursor"])
        assert [row["name"] for row in page["data"]] == ["oil 5", "oil 7"]
        assert page["nextCursor"] is None
        assert len(by_name.page({"is_active": None, "q": None})["data"]) == 12


def test_contains_takes_wildcards_literally(organization: Organization) -> None:
    names = ["50% off", "50 off", "a_b", "aXb", r"back\slash", "backslash"]
    with unit_of_work(owner_of(organization.id)):
        vendors.insert_many([{"name": name} for name in names])

        def found(text: str) -> list[str]:
            return [row["name"] for row in by_name.page({**ANY, "q": contains(text)})["data"]]

        assert found("50%") == ["50% off"]
        assert found("A_B") == ["a_b"]
        assert found("\\") == [r"back\slash"]
        assert found("%") == ["50% off"]
        assert found("'; DROP TABLE vendor; --") == []
        assert sorted(found("")) == sorted(names)


def test_cursor_with_any_byte_changed_is_refused(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        cursor = write_cursor("vendor", ["ä", "00000000-0000-7000-8000-000000000000"])
        assert read_cursor("vendor", cursor, 2) == ["ä", "00000000-0000-7000-8000-000000000000"]
        for position in range(len(cursor)):
            for other in "Aa0-_=":
                if cursor[position] != other:
                    with pytest.raises(Invalid) as raised:
                        read_cursor("vendor", cursor[:position] + other + cursor[position + 1 :], 2)
                    assert [problem.path for problem in raised.value.problems] == ["query/cursor"]
        for tampered in (
            "",
            cursor[:-1],
            cursor + "A",
            cursor + "=",
            cursor + "\n",
            " " + cursor,
            "ä",
            "\0",
            "A" * 5000,
        ):
            with pytest.raises(Invalid):
                read_cursor("vendor", tampered, 2)


def test_cursor_of_another_list_is_refused(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        vendors.insert_many([{"name": "a"}, {"name": "b"}])
        cursor = by_name.page(ANY, limit=1)["nextCursor"]
        assert cursor is not None
        with pytest.raises(Invalid):
            newest_first.page(ANY, cursor=cursor)
        with pytest.raises(Invalid):
            read_cursor("vendor", cursor, 2)
        with pytest.raises(Invalid):
            read_cursor("vendor:sort_key,id", cursor, 3)


def test_cursor_of_another_organization_shows_nothing_of_it(organization: Organization) -> None:
    other = factories.make_organization()
    with unit_of_work(owner_of(other.id)):
        theirs = vendors.insert_many([{"name": "b"}, {"name": "d"}])
        cursor = by_name.page(ANY, limit=1)["nextCursor"]
    with unit_of_work(owner_of(organization.id)):
        ours = vendors.insert_many([{"name": "a"}, {"name": "c"}])
        page = by_name.page(ANY, cursor=cursor)
    assert [row["id"] for row in page["data"]] == [ours[1]]
    assert not set(theirs) & {row["id"] for row in page["data"]}


def test_page_is_read_from_the_index_of_its_order(organization: Organization) -> None:
    """No page sorts the whole table, and none reads the rows before it: the cursor is a condition of the index."""
    with unit_of_work(owner_of(organization.id)):
        vendors.insert_many([{"name": f"{number}"} for number in range(300)])
        db.db.execute_sql(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
        )
        text, _ = by_name._build((), True)
        plan = db.db.execute_sql(f"EXPLAIN {text}", (organization.id, "a", organization.id, 10)).fetchall()
    lines = "\n".join(line for (line,) in plan)
    assert "vendor_by_name" in lines, lines
    assert re.search(r"Index Cond: .*ROW\(sort_key, id\) > ROW", lines), lines
    assert "Sort" not in lines, lines


def test_flag_reads_true_and_false() -> None:
    assert [flag(text) for text in ("true", "false", None)] == [True, False, None]
    assert contains(None) is None


def test_filter_that_is_forgotten_or_unknown_is_refused(unit: db.Unit) -> None:
    for named in ({}, {"q": None}, {**ANY, "colour": None}):
        with pytest.raises(TypeError, match="this list has the filters"):
            by_name.page(named)
