"""A real server on a UNIX socket: who may connect, whom it believes, and what it leaves behind."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from handlers.unix_socket import listening
from pharus.errors import ConfigurationError
from tests.api import Api

Serve = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pharus.sock"


@pytest.fixture
def serve(environment: dict[str, str], path: Path, tmp_path: Path) -> Iterator[Serve]:
    """Starts a server on the socket and waits until it answers."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str, answers: bool = True, **settings: str) -> subprocess.Popen[bytes]:
        with (tmp_path / "log").open("ab") as log:
            started.append(
                subprocess.Popen(
                    [sys.executable, "-m", "handlers.cli", "serve", "--uds", str(path), *arguments],
                    env={**os.environ, **environment, "PHARUS_API_URL": "https://api.example.com", **settings},
                    stdout=log,
                    stderr=log,
                )
            )
        deadline = time.monotonic() + 60
        while answers and not (path.exists() and _is_ready(path)):
            assert started[-1].poll() is None, (tmp_path / "log").read_text()
            assert time.monotonic() < deadline, (tmp_path / "log").read_text()
            time.sleep(0.05)
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait(30)


def _is_ready(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        if probe.connect_ex(str(path)) != 0:
            return False
    return ask(path, "/readyz").status_code == 200


def ask(path: Path, target: str, **headers: str) -> httpx.Response:
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(path)), timeout=30) as client:
        return client.get(f"http://pharus{target}", headers={name.replace("_", "-"): headers[name] for name in headers})


def logged(tmp_path: Path, response: httpx.Response) -> str:
    """The client that the log names for the request."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for line in (tmp_path / "log").read_text().splitlines():
            if response.headers["x-request-id"] in line:
                return str(json.loads(line)["client"])
        time.sleep(0.02)
    raise AssertionError("the log has no line about the request")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serves_on_the_socket_and_believes_the_proxy_behind_it(
    serve: Serve, path: Path, tmp_path: Path, member: Api, workers: str
) -> None:
    # The address that is trusted by default is not the socket: that is trusted because of its permissions.
    process = serve("--workers", workers, PHARUS_TRUSTED_PROXIES="192.0.2.1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    assert ask(path, "/api/vendors", authorization=f"Bearer {member.token}").status_code == 200
    assert logged(tmp_path, ask(path, "/healthz")) == "unix"
    assert logged(tmp_path, ask(path, "/healthz", x_forwarded_for="10.0.0.1, 203.0.113.7")) == "203.0.113.7"
    assert logged(tmp_path, ask(path, "/healthz", x_forwarded_for="198.51.100.1, 192.0.2.1")) == "198.51.100.1"
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert not path.exists()


def test_many_connections_of_the_proxy_are_not_bound_as_those_of_one_address(serve: Serve, path: Path) -> None:
    serve(PHARUS_MAX_CONNECTIONS_PER_ADDRESS="2")
    with socket.socket(socket.AF_UNIX) as first, socket.socket(socket.AF_UNIX) as second:
        for idle in (first, second):
            idle.connect(str(path))
        assert [ask(path, "/healthz").status_code for _ in range(3)] == [200] * 3
        for idle in (first, second):
            idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert idle.recv(100).startswith(b"HTTP/1.1 200")


def test_socket_of_a_killed_server_is_replaced_and_that_of_a_running_one_is_not(
    serve: Serve, path: Path, tmp_path: Path
) -> None:
    killed = serve()
    killed.kill()
    killed.wait(30)
    assert path.exists()
    running = serve()
    refused = serve(answers=False)
    assert refused.wait(60) == 1
    assert f"Cannot listen on {path}: another process does." in (tmp_path / "log").read_text()
    assert ask(path, "/healthz").status_code == 200
    running.send_signal(signal.SIGTERM)
    assert running.wait(30) == 0


@pytest.mark.parametrize(
    ("arguments", "settings", "sentence"),
    [
        (["--port", "8000"], {}, "leave out --port"),
        (["--host", "127.0.0.1"], {}, "leave out --host"),
        ([], {"PHARUS_API_URL": ""}, "--uds needs PHARUS_API_URL"),
    ],
)
def test_what_does_not_go_with_a_socket_refuses_the_start(
    serve: Serve, tmp_path: Path, arguments: list[str], settings: dict[str, str], sentence: str
) -> None:
    assert serve(*arguments, answers=False, **settings).wait(60) == 1
    log = (tmp_path / "log").read_text()
    assert sentence in log
    assert "Traceback" not in log


@pytest.mark.no_database
def test_file_that_is_no_socket_stays(path: Path) -> None:
    path.write_text("kept")
    with pytest.raises(ConfigurationError, match="it is no socket"), listening(path):
        pass
    assert path.read_text() == "kept"


@pytest.mark.no_database
@pytest.mark.parametrize("name", ["x" * 120, "missing/pharus.sock"])
def test_path_that_cannot_be_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match="Cannot listen on"), listening(tmp_path / name):
        pass


@pytest.mark.no_database
def test_socket_of_another_server_is_not_removed(path: Path) -> None:
    with listening(path):
        path.unlink()
        other = socket.socket(socket.AF_UNIX)
        other.bind(str(path))
    assert path.exists()
    other.close()
