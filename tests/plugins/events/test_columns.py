"""What of each table is in the log. A column that is new is decided here: it is shown in events, or it is not."""

import json
from pathlib import Path

from pharus.db import db
from tests.event_log import logged_columns

# What events show. Before a column is written down here: is it a secret, does it follow from others, is it activity?
FILE = Path(__file__).parent / "shown_columns.json"

# Of every table: what is in each event anyway, and what is written along with any change.
_EVERYWHERE = {"org_id", "id", "created_at", "updated_at"}

# Not in the log: what only activity changes, where files lie, secrets.
_LEFT_OUT = {
    "api_token": {"token_prefix", "token_hash", "last_used_at"},
    # What it is kept with says a column of its own.
    "document": {"entity_id", "entity_type", "gcs_path", "is_stored"},
    "invitation": {"token_hash"},
    "membership": {"last_active_at"},
    "organization": {"is_active", "purge_requested_at"},
    "webhook_endpoint": {"secret_id", "previous_secret_id", "previous_secret_ends_at"},
}

# Shown as they are: nothing changes them.
_ENTRIES = {"materials_ledger_entry", "finished_goods_ledger_entry"}

# No records: what follows from others, and the server's own work.
_NO_RECORDS = {
    "event",
    "event_block",
    "event_chain",
    "finished_goods_balance",
    "finished_goods_history",
    "finished_goods_history_queue",
    "idempotency_key",
    "lot_balance",
    "lot_entry",
    "lot_recall_lot",
    "materials_balance",
    "materials_history",
    "materials_history_queue",
    "number_sequence",
    "outgoing_mail",
    "outgoing_notice",
    "plugin_job",
    "search_segment",
    "webhook_attempt",
    "webhook_delivery",
    "webhook_progress",
    "webhook_replay",
}


def test_every_column_of_every_table_is_decided() -> None:
    rows = db.rows(
        "SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT attisdropped "
        "AND attgenerated = '' AND (relname = 'organization' "
        "OR EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'org_id'))",
        (),
    )
    logged = logged_columns()
    decided = json.loads(FILE.read_text(encoding="utf-8"))
    assert {table for table, _ in rows} - set(logged) == _NO_RECORDS
    for table in logged:
        columns = {column for name, column in rows if name == table}
        if table in _ENTRIES:
            assert logged[table] == ()
            continue
        assert columns - _EVERYWHERE - set(logged[table]) == _LEFT_OUT.get(table, set()), table
        assert sorted(logged[table]) == sorted(decided.get(table, [])), f"decide about {table}: {FILE.name}"
        assert set(logged[table]) <= columns, f"{table} writes no event any more: a column of its events is gone"
