"""Events that somebody asks to be sent: a test, or a part of the log once more."""

from datetime import UTC
from typing import Any

import orjson

from pharus.cursors import read_cursor
from pharus.db import current, db
from pharus.errors import Conflict, Invalid, NotFound, Problem
from pharus.fields import new_id
from plugins.events import reading
from plugins.events.reading import BEGINNING, Position
from plugins.events.schemas import Event
from plugins.webhooks import endpoints, worker
from plugins.webhooks.records import deliveries, redeliveries
from plugins.webhooks.records import endpoints as records
from plugins.webhooks.schemas import WebhookDelivery, WebhookRedeliver, WebhookRedelivery

_TEST = "webhook_endpoint.test"

# Where the log has an event that was sent to any endpoint: looked for by the indexes, which begin with the endpoint.
_POSITION = """
SELECT found.* FROM webhook_endpoint AS e, LATERAL (
    (SELECT transaction_id, seq, number FROM webhook_attempt AS a
        WHERE a.org_id = e.org_id AND a.endpoint_id = e.id AND a.event_id = %s AND a.transaction_id > 0 LIMIT 1)
    UNION ALL
    (SELECT transaction_id, seq, number FROM webhook_delivery AS d
        WHERE d.org_id = e.org_id AND d.endpoint_id = e.id AND d.event_id = %s AND d.transaction_id > 0 LIMIT 1)
) AS found WHERE e.org_id = %s LIMIT 1"""


def send_test(id: str) -> WebhookDelivery:
    """NotFound, Conflict."""
    endpoint = records.get(id, lock=True)
    if not endpoint["isActive"]:
        raise Conflict("the endpoint is not active")
    unit, event_id = current(), new_id()
    said: Event = {
        "id": event_id,
        "type": _TEST,
        "recordId": id,
        "parentType": None,
        "parentId": None,
        "userId": unit.actor.user_id,
        "tokenId": unit.actor.token_id,
        "operation": None,
        "requestId": None,
        "occurredAt": unit.now.astimezone(UTC),
        "before": None,
        "after": {"url": endpoint["url"]},
        "agent": None,
    }
    payload: dict[str, Any] = {"type": _TEST, "timestamp": said["occurredAt"], "data": said}
    endpoints.try_again(id)
    return deliveries.insert(
        {
            "endpoint_id": id,
            "event_id": event_id,
            "event_type": _TEST,
            "record_id": id,
            # It waits for none, and none waits for it.
            "subject_id": event_id,
            **BEGINNING._asdict(),
            "payload": orjson.dumps(payload, option=orjson.OPT_UTC_Z).decode(),
            "due_at": unit.now,
        }
    )


def redeliver(id: str, body: WebhookRedeliver) -> WebhookRedelivery:
    """NotFound, Invalid."""
    records.get(id, lock=True)
    after = body.get("after")
    if after is None:
        transaction_id, seq, number = _position(body["firstEventId"])
        # Positions of a row count from one.
        first = Position(transaction_id, seq, number - 1)
    else:
        first = _read(after)
    # To the end of what there is: what comes behind it is sent anyway.
    last = _position(body["lastEventId"]) if "lastEventId" in body else reading.horizon()
    made = redeliveries.insert(
        {
            "endpoint_id": id,
            **first._asdict(),
            **{f"last_{name}": value for name, value in last._asdict().items()},
        }
    )
    worker.request()
    return made


def _position(event_id: str) -> Position:
    for row in db.rows(_POSITION, (event_id, event_id, current().org_id)):
        return Position(*row)
    raise NotFound(f"no event with the id {event_id}")


def _read(after: str) -> Position:
    if not after:
        return BEGINNING
    try:
        return Position(*read_cursor("events", after, len(BEGINNING)))
    except Invalid:
        raise Invalid([Problem("/after", "is not a cursor of this list")]) from None
