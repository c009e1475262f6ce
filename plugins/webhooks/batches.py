"""What is to be sent to an endpoint next, and what becomes of the endpoint by how that went.

An endpoint has a position in the log. What is behind it is sent in batches; the position moves once that is done,
together with a row for each event that was not taken. So a process may die at any moment: what it did not note is sent
again by the next one. Events of one record, and of what belongs to it, keep their order: while one of them waits to be
tried again, those behind it wait as well (docs/adr/0052).

All of it runs outside of any unit of work, each function is one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pharus import rowsets
from pharus.db import current, db, unit_of_work
from pharus.fields import new_id
from pharus.identity import Actor
from plugins.events.reading import Event, Position
from plugins.webhooks import feed, retrying, signing
from plugins.webhooks.claims import DOWN_AFTER, LEASE, Claim
from plugins.webhooks.retrying import State
from plugins.webhooks.sending import Outcome

# Events of a batch.
SIZE = 32

_ENDPOINT = """
SELECT e.url, e.event_types, e.secret_id, CASE WHEN e.previous_secret_ends_at > now() THEN e.previous_secret_id END,
    p.failures, p.failing_since, p.transaction_id, p.seq, p.number
FROM webhook_progress AS p JOIN webhook_endpoint AS e ON e.org_id = p.org_id AND e.id = p.endpoint_id
WHERE p.org_id = %s AND p.endpoint_id = %s AND p.claim_id = %s AND e.is_active"""

# Of each subject the first that waits says when it is its turn; those behind it come along.
_WAITING = """
WITH next AS (
    SELECT subject_id FROM webhook_delivery
    WHERE org_id = %s AND endpoint_id = %s AND gave_up_at IS NULL AND (due_at <= now() OR due_at IS NOT NULL AND %s)
    ORDER BY due_at LIMIT %s
)
SELECT id, event_id, event_type, record_id, subject_id, transaction_id, seq, number, payload, attempts, created_at
FROM webhook_delivery
WHERE org_id = %s AND endpoint_id = %s AND gave_up_at IS NULL AND subject_id IN (SELECT subject_id FROM next)
ORDER BY transaction_id, seq, number LIMIT %s"""

# Among what waits of these subjects the first has a time, the others have none.
_LINE_UP = """
UPDATE webhook_delivery AS d SET due_at = CASE WHEN line.place = 1 THEN now() END
FROM (
    SELECT id, due_at, row_number() OVER (PARTITION BY subject_id ORDER BY transaction_id, seq, number) AS place
    FROM webhook_delivery
    WHERE org_id = %s AND endpoint_id = %s AND gave_up_at IS NULL AND subject_id = ANY(%s::uuid[])
) AS line
WHERE d.org_id = %s AND d.id = line.id AND (line.place = 1) = (line.due_at IS NULL)"""

_BLOCKED = """
SELECT DISTINCT subject_id FROM webhook_delivery
WHERE org_id = %s AND endpoint_id = %s AND gave_up_at IS NULL AND subject_id = ANY(%s::uuid[])"""

_REPLAY = """
SELECT id, transaction_id, seq, number, last_transaction_id, last_seq, last_number FROM webhook_replay
WHERE org_id = %s AND endpoint_id = %s ORDER BY id LIMIT 1"""

_PARK = """
{insertion} ON CONFLICT (org_id, endpoint_id, event_id) DO UPDATE SET attempts = excluded.attempts,
    status_code = excluded.status_code, error = excluded.error, due_at = excluded.due_at,
    gave_up_at = excluded.gave_up_at, created_at = excluded.created_at"""


class Item(NamedTuple):
    """One event that is to be sent. `delivery_id` is that of the row in which it waits, if it was not taken before."""

    event_id: str
    event_type: str
    record_id: str
    subject_id: str
    position: Position
    body: bytes
    attempts: int = 0
    delivery_id: str | None = None
    created_at: datetime | None = None


class Replay(NamedTuple):
    id: str
    after: Position
    last: Position


class Batch(NamedTuple):
    """`reached` is where the position of the endpoint will be, or of the `replay` that this is a part of. `parked` wait
    behind others of their subject, and are not tried yet."""

    claim: Claim
    url: str
    secrets: tuple[str, ...]
    state: State
    reached: Position
    items: list[Item]
    parked: list[Item]
    # Whether there may be more behind it.
    is_more: bool = True
    replay: Replay | None = None


def take(claim: Claim) -> Batch | None:
    """The next batch; None when there is nothing to be sent, or when it is not this process's any more to send it."""
    with unit_of_work(Actor(org_id=claim.org_id)):
        rows = db.rows(_ENDPOINT, (claim.org_id, claim.endpoint_id, claim.id))
        if not rows:
            return None
        [(url, types, secret_id, previous_id, failures, failing_since, *position)] = rows
        state = State(failures, failing_since)
        is_down = failures >= DOWN_AFTER
        limit = 1 if is_down else SIZE
        batch = Batch(
            claim,
            url,
            tuple(signing.secret(id) for id in (secret_id, previous_id) if id),
            state,
            Position(*position),
            [],
            [],
        )
        if waiting := _waiting(claim, limit, is_down=is_down):
            return batch._replace(items=waiting)
        if found := db.rows(_REPLAY, (claim.org_id, claim.endpoint_id)):
            id, *positions = found[0]
            replay = Replay(id, Position(*positions[:3]), Position(*positions[3:]))
            page = feed.read(replay.after, limit, types)
            events = [event for event in page.events if event.position <= replay.last]
            return _with_events(batch._replace(replay=replay, reached=page.reached), events)
        page = feed.read(batch.reached, limit, types)
        # What is written meanwhile is another claim's: the horizon moves on with every transaction, also of our own.
        return _with_events(batch._replace(reached=page.reached, is_more=len(page.events) == limit), page.events)


