"""What endpoints may be."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pharus.errors import Conflict, Problem, refuse
from pharus.fields import new_id
from plugins.webhooks import event_types
from plugins.webhooks.guard import Guard, Refused


def refuse_endpoint(guard: Guard, url: str | None, types: Sequence[str] | None) -> None:
    """Invalid for a URL that nothing is sent to, and for types of events that there are not."""
    problems = []
    if url is not None:
        try:
            guard.check(url)
        except Refused as error:
            problems.append(Problem("/url", str(error)))
    if types is not None:
        problems += [
            Problem(f"/eventTypes/{number}", f"{types[number]} is no type of event")
            for number in event_types.unknown(list(types))
        ]
    refuse(problems)


def require_room(count: int, limit: int) -> None:
    """Conflict when the organization has as many endpoints as may be; 0: any number."""
    if limit and count >= limit:
        raise Conflict(
            "the organization has as many webhook endpoints as it may", details={"limit": limit, "used": count}
        )


def rotated(secret_id: str, now: datetime, hours: int) -> dict[str, Any]:
    """The columns of an endpoint with a new secret. The one until now is good for so many hours more."""
    return {
        "secret_id": new_id(),
        "previous_secret_id": secret_id if hours else None,
        "previous_secret_ends_at": now + timedelta(hours=hours) if hours else None,
        "rotated_at": now,
    }
