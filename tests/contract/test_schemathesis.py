"""Generated requests to every operation, judged by every check that schemathesis has and by two of ours.

`make test` makes a short run, the same each time. `make fuzz` makes a long one with a new seed, which it prints;
FUZZ_EXAMPLES says how long, FUZZ_SEED repeats one.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers import spec
from tests.contract.conformance import document
from tests.contract.fuzzing import world
from tests.contract.fuzzing.run import Result, run
from tests.server import Server

_OPERATIONS = {operation["operationId"] for _, _, operation in spec.operations(document())}


@pytest.fixture
def fuzzed(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    """A server of its own, that counts no requests: the limits would answer for everything after the first twenty."""
    server = Server({**environment, "PHARUS_RATE_LIMITS": "off"}, tmp_path / "server.log")
    yield server
    assert server.stop() == 0, server.read_log()[-2000:]
    assert '"internal error"' not in server.read_log(), "the server met a defect of ours; see its log"


def test_every_operation_answers_generated_requests_as_declared(
    fuzzed: Server, environment: dict[str, str], tmp_path: Path
) -> None:
    _fuzz(fuzzed, environment, tmp_path, examples=15, scenarios=60, seed=1, deterministic=True)


@pytest.mark.fuzz
def test_every_operation_stands_a_long_run(fuzzed: Server, environment: dict[str, str], tmp_path: Path) -> None:
    examples = int(os.environ.get("FUZZ_EXAMPLES") or 500)
    seed = int(os.environ.get("FUZZ_SEED") or secrets.randbelow(2**32))
    _fuzz(fuzzed, environment, tmp_path, examples=examples, scenarios=examples, seed=seed, deterministic=False)


def _fuzz(
    server: Server,
    environment: dict[str, str],
    folder: Path,
    *,
    examples: int,
    scenarios: int,
    seed: int,
    deterministic: bool,
) -> None:
    around = world.make(server.address, environment["PHARUS_DATABASE_URL"], Path(environment["PHARUS_DATA"]))
    before = world.view(around, around.bob)
    result = run(around, folder, examples=examples, scenarios=scenarios, seed=seed, deterministic=deterministic)
    print(f"{result.report()}\nseed {seed}")
    assert result.exit_code == 0, result.output
    assert world.view(around, around.bob) == before, "requests of Alice changed something in Bob's organization"
    _every_operation_was_served(result)


def _every_operation_was_served(result: Result) -> None:
    assert set(result.counts) >= _OPERATIONS
    never = [name for name in sorted(_OPERATIONS) if result.share_of_successes(name) == 0]
    assert never == [], f"these were never answered with success:\n{result.report()}"
