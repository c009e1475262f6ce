import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharus import db, listing
from pharus.db import unit_of_work
from pharus.errors import Invalid
from pharus.listing import Listing, Order, Search, contains, either_flag, flag, newest_of
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
    tried = newest_first if descending else by_name
    with unit_of_work(owner_of(organization.id)):
        ids = vendors.insert_many([{"name": name} for name in names])
        coming_and_going = vendors.insert_many([{"name": chance.choice(names)} for _ in range(5)])
        expected = [row for row in whole(tried) if row in ids]
        seen: list[str] = []
        cursor = None
        while True:
            page = tried.page(ANY, cursor=cursor, limit=limit)
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


def whole(of: Listing[schemas.Vendor]) -> list[str]:
    """All ids in the order of the list, from PostgreSQL itself."""
    direction = "DESC" if of.order.descending else "ASC"
    order = ", ".join(f"{expression} {direction}" for expression in of.order.expressions)
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


def test_cursor_of_another_list_is_refused(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        vendors.insert_many([{"name": "a"}, {"name": "b"}])
        cursor = by_name.page(ANY, limit=1)["nextCursor"]
        assert cursor is not None
        with pytest.raises(Invalid):
            newest_first.page(ANY, cursor=cursor)


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
        text, _ = by_name._build((), by_name._default, after=True)
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


sortable = Listing(
    vendors,
    Order(("sort_key", "id")),
    FILTERS,
    sorts={"name": ("sort_key", "id"), "id": ("id",), "updatedAt": ("updated_at", "id")},
    names={"upper": "upper(name)"},
)


def pages(of: Listing[schemas.Vendor], **paging: Any) -> Iterator[dict[str, Any]]:
    """All rows, one page after the other."""
    cursor: str | None = None
    while True:
        page = of.page(ANY, cursor=cursor, **paging)
        yield from page["data"]  # type: ignore[misc]  # a row is a dictionary
        cursor = page["nextCursor"]
        if cursor is None:
            return


@pytest.mark.parametrize("sort", sortable.orders)
def test_pages_in_every_order_give_each_row_once(organization: Organization, sort: str) -> None:
    with unit_of_work(owner_of(organization.id)):
        for name in "cabbac":
            vendors.insert({"name": name})
        db.db.execute_sql("UPDATE vendor SET updated_at = updated_at + (name = 'a')::int * interval '1 day'")
        order = sortable.orders[sort]
        direction = "DESC" if order.descending else "ASC"
        sql = ", ".join(f"{expression} {direction}" for expression in order.expressions)
        expected = [id for (id,) in db.db.execute_sql(f"SELECT id::text FROM vendor ORDER BY {sql}")]
        assert [row["id"] for row in pages(sortable, sort=sort, limit=2)] == expected


def test_cursor_is_of_one_order(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        vendors.insert_many([{"name": "a"}, {"name": "b"}])
        for sort in (None, *sortable.orders):
            cursor = sortable.page(ANY, sort=sort, limit=1)["nextCursor"]
            for other in (None, *sortable.orders):
                # The list is sorted by name where nothing is asked for.
                if (sort or "name") == (other or "name"):
                    assert sortable.page(ANY, sort=other, cursor=cursor)["data"]
                    continue
                with pytest.raises(Invalid) as raised:
                    sortable.page(ANY, sort=other, cursor=cursor)
                assert [problem.path for problem in raised.value.problems] == ["query/cursor"]


def test_records_by_their_ids(organization: Organization) -> None:
    with unit_of_work(owner_of(factories.make_organization().id)):
        foreign = vendors.insert({"name": "x"})["id"]
    with unit_of_work(owner_of(organization.id)):
        a, _, c = vendors.insert_many([{"name": name} for name in "abc"])
        unknown = "01935d6c-7b1a-7c3e-8f00-00000000dead"
        page = sortable.page(ANY, ids=[c, unknown, a, foreign, a], sort="-name")
        assert [row["id"] for row in page["data"]] == [c, a]
        assert sortable.page({**ANY, "q": "c"}, ids=[a, c])["data"][0]["id"] == c
        assert sortable.page(ANY, ids=[foreign], count="true")["total"] == {"count": 0, "atLeast": False}


def test_what_was_changed_since_a_moment_the_first_at_the_beginning(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        vendors.insert_many([{"name": name} for name in "cba"])
        db.db.execute_sql(
            "UPDATE vendor SET updated_at = CASE name WHEN 'a' THEN '2026-01-01' WHEN 'b' THEN '2026-01-03' "
            "ELSE '2026-01-02' END::timestamptz"
        )

        def changed(since: str, **paging: Any) -> list[str]:
            return [row["name"] for row in pages(sortable, updated_since=since, limit=1, **paging)]

        assert changed("2026-01-02T00:00:00Z") == ["c", "b"]
        assert changed("2026-01-02T00:00:00.000001Z") == ["b"]
        assert changed("2026-01-02T01:00:00+01:00", sort="-updatedAt") == ["b", "c"]
        for since, sort, place in (
            ("2026-01-02T00:00:00Z", "name", "query/sort"),
            ("9999-12-31T23:59:59-23:00", None, "query/updatedSince"),
        ):
            with pytest.raises(Invalid) as raised:
                sortable.page(ANY, updated_since=since, sort=sort)
            assert [problem.path for problem in raised.value.problems] == [place]


def test_count_is_exact_up_to_a_number(organization: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 3)
    searched = Listing(
        vendors, Order(("sort_key", "id")), {"q": Search("name ILIKE %s", "find_ids('vendor', %s)")}, sorts={}
    )
    with unit_of_work(owner_of(organization.id)):
        vendors.insert_many([{"name": name} for name in ("oil 1", "oil 2", "oil 3")])

        def total(**given: Any) -> Any:
            return by_name.page({**ANY, **given}, limit=1, count="true")["total"]

        assert total() == {"count": 3, "atLeast": False}
        assert total(q="%oil 1%") == {"count": 1, "atLeast": False}
        assert searched.page({"q": "%oil%"}, limit=1, count="true")["total"] == {"count": 3, "atLeast": False}
        vendors.insert({"name": "oil 4"})
        assert total() == {"count": 3, "atLeast": True}
        assert searched.page({"q": "%oil%"}, limit=1, count="true")["total"] == {"count": 3, "atLeast": True}
        assert "total" not in by_name.page(ANY, count="false")
        cursor = by_name.page(ANY, limit=1)["nextCursor"]
        assert by_name.page(ANY, cursor=cursor, count="true")["total"] == total()


def test_search_that_finds_in_one_order_takes_no_other(organization: Organization) -> None:
    ids = "find_ids('vendor', %s) || " + newest_of("vendor", "broker_id", "SELECT 1")
    bound = Listing(
        vendors,
        Order(("id",), descending=True),
        {"q": Search("name ILIKE %s", ids)},
        sorts={"id": ("id",), "name": ("sort_key", "id")},
    )
    with unit_of_work(owner_of(organization.id)):
        for sort in ("id", "name"):
            with pytest.raises(Invalid) as raised:
                bound.page({"q": "%x%"}, sort=sort)
            assert [problem.path for problem in raised.value.problems] == ["query/sort"]
            assert bound.page({"q": None}, sort=sort)["data"] == []


def test_names_are_beside_the_keys_where_they_are_asked_for(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        vendors.insert_many([{"name": name} for name in "ab"])
        (row, *_), plain = sortable.page(ANY, expand="names", sort="-updatedAt")["data"], sortable.page(ANY)["data"][0]
        assert (row["upper"], set(row) - set(plain)) == (str(row["name"]).upper(), {"upper"})
        assert [row["upper"] for row in pages(sortable, expand="names", limit=1)] == ["A", "B"]


def test_filter_of_two_names_must_not_contradict_itself() -> None:
    assert [either_flag(*given) for given in (("true", None), (None, "false"), ("true", "true"), (None, None))] == [
        True,
        False,
        True,
        None,
    ]
    with pytest.raises(Invalid) as raised:
        either_flag("true", "false")
    assert [problem.path for problem in raised.value.problems] == ["query/active"]
