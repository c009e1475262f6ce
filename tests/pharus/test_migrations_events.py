"""The log of events: for tables of plugins, in databases of before there was one, and in another cluster."""

from collections.abc import Sequence

import pytest

from pharus import migrations
from pharus.db import db, maintenance
from pharus.fields import new_id
from plugins import manager
from tests import event_log, factories
from tests.event_log import Logged
from tests.waiting import wait_until

_TABLE = """
CREATE TABLE labels_item (
    org_id uuid NOT NULL,
    number bigint NOT NULL,
    kind varchar(10) NOT NULL,
    vendor_id uuid NOT NULL,
    code varchar(100),
    state varchar(10) NOT NULL DEFAULT 'new',
    weight numeric(18, 6),
    expires_at timestamptz,
    api_secret varchar(100) DEFAULT 'a secret',
    PRIMARY KEY (org_id, kind, number),
    FOREIGN KEY (org_id, vendor_id) REFERENCES vendor (org_id, id) ON DELETE CASCADE
);
CALL make_tenant_table('labels_item');"""


def logged(org_id: str) -> list[tuple[object, ...]]:
    return db.rows(
        "SELECT type, record_id, parent_type, parent_id, before::json, after::json FROM event "
        "WHERE org_id = %s AND type LIKE 'labels%%' ORDER BY seq",
        (org_id,),
    )


def test_table_of_a_plugin_is_logged_as_any_other(migrated: str) -> None:
    org_id = factories.make_organization().id
    vendor = factories.make_vendor(org_id)
    with maintenance():
        db.execute_sql(_TABLE)
        db.execute_sql(
            "INSERT INTO labels_item VALUES (%s, 7, 'a', %s, NULL, 'new', 1.50, '2026-03-01 12:00:00.5+02')",
            (org_id, vendor),
        )
        db.execute_sql("UPDATE labels_item SET code = 'C', api_secret = 'another'")
        db.execute_sql("UPDATE labels_item SET api_secret = 'a third'")
        db.execute_sql("CALL log_events('labels_item', '{code,state}', status => 'state')")
        db.execute_sql("UPDATE labels_item SET state = 'Glued-On', weight = 3")
        db.execute_sql("DELETE FROM vendor WHERE id = %s", (vendor,))
    of_it = (org_id, "vendor", vendor)
    key = {"number": 7, "kind": "a"}
    assert logged(org_id) == [
        (
            *("labels_item.created", *of_it, None),
            {**key, "vendorId": vendor, "state": "new", "weight": "1.5", "expiresAt": "2026-03-01T10:00:00.500000Z"},
        ),
        ("labels_item.updated", *of_it, {**key, "code": None}, {**key, "code": "C"}),
        ("labels_item.glued_on", *of_it, {**key, "state": "new"}, {**key, "state": "Glued-On"}),
        ("labels_item.deleted", *of_it, {**key, "code": "C", "state": "Glued-On"}, None),
    ]
    with maintenance():
        db.execute_sql("ALTER TABLE labels_item ADD COLUMN colour varchar(20)")
        db.execute_sql("ALTER TABLE vendor ADD COLUMN colour varchar(20), DROP COLUMN notes")
        migrations.apply([])
        factories.make_vendor(org_id, colour="green", name="Of a colour")
        assert db.row("SELECT after FROM event WHERE org_id = %s ORDER BY seq DESC LIMIT 1", (org_id,)) == (
            '{"name":"Of a colour","isActive":true,"colour":"green"}',
        )
        db.execute_sql("CALL log_no_events('labels_item')")
        db.execute_sql("DELETE FROM labels_item")
    assert len(logged(org_id)) == 4


_EVERY_TYPE = """
CREATE TABLE labels_item (
    org_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    vendor_id uuid NOT NULL,
    name text NOT NULL,
    code varchar(100),
    never text,
    weight numeric(18, 6),
    count integer,
    total bigint,
    is_new boolean,
    printed_on date,
    expires_at timestamptz NOT NULL,
    colours text[],
    ids uuid[],
    more jsonb,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, vendor_id) REFERENCES vendor (org_id, id) ON DELETE CASCADE
);
CALL make_tenant_table('labels_item');
CREATE VIEW labels_given AS
SELECT 'Näme "' || i || E'"\\\\\\n' AS name, CASE WHEN i % 3 > 0 THEN '' || i END AS code,
    CASE WHEN i % 5 > 0 THEN i * 1.250 END AS weight, CASE WHEN i % 7 > 0 THEN i END AS count, i * 10000000000 AS total,
    i % 2 = 0 AS is_new, date '2026-03-01' + i AS printed_on,
    timestamptz '2026-03-01 12:00:00+02' + i * interval '0.5 seconds' AS expires_at,
    ARRAY['red', NULL, 'blue'] AS colours, ARRAY[]::uuid[] AS ids,
    jsonb_build_object('of', i, 'many', ARRAY[1, 2]) AS more
FROM generate_series(1, 40) AS i;"""
_GIVEN = "name, code, weight, count, total, is_new, printed_on, expires_at, colours, ids, more"


