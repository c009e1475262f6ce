import logging
import threading

import pytest

from handlers.workers.sweeper import Sweeper
from plugins.documents import removals


@pytest.fixture
def swept(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """Released at each sweep."""
    semaphore = threading.Semaphore(0)

    def sweep(is_ended: object) -> tuple[int, int]:
        semaphore.release()
        return 0, 0

    monkeypatch.setattr(removals, "sweep", sweep)
    return semaphore


def test_sweeper_sweeps_when_it_starts_and_when_there_is_something_to_do(swept: threading.Semaphore) -> None:
    sweeper = Sweeper(every_seconds=3600)
    sweeper.start()
    try:
        assert swept.acquire(timeout=5)
        assert not swept.acquire(timeout=0.05)
        removals.requested.set()
        assert swept.acquire(timeout=5)
    finally:
        sweeper.close(timeout=5)
    assert not sweeper._thread.is_alive()


def test_sweeper_sweeps_again_and_again(swept: threading.Semaphore) -> None:
    sweeper = Sweeper(every_seconds=0.001)
    sweeper.start()
    for _ in range(5):
        assert swept.acquire(timeout=5)
    sweeper.close(timeout=5)


def test_sweeper_goes_on_after_a_sweep_that_failed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = threading.Semaphore(0)

    def fail(is_ended: object) -> None:
        tries.release()
        raise RuntimeError("the store is away")

    monkeypatch.setattr(removals, "sweep", fail)
    sweeper = Sweeper(every_seconds=0.001)
    sweeper.start()
    for _ in range(3):
        assert tries.acquire(timeout=5)
    sweeper.close(timeout=5)
    assert {record.levelno for record in caplog.records if record.name == "pharus.sweeper"} == {logging.ERROR}


def test_sweeper_that_was_never_started_ends_at_once() -> None:
    Sweeper().close(timeout=0)
