"""What the tests of the contract share."""

import sys
from collections.abc import Callable, Iterator

import pytest

from tests.server import Server

# Writes a line that is seen even if the test passes.
Say = Callable[[str], None]
# Counts cases under a name: `tally("role matrix", 3)`. `make proof` adds them up.
Tally = Callable[[str, int], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """For figures. They reach the terminal when the tests run in one process (`-n 0`); parallel ones have none."""

    def write(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{text}\n")
            sys.stdout.flush()

    return write


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """What is counted travels with the test's report, from parallel processes too."""

    def count(name: str, cases: int) -> None:
        record_property(f"cases: {name}", cases)

    return count


@pytest.fixture(scope="session")
def unlimited_server(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that counts no requests: the limits would answer for everything after the first twenty."""
    running = Server({**environment, "PHARUS_RATE_LIMITS": "off"}, tmp_path_factory.mktemp("unlimited") / "log")
    yield running
    running.end()