def test_many_records_of_a_statement_are_logged_like_one_at_a_time(migrated: str) -> None:
    org_id = factories.make_organization().id
    vendor = factories.make_vendor(org_id)
    with maintenance():
        db.execute_sql(_EVERY_TYPE)
        insert = f"INSERT INTO labels_item (org_id, vendor_id, {_GIVEN}) SELECT %s, %s, {_GIVEN} FROM labels_given"
        db.execute_sql(insert, (org_id, vendor))
        db.execute_sql("DELETE FROM labels_item")
        begun = event_log.last(org_id)
        for number in range(1, 41):
            db.execute_sql(f"{insert} WHERE total = %s", (org_id, vendor, number * 10000000000))
        for number in range(1, 41):
            db.execute_sql("DELETE FROM labels_item WHERE total = %s", (number * 10000000000,))
    packed = db.row("SELECT count(*) FROM event WHERE org_id = %s AND record_ids IS NOT NULL", (org_id,))
    assert packed == (2,)

    def said(events: Sequence[Logged]) -> list[tuple[object, ...]]:
        return [(each.type, each.parent_type, each.parent_id, each.before, each.after) for each in events]

    together = [each for each in event_log.events(org_id) if each.table == "labels_item"][: 2 * 40]
    one_by_one = event_log.events(org_id, begun)
    assert said(together) == said(one_by_one)
    made = one_by_one[0].after
    assert made == {
        "vendorId": vendor,
        "name": 'Näme "1"\\\n',
        "code": "1",
        "weight": "1.25",
        "count": 1,
        "total": 10000000000,
        "isNew": False,
        "printedOn": "2026-03-02",
        "expiresAt": "2026-03-01T10:00:00.500000Z",
        "colours": ["red", None, "blue"],
        "ids": [],
        "more": {"of": 1, "many": [1, 2]},
    }


def test_database_of_before_is_logged_from_now_on(scratch: str) -> None:
    every = migrations.read(manager.sources(manager.load(())))
    of_log = ("plugins.events", "plugins.webhooks")
    of_events = [each for each in every if "event" in each.name or each.source in of_log]
    migrations.apply([each for each in every if each not in of_events])
    with maintenance():
        db.execute_sql(_TABLE)
    org_id = factories.make_organization().id
    vendor = factories.make_vendor(org_id)
    assert migrations.apply(every) == len(of_events)
    with maintenance():
        db.execute_sql(
            "INSERT INTO labels_item (org_id, number, kind, vendor_id) VALUES (%s, 1, 'a', %s)", (org_id, vendor)
        )
        db.execute_sql("UPDATE vendor SET name = 'Known from before' WHERE id = %s", (vendor,))
    assert db.rows("SELECT type FROM event WHERE org_id = %s ORDER BY seq", (org_id,)) == [
        ("labels_item.created",),
        ("vendor.updated",),
    ]


def test_order_goes_on_in_another_cluster(migrated: str) -> None:
    """Where a backup was restored: its transactions have lower numbers."""
    org_id = factories.make_organization().id
    migrations.apply([])
    with maintenance():
        factories.make_vendor(org_id)
        db.execute_sql("UPDATE installation SET system_identifier = system_identifier - 1")
        migrations.apply([])
        factories.make_vendor(org_id)
        rows = db.rows("SELECT transaction_id >> 48 FROM event WHERE org_id = %s ORDER BY seq", (org_id,))
    assert {epoch for (epoch,) in rows[:-1]} == {0}
    assert rows[-1] == (1,)

    def incomplete() -> list[tuple[int]]:
        """Other tests have transactions of their own in the cluster."""
        return db.rows("SELECT seq FROM event WHERE org_id = %s AND transaction_id >= event_horizon()", (org_id,))

    with maintenance():
        wait_until(lambda: not incomplete())


@pytest.mark.parametrize("role", ["pharus_app", "pharus_platform", "pharus_purge"])
def test_no_role_of_requests_writes_into_the_log(role: str) -> None:
    org_id = factories.make_organization().id
    with db.atomic() as transaction:
        db.execute_sql(f"SET LOCAL ROLE {role}")
        db.execute_sql("SELECT set_config('pharus.org_id', %s, true)", (org_id,))
        with pytest.raises(Exception, match="permission denied for table event"), db.atomic():
            db.execute_sql(
                "INSERT INTO event (org_id, transaction_id, type, record_id) VALUES (%s, 1, 'vendor.created', %s)",
                (org_id, new_id()),
            )
        transaction.rollback()
