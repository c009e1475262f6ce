"""`pharus test-contract --hostile` against deployments: one that keeps its bounds, and one that does not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from contract.hostile import sockets, suite
from contract.hostile.metering import Cost, Meter
from contract.report import Case, Report
from tests import launcher
from tests.contract import audit
from tests.hostile.defective import DEFECTS
from tests.server import Server

# Patience enough for any client of these tests, and for idle connections to be closed while they run.
SETTINGS = {
    "PHARUS_RATE_LIMITS": "off",
    "PHARUS_HEADER_SECONDS": "3",
    "PHARUS_KEEP_ALIVE_SECONDS": "4",
    "PHARUS_STALL_SECONDS": "5",
}


def attack(server: Server, data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return launcher.run(
        *("test-contract", "--hostile", "--url", server.address, "--data", str(data), *arguments),
        environment={name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ},
        timeout=400,
    )


@pytest.fixture
def sound(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    running = Server({**environment, **SETTINGS}, tmp_path / "server.log")
    audit.leave_to_another_judge(running.address)
    yield running
    assert running.stop() == 0, running.read_log()[-2000:]


@pytest.fixture
def defective(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    running = Server({**environment, **SETTINGS}, tmp_path / "defective.log", module="tests.hostile.defective")
    audit.leave_to_another_judge(running.address)
    yield running
    running.stop()


@pytest.mark.long
def test_sound_deployment_keeps_every_bound(sound: Server, data_folder: Path) -> None:
    result = attack(sound, data_folder, "--pid", str(sound.pid), "--include", "/api/locations")
    assert result.returncode == 0, result.stdout + result.stderr
    assert " 0 violations" in result.stdout


@pytest.mark.long
def test_what_breaks_a_bound_is_named(defective: Server, data_folder: Path) -> None:
    result = attack(defective, data_folder, "--include", "/api/locations")
    assert result.returncode == 1, result.stdout + result.stderr
    for operation, what in DEFECTS.items():
        of_it = result.stdout.partition(f"hostile {operation}\n")[2].partition("\nhostile ")[0]
        assert what in of_it, f"{operation}: {result.stdout}"


def test_process_that_is_not_there_is_said_to_be_so(sound: Server, data_folder: Path) -> None:
    result = attack(sound, data_folder, "--pid", "4194304", "--include", "/api/locations")
    assert result.returncode == 2
    assert "the process 4194304 cannot be measured" in result.stderr


@pytest.mark.parametrize(
    ("status", "size", "seconds", "cost", "broken"),
    [
        (422, 100, 0.1, Cost(10, 0.1), []),
        (400, 64 * 1024, 5.0, Cost(100, 1.0), []),
        (200, 100, 0.1, Cost(), ["answered 200, and not one of 400, 413, 422"]),
        (500, 100, 0.1, Cost(), ["answered 500, and not one of 400, 413, 422"]),
        (422, 70_000, 0.1, Cost(), ["70,000.0 bytes of answer; at most 65,536 are allowed"]),
        (422, 100, 5.1, Cost(), ["5.1 seconds until the answer; at most 5 are allowed"]),
        (
            422, 100, 0.1, Cost(300, 2),
            ["300.0 MB over idle; at most 100 are allowed", "2.0 seconds of processor; at most 1 are allowed"],
        ),
    ],
)  # fmt: skip
def test_each_bound_is_held_against_the_answer(
    status: int, size: int, seconds: float, cost: Cost, broken: list[str]
) -> None:
    assert list(suite._broken(httpx.Response(status, content=b"x" * size), seconds, cost)) == broken


def test_probe_that_finds_something_or_takes_too_long_is_a_violation() -> None:
    def sound(host: str, port: int) -> list[str]:
        return []

    def unsound(host: str, port: int) -> list[str]:
        return [f"{host}:{port} is open"]

    def unreachable(host: str, port: int) -> list[str]:
        raise ConnectionRefusedError("refused")

    cases = []
    for probe in (
        sockets.Probe(sound, 5),
        sockets.Probe(unsound, 5),
        sockets.Probe(unreachable, 5),
        sockets.Probe(sound, -1),
    ):
        case = Case(suite.SUITE, probe.name)
        suite._sockets(case, probe, "host", 80)
        cases.append([each.split(":")[0] for each in case.violations])
    assert cases == [[], ["host"], ["the server cannot be reached"], ["took 0.0 seconds; at most -1 are allowed"]]
    assert Report().exit_code == 0


def test_meter_counts_what_this_process_spends() -> None:
    # Not of this process: it may give back what other tests took.
    computing = "import sys; input(); kept = b'x' * 120_000_000; sum(range(3_000_000)); print(); input()"
    with subprocess.Popen(
        [sys.executable, "-c", computing], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        with Meter(process.pid).measure() as cost:
            process.stdin.write(b"\n")
            assert process.stdout.readline()
        process.stdin.write(b"\n")
    assert 30 < cost.megabytes < 300
    assert 0.01 <= cost.seconds < 20
