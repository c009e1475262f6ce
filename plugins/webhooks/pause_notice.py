"""What the mail says about an endpoint that was paused. Of the URL only the host: the rest may hold a secret."""

from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from plugins.webhooks.sending import Outcome


class Paused(NamedTuple):
    id: str
    url: str
    description: str | None
    failing_since: datetime
    last: Outcome


def write(paused: Paused) -> tuple[str, str]:
    """Its subject and its text."""
    host = urlsplit(paused.url).hostname or "?"
    lines = [
        f"The server has paused a webhook endpoint, and sends it no more events.\n\nHost: {host}",
        *([f"Description: {' '.join(paused.description.split())}"] if paused.description else []),
        f"Id: {paused.id}",
        f"Nothing was taken since: {paused.failing_since:%Y-%m-%d %H:%M} UTC",
        f"The last answer: {_answer(paused.last)}",
        "",
        f"GET /api/webhook-endpoints/{paused.id}/attempts lists the requests and their answers.",
        "",
        "What happens meanwhile waits in the log of events, for as long as the organization keeps it.",
        "Once the receiver works again, resume the delivery where it stopped:",
        f'PATCH /api/webhook-endpoints/{paused.id} with {{"isActive": true}}',
        "docs/webhooks.md says more, under When it is not taken.",
    ]
    return f"the webhook endpoint at {host} is paused", "\n".join(lines)


def _answer(outcome: Outcome) -> str:
    if outcome.is_gone:
        return "410: the receiver wants no events any more"
    if outcome.status_code is not None:
        return str(outcome.status_code)
    return f"none ({outcome.error})"
