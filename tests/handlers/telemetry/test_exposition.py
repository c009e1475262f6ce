import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.telemetry import exposition
from pharus.config import Settings
from pharus.errors import ConfigurationError
from tests.api import Api
from tests.handlers.telemetry.scraping import free_port, scrape, value, wait_for
from tests.server import Server


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def two_workers(environment: dict[str, str], tmp_path: Path, port: int) -> Iterator[Server]:
    running = Server({**environment, "PHARUS_METRICS_PORT": str(port)}, tmp_path / "log", "--workers", "2")
    yield running
    if running.process.poll() is None:
        running.stop()


def workers_of(server: Server) -> list[int]:
    return [int(pid) for pid in re.findall(r"Started server process \[(\d+)\]", server.read_log())]


def test_metrics_are_the_sum_over_all_workers_and_go_with_the_server(
    two_workers: Server, port: int, member: Api
) -> None:
    samples = wait_for(port, lambda samples: value(samples, "pharus_threads") == 10)
    assert value(samples, "pharus_migrations_pending") == 0
    for _ in range(20):
        assert Api(two_workers.address, member.token).get("/api/vendors").status_code == 200
    counted = {"operation": "listVendors", "status": "200"}
    wait_for(port, lambda samples: value(samples, "pharus_requests_total", **counted) == 20)
    # Whichever worker answers, and however often it is asked: the same.
    assert value(scrape(port), "pharus_requests_total", **counted) == 20

    os.kill(workers_of(two_workers)[0], signal.SIGKILL)
    wait_for(port, lambda samples: value(samples, "pharus_threads") == 5)
    assert value(scrape(port), "pharus_requests_total", **counted) == 20
    # Another one takes its place.
    wait_for(port, lambda samples: value(samples, "pharus_threads") == 10)
    assert value(scrape(port), "pharus_requests_total", **counted) == 20

    [folder] = {
        line.split("=")[1]
        for line in Path(f"/proc/{workers_of(two_workers)[-1]}/environ").read_text().split("\0")
        if line.startswith("PROMETHEUS_MULTIPROC_DIR=")
    }
    assert list(Path(folder).iterdir())
    two_workers.stop()
    assert not Path(folder).exists()


def test_metrics_are_nowhere_unless_a_port_is_named(server: Server, anonymous: Api) -> None:
    assert anonymous.get("/metrics").status_code == 404
    assert "PROMETHEUS" not in Path(f"/proc/{server.pid}/environ").read_text()


def test_port_that_is_taken_refuses_the_start() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=rf"port {port} \(PHARUS_METRICS_PORT\): Address already in use"):
            exposition.serve(Settings(metrics_port=port), 1)
