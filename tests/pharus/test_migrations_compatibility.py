"""What may stop servers of before, and that no new file does so unawares (CONTRIBUTING.md)."""

import pytest

from pharus import migrations
from pharus.migrations import compatibility
from plugins import manager

pytestmark = pytest.mark.no_database

# Files of before there was the rule, by source: the last number of each.
_BEFORE = {
    "pharus": 7,
    "plugins.platform": 4,
    "plugins.inventory": 3,
    "plugins.vendors": 4,
    "plugins.customers": 4,
    "plugins.contacts": 3,
    "plugins.materials": 4,
    "plugins.products": 4,
    "plugins.purchase_orders": 3,
    "plugins.sales_orders": 4,
    "plugins.manufacturing": 2,
    "plugins.locations": 2,
}
_NEW = [
    each
    for each in migrations.read(manager.sources(manager.load(())))
    if int(each.name[:4]) > _BEFORE.get(each.source, 1)
]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE vendor",
        "ALTER TABLE vendor DROP COLUMN city",
        "ALTER TABLE vendor RENAME COLUMN city TO town",
        "ALTER TABLE vendor ALTER COLUMN city TYPE text",
        "ALTER TABLE vendor ALTER city SET NOT NULL",
        "ALTER TABLE vendor ADD COLUMN rating integer NOT NULL",
        "ALTER TABLE vendor ADD COLUMN notes text, ADD COLUMN rating integer NOT NULL CHECK (rating > 0)",
        "alter table vendor add check (rating > 0)",
        "DROP FUNCTION search_vendor",
        "REVOKE UPDATE ON vendor FROM pharus_app",
    ],
)
def test_what_takes_away_or_demands_more_stops_old_servers(sql: str) -> None:
    assert compatibility.objections(sql)
    assert compatibility.breaks_old_servers(sql)
    assert not compatibility.breaks_old_servers(f"-- old servers work: none has ever used it\n{sql}")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE lots_lot (org_id uuid NOT NULL, id uuid NOT NULL); CALL make_tenant_table('lots_lot')",
        "ALTER TABLE vendor ADD COLUMN website varchar(2048)",
        "ALTER TABLE vendor ADD COLUMN rating integer NOT NULL DEFAULT 0",
        "ALTER TABLE vendor ADD COLUMN rating integer DEFAULT 0 NOT NULL",
        "CREATE INDEX vendor_by_city ON vendor (org_id, city)",
        "-- Not DROP TABLE vendor, which would be too much.\nSELECT 1 /* RENAME */",
    ],
)
def test_what_adds_leaves_them_alone(sql: str) -> None:
    assert compatibility.objections(sql) == []
    assert not compatibility.breaks_old_servers(sql)
    assert compatibility.breaks_old_servers(f"{sql}\n-- old servers stop: they would count it twice")


def test_new_migration_stops_no_old_server_unless_it_says_so() -> None:
    for migration in _NEW:
        found = compatibility.objections(migration.sql)
        assert not found or compatibility.says(migration.sql), (
            f"{migration.name} of {migration.source} {', and '.join(found)}: see Migrations in CONTRIBUTING.md"
        )


def test_rule_finds_what_a_file_of_before_there_was_one_takes_away() -> None:
    files = migrations.read(manager.sources(manager.load(())))
    assert "0003_invitation_tokens.sql" in [each.name for each in files if compatibility.objections(each.sql)]
