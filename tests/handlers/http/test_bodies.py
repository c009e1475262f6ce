import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from handlers.http import bodies
from handlers.http.bodies import SMALL_BYTES, Budget, Disconnected, Reader, chunks
from pharus.errors import Malformed, PayloadTooLarge, ServiceUnavailable

pytestmark = pytest.mark.no_database

MOST = 1024 * 1024


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(work())


class Socket:
    """What has been sent so far, in pieces; `asked` counts how many of them were taken."""

    def __init__(self, *pieces: bytes, is_whole: bool = True) -> None:
        self._messages: list[dict[str, Any]] = [
            {"type": "http.request", "body": piece, "more_body": True} for piece in pieces
        ]
        if is_whole:
            self._messages[-1]["more_body"] = False
        self.asked = 0

    async def receive(self) -> Any:
        if self.asked == len(self._messages):
            await asyncio.Event().wait()
        self.asked += 1
        return self._messages[self.asked - 1]


def length(size: int) -> dict[bytes, bytes]:
    return {b"content-length": str(size).encode()}


@pytest.mark.parametrize("headers", [length(6), {}, length(0)])
def test_small_body_is_read_at_once(headers: dict[bytes, bytes]) -> None:
    async def one() -> None:
        body = Reader(MOST, MOST).begin(Socket(b"abc", b"def").receive, headers)
        assert await body.read_small()
        assert body.content() == b"abcdef"
        body.close()

    run(one)


@pytest.mark.parametrize(
    "headers", [length(SMALL_BYTES + 1), length(10**30), {b"content-length": b"0" * 30 + b"99999"}]
)
def test_body_that_is_said_to_be_large_is_not_touched(headers: dict[bytes, bytes]) -> None:
    async def one() -> None:
        socket = Socket(b"abc")
        assert not await Reader(MOST, MOST).begin(socket.receive, headers).read_small()
        assert socket.asked == 0

    run(one)


def test_body_that_does_not_say_how_large_it_is_is_read_only_until_it_is_large() -> None:
    async def one() -> None:
        pieces = [bytes(40_000)] * 10
        socket = Socket(*pieces)
        body = Reader(MOST, MOST).begin(socket.receive, {})
        assert not await body.read_small()
        assert socket.asked == 2
        await body.read_large("a")
        assert body.content() == b"".join(pieces)
        body.close()

    run(one)


@pytest.mark.parametrize("headers", [length(3 * MOST), {}])
def test_body_over_the_limit_is_read_and_not_kept(headers: dict[bytes, bytes]) -> None:
    async def one() -> None:
        socket = Socket(*[bytes(MOST)] * 3)
        body = Reader(MOST, MOST).begin(socket.receive, headers)
        assert not await body.read_small()
        await body.read_large("a")
        with pytest.raises(PayloadTooLarge):
            body.content()
        assert body._chunks == []
        assert socket.asked == 3

    run(one)


def test_body_that_ends_or_stops_before_it_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_BODY_SECONDS", 0.05)

    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def both() -> None:
        reader = Reader(MOST, MOST)
        with pytest.raises(Disconnected):
            await reader.begin(gone, {}).read_small()
        with pytest.raises(Malformed, match="did not arrive"):
            await reader.begin(Socket(b"{", is_whole=False).receive, {}).read_large("a")
        with pytest.raises(Disconnected):
            async for _ in chunks(gone):
                pytest.fail("a piece came")

    run(both)


def test_room_of_a_body_is_free_again_however_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_BODY_SECONDS", 0.05)

    async def many() -> None:
        reader = Reader(MOST, MOST)
        for _ in range(5):
            body = reader.begin(Socket(b"x", is_whole=False).receive, length(MOST))
            with pytest.raises(Malformed):
                await body.read_large("a")
            body.close()
            body.close()
        assert reader._budget._free == MOST
        assert not reader._budget._held

    run(many)


def test_organization_holds_half_of_the_room_and_others_share_what_it_leaves() -> None:
    async def some() -> None:
        budget = Budget(64)
        for _ in range(4):
            await budget.take("a", 8)
        waiting = asyncio.create_task(budget.take("a", 8))
        await asyncio.sleep(0)
        assert not waiting.done()
        for organization in "bbc":
            await asyncio.wait_for(budget.take(organization, 8), 1)
        budget.put_back("a", 8)
        await asyncio.sleep(0)
        # It has less than others leave free, now.
        assert budget._held == {"a": 24, "b": 16, "c": 8}
        budget.put_back("a", 8)
        await waiting
        assert budget._held["a"] == 24

    run(some)


def test_room_that_does_not_come_in_time_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_ROOM_SECONDS", 0.05)

    async def some() -> None:
        budget = Budget(8)
        await budget.take("a", 8)
        with pytest.raises(ServiceUnavailable) as refused:
            await budget.take("b", 1)
        assert refused.value.retry_after > 0
        leaving = asyncio.create_task(budget.take("b", 1))
        await asyncio.sleep(0)
        # Given room at the moment at which nobody waits for it any more.
        budget.put_back("a", 8)
        leaving.cancel()
        await asyncio.wait([leaving])
        assert (budget._free, list(budget._waiting), dict(budget._held)) == (8, [], {})

    run(some)


def test_any_body_under_the_limit_has_room_on_a_server_that_has_little() -> None:
    async def one() -> None:
        body = Reader(MOST, 1).begin(Socket(bytes(MOST)).receive, length(MOST))
        await asyncio.wait_for(body.read_large("a"), 1)
        assert len(body.content()) == MOST

    run(one)
