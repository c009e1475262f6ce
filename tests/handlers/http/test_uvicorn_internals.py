"""What the server says before there is a request, byte by byte; the many ways to provoke it are in test_hostile.py."""

import asyncio
import inspect
import json
import logging
from collections.abc import Iterable
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from handlers.http import uvicorn_internals
from tests import factories
from tests.contract import wire
from tests.contract.judging import is_error_body
from tests.internals import imported, require, require_parameters
from tests.server import Server

UPGRADE = ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")


def _head(target: str, *headers: str) -> bytes:
    return "\r\n".join([f"{target} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


@pytest.fixture
def bearer(server: Server, organization: factories.Organization) -> str:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    return f"Authorization: Bearer {factories.make_api_token(organization.id, user.id)}"


def test_no_http_is_refused_in_the_error_body(server: Server) -> None:
    (response,) = wire.exchange(server.address, [b"this is no HTTP\r\n\r\n"], answers=2)
    assert response.status == 400
    assert response.headers["content-type"] == "application/json"
    assert response.headers["connection"] == "close"
    assert response.headers["x-content-type-options"] == "nosniff"
    is_error_body(response.body)
    # The log has it under the same id, as it has requests.
    assert response.headers["x-request-id"] in server.read_log()


def test_endless_headers_are_refused(server: Server) -> None:
    # Not a byte more than is read, so that nothing unread resets the connection before the response is.
    (response,) = wire.exchange(server.address, [b"GET /healthz HTTP/1.1\r\n", b"X-A: " + b"x" * 65536], answers=2)
    assert (response.status, response.headers["connection"]) == (431, "close")
    assert response.json()["error"]["code"] == "payload_too_large"
    assert "larger than 65536 bytes" in response.json()["error"]["message"]


@pytest.mark.parametrize("upgrade", [(), UPGRADE], ids=["plain", "asking for an upgrade"])
def test_head_in_one_piece_may_have_64_kib_and_no_more(server: Server, upgrade: tuple[str, ...]) -> None:
    for size, status in ((60_000, 200), (65_536, 431), (200_000, 431)):
        (response,) = wire.exchange(server.address, [_head("GET /healthz", "X-A: " + "x" * size, *upgrade)])
        assert response.status == status, size


def test_large_body_in_the_piece_of_its_head_counts_as_none(server: Server, bearer: str) -> None:
    body = json.dumps({"name": "Large", "notes": "x" * 9_000}).encode() + b" " * 150_000
    head = _head("POST /api/vendors", bearer, "Content-Type: application/json", f"Content-Length: {len(body)}")
    assert [response.status for response in wire.exchange(server.address, [head + body])] == [201]


def test_pipelined_upgrades_are_read_one_after_the_other(server: Server) -> None:
    """As deep as the stack is, and deeper."""
    responses = wire.exchange(server.address, [_head("GET /healthz", *UPGRADE) * 5000], answers=5000)
    assert [response.status for response in responses] == [200] * 5000


def test_large_headers_of_many_requests_are_not_added_up(server: Server) -> None:
    requests = [_head("GET /healthz", "X-Large: " + "x" * 30_000)] * 10
    assert [response.status for response in wire.exchange(server.address, requests, answers=10)] == [200] * 10


def test_large_body_counts_as_no_header(server: Server, bearer: str) -> None:
    body = json.dumps({"name": "Large", "notes": "x" * 9_000, "address": "é" * 9_000}).encode() + b" " * 300_000
    head = _head("POST /api/vendors", bearer, "Content-Type: application/json", f"Content-Length: {len(body)}")
    responses = wire.exchange(server.address, [head, body, 0.2, _head("GET /healthz")], answers=2)
    assert [response.status for response in responses] == [201, 200]


def test_headers_after_a_chunked_body_name_no_caller(server: Server, bearer: str) -> None:
    head = _head("POST /api/vendors", "Content-Type: application/json", "Transfer-Encoding: chunked")
    body = b'd\r\n{"name": "a"}\r\n0\r\n' + bearer.encode() + b"\r\n\r\n"
    (response,) = wire.exchange(server.address, [head + body])
    assert response.status == 401


def test_garbage_after_requests_does_not_break_into_their_answers(server: Server, bearer: str) -> None:
    requests = _head("GET /api/vendors", bearer) * 3 + b"\x00garbage\r\n\r\n"
    responses = wire.exchange(server.address, [requests], answers=9)
    assert [response.status for response in responses] == [200, 200, 200]


def test_bad_body_after_its_answer_gets_no_second_one(server: Server) -> None:
    # Without a token the response is there before the body.
    head = _head("POST /api/vendors", "Content-Type: application/json", "Transfer-Encoding: chunked")
    responses = wire.exchange(server.address, [head, 0.3, b"xyz\r\n"], answers=2)
    assert [response.status for response in responses] == [401]


@pytest.mark.parametrize("pieces", [1, 2], ids=["in one piece", "in two"])
def test_upgrade_that_nobody_knows_is_ignored_and_the_body_read(server: Server, bearer: str, pieces: int) -> None:
    body = b'{"name": "Upgraded"}'
    head = _head(
        "POST /api/vendors", bearer, "Content-Type: application/json", f"Content-Length: {len(body)}", *UPGRADE
    )
    sent = [head + body] if pieces == 1 else [head, 0.2, body]
    responses = wire.exchange(
        server.address, [*sent, _head("GET /healthz", *UPGRADE), _head("GET /healthz")], answers=3
    )
    assert [response.status for response in responses] == [201, 200, 200]
    assert responses[0].json()["name"] == "Upgraded"
    assert "upgrade" not in server.read_log().lower().replace("upgraded", "")


@pytest.mark.parametrize("upgrade", [(), UPGRADE], ids=["plain", "asking for an upgrade"])
@pytest.mark.parametrize("hosts", [(), ("a", "a"), ("a", "b"), ("a", "")])
def test_request_without_one_host_is_refused(server: Server, hosts: tuple[str, ...], upgrade: tuple[str, ...]) -> None:
    lines = ["GET /healthz HTTP/1.1", *(f"Host: {host}" for host in hosts), *upgrade, "", ""]
    (response,) = wire.exchange(server.address, ["\r\n".join(lines).encode() + _head("GET /healthz")], answers=2)
    assert (response.status, response.headers["connection"]) == (400, "close")
    assert response.json()["error"]["message"] == "the request must have one Host header"


def test_http_1_0_needs_no_host(server: Server) -> None:
    (response,) = wire.exchange(server.address, [b"GET /healthz HTTP/1.0\r\n\r\n"])
    assert response.status == 200


def test_body_behind_an_upgrade_is_no_request(server: Server, bearer: str) -> None:
    """A proxy takes it for a body: it must not be answered as a request."""
    hidden = _head("GET /nothing")
    for upgrade in (UPGRADE, ("Connection: upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13")):
        head = _head("POST /api/vendors", bearer, "Content-Type: application/json", *upgrade)
        framed = head[:-2] + f"Content-Length: {len(hidden)}\r\n\r\n".encode()
        chunked = head[:-2] + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(hidden), hidden)
        for request in (framed + hidden, chunked):
            # Answered as a request it would be the 404 before the last.
            responses = wire.exchange(server.address, [request, _head("GET /healthz")], answers=2)
            assert [response.status for response in responses] == [400, 200]


def test_connect_is_answered_and_nothing_behind_it(server: Server, bearer: str) -> None:
    responses = wire.exchange(server.address, [_head("CONNECT localhost:80"), _head("GET /healthz")], answers=3)
    assert len(responses) == 1
    assert responses[0].status in (400, 404, 405)


class Transport(asyncio.Transport):
    """Keeps what is sent, by system call."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent.append(bytes(data))

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        self.sent.append(b"".join(list_of_data))

    def close(self) -> None:
        self.is_closed = True


def _answer(*messages: dict[str, Any], method: str = "GET", keep_alive: bool = True) -> Transport:
    """What goes out when an application answers so."""
    transport = Transport()

    async def send() -> None:
        cycle = uvicorn_internals.Cycle(
            scope={"method": method},  # type: ignore[typeddict-item]  # nothing else is read
            transport=transport,
            flow=FlowControl(transport),
            logger=logging.getLogger(),
            access_logger=logging.getLogger(),
            access_log=False,
            default_headers=[(b"date", b"now")],
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=keep_alive,
            on_response=lambda: None,
        )
        for message in messages:
            await cycle.send(message)
        assert cycle.response_complete
        assert cycle.message_event.is_set()

    asyncio.run(send())
    return transport


def _start(*headers: tuple[bytes, bytes], status: int = 200) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": list(headers)}


def _body(body: bytes, **more: bool) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, **more}


LENGTH = (b"content-length", b"2")
HEAD = b"HTTP/1.1 200 OK\r\ndate: now\r\ncontent-length: 2\r\n"


@pytest.mark.parametrize(("keep_alive", "end"), [(True, b"\r\n{}"), (False, b"connection: close\r\n\r\n{}")])
def test_whole_response_goes_out_in_one_piece(keep_alive: bool, end: bytes) -> None:
    transport = _answer(_start(LENGTH), _body(b"{}"), keep_alive=keep_alive)
    assert (transport.sent, transport.is_closed) == ([HEAD + end], not keep_alive)


@pytest.mark.parametrize(
    ("messages", "sent"),
    [
        ([_start(LENGTH), _body(b"{", more_body=True), _body(b"}")], HEAD + b"\r\n{}"),
        (
            [_start(), _body(b"{}")],
            b"HTTP/1.1 200 OK\r\ndate: now\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        ),
        ([_start(status=304), _body(b"")], b"HTTP/1.1 304 Not Modified\r\ndate: now\r\n\r\n"),
        ([_start(LENGTH, (b"connection", b"close")), _body(b"{}")], HEAD + b"connection: close\r\n\r\n{}"),
        ([_start((b"Content-Length", b"2"), (b"X-A", b"b")), _body(b"{}")], HEAD + b"x-a: b\r\n\r\n{}"),
    ],
    ids=["in pieces", "of unknown length", "no body", "last of the connection", "capital letters"],
)
def test_uvicorn_sends_whatever_else_there_is(messages: list[dict[str, Any]], sent: bytes) -> None:
    assert b"".join(_answer(*messages).sent) == sent


def test_head_request_is_answered_without_a_body() -> None:
    assert b"".join(_answer(_start(LENGTH), _body(b"{}"), method="HEAD").sent) == HEAD + b"\r\n"


@pytest.mark.parametrize(
    "headers",
    [
        [LENGTH, (b"x-a", b"b\r\nset-cookie: c")],
        [LENGTH, (b"x-a", b"b\nc")],
        [LENGTH, (b"x-a\r\nb", b"c")],
        [(b"content-length", b"3")],
        [(b"content-length", b"1")],
    ],
)
def test_nothing_goes_out_that_would_be_read_in_two_ways(headers: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(RuntimeError):
        _answer(_start(*headers), _body(b"{}"))


INTERNALS = {
    "uvicorn.middleware.proxy_headers.ProxyHeadersMiddleware": "it says which addresses are trusted proxies",
    "uvicorn.protocols.http.httptools_impl": "its name of what is made for each request is bound to ours",
    "uvicorn.protocols.http.httptools_impl.HttpToolsProtocol": "ours is made of it",
    "uvicorn.protocols.http.httptools_impl.STATUS_LINE": "the first line of a response is one of these",
    "uvicorn.protocols.http.httptools_impl.RequestResponseCycle": "ours takes its place, and calls its `send`",
}
OVERRIDDEN = (
    "connection_made",
    "connection_lost",
    "data_received",
    "on_message_begin",
    "on_headers_complete",
    "on_body",
    "on_message_complete",
    "on_response_complete",
    "send_400_response",
)


@pytest.mark.parametrize("path", INTERNALS)
def test_uvicorn_has_the_name(path: str) -> None:
    require("uvicorn", path, INTERNALS[path])


def test_every_name_that_is_imported_is_in_the_table() -> None:
    assert imported(uvicorn_internals, "uvicorn") == INTERNALS.keys()


def test_uvicorn_still_has_what_ours_calls() -> None:
    path = "uvicorn.protocols.http.httptools_impl.HttpToolsProtocol._start_asgi_task"
    require("uvicorn", path, "ours begins the next of several requests with it")
    assert (
        "127.0.0.1"
        in require("uvicorn", "uvicorn.middleware.proxy_headers.ProxyHeadersMiddleware", "")(
            lambda: None, "127.0.0.1"
        ).trusted_hosts
    )


@pytest.mark.parametrize("name", OVERRIDDEN)
def test_uvicorn_still_calls_what_ours_overrides(name: str) -> None:
    ours = getattr(uvicorn_internals.Protocol, name)
    theirs = require("uvicorn", f"uvicorn.protocols.http.httptools_impl.HttpToolsProtocol.{name}", "ours overrides it")
    assert ours is not theirs


def test_protocol_and_cycle_have_the_attributes_that_are_read() -> None:
    protocol = HttpToolsProtocol(uvicorn.Config(lambda: None), ServerState(), {}, _loop=object())  # type: ignore[arg-type]
    for name in (
        "cycle",
        "transport",
        "headers",
        "client",
        "flow",
        "loop",
        "config",
        "server_state",
        "pipeline",
    ):
        assert hasattr(protocol, name), f"HttpToolsProtocol has no {name} any more"
    parameters = inspect.signature(RequestResponseCycle).parameters
    cycle = RequestResponseCycle(**dict.fromkeys(parameters))  # type: ignore[arg-type]
    for name in (
        "scope",
        "transport",
        "flow",
        "default_headers",
        "on_response",
        "keep_alive",
        "response_started",
        "response_complete",
        "expected_content_length",
        "waiting_for_100_continue",
        "disconnected",
        "message_event",
    ):
        assert hasattr(cycle, name), f"RequestResponseCycle has no {name} any more"


def test_several_processes_share_a_socket_by_uvicorns_supervisor() -> None:
    require_parameters("uvicorn", "uvicorn.supervisors.Multiprocess", "config", "sockets")
