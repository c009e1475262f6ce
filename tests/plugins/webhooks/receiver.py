"""A receiver of webhooks: a real HTTP server on the loopback interface, that answers as a test wants it to."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson


@dataclass(frozen=True)
class Received:
    """One request. `status` is what was answered."""

    headers: dict[str, str]
    body: bytes
    path: str
    status: int

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, Any]:
        return dict(orjson.loads(self.body))

    @property
    def record_id(self) -> str:
        return str(self.event["data"]["recordId"])


@dataclass
class Receiver:
    """`answer` says the status that a request is answered with; it may take its time, or raise ConnectionError to hang
    up. `content` is the body of each answer, with `location` for a header."""

    url: str = ""
    requests: list[Received] = field(default_factory=list)
    answer: Callable[[Received], int] = lambda request: 204
    content: bytes = b""
    location: str | None = None
    most_at_a_time: int = 0
    at_a_time: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def taken(self) -> list[Received]:
        return [each for each in self.requests if 200 <= each.status < 300]

    def names(self) -> list[str]:
        """Of the vendors whose events were taken."""
        return [each.event["data"]["after"]["name"] for each in self.taken]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    receiver: Receiver

    def do_POST(self) -> None:
        receiver = self.receiver
        body = self.rfile.read(int(self.headers["content-length"]))
        if len(body) < int(self.headers["content-length"]):
            # Who sends it was killed meanwhile.
            self.close_connection = True
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        with receiver.lock:
            receiver.at_a_time += 1
            receiver.most_at_a_time = max(receiver.most_at_a_time, receiver.at_a_time)
        try:
            status = receiver.answer(Received(headers, body, self.path, 0))
        except ConnectionError:
            self.close_connection = True
            return
        finally:
            with receiver.lock:
                receiver.at_a_time -= 1
                if "status" not in locals():
                    receiver.requests.append(Received(headers, body, self.path, 0))
        with receiver.lock:
            receiver.requests.append(Received(headers, body, self.path, status))
        self.send_response(status)
        if receiver.location is not None:
            self.send_header("Location", receiver.location)
        self.send_header("Content-Length", str(len(receiver.content)))
        self.end_headers()
        self.wfile.write(receiver.content)

    def log_message(self, *arguments: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 100

    def handle_error(self, *arguments: Any) -> None:
        """A client that hung up is what some tests are about."""


@contextmanager
def running(**options: Any) -> Iterator[Receiver]:
    receiver = Receiver(**options)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"receiver": receiver}))
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def slowly(seconds: float, status: int = 204) -> Callable[[Received], int]:
    def answer(request: Received) -> int:
        time.sleep(seconds)
        return status

    return answer
