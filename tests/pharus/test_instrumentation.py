from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from pharus import instrumentation
from pharus.db import db, unit_of_work
from pharus.identity import ANONYMOUS
from pharus.instrumentation import Event, Work


class Recorder:
    """An observer that notes what it is told."""

    def __init__(self, *, wants_statements: bool) -> None:
        self.wants_statements = wants_statements
        self.told: list[str] = []

    def request_began(self, work: Work, method: str, headers: list[tuple[bytes, bytes]]) -> None:
        self.told.append(f"began {method}")

    def request_ended(self, work: Work, method: str, status: int, seconds: float) -> None:
        self.told.append(f"ended {method} {status}")

    def statement_ended(self, describe: Callable[[], str], seconds: float, error: BaseException | None) -> None:
        self.told.append(f"statement {describe()} {type(error).__name__}")

    @contextmanager
    def step(self, name: str, file: str) -> Iterator[None]:
        self.told.append(f"{name} {file}")
        yield
        self.told.append(f"{name} done")

    def count(self, event: Event, amount: int, label: str) -> None:
        self.told.append(f"{amount} {event} {label}")


@pytest.fixture
def recorders() -> Iterator[list[Recorder]]:
    made = [Recorder(wants_statements=True), Recorder(wants_statements=False)]
    instrumentation.observe(*made)
    yield made
    instrumentation.observe()


def test_all_observers_are_told_and_of_statements_those_that_want_them(recorders: list[Recorder]) -> None:
    instrumentation.count("ledger_entries", 3, "MIL")
    refused = pytest.raises(Exception, match="division")
    with instrumentation.step("file.keep", "a.pdf"), refused, unit_of_work(ANONYMOUS):
        db.send("SELECT 1 / 0")
    everything, without_statements = (recorder.told for recorder in recorders)
    assert without_statements == ["3 ledger_entries MIL", "file.keep a.pdf", "file.keep done"]
    assert [line for line in everything if not line.startswith("statement")] == without_statements
    assert everything[3:5] == ["statement SELECT 1 / 0 DivisionByZero", "statement ROLLBACK NoneType"]


def test_nobody_is_told_when_nobody_listens() -> None:
    instrumentation.count("mails", 1, "sent")
    with instrumentation.step("file.keep", "a.pdf"):
        pass
    instrumentation.note_problem("not_found")
    instrumentation.note_operation("getVendor")


def test_request_notes_what_it_asks_for_and_how_it_is_refused() -> None:
    work = Work("4711")
    token = instrumentation.current.set(work)
    instrumentation.note_operation("getVendor")
    instrumentation.note_problem("not_found")
    instrumentation.current.reset(token)
    assert (work.request_id, work.operation, work.problem) == ("4711", "getVendor", "not_found")


def test_time_in_the_queue_is_the_sum_of_all_waits() -> None:
    work = Work("4711")
    for _ in range(2):
        work.wait()
        work.begin()
    assert 0 < work.queue_seconds < 1