def note(batch: Batch, results: Sequence[tuple[Item, Outcome]]) -> bool:
    """Note what became of the batch: those of its items that are not among the results were not tried. Whether there
    may be more to be sent at once."""
    claim = batch.claim
    with unit_of_work(Actor(org_id=claim.org_id)) as unit:
        held = db.rows(
            "SELECT FROM webhook_progress WHERE org_id = %s AND endpoint_id = %s AND claim_id = %s FOR NO KEY UPDATE",
            (claim.org_id, claim.endpoint_id, claim.id),
        )
        if not held:
            # Somebody else has it by now, and sends all of it again.
            return False
        state = batch.state
        for _, outcome in results:
            state = state.after(outcome, unit.now)
        if batch.state.failures < DOWN_AFTER < state.failures:
            # What was on the way when it turned out to be down says nothing more.
            state = state._replace(failures=DOWN_AFTER)
        _note_attempts(claim, results)
        _note_deliveries(batch, dict(results))
        is_paused = retrying.pause_if_due(claim, state, [outcome for _, outcome in results])
        is_down = state.failures >= DOWN_AFTER
        _note_progress(
            batch, state, None if not is_down else retrying.due_at(state.failures - DOWN_AFTER + 1, unit.now)
        )
        if batch.state.failures >= DOWN_AFTER and not is_down:
            # It is there again: what waits need not wait any longer.
            retrying.wait_no_longer(claim.org_id, claim.endpoint_id)
        return batch.is_more and not (is_down or is_paused)


def _waiting(claim: Claim, limit: int, *, is_down: bool) -> list[Item]:
    endpoint = (claim.org_id, claim.endpoint_id)
    rows = db.rows(_WAITING, (*endpoint, is_down, limit, *endpoint, limit))
    return [
        Item(event_id, type, record_id, subject_id, Position(*position), payload.encode(), attempts, id, created_at)
        for id, event_id, type, record_id, subject_id, *position, payload, attempts, created_at in rows
    ]


def _with_events(batch: Batch, events: Sequence[Event]) -> Batch:
    items = [
        Item(event.id, event.type, event.record_id, _subject(event), event.position, feed.payload(event))
        for event in events
    ]
    subjects = list({item.subject_id for item in items})
    claim = batch.claim
    blocked = {id for (id,) in db.rows(_BLOCKED, (claim.org_id, claim.endpoint_id, subjects))} if subjects else set()
    return batch._replace(
        items=[item for item in items if item.subject_id not in blocked],
        parked=[item for item in items if item.subject_id in blocked],
    )


