"""Logs whose rows are in blocks."""

from pharus import db
from plugins.events import chain, integrity
from plugins.events.integrity import Proof
from tests.pharus.acting import owner_of
from tests.waiting import wait_until


def closed(org_id: str) -> Proof:
    """Once all that is in the log is in blocks: other tests may hold it back for a while. Nothing of it was changed."""
    last = db.db.rows(
        "SELECT transaction_id, seq FROM event WHERE org_id = %s ORDER BY transaction_id DESC, seq DESC LIMIT 1",
        (org_id,),
    )

    def close() -> Proof | None:
        while chain.close(org_id):
            pass
        reached = db.db.rows("SELECT transaction_id, seq FROM event_chain WHERE org_id = %s", (org_id,))
        return integrity.head(org_id) if reached >= last else None

    return wait_until(close)


def write(org_id: str, count: int) -> None:
    """So many rows in one transaction."""
    with db.unit_of_work(owner_of(org_id)):
        for number in range(count):
            db.db.defer(
                "INSERT INTO vendor (org_id, id, name) VALUES (current_org(), gen_random_uuid(), %s)", (f"V {number}",)
            )
