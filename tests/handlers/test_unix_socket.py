"""A real server on a UNIX socket: who may connect, whom it believes, and what it leaves behind."""

import signal
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handlers.unix_socket import listening
from pharus.errors import ConfigurationError
from tests import launcher
from tests.api import Api
from tests.socket_server import ask, logged_client, start

Serve = Callable[..., launcher.Process]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pharus.sock"


@pytest.fixture
def serve(environment: dict[str, str], path: Path, tmp_path: Path) -> Iterator[Serve]:
    """Starts servers on the socket: those whose workers are counted as from the command line, by an interpreter."""
    started: list[launcher.Process] = []

    def run(*arguments: str, answers: bool = True, **settings: str) -> launcher.Process:
        seen, is_forked = {**environment, **settings}, "--workers" not in arguments
        started.append(start(seen, path, tmp_path / "log", *arguments, answers=answers, is_forked=is_forked))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.wait(30)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serves_on_the_socket_and_believes_the_proxy_behind_it(
    serve: Serve, path: Path, tmp_path: Path, member: Api, workers: str
) -> None:
    # The address that is trusted by default is not the socket: that is trusted because of its permissions.
    process = serve("--workers", workers, PHARUS_TRUSTED_PROXIES="192.0.2.1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    assert ask(path, "/api/vendors", authorization=f"Bearer {member.token}").status_code == 200
    assert logged_client(tmp_path / "log", ask(path, "/healthz")) == "unix"
    assert (
        logged_client(tmp_path / "log", ask(path, "/healthz", x_forwarded_for="10.0.0.1, 203.0.113.7")) == "203.0.113.7"
    )
    assert (
        logged_client(tmp_path / "log", ask(path, "/healthz", x_forwarded_for="198.51.100.1, 192.0.2.1"))
        == "198.51.100.1"
    )
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
