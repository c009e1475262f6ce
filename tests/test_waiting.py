"""What tests measure on a machine that is busy with much else."""

import os
import sys
import time

import httpx
import pytest

from tests import waiting
from tests.waiting import Stopwatch

pytestmark = pytest.mark.no_database


def test_what_others_had_of_the_processors_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = {os.getpid(): {"1": 5.0}, 77: {"2": 1.0, "3": 0.0}}
    monkeypatch.setattr(waiting, "_waits_for_processor", lambda pid: dict(waits[pid]))
    watch = Stopwatch(77)
    time.sleep(0.05)
    assert 0.05 <= watch.seconds() <= watch.wall_seconds()
    # Of a process the thread that waited longest; one that is new has waited since it is there.
    waits[os.getpid()]["1"] += 10
    waits[77] = {"2": 4.0, "3": 2.0, "4": 1.0}
    assert -13 < watch.seconds() <= watch.wall_seconds() - 13
    # It is still known when the process has ended.
    waits[77] = {}
    codes = iter([None, 0])
    assert watch.until(lambda: next(codes)) == 0
    assert watch.seconds() <= watch.wall_seconds() - 13


def test_clients_wait_longer_than_a_busy_machine_takes() -> None:
    assert httpx.Client().timeout == httpx.Timeout(60)
    assert httpx.Client(timeout=1).timeout == httpx.Timeout(1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts how long a thread has waited for a processor")
def test_linux_counts_how_long_threads_wait() -> None:
    before = waiting._waits_for_processor(os.getpid())
    assert before
    assert all(seconds >= 0 for seconds in before.values())
    assert waiting._waits_for_processor(2**22 + 1) == {}