def _subject(event: Event) -> str:
    return event.parent_id or event.record_id


def _note_attempts(claim: Claim, results: Sequence[tuple[Item, Outcome]]) -> None:
    now = current().now.isoformat()
    rows = [
        {
            **_names(claim, item),
            "id": new_id(),
            "attempt": item.attempts + 1,
            "is_delivered": outcome.is_delivered,
            **outcome._asdict(),
            "created_at": now,
        }
        for item, outcome in results
    ]
    if rows:
        db.defer(rowsets.insertion("webhook_attempt", rows[0]), (rowsets.parameter(rows),))


def _note_deliveries(batch: Batch, results: dict[Item, Outcome]) -> None:
    now = current().now
    claim = batch.claim
    delivered = [item.event_id for item, outcome in results.items() if outcome.is_delivered]
    if delivered:
        # Also one that was given up, and was sent again.
        db.defer(
            "DELETE FROM webhook_delivery WHERE org_id = %s AND endpoint_id = %s AND event_id = ANY(%s::uuid[])",
            (claim.org_id, claim.endpoint_id, delivered),
        )
    rows: list[dict[str, Any]] = []
    for item in (*batch.items, *batch.parked):
        outcome = results.get(item)
        if outcome is not None and outcome.is_delivered:
            continue
        if outcome is None and item.delivery_id is not None:
            # It waits as it did.
            continue
        began = item.created_at or now
        gave_up = outcome is not None and now - began >= retrying.GIVE_UP_AFTER
        attempts = item.attempts + (outcome is not None)
        rows.append(
            {
                **_names(claim, item),
                "id": item.delivery_id or new_id(),
                "subject_id": item.subject_id,
                "payload": item.body.decode(),
                "attempts": attempts,
                "status_code": outcome and outcome.status_code,
                "error": outcome and outcome.error,
                "due_at": None if outcome is None else retrying.due_at(attempts, now).isoformat(),
                "gave_up_at": now.isoformat() if gave_up else None,
                "created_at": began.isoformat(),
            }
        )
    if rows:
        insertion = rowsets.insertion("webhook_delivery", rows[0])
        db.defer(_PARK.format(insertion=insertion), (rowsets.parameter(rows),))
    subjects = {str(row["subject_id"]) for row in rows} | {item.subject_id for item in results if item.delivery_id}
    if subjects:
        db.defer(_LINE_UP, (claim.org_id, claim.endpoint_id, list(subjects), claim.org_id))


def _note_progress(batch: Batch, state: State, due_at: datetime | None) -> None:
    claim, replay = batch.claim, batch.replay
    if replay is not None:
        if replay.last < batch.reached:
            db.defer("DELETE FROM webhook_replay WHERE org_id = %s AND id = %s", (claim.org_id, replay.id))
        else:
            db.defer(
                "UPDATE webhook_replay SET transaction_id = %s, seq = %s, number = %s WHERE org_id = %s AND id = %s",
                (*batch.reached, claim.org_id, replay.id),
            )
    # The position of a replay is its own.
    moved = "" if replay is not None else "transaction_id = %s, seq = %s, number = %s, "
    db.defer(
        f"UPDATE webhook_progress SET {moved}failures = %s, failing_since = %s, due_at = coalesce(%s, now()), "
        "claimed_until = now() + %s WHERE org_id = %s AND endpoint_id = %s",
        (
            *(() if replay is not None else batch.reached),
            *(state.failures, state.failing_since, due_at, LEASE, claim.org_id, claim.endpoint_id),
        ),
    )


def _names(claim: Claim, item: Item) -> dict[str, Any]:
    return {
        "org_id": claim.org_id,
        "endpoint_id": claim.endpoint_id,
        "event_id": item.event_id,
        "event_type": item.event_type,
        "record_id": item.record_id,
        **item.position._asdict(),
    }
