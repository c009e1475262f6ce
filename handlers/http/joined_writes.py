"""The head of a response goes out in one piece with the first part of its body.

uvicorn writes each by itself: two system calls and two packets for every response, and a client that wakes up twice.
"""

import asyncio
from typing import Protocol


class Cycle(Protocol):
    """What is asked of uvicorn's state of one request."""

    response_started: bool
    expected_content_length: int


class JoinedWrites:
    """Takes the place of the transport in the cycle of one request, whose method is not HEAD: its body always comes."""

    __slots__ = ("_cycle", "_head", "_transport", "_wrote_head")

    def __init__(self, transport: asyncio.Transport, cycle: Cycle) -> None:
        self._transport = transport
        self._cycle = cycle
        self._head = b""
        self._wrote_head = False

    def write(self, data: bytes) -> None:
        if self._head:
            head, self._head = self._head, b""
            self._transport.writelines((head, data))
        elif not self._wrote_head and self._cycle.response_started and self._cycle.expected_content_length:
            # As long as this is not sent, a body of that length is to come.
            self._head, self._wrote_head = data, True
        else:
            self._transport.write(data)

    def close(self) -> None:
        if self._head:
            # Its body does not come.
            self._transport.write(self._head)
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()
