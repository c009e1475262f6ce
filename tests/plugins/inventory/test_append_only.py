"""A ledger row is never changed and never deleted, by nobody, but with its whole organization."""

import peewee
import pytest

from pharus.db import db
from tests.plugins.inventory.stock import Stock, make_stock

TABLES = ("materials_ledger_entry", "finished_goods_ledger_entry")
STATEMENTS = ("UPDATE {} SET notes = 'x'", "UPDATE {} SET quantity = quantity", "DELETE FROM {}", "TRUNCATE {} CASCADE")


@pytest.fixture
def stock() -> Stock:
    stock = make_stock()
    stock.post("ADJUST", 1)
    return stock


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_change_by_the_application_role_is_refused(stock: Stock, table: str, statement: str) -> None:
    with pytest.raises(peewee.PeeweeException, match=r"permission denied|append-only"):
        stock.do(lambda: db.execute_sql(statement.format(table)))


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("replication", ["origin", "replica"])
def test_change_by_the_owner_is_refused(stock: Stock, statement: str, replication: str) -> None:
    if db.is_closed():
        db.connect()
    with pytest.raises(peewee.PeeweeException, match="append-only"), db.atomic():
        db.execute_sql(f"SET LOCAL session_replication_role = {replication}")
        db.execute_sql(statement.format(TABLES[0]))
    assert stock.balance().on_hand == 1


def test_purge_of_the_organization_takes_its_ledger_along(stock: Stock) -> None:
    other = make_stock()
    other.post("ADJUST", 2)
    db.execute_sql("DELETE FROM organization WHERE id = %s", (stock.org_id,))
    for table in ("materials_ledger_entry", "materials_balance"):
        assert db.row(f"SELECT count(*) FROM {table} WHERE org_id = %s", (stock.org_id,)) == (0,)
    assert other.balance().on_hand == 2
