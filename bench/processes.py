"""Server processes: start one on a free port, wait until it answers, watch its memory, end it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import httpx
import psutil

from bench.peers import ROOT

START_SECONDS = 60.0
STOP_SECONDS = 15.0
SAMPLE_SECONDS = 0.1


class ServerFailed(Exception):
    """The server did not start, or ended by itself; the message has the end of its log."""


@dataclass(slots=True)
class Server:
    """A running server. `url` has no slash at its end; `log` is the file with everything it printed; `start_seconds`
    went by between its start and its first response."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    start_seconds: float = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def tail(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


@dataclass(slots=True)
class PeakMemory:
    """Samples the resident memory of a process tree in a thread; `megabytes` is the largest sum seen, in 10^6 bytes."""

    pid: int
    megabytes: float = 0.0
    _done: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> "PeakMemory":
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, type: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._done.set()
        assert self._thread is not None
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.is_set():
            self.megabytes = max(self.megabytes, memory_bytes(self.pid) / 1e6)
            self._done.wait(SAMPLE_SECONDS)


@contextmanager
def running(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    log: Path,
    ready: tuple[str, Mapping[str, str]],
    root: Path = ROOT,
) -> Iterator[Server]:
    """Run `python -m <arguments>` with {port} replaced by a free port, until the block ends.

    `ready` is the path and the headers of a GET that answers 200 once the server can work. `root` is the checkout whose
    module it is; another one than this has a Python of its own.
    """
    port = _free_port()
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [python_of(root), "-m", *(argument.format(port=port) for argument in arguments)]
    started = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=root, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    server = Server(process, port, log)
    try:
        _wait_until_ready(server, *ready)
        server.start_seconds = time.perf_counter() - started
        yield server
        if process.poll() is not None:
            raise ServerFailed(f"the server ended with {process.returncode}:\n{server.tail()}")
    finally:
        _stop(process)


def python_of(root: Path) -> str:
    """The interpreter that a checkout has installed."""
    return sys.executable if root == ROOT else str(root / ".venv" / "bin" / "python")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and all its descendants, as far as they are alive."""
    total = 0.0
    for process in _alive(pid):
        with suppress(psutil.Error):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def memory_bytes(pid: int) -> int:
    total = 0
    for process in _alive(pid):
        with suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def largest_process_bytes(pid: int) -> int:
    """Resident memory of the largest process of a tree: of a worker, where there are several."""
    sizes = [0]
    for process in _alive(pid):
        with suppress(psutil.Error):
            sizes.append(process.memory_info().rss)
    return max(sizes)


def _alive(pid: int) -> list[psutil.Process]:
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: Server, path: str, headers: Mapping[str, str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    found = "nothing"
    with httpx.Client(trust_env=False, headers=headers) as client:
        while time.monotonic() < deadline:
            if server.process.poll() is not None:
                raise ServerFailed(f"the server ended with {server.process.returncode}:\n{server.tail()}")
            with suppress(httpx.TransportError):
                response = client.get(server.url + path)
                if response.status_code == 200:
                    return
                found = f"{response.status_code} {response.text[:300]}"
            time.sleep(0.01)
    raise ServerFailed(f"GET {path} never answered 200, the last response was {found}:\n{server.tail()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end; after a while end it and its workers, by their ids."""
    family = _alive(process.pid) if process.poll() is None else []
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        for member in family:
            with suppress(psutil.Error):
                member.kill()
        process.wait()
