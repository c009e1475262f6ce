"""Segments of searched texts: which records find_ids finds, as they are written, changed, deleted and put together."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import psycopg2
import pytest

from pharus import migrations
from pharus.db import db, maintenance, unit_of_work
from plugins import manager
from plugins.materials.records import materials
from plugins.vendors.records import vendors
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of


def find(q: str, table: str = "vendor") -> list[str]:
    """As the list does: what may match, and of that what does."""
    (ids,) = db.row("SELECT find_ids(%s, %s)::text[]", (table, f"%{q}%"))
    texts = "material_code || name" if table == "material" else "name"
    return [
        id
        for (id,) in db.rows(
            f"SELECT id::text FROM {table} WHERE id = ANY(%s::uuid[]) AND {texts} ILIKE %s", (ids, f"%{q}%")
        )
    ]


def sizes(table: str = "vendor") -> list[int]:
    return [size for (size,) in db.rows("SELECT size FROM search_segment WHERE searched = %s ORDER BY size", (table,))]


def store(names: Iterable[str]) -> list[str]:
    return vendors.insert_many({"name": name} for name in names)


def test_records_of_one_statement_are_put_into_segments_together(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        ids = store(f"Many {number:04}" for number in range(600))
        assert sizes() == [88, 256, 256]
        for number in (0, 255, 256, 511, 512, 599):
            assert find(f"MANY {number:04}") == [ids[number]]
        assert sorted(find("many")) == sorted(ids)
        assert find("many 0600") == []


def test_single_record_has_a_segment_and_each_of_its_texts_is_found(organization: Organization) -> None:
    type_id = factories.make_material_type(organization.id)
    with unit_of_work(owner_of(organization.id)):
        material = materials.insert({"material_code": "OIL-7", "name": "Öl", "material_type_id": type_id})
        assert sizes("material") == [1]
        for q in ("oil", "l-7", "ÖL", "ö"):
            assert find(q, "material") == [material["id"]]
        # A part that begins in one text and ends in another is none.
        assert find("7ö", "material") == []


def test_renamed_record_is_found_by_its_new_name_and_by_no_other(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        first, second = store(["Before", "Beside"])
        vendors.update(first, {"name": "After"})
        vendors.update(second, {"notes": "nothing that is searched"})
        assert find("before") == []
        assert find("after") == [first]
        assert find("beside") == [second]
        assert sum(sizes()) == 3


def test_deleted_record_is_found_no_more(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        (id,) = store(["Gone"])
        assert find("gone") == [id]
        db.execute_sql("DELETE FROM vendor WHERE id = %s", (id,))
        assert find("gone") == []


def test_what_is_undone_leaves_nothing(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        with pytest.raises(RuntimeError), db.savepoint():
            store(["Undone"])
            assert len(find("undone")) == 1
            raise RuntimeError
        assert sizes() == []


def test_small_segments_are_put_together(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        many = store(f"Bulk {number}" for number in range(300))
        single = [vendors.insert({"name": f"Single {number}"})["id"] for number in range(300)]
        vendors.update(single[0], {"name": "Other"})
        vendors.update(single[0], {"name": "Single 0"})
        db.execute_sql("SELECT merge_search_segments(%s, 'vendor')", (organization.id,))
        # What a record had in between stays until all is written anew, and what it has again where they meet.
        assert sum(sizes()) in (601, 602)
        assert len(sizes()) == 3
        assert sorted(find("single")) == sorted(single)
        assert sorted(find("bulk")) == sorted(many)
        assert find("other") == []


def test_segments_that_are_mostly_out_of_date_are_written_anew(organization: Organization) -> None:
    def renew() -> None:
        db.execute_sql(
            "SELECT renew_search_segments('vendor', $$replace(lower(name), E'\\x01', ' ')$$, %s)", (organization.id,)
        )

    with unit_of_work(owner_of(organization.id)):
        ids = store(f"Name {number}" for number in range(1000))
        renew()
        assert sum(sizes()) == 1000
        db.execute_sql(
            "INSERT INTO search_segment (org_id, searched, size, ids, content) "
            "SELECT org_id, searched, size, ids, content FROM search_segment, generate_series(1, 3)"
        )
        assert sum(sizes()) == 4000
        renew()
        assert sizes() == [232, 256, 256, 256]
        assert sorted(find("name")) == sorted(ids)


def test_changes_clean_up_after_themselves(organization: Organization) -> None:
    """Now and then one of them does: after so many it has happened."""
    with unit_of_work(owner_of(organization.id)):
        store(f"Name {number}" for number in range(500))
        db.row("SELECT setseed(0.5)")
        for turn in range(20):
            db.execute_sql("UPDATE vendor SET name = name || %s", (str(turn % 10),))
        assert sum(sizes()) < 4_000
        assert len(sizes()) < 2_000
        db.execute_sql("DELETE FROM vendor")
        store(f"New {number}" for number in range(10))
        assert len(find("new")) == 10


def test_two_at_once_put_together_what_the_other_has_not(database_url: str, organization: Organization) -> None:
    """Neither waits for the other, and nothing is lost or found twice in the end."""
    with unit_of_work(owner_of(organization.id)):
        ids = [vendors.insert({"name": f"Single {number}"})["id"] for number in range(20)]
    merge = "SELECT merge_search_segments(%s, 'vendor')"
    one, other = psycopg2.connect(database_url), psycopg2.connect(database_url)
    try:
        for connection in (one, other):
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '1s'")
                cursor.execute("SET LOCAL ROLE pharus_app")
                cursor.execute("SELECT set_config('pharus.org_id', %s, true)", (organization.id,))
                cursor.execute(merge, (organization.id,))
        other.commit()
        one.commit()
    finally:
        one.close()
        other.close()
    with unit_of_work(owner_of(organization.id)):
        assert sizes() == [20]
        assert sorted(find("single")) == sorted(ids)


@contextmanager
def acting_as(role: str | None) -> Iterator[None]:
    if role is not None:
        db.execute_sql(f"SET ROLE {role}")
    try:
        yield
    finally:
        db.execute_sql("RESET ROLE")


@pytest.fixture(params=["superuser", "owner of the tables alone"])
def login(scratch: str, request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Who makes the tables and migrates; None is a superuser, whom row-level security does not hold back."""
    if request.param == "superuser":
        yield None
        return
    role = f"pharus_test_owner_{secrets.token_hex(8)}"
    db.execute_sql(f"CREATE ROLE {role}; GRANT USAGE, CREATE ON SCHEMA public TO {role} WITH GRANT OPTION")
    db.execute_sql(f"GRANT pharus_app, pharus_platform, pharus_purge, pharus_search, pharus_maintenance TO {role}")
    yield role
    db.execute_sql(f"REASSIGN OWNED BY {role} TO CURRENT_USER; DROP OWNED BY {role}; DROP ROLE {role}")


