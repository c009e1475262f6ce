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
from bench.workloads.workload import COUNTER, VARIANT, render, taken

pytestmark = pytest.mark.no_database

BODY = b"y" * 700_000


class Recorder(BaseHTTPRequestHandler):
    """Answers 201 with a body, by default one larger than the generator's buffer; remembers the bodies it was sent."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    status = 201
    response = BODY
    bodies: list[bytes]

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.response)))
        self.end_headers()
        self.wfile.write(self.response)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def recorder(status: int = 201, response: bytes = BODY) -> Iterator[tuple[int, list[bytes]]]:
    """The port of a running recorder, and the bodies it has received."""
    bodies: list[bytes] = []
    handler = type("Handler", (Recorder,), {"bodies": bodies, "status": status, "response": response})
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
    request = post(f'{{"n": "{COUNTER}"}}')
    with recorder() as (port, bodies):
        measured = generate(Load(port, 3, 0.0, 0.5, [(request, 201, ())], most_requests=200))
    assert measured["failures"] == []
    assert 0 < measured["requests"] <= len(bodies) <= 200 + 3
    assert sorted(bodies) == [b'{"n": "%09d"}' % number for number in range(1, len(bodies) + 1)]
    assert 0 < measured["p50_ms"] <= measured["p99_ms"]
    assert measured["answer_bytes"] > len(BODY)


def test_load_sends_a_body_larger_than_the_socket_takes_at_once() -> None:
    large = "x" * 20_000_000
    with recorder() as (port, bodies):
        measured = generate(Load(port, 1, 0.0, 30.0, [(post(large), 201, ())], most_requests=2))
    assert measured["failures"] == []
    assert bodies[0] == large.encode()


def test_load_reports_an_answer_of_another_status() -> None:
    with recorder(status=500) as (port, _):
        measured = generate(Load(port, 1, 0.0, 5.0, [(post("{}"), 201, ())]))
    assert measured["failures"][0].startswith("HTTP/1.1 500")
    assert measured["seconds"] < 5.0


def test_load_goes_through_the_steps_with_the_ids_of_the_answers_before() -> None:
    first = "01935d6c-7b1a-7c3e-8f00-000000000011"
    steps = [
        (post(f'{{"variant": "{VARIANT}"}}'), 201, ("/data/1/id",)),
        (post(f'{{"of": "{taken(0)}"}}'), 201, ()),
    ]
    response = json.dumps({"data": [{}, {"id": first}]}).encode()
    with recorder(response=response) as (port, bodies):
        measured = generate(Load(port, 1, 0.0, 0.5, steps, variants=2, most_requests=3))
    assert measured["failures"] == []
    assert bodies[:4] == [b'{"variant": "01"}', b'{"of": "%b"}' % first.encode(), b'{"variant": "00"}', bodies[1]]
    # A request is a run of all the steps.
    assert measured["requests"] == 2 == (len(bodies) - 1) // 2


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_request_of_a_workload_has_the_length_it_says(workload: Any) -> None:
    ids = [b"01935d6c-7b1a-7c3e-8f00-000000000011"] * 9
    for step in workload.steps:
        whole = render(step.text("token").encode(), 7, workload.variants, ids)
        head, _, body = whole.partition(b"\r\n\r\n")
        assert head.startswith(f"{step.method} /api/".encode())
        assert b"content-length: %d" % len(body) in head if body else b"content-length" not in head
        assert not body or json.loads(body)
        assert (b"\r\nidempotency-key: " in head) == (step.key is not None)
        assert not any(mark.encode() in whole for mark in (COUNTER, VARIANT, "<taken"))
