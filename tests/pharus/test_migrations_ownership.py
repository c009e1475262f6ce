"""What a migration of somebody else's plugin may do to the database, and what it is refused for."""

import pytest

from pharus import db, migrations
from pharus.errors import ConfigurationError
from pharus.migrations import Migration

OWN = """
CREATE TYPE lots_state AS ENUM ('open', 'closed');
CREATE TABLE lots_lot (
    org_id uuid NOT NULL,
    id uuid NOT NULL,
    number serial,
    vendor_id uuid,
    state lots_state NOT NULL DEFAULT 'open',
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, vendor_id) REFERENCES vendor (org_id, id)
);
CREATE INDEX ON lots_lot (org_id, state);
CALL make_tenant_table('lots_lot');
CREATE FUNCTION lots_open(state lots_state) RETURNS boolean LANGUAGE sql RETURN state = 'open';
CREATE VIEW lots_now WITH (security_invoker = true) AS SELECT * FROM lots_lot WHERE lots_open(state);
"""


@pytest.fixture(autouse=True)
def ours(migrated: str) -> None:
    """The tables of our domains, in a database of the test's own, and one organization with a vendor."""
    db.db.execute_sql("INSERT INTO organization (id, name, slug) VALUES (gen_random_uuid(), 'Maker', 'maker')")
    db.db.execute_sql("INSERT INTO vendor (org_id, id, name) SELECT id, gen_random_uuid(), 'Oils' FROM organization")


def lots(sql: str, name: str = "0001_lots.sql") -> Migration:
    return Migration("pharus_lots", name, sql, prefix="lots")


def exists(table: str) -> bool:
    return bool(db.db.row("SELECT to_regclass(%s) IS NOT NULL", (table,))[0])


def test_plugin_makes_and_changes_what_carries_its_name() -> None:
    second = """
        ALTER TABLE lots_lot ADD COLUMN notes text;
        DROP VIEW lots_now;
        INSERT INTO lots_lot (org_id, id) SELECT id, gen_random_uuid() FROM organization;
        UPDATE lots_lot SET notes = 'counted';
        CREATE TABLE lots (org_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (org_id, id));
        CALL make_tenant_table('lots');
    """
    assert migrations.apply([lots(OWN), lots(second, "0002_notes.sql")]) == 2
    assert migrations.apply([lots(OWN), lots(second, "0002_notes.sql")]) == 0
    assert exists("lots")
    assert not exists("lots_now")


