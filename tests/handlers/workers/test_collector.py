import asyncio
import gc
from collections.abc import Iterator
from typing import Any

import pytest

from handlers.http.body_limits import MOST_VALUES
from handlers.http.parsing import parse_json
from handlers.workers import collector
from handlers.workers.threads import Workers

pytestmark = pytest.mark.no_database


@pytest.fixture
def full() -> Iterator[list[int]]:
    """What each full collection has found; the collector is as it was, afterwards."""
    found: list[int] = []
    thresholds = gc.get_threshold()

    def note(phase: str, info: dict[str, Any]) -> None:
        if phase == "stop" and info["generation"] == 2:
            found.append(info["collected"])

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_no_full_collection_comes_while_the_largest_body_is_read(full: list[int]) -> None:
    body = b'{"rows":[' + b",".join([b'{"a":[]}'] * (MOST_VALUES // 5 - 10)) + b"]}"
    collector.settle()
    full.clear()
    kept = parse_json(body, "application/json")
    assert len(kept["rows"]) > MOST_VALUES // 6
    assert full == []


def test_full_collection_comes_in_an_idle_moment(full: list[int]) -> None:
    collector.settle()
    full.clear()
    workers = Workers(1, 10)

    def leave_cycles() -> int:
        """Enough that a full collection is due, and none of it free by itself."""
        for _ in range(200_000):
            cycle: list[Any] = []
            cycle.append(cycle)
            kept.append(cycle)
        kept.clear()
        return len(full)

    async def work() -> None:
        assert await workers.run(leave_cycles) == 0
        async with asyncio.timeout(30):
            while not full:  # noqa: ASYNC110 - what is waited for happens in another thread
                await asyncio.sleep(0.01)

    kept: list[Any] = []
    asyncio.run(work())
    workers.close()
    assert full[0] > 100_000
