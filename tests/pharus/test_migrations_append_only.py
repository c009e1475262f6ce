"""The ledgers' machinery: rows that were written stay as they are, until their whole organization goes."""

from collections.abc import Iterator

import peewee
import pytest

from pharus import db
from pharus.db import unit_of_work
from pharus.fields import new_id
from pharus.identity import ANONYMOUS
from tests.pharus.acting import owner_of

CHANGES = ["UPDATE ledger SET quantity = 2", "DELETE FROM ledger", "TRUNCATE ledger"]


@pytest.fixture
def org_id(migrated: str) -> Iterator[str]:
    """An organization with two rows in an append-only table, and one in a table that refers to one of them."""
    org_id = new_id()
    db.db.execute_sql(
        """
        CREATE TABLE ledger (org_id uuid NOT NULL, id uuid NOT NULL, quantity numeric(18,6), PRIMARY KEY (org_id, id));
        CALL make_tenant_table('ledger');
        CALL make_append_only('ledger');
        INSERT INTO organization (id, name, slug) VALUES (%s, 'Maker', 'maker');
        """,
        (org_id,),
    )
    with unit_of_work(owner_of(org_id)):
        for _ in range(2):
            db.db.execute_sql("INSERT INTO ledger VALUES (%s, %s, 1)", (org_id, new_id()))
    return org_id


def quantities() -> list[int]:
    return [int(quantity) for (quantity,) in db.db.execute_sql("SELECT quantity FROM ledger")]


def test_change_by_a_request_is_refused(org_id: str) -> None:
    for change in CHANGES:
        with pytest.raises(peewee.ProgrammingError, match="permission denied"), unit_of_work(owner_of(org_id)):
            db.db.execute_sql(change)
    assert quantities() == [1, 1]


def test_change_by_the_owner_of_the_table_is_refused(org_id: str) -> None:
    """Also in the mode that restores and replication use, where ordinary triggers are silent."""
    for replication in ("origin", "replica", "local"):
        for change in CHANGES:
            with db.db.atomic():
                db.db.execute_sql(f"SET LOCAL session_replication_role = {replication}")
                with pytest.raises(peewee.PeeweeException, match="ledger is append-only") as raised, db.db.atomic():
                    db.db.execute_sql(change)
                assert raised.value.orig.pgcode == "23001"
    assert quantities() == [1, 1]


def test_truncate_that_reaches_the_table_through_another_is_refused(org_id: str) -> None:
    with pytest.raises(peewee.PeeweeException, match="is append-only"):
        db.db.execute_sql("TRUNCATE organization CASCADE")
    assert quantities() == [1, 1]


def test_rows_go_with_their_organization_and_only_those(org_id: str) -> None:
    other = new_id()
    db.db.execute_sql("INSERT INTO organization (id, name, slug) VALUES (%s, 'Other', 'other')", (other,))
    db.db.execute_sql("INSERT INTO ledger VALUES (%s, %s, 7)", (other, new_id()))
    with unit_of_work(ANONYMOUS):
        db.db.execute_sql("DELETE FROM organization WHERE id = %s", (org_id,))
    assert quantities() == [7]


def test_rows_go_with_their_organization_when_the_owner_is_no_superuser(org_id: str) -> None:
    """As on a server where Pharus logs in as a plain role that owns its tables."""
    role = f"pharus_test_owner_{org_id.replace('-', '')}"
    db.db.execute_sql(
        f"""
        CREATE ROLE {role};
        GRANT USAGE ON SCHEMA public TO {role};
        ALTER TABLE ledger OWNER TO {role};
        ALTER TABLE organization OWNER TO {role};
        ALTER TABLE number_sequence OWNER TO {role};
        ALTER FUNCTION refuse_change OWNER TO {role};
        """
    )
    try:
        with pytest.raises(peewee.PeeweeException, match="ledger is append-only"), db.db.atomic():
            db.db.execute_sql("DELETE FROM ledger")
        with unit_of_work(ANONYMOUS):
            db.db.execute_sql("DELETE FROM organization WHERE id = %s", (org_id,))
        assert quantities() == []
    finally:
        db.db.execute_sql(f"REASSIGN OWNED BY {role} TO CURRENT_USER; DROP OWNED BY {role}; DROP ROLE {role}")
