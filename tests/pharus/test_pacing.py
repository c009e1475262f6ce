"""Imports of thousands of rows beside other organizations."""

from collections.abc import Iterator

import pytest

from pharus import db as database
from pharus import pacing
from pharus.db import db
from plugins.vendors.records import vendors
from tests.statements import statements


@pytest.fixture
def others() -> Iterator[list[bool]]:
    """Whether others are there, for a test to change."""
    there = [True]
    token = pacing.others.set(lambda: there[-1])
    yield there
    pacing.others.reset(token)


def names(count: int) -> list[dict[str, str]]:
    return [{"name": f"{number:04d}"} for number in range(count)]


def stored() -> list[str]:
    return [name for (name,) in db.rows("SELECT name FROM vendor ORDER BY name")]


def test_beside_others_many_rows_go_in_steps_and_reach_the_disk_in_between(
    unit: database.Unit, others: list[bool]
) -> None:
    flushed = []
    connection = db.opened()
    send = connection.send

    def sent(sql: str, *parameters: object) -> object:
        result = send(sql, *parameters)  # type: ignore[arg-type]  # whatever it was called with
        if "pg_logical_emit_message" in sql:
            flushed.append(connection.deferred == [])
            ((is_flushed,),) = send("SELECT pg_current_wal_flush_lsn() >= %s", (result.fetchone()[0],)).fetchall()
            flushed.append(is_flushed)
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "send", sent)
        ids = vendors.insert_many(names(600))
    assert flushed == [True, True] * (2 if connection.info.server_version >= 170000 else 0)
    assert stored() == [row["name"] for row in names(600)]
    assert [vendors.get(id)["name"] for id in ids[::199]] == ["0000", "0199", "0398", "0597"]


def test_without_others_they_go_at_once(unit: database.Unit, others: list[bool]) -> None:
    others.append(False)
    with statements() as executed:
        vendors.insert_many(names(600))
        db.flush()
    assert len(executed) == 1
    assert len(stored()) == 600


def test_few_rows_go_at_once(unit: database.Unit, others: list[bool]) -> None:
    with statements() as executed:
        vendors.insert_many(names(250))
        db.flush()
    assert len(executed) == 1


def test_steps_hold_all_rows_in_their_order(others: list[bool]) -> None:
    # Nothing is written out where no step is taken: no database is asked.
    others.append(False)
    assert [list(step) for step in pacing.steps(range(600))] == [list(range(600))]
