import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import uvicorn

from handlers import stopping, supervisor
from tests.api import Api
from tests.handlers.test_stopping import GRACE_SECONDS, SLACK
from tests.internals import require
from tests.server import Server
from tests.waiting import Stopwatch, wait_until

ROOT = Path(__file__).parents[2]


@pytest.fixture
def two_workers(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    settings = {**environment, "PHARUS_STOP_SECONDS": str(GRACE_SECONDS)}
    server = Server(settings, tmp_path / "log", "--workers", "2")
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
        "Process.is_alive",
        "Multiprocess.init_processes",
        "Multiprocess.keep_subprocess_alive",
    ):
        require(
            "uvicorn", f"uvicorn.supervisors.multiprocess.{name}", "the supervisor of the workers puts its own there"
        )
    worker = supervisor.Worker(uvicorn.Config("handlers.app:create_app", factory=True), [])
    assert isinstance(worker.server, stopping.Server)
    assert worker.server is worker.server


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


def test_two_workers_serve_one_that_dies_is_replaced_and_all_end_in_time(two_workers: Server, member: Api) -> None:
    first, second = workers_of(two_workers)
    assert statuses(two_workers, member, 20) == {200}
    os.kill(first, signal.SIGKILL)
    new = wait_until(lambda: next((pid for pid in workers_of(two_workers) if pid not in (first, second)), None))
    wait_until(lambda: f"worker {new} takes the place of worker {first}" in two_workers.read_log())
    assert f"worker {first} was ended by SIGKILL" in two_workers.read_log()
    assert statuses(two_workers, member, 20) == {200}
    workers = psutil.Process(two_workers.pid).children(recursive=True)
    watch = Stopwatch(two_workers.pid)
    two_workers.process.terminate()
    assert watch.until(two_workers.process.poll) == 0
    assert watch.seconds() < GRACE_SECONDS + stopping.BEYOND_GRACE_SECONDS + SLACK
    assert two_workers.stop() == 0
    assert {second, new} <= {process.pid for process in workers}
    assert psutil.wait_procs(workers, timeout=30)[1] == []


def workers_of(server: Server) -> list[int]:
    found = []
    for child in psutil.Process(server.pid).children():
        # One that has ended meanwhile is none; neither is what multiprocessing starts beside them.
        with suppress(psutil.NoSuchProcess):
            if child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline()):
                found.append(child.pid)
    return found


def statuses(server: Server, caller: Api, count: int) -> set[int]:
    """Each request on a connection of its own, so that every worker gets some."""
    return {Api(server.address, caller.token).get("/api/vendors").status_code for _ in range(count)}


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


def test_worker_is_not_asked_before_it_has_started() -> None:
    code = """
import logging, socket, uvicorn
from handlers import supervisor
from tests.handlers.starting_slowly import SlowWorker
if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    supervisor.Worker = SlowWorker
    application = "tests.handlers.starting_slowly:create_app"
    config = uvicorn.Config(application, factory=True, log_config=None, timeout_worker_healthcheck=1)
    supervisor.Supervisor(config, [socket.socket()]).run()
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert (ended.returncode, "did not answer" in ended.stderr) == (0, False), ended.stderr
    assert "takes the place" not in ended.stderr


def test_only_a_worker_watches_a_parent() -> None:
    code = (
        "import threading; from handlers import supervisor; supervisor.end_with_parent(1); "
        "print([thread.name for thread in threading.enumerate()])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said == "['MainThread']\n"
