"""The log in blocks: in its order, whole, and as a chain that anybody can compute."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime

import psycopg2

from pharus import db
from plugins.events import chain, integrity
from tests import event_log
from tests.api import Api
from tests.factories import Organization
from tests.plugins.events.closing import closed, write
from tests.waiting import wait_until


def test_chain_is_what_anybody_computes_from_the_rows(organization: Organization, admin: Api) -> None:
    admin.post("/api/vendors", {"name": 'Ada\t& "Söhne" \x7f\\'}, headers={"Idempotency-Key": "k-1"})
    admin.post("/api/vendors/bulk-import", {"rows": [{"name": f"Vendor {number}"} for number in range(40)]})
    proof = closed(organization.id)
    rows = db.db.rows(
        "SELECT org_id, transaction_id, seq, id, type, record_id, parent_type, parent_id, record_ids::text, "
        "parent_ids::text, user_id, token_id, request_id, encode(key_hash, 'hex'), occurred_at, before, after, "
        "operation FROM event WHERE org_id = %s ORDER BY transaction_id, seq",
        (organization.id,),
    )
    head = hashlib.sha256(f"pharus event log {organization.id}".encode()).digest()
    epoch = datetime.fromisoformat("1970-01-01T00:00:00Z")
    for row in rows:
        columns = list(row)
        elapsed = columns[14] - epoch
        columns[14] = (elapsed.days * 86400 + elapsed.seconds) * 10**6 + elapsed.microseconds
        head = hashlib.sha256(head + hashlib.sha256(json.dumps(columns, ensure_ascii=False).encode()).digest()).digest()
    assert (proof.rows, proof.hash, proof[3:5]) == (len(rows), head.hex(), rows[-1][1:3])
    assert any(row[8] for row in rows)


def test_blocks_grow_to_their_size_and_are_the_same_however_they_were_closed(organization: Organization) -> None:
    for count in (1, 254, 3, 600):
        write(organization.id, count)
        proof = closed(organization.id)
    counts = [
        size
        for (size,) in db.db.rows(
            "SELECT length(row_hashes) / 32 FROM event_block WHERE org_id = %s ORDER BY number", (organization.id,)
        )
    ]
    assert counts[:-1] == [256] * (proof.rows // 256)
    assert sum(counts) == proof.rows
    # All at once, in a transaction that is undone: whoever checks all organizations meanwhile sees nothing of it.
    with db.db.atomic() as transaction:
        for table in ("event_block", "event_chain"):
            db.db.execute_sql(f"DELETE FROM {table} WHERE org_id = %s", (organization.id,))
        db.db.execute_sql("SELECT close_events(%s, 10000)", (organization.id,))
        assert integrity.head(organization.id) is not None
        assert db.db.row(
            "SELECT row_count, encode(chain_hash, 'hex') FROM event_block WHERE org_id = %s "
            "ORDER BY number DESC LIMIT 1",
            (organization.id,),
        ) == (proof.rows, proof.hash)
        transaction.rollback()


def test_event_that_may_still_come_is_not_passed(organization: Organization, database_url: str) -> None:
    """What a transaction under way has written is closed once it has ended, and so is what was written behind it."""
    proof = closed(organization.id)
    other = psycopg2.connect(database_url)
    with other, other.cursor() as cursor:
        cursor.execute("UPDATE organization SET name = 'first' WHERE id = %s", (organization.id,))
        write(organization.id, 1)
        assert chain.close(organization.id) == 0
    other.close()
    assert closed(organization.id).rows == proof.rows + 2


def test_sweep_closes_what_fills_a_block(organization: Organization) -> None:
    def rows() -> int:
        found = db.db.rows(
            "SELECT row_count FROM event_block WHERE org_id = %s ORDER BY number DESC", (organization.id,)
        )
        return found[0][0] if found else 0

    chain.carry_on()
    assert rows() == 0
    write(organization.id, 300)
    written = len(event_log.events(organization.id))

    def sweep() -> Callable[[], int] | None:
        chain.carry_on()
        return rows if rows() == written else None

    assert wait_until(sweep) is rows