def test_database_of_before_is_searched_as_before(login: str | None) -> None:
    every = migrations.read(manager.sources(manager.load(())))
    with acting_as(login):
        migrations.apply([each for each in every if each.name != "0007_search_segments.sql"])
    organizations = [factories.make_organization().id for _ in range(2)]
    for org_id in organizations:
        factories.make_vendor(org_id, name="Zürich Öl")
        factories.make_material(org_id, code="M-1", name="Harz")
    with maintenance():
        db.execute_sql(
            "INSERT INTO vendor (org_id, id, name) SELECT %s, gen_random_uuid(), 'Many ' || i "
            "FROM generate_series(1, 300) AS i",
            (organizations[0],),
        )
    with acting_as(login):
        assert migrations.apply(every) == 1
    with unit_of_work(owner_of(organizations[0])):
        assert sizes() == [45, 256]
        assert len(find("ÖL")) == len(find("many 299")) == 1
        # What a server of the version before asks.
        (ids,) = db.row("SELECT search_vendor(%s)::text[]", ("%MANY 299%",))
        assert ids == find("many 299")
        assert len(find("m-1", "material")) == len(find("harz", "material")) == 1
        (id,) = store(["Afterwards"])
        assert find("afterwards") == [id]
    left = db.rows("SELECT relname FROM pg_class WHERE relname ~ '_search$' AND relkind = 'i'", ())
    left += db.rows("SELECT proname FROM pg_proc WHERE proname IN ('search_keys', 'searched_keys')", ())
    left += db.rows("SELECT polname FROM pg_policy WHERE polname = 'search'", ())
    assert left == []
    unforced = "SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity AND relname = ANY(%s)"
    assert db.rows(unforced, (["vendor", "material", "search_segment"],)) == []
