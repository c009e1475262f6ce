"""The noises on a small scale: that they are what they say. Whose request is next is tested without a clock, in
tests/handlers/workers/test_threads.py and tests/handlers/http/test_operation_turns.py."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict

import pytest

from bench import noisy
from bench.database import Database
from bench.noise import NOISES, Caller, Order, Records, prepare_records
from bench.noisy import QUIET, Measured, Sizes, measure, row
from bench.processes import Server

SIZES = Sizes(vendors=50, layers=2, width=3)


@pytest.fixture(scope="module")
def database(database_url: str) -> Database:
    database = Database(database_url, None, {})
    for workload in (QUIET, SIZES.workload):
        database.fill(workload)
        database.prepare(workload)
    return database


@pytest.fixture(scope="module")
def running(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with noisy.serving(database, tmp_path_factory.mktemp("noisy")) as server:
        yield server


@pytest.fixture(scope="module")
def token(database: Database) -> str:
    return database.token(SIZES.workload, "admin") or ""


@pytest.fixture(scope="module")
def noise_maker(running: Server, token: str) -> Iterator[Caller]:
    with closing(Caller(running.port, token)) as caller:
        yield caller


@pytest.fixture(scope="module")
def records(noise_maker: Caller) -> Records:
    return prepare_records(noise_maker, SIZES.layers, SIZES.width)


@pytest.mark.parametrize(
    ("name", "statuses"),
    [("explosions", {201}), ("searches", {200}), ("files", {200}), ("bodies", {422})],
)
def test_noise_is_answered_as_the_work_that_it_is(
    name: str, statuses: set[int], noise_maker: Caller, records: Records
) -> None:
    noise, callers, _ = NOISES[name]
    assert callers > 1
    assert {noise(noise_maker, records, number) for number in (7, 8)} == statuses


def test_quiet_one_is_measured_while_another_process_makes_the_noise(
    running: Server, database: Database, token: str, records: Records
) -> None:
    order = Order("searches", 3, running.port, token, asdict(records))
    with closing(Caller(running.port, database.token(QUIET, "admin") or "")) as quiet, noisy.making(order) as answered:
        measured = measure(quiet, 1, running, database)
    assert len(measured.found["list"]) == len(measured.found["write"]) > 0
    assert measured.busy["server"] > 0
    assert set(answered) == {200}


def test_row_compares_with_the_time_alone_and_says_how_busy_the_machine_was() -> None:
    alone = Measured({"list": [1.0, 2.0], "write": [4.0, 4.0]}, {})
    beside = Measured({"list": [3.0, 5.0], "write": [4.0, 8.0]}, {"server": 0.91, "else": 0.5})
    line = row("noise", beside, alone, Counter({200: 7, 0: 1}))
    assert line == "| noise | 3.0 | 5.0 | 2.5 | 4.0 | 8.0 | 2.0 | 1 × broken, 7 × 200 | server 0.9, else 0.5 |"
