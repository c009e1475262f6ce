"""Requests that wait for an event, on their own: of whom, for how long, how many."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import pytest

from handlers.workers import waiters
from handlers.workers.threads import Abandoned, Workers
from handlers.workers.waiters import Waiters
from pharus.errors import ServiceUnavailable

pytestmark = pytest.mark.no_database

T = TypeVar("T")


class Log:
    """How far the logs reach, and who has asked for which."""

    def __init__(self) -> None:
        self.heads: dict[str, tuple[int, ...]] = {}
        self.asked: list[list[str]] = []
        self.fails = 0

    def look(self, org_ids: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
        self.asked.append(sorted(org_ids))
        if self.fails:
            self.fails -= 1
            raise RuntimeError("the database is away")
        return {org_id: self.heads[org_id] for org_id in org_ids if org_id in self.heads}


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    monkeypatch.setattr(waiters, "_LOOK_SECONDS", 0.01)
    return Log()


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(1, 100)
    yield made
    made.close(5)


async def never() -> None:
    await asyncio.Event().wait()


def run(workers: Workers, log: Log, what: Callable[[Waiters], Awaitable[T]], most: int = 8) -> T:
    async def whole() -> T:
        made = Waiters(workers, log.look, most)
        result = await what(made)
        assert len(made) == 0
        return result

    return asyncio.run(whole())


def test_event_wakes_those_whose_organization_it_is_of_and_who_have_not_seen_it(workers: Workers, log: Log) -> None:
    async def what(made: Waiters) -> list[bool]:
        log.heads = {"mine": (5, 1, 1), "theirs": (9, 9, 9)}
        waiting = [
            asyncio.create_task(made.wait("mine", position, 0.3, never))
            for position in ((5, 0, 0), (5, 1, 1), (6, 0, 0), (4, 7, 2))
        ]
        others = asyncio.create_task(made.wait("ours", (0, 0, 0), 0.3, never))
        await asyncio.sleep(0.1)
        assert [each.done() for each in (*waiting, others)] == [True, False, False, True, False]
        log.heads["mine"] = (6, 2, 1)
        return list(await asyncio.gather(*waiting, others))

    assert run(workers, log, what) == [True, True, True, True, False]
    # One look for all, and none for those of whom nobody waits any more.
    assert log.asked[0] == ["mine", "ours"]
    assert all("theirs" not in each for each in log.asked)


def test_nobody_looks_while_nobody_waits(workers: Workers, log: Log) -> None:
    async def what(made: Waiters) -> None:
        assert not await made.wait("mine", (1, 0, 0), 0.05, never)
        await asyncio.sleep(0.05)
        count = len(log.asked)
        await asyncio.sleep(0.1)
        assert len(log.asked) == count
        # And again when somebody does.
        log.heads["mine"] = (2, 1, 1)
        assert await made.wait("mine", (1, 0, 0), 5, never)

    run(workers, log, what)


def test_who_leaves_waits_no_longer(workers: Workers, log: Log) -> None:
    async def what(made: Waiters) -> None:
        left = asyncio.Event()

        async def gone() -> None:
            await left.wait()

        waiting = asyncio.create_task(made.wait("mine", (1, 0, 0), 60, gone))
        await asyncio.sleep(0.02)
        assert len(made) == 1
        left.set()
        with pytest.raises(Abandoned):
            await asyncio.wait_for(waiting, 5)

    run(workers, log, what)


def test_when_the_server_stops_nobody_waits(workers: Workers, log: Log) -> None:
    async def what(made: Waiters) -> None:
        waiting = [asyncio.create_task(made.wait(each, (1, 0, 0), 60, never)) for each in ("mine", "theirs")]
        await asyncio.sleep(0.02)
        made.close()
        assert await asyncio.wait_for(asyncio.gather(*waiting), 5) == [False, False]
        assert not await asyncio.wait_for(made.wait("mine", (1, 0, 0), 60, never), 5)

    run(workers, log, what)


def test_so_many_wait_half_of_them_of_one_organization(workers: Workers, log: Log) -> None:
    async def what(made: Waiters) -> None:
        def begin(org_id: str) -> "asyncio.Task[bool]":
            return asyncio.create_task(made.wait(org_id, (1, 0, 0), 60, never))

        waiting = [begin(org_id) for org_id in ("mine", "mine", "theirs", "ours")]
        await asyncio.sleep(0.02)
        with pytest.raises(ServiceUnavailable, match="too many requests wait"):
            await made.wait("others", (1, 0, 0), 60, never)
        waiting.pop().cancel()
        await asyncio.sleep(0.02)
        with pytest.raises(ServiceUnavailable, match="of this organization"):
            await made.wait("mine", (1, 0, 0), 60, never)
        waiting.append(begin("others"))
        await asyncio.sleep(0.02)
        assert len(made) == 4
        made.close()
        await asyncio.gather(*waiting)

    run(workers, log, what, most=4)


def test_look_that_fails_is_followed_by_the_next(workers: Workers, log: Log, caplog: pytest.LogCaptureFixture) -> None:
    async def what(made: Waiters) -> bool:
        log.fails, log.heads = 2, {"mine": (2, 1, 1)}
        return await made.wait("mine", (1, 0, 0), 10, never)

    assert run(workers, log, what)
    assert [record.message for record in caplog.records if record.name == "pharus.waiters"] == [
        "nobody could look for events"
    ] * 2
