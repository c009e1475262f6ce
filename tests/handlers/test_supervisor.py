import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import uvicorn

from handlers import stopping, supervisor
from tests.handlers.test_server import workers_of
from tests.internals import require
from tests.server import Server

ROOT = Path(__file__).parents[2]


@pytest.fixture
def two_workers(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    server = Server(environment, tmp_path / "log", "--workers", "2")
    processes = psutil.Process(server.pid).children(recursive=True)
    yield server
    server.process.kill()
    server.process.wait(30)
    psutil.wait_procs(processes, timeout=30)
    for process in processes:
        if process.is_running():
            process.kill()


@pytest.mark.no_database
def test_supervisor_of_the_library_has_what_ours_is_made_of() -> None:
    for name in (
        "Process.server",
        "Process.target",
        "Multiprocess.init_processes",
        "Multiprocess.keep_subprocess_alive",
    ):
        require(
            "uvicorn", f"uvicorn.supervisors.multiprocess.{name}", "the supervisor of the workers puts its own there"
        )
    worker = supervisor.Worker(uvicorn.Config("handlers.app:create_app", factory=True), [])
    assert isinstance(worker.server, stopping.Server)
    assert worker.server is worker.server


def wait_until(true: Callable[[], bool], complaint: str) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.1)


def test_workers_end_in_order_when_their_supervisor_is_killed(two_workers: Server) -> None:
    left = psutil.Process(two_workers.pid).children(recursive=True)
    assert len(left) >= 2
    two_workers.process.kill()
    two_workers.process.wait(30)
    _, alive = psutil.wait_procs(left, timeout=60)
    assert alive == []
    log = two_workers.read_log()
    assert log.count("the supervisor of this worker has ended, and so it does too") == 2
    assert log.count("Finished server process") == 2


def test_worker_that_ends_is_told_of_and_replaced(two_workers: Server) -> None:
    first, second = workers_of(two_workers)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: len({*workers_of(two_workers)} - {first}) == 2, "it was not replaced")
    (new,) = {*workers_of(two_workers)} - {first, second}
    wait_until(lambda: f"worker {new} takes the place of worker {first}" in two_workers.read_log(), "nothing was said")
    assert f"worker {first} was ended by SIGKILL" in two_workers.read_log()
    two_workers.process.terminate()
    assert two_workers.process.wait(60) == 0


def test_workers_that_end_at_once_are_replaced_more_slowly_and_then_given_up() -> None:
    code = """
import logging, signal, socket, sys, time, uvicorn
from handlers import supervisor
from pharus.errors import ConfigurationError
if __name__ == "__main__":
    logging.basicConfig(format="%(relativeCreated)d %(message)s", level=logging.INFO)
    supervisor._MOST_ROUNDS = 2
    config = uvicorn.Config("tests.handlers.ending:create_app", factory=True, workers=2, log_config=None)
    try:
        supervisor.Supervisor(config, [socket.socket()]).run()
    except ConfigurationError as error:
        sys.exit(f"refused: {error}")
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 1
    assert (
        "refused: 4 workers one after the other ended as soon as they had started; the last one ended with the exit "
        in (ended.stderr)
    )
    said = re.findall(r"^(\d+) worker \d+ (ended|takes)", ended.stderr, re.MULTILINE)
    assert [what for _, what in said].count("ended") == 4
    second_round = int(next(at for at, what in reversed(said) if what == "takes"))
    first_end = int(next(at for at, what in said if what == "ended"))
    assert second_round - first_end >= 1000, "there was no pause"


def test_only_a_worker_watches_a_parent() -> None:
    code = (
        "import threading; from handlers import supervisor; supervisor.end_with_parent(1); "
        "print([thread.name for thread in threading.enumerate()])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said == "['MainThread']\n"
