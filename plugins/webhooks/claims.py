"""Who is at which endpoint: several processes work, and each endpoint is served by one of them at a time.

A claim ends by itself. So a process that dies leaves its endpoints to the others a minute later, and one that comes
back to life finds that what it does under its claim is no longer taken (plugins/webhooks/batches.py).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from pharus.db import db, unit_of_work
from pharus.identity import ANONYMOUS

# Longer than a batch takes: see plugins/webhooks/delivering.py.
LEASE = timedelta(seconds=60)
# So many requests in a row that were not taken, and the endpoint is down: one is tried now and then until it is taken.
DOWN_AFTER = 5

# Those that have waited longest come first.
_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT p.org_id, p.endpoint_id FROM webhook_progress AS p
    WHERE p.due_at <= now() AND (p.claimed_until IS NULL OR p.claimed_until < now()) AND p.org_id <> ALL(%s::uuid[])
        AND EXISTS (
            SELECT FROM webhook_endpoint AS e JOIN organization AS o ON o.id = e.org_id
            WHERE e.org_id = p.org_id AND e.id = p.endpoint_id AND e.is_active AND o.is_active
        )
        AND (
            EXISTS (
                SELECT FROM webhook_delivery AS d WHERE d.org_id = p.org_id AND d.endpoint_id = p.endpoint_id
                    AND d.gave_up_at IS NULL AND (d.due_at <= now() OR p.failures >= %s)
            )
            OR EXISTS (SELECT FROM webhook_replay AS r WHERE r.org_id = p.org_id AND r.endpoint_id = p.endpoint_id)
            OR EXISTS (
                SELECT FROM event WHERE event.org_id = p.org_id AND event.transaction_id < event_horizon()
                    AND (event.transaction_id, event.seq) >= (p.transaction_id, p.seq)
            )
        )
    ORDER BY p.due_at LIMIT %s FOR NO KEY UPDATE OF p SKIP LOCKED
)
UPDATE webhook_progress AS p SET claim_id = gen_random_uuid(), claimed_until = now() + %s FROM due
WHERE p.org_id = due.org_id AND p.endpoint_id = due.endpoint_id RETURNING p.org_id, p.endpoint_id, p.claim_id"""


class Claim(NamedTuple):
    """An endpoint that this process has for itself."""

    org_id: str
    endpoint_id: str
    id: str


class Claimed(NamedTuple):
    """`is_any` says whether there is any endpoint at all."""

    claims: list[Claim]
    is_any: bool


def claim(limit: int, busy: Sequence[str]) -> Claimed:
    """At most so many endpoints that have something to send, none of them of the organizations that are `busy`. Outside
    of any unit of work."""
    with unit_of_work(ANONYMOUS):
        (is_any,) = db.row("SELECT EXISTS (SELECT FROM webhook_progress)")
        rows = db.rows(_CLAIM, (list(busy), DOWN_AFTER, limit, LEASE)) if is_any and limit else []
    return Claimed([Claim._make(row) for row in rows], is_any)


def release(claims: Sequence[Claim]) -> None:
    """Others may have them at once. Outside of any unit of work."""
    with unit_of_work(ANONYMOUS):
        db.send(
            "UPDATE webhook_progress SET claim_id = NULL, claimed_until = NULL WHERE claim_id = ANY(%s::uuid[])",
            ([each.id for each in claims],),
        )
