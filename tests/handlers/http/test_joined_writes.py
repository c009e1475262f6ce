import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from handlers.http.joined_writes import JoinedWrites

HEAD, BODY, REST = b"HTTP/1.1 200 OK\r\n\r\n", b"{}", b"more"


@dataclass
class Cycle:
    response_started: bool = True
    expected_content_length: int = 2


@dataclass
class Transport(asyncio.Transport):
    sent: list[bytes] = field(default_factory=list)
    is_closed: bool = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent.append(bytes(data))

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        self.sent.append(b"".join(list_of_data))

    def close(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed


def test_head_goes_out_with_the_first_part_of_the_body() -> None:
    transport = Transport()
    writes = JoinedWrites(transport, Cycle())
    writes.write(HEAD)
    assert transport.sent == []
    for part in (BODY, REST, REST):
        writes.write(part)
    assert transport.sent == [HEAD + BODY, REST, REST]


@pytest.mark.parametrize("cycle", [Cycle(response_started=False), Cycle(expected_content_length=0)])
def test_what_no_body_of_known_length_follows_goes_out_at_once(cycle: Cycle) -> None:
    transport = Transport()
    writes = JoinedWrites(transport, cycle)
    for part in (HEAD, BODY):
        writes.write(part)
    assert transport.sent == [HEAD, BODY]


def test_head_goes_out_behind_an_interim_response() -> None:
    transport, cycle = Transport(), Cycle(response_started=False, expected_content_length=0)
    writes = JoinedWrites(transport, cycle)
    writes.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    cycle.response_started, cycle.expected_content_length = True, 2
    writes.write(HEAD)
    writes.write(BODY)
    assert transport.sent == [b"HTTP/1.1 100 Continue\r\n\r\n", HEAD + BODY]


def test_head_without_the_body_that_it_promised_goes_out_before_the_end() -> None:
    transport = Transport()
    writes = JoinedWrites(transport, Cycle())
    writes.write(HEAD)
    writes.close()
    assert (transport.sent, writes.is_closing()) == ([HEAD], True)
