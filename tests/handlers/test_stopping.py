import signal
import time
from pathlib import Path

import pytest

from handlers import stopping
from tests.server import Server
from tests.waiting import Stopwatch

GRACE_SECONDS = 1
# The machine may be busy.
SLACK = 5.0


def test_server_in_which_something_hangs_for_ever_ends_itself(environment: dict[str, str], tmp_path: Path) -> None:
    settings = {**environment, "PHARUS_STOP_SECONDS": str(GRACE_SECONDS)}
    server = Server(settings, tmp_path / "log", module="tests.handlers.hanging")
    watch = Stopwatch(server.pid)
    server.process.send_signal(signal.SIGTERM)
    assert watch.until(server.process.poll) == 1
    assert watch.seconds() < GRACE_SECONDS + stopping.BEYOND_GRACE_SECONDS + SLACK
    assert "the server does not end in its time, and is ended" in server.read_log()


def test_seconds_left_are_those_of_the_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "_since", None)
    assert stopping.seconds_left(30) == 30
    monkeypatch.setattr(stopping, "_since", time.monotonic() - 10)
    assert 19 < stopping.seconds_left(30) <= 20
    monkeypatch.setattr(stopping, "_since", time.monotonic() - 40)
    assert stopping.seconds_left(30) == 0
