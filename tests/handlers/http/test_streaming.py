import asyncio
from typing import Any

import pytest

from handlers.http.streaming import StreamedResponse
from pharus.errors import Forbidden
from pharus.files import Streamed

pytestmark = pytest.mark.no_database

_FILE = Streamed("audit.csv", "text/csv", lambda position: (b"", None))


class Caller:
    """Takes what is sent; leaves after so many messages."""

    def __init__(self, leaves_after: int = 1000) -> None:
        self.sent: list[Any] = []
        self._leaves_after = leaves_after
        self._has_left = asyncio.Event()

    async def send(self, message: Any) -> None:
        self.sent.append(message)
        if len(self.sent) >= self._leaves_after:
            self._has_left.set()
            # Whoever waits for that is told.
            await asyncio.sleep(0)
            await asyncio.sleep(0)

    async def gone(self) -> None:
        await self._has_left.wait()

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.sent[1:])


def sent_to(caller: Caller, fails_at: int = 1000) -> list[int]:
    """The positions that were asked for; there are five parts."""
    asked = []

    async def make(position: int) -> tuple[bytes, int | None]:
        asked.append(position)
        if position == fails_at:
            raise Forbidden("no member any more")
        return b"%d," % position, position + 1 if position < 5 else None

    async def run() -> None:
        await StreamedResponse(200, _FILE, (b"1,", 2), make, caller.gone).send(caller.send)

    asyncio.run(run())
    return asked


def test_parts_are_made_one_by_one_and_sent_in_their_order() -> None:
    caller = Caller()
    assert sent_to(caller) == [2, 3, 4, 5]
    assert caller.body == b"1,2,3,4,5,"
    head, *parts = caller.sent
    assert (head["status"], dict(head["headers"])[b"content-type"]) == (200, b"text/csv; charset=utf-8")
    assert b"audit.csv" in dict(head["headers"])[b"content-disposition"]
    assert b"content-length" not in dict(head["headers"])
    assert [part.get("more_body", False) for part in parts] == [True] * 4 + [False]


def test_nothing_is_made_for_a_caller_who_has_left() -> None:
    assert sent_to(Caller(leaves_after=3)) == [2]


def test_file_that_cannot_be_finished_has_no_end() -> None:
    caller = Caller()
    assert sent_to(caller, fails_at=4) == [2, 3, 4]
    assert caller.sent[-1]["more_body"]
