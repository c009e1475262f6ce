"""Sends a batch: events of different subjects beside one another, those of one subject one behind the other."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

from plugins.webhooks import signing
from plugins.webhooks.batches import Batch, Item
from plugins.webhooks.claims import DOWN_AFTER
from plugins.webhooks.sending import Outcome, Sender

# Requests to one endpoint at a time.
CONNECTIONS = 4
# After that no request of a batch begins: with the last one it takes less than its claim lasts.
_TURN_SECONDS = 20.0

Results = list[tuple[Item, Outcome]]


async def deliver(sender: Sender, batch: Batch, is_ended: Callable[[], bool] = lambda: False) -> Results:
    """What became of each item that was tried, in the order in which that was known. When one is not taken, those
    of its subject that are behind it are not tried; when so many in a row are not, none is."""
    results: Results = []
    state = batch.state
    deadline = time.monotonic() + _TURN_SECONDS
    connections = asyncio.Semaphore(CONNECTIONS)

    async def send(items: list[Item]) -> None:
        nonlocal state
        for item in items:
            async with connections:
                is_down = state.failures >= DOWN_AFTER and bool(results)
                if is_down or is_ended() or time.monotonic() > deadline:
                    return
                outcome = await sender.post(batch.url, _headers(batch, item), item.body)
            results.append((item, outcome))
            state = state.after(outcome, datetime.now(UTC))
            if not outcome.is_delivered:
                return

    subjects: dict[str, list[Item]] = {}
    for item in batch.items:
        subjects.setdefault(item.subject_id, []).append(item)
    await asyncio.gather(*(send(items) for items in subjects.values()))
    return results


def _headers(batch: Batch, item: Item) -> dict[str, str]:
    return signing.headers(batch.secrets, item.event_id, datetime.now(UTC), item.body)
