"""The load generator, in a process of its own, against real servers on loopback."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bench.load import Load
from bench.workloads import WORKLOADS
from bench.workloads.workload import COUNTER

pytestmark = pytest.mark.no_database

BODY = b"y" * 700_000


class Recorder(BaseHTTPRequestHandler):
    """Answers 201 with a body larger than the generator's buffer; remembers the bodies it was sent."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    status = 201
    bodies: list[bytes]

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def recorder(status: int = 201) -> Iterator[tuple[int, list[bytes]]]:
    """The port of a running recorder, and the bodies it has received."""
    bodies: list[bytes] = []
    handler = type("Handler", (Recorder,), {"bodies": bodies, "status": status})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1], bodies
        finally:
            server.shutdown()
            thread.join()


def generate(load: Load) -> dict[str, Any]:
    finished = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(asdict(load)).encode(), capture_output=True, check=True
    )
    return json.loads(finished.stdout)  # type: ignore[no-any-return]


def post(body: str) -> str:
    return f"POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: {len(body)}\r\n\r\n{body}"


def test_load_counts_answers_and_numbers_the_requests() -> None:
    before, _, after = post(f'{{"n": "{COUNTER}"}}').partition(COUNTER)
    with recorder() as (port, bodies):
        measured = generate(Load(port, 3, 0.0, 0.5, 201, before, after, most_requests=200))
    assert measured["failures"] == []
    assert 0 < measured["requests"] <= len(bodies) <= 200 + 3
    assert sorted(bodies) == [b'{"n": "%09d"}' % number for number in range(1, len(bodies) + 1)]
    assert 0 < measured["p50_ms"] <= measured["p99_ms"]
    assert measured["answer_bytes"] > len(BODY)


def test_load_sends_a_body_larger_than_the_socket_takes_at_once() -> None:
    large = "x" * 20_000_000
    with recorder() as (port, bodies):
        measured = generate(Load(port, 1, 0.0, 30.0, 201, post(large), most_requests=2))
    assert measured["failures"] == []
    assert bodies[0] == large.encode()


def test_load_reports_an_answer_of_another_status() -> None:
    with recorder(status=500) as (port, _):
        measured = generate(Load(port, 1, 0.0, 5.0, 201, post("{}")))
    assert measured["failures"][0].startswith("HTTP/1.1 500")
    assert measured["seconds"] < 5.0


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_request_of_a_workload_has_the_length_it_says(workload: Any) -> None:
    before, after = workload.request("token")
    whole = before if after is None else f"{before}{7:09d}{after}"
    head, _, body = whole.partition("\r\n\r\n")
    assert head.startswith(f"{workload.method} {workload.path} HTTP/1.1\r\n")
    assert f"content-length: {len(body.encode())}" in head if body else "content-length" not in head
    assert not body or json.loads(body)