def test_plugin_makes_its_table_searchable() -> None:
    second = """
        ALTER TABLE lots_lot ADD COLUMN name text NOT NULL DEFAULT 'Of before';
        INSERT INTO lots_lot (org_id, id) SELECT id, gen_random_uuid() FROM organization;
        CALL make_searchable('lots_lot', 'name');
        INSERT INTO lots_lot (org_id, id, name) SELECT id, gen_random_uuid(), 'Of now' FROM organization;
    """
    assert migrations.apply([lots(OWN), lots(second, "0002_search.sql")]) == 2
    org_id, names = db.db.row("SELECT org_id::text, array_agg(name ORDER BY name) FROM lots_lot GROUP BY org_id")
    assert names == ["Of before", "Of now"]
    db.db.row("SELECT set_config('pharus.org_id', %s, false)", (org_id,))
    for q, name in (("before", "Of before"), ("NOW", "Of now")):
        found = db.db.rows("SELECT name FROM lots_lot WHERE id = ANY(find_ids('lots_lot', %s))", (f"%{q}%",))
        assert found == [(name,)]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("CREATE TABLE batch (id uuid)", "makes the table batch; what the plugin lots makes must begin with lots_"),
        ("CREATE TABLE lotsmore (id uuid)", "makes the table lotsmore"),
        ("CREATE SEQUENCE batch_number", "makes the sequence batch_number"),
        ("CREATE TYPE state AS ENUM ('a')", "makes the type state"),
        ("CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql RETURN n * 2", r"makes the function twice\(integer\)"),
        ("CREATE SCHEMA elsewhere", "makes the schema elsewhere"),
        ("CREATE VIEW everything AS SELECT * FROM vendor", "makes the table everything"),
        ("DO $$ BEGIN EXECUTE 'CREATE TABLE ba' || 'tch (id int)'; END $$", "makes the table batch"),
        ("ALTER TABLE vendor ADD COLUMN lots_count int", "changes the table vendor, which is not the plugin's own"),
        ("ALTER TABLE vendor DISABLE ROW LEVEL SECURITY", "changes the table vendor"),
        ("CREATE INDEX lots_by_city ON vendor (org_id, city)", "changes the table vendor"),
        ("DROP INDEX vendor_by_name", "changes the table vendor"),
        ("DROP POLICY tenant ON vendor", "changes the table vendor"),
        ("CREATE POLICY lots ON vendor TO pharus_platform USING (true)", "changes the table vendor"),
        ("GRANT SELECT ON vendor TO pharus_platform", "changes the table vendor"),
        ("ALTER TABLE materials_ledger_entry DISABLE TRIGGER append_only", "changes the table materials_ledger_entry"),
        ("ALTER TABLE vendor ALTER COLUMN name SET DEFAULT 'x'", "changes the table vendor"),
        ("ALTER TABLE vendor RENAME TO lots_vendor", "(changes|drops) the table"),
        ("DROP TABLE contact CASCADE", "(changes|drops) the table contact"),
        ("TRUNCATE vendor CASCADE", "changes the table"),
        ("UPDATE vendor SET name = 'Mine'", "changes the rows of the table vendor"),
        ("DELETE FROM vendor", "changes the rows of the table vendor"),
        ("INSERT INTO organization (id, name, slug) VALUES (gen_random_uuid(), 'b', 'b')", "changes the rows of the"),
        (
            "CREATE OR REPLACE FUNCTION current_org() RETURNS uuid LANGUAGE sql STABLE RETURN NULL::uuid",
            r"changes the function current_org\(\)",
        ),
        (
            "CREATE TABLE lots_lot (org_id uuid, id uuid)",
            r"leaves the table lots_lot open .* CALL make_tenant_table\('lots_lot'\)",
        ),
        ("CREATE VIEW lots_all AS SELECT * FROM vendor", "leaves the view lots_all open .*security_invoker"),
        ("CREATE MATERIALIZED VIEW lots_all AS SELECT * FROM vendor", "makes the materialized view lots_all"),
    ],
)
def test_plugin_that_leaves_its_own_is_rolled_back_with_a_sentence(sql: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"0001_lots\.sql of pharus_lots was rolled.* it {message}"):
        migrations.apply([lots(OWN.replace("lots_lot", "lots_first") + sql)])
    assert not exists("lots_first")
    assert exists("vendor")
    assert migrations.pending([lots(OWN)]) == [lots(OWN)]


def test_plugin_that_fails_says_which_file_and_why() -> None:
    with pytest.raises(
        ConfigurationError,
        match=r'0001_lots\.sql of pharus_lots failed .* back: relation "nothing" does not',
    ):
        migrations.apply([lots(OWN + "SELECT * FROM nothing;")])
    assert not exists("lots_lot")


def test_plugin_whose_name_begins_tables_of_ours_is_refused() -> None:
    orders = Migration("pharus_material", "0001_first.sql", "ALTER TABLE material ADD COLUMN x int", prefix="material")
    with pytest.raises(ConfigurationError, match=r"would seem to own the table material\w*, which was there before it"):
        migrations.apply([orders])


def test_owner_of_the_database_may_do_anything() -> None:
    """Our own migrations are bound by no prefix."""
    assert migrations.apply([Migration("pharus", "9999_more.sql", "CREATE TABLE batch (id uuid)")]) == 1
