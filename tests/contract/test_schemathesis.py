"""Generated requests to every operation, judged by every check that schemathesis has and by two of ours.

`make test` makes a short run, the same each time. `make fuzz` makes a long one with a new seed, which it prints;
FUZZ_EXAMPLES says how long, FUZZ_SEED repeats one.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from pharus import openapi
from tests.contract.conformance import document
from tests.contract.conftest import Say, Tally
from tests.contract.fuzzing import world
from tests.contract.fuzzing.run import Result, run
from tests.server import Server

_OPERATIONS = {operation["operationId"] for _, _, operation in openapi.operations(document())}


@pytest.fixture
def fuzzed(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    """A server of its own, that counts no requests: the limits would answer for everything after the first twenty."""
    server = Server({**environment, "PHARUS_RATE_LIMITS": "off"}, tmp_path / "server.log")
    yield server
    assert server.stop() == 0, server.read_log()[-2000:]
    assert '"internal error"' not in server.read_log(), "the server met a defect of ours; see its log"


@pytest.fixture
def around(fuzzed: Server, environment: dict[str, str]) -> Iterator[world.World]:
    """The two organizations. Whatever was sent to the one, nothing in the other changed."""
    made = world.make(fuzzed.address, environment["PHARUS_DATABASE_URL"], Path(environment["PHARUS_DATA"]))
    before = world.view(made, made.bob)
    yield made
    assert world.view(made, made.bob) == before, "requests of Alice changed something in Bob's organization"


@pytest.mark.long
def test_every_operation_answers_generated_requests_as_declared(
    around: world.World, tmp_path: Path, say: Say, tally: Tally
) -> None:
    result = run(around, tmp_path, examples=6, scenarios=40, seed=1)
    tally("generated requests", result.cases)
    _every_operation_is_clean(result, say)


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 4])
def test_sequences_of_operations_hold(around: world.World, tmp_path: Path, say: Say, tally: Tally, seed: int) -> None:
    """Made, changed, deleted and asked for again, in the order of the links.

    Each seed goes other ways; a sequence that meets something new the second time ends its round.
    """
    result = run(around, tmp_path, examples=1, scenarios=60, seed=seed, phases=("stateful",))
    tally("generated requests", result.cases)
    say(f"{result.links_followed} links, {result.cases} cases in {result.seconds:.0f} s")
    assert result.is_clean, result.output
    assert result.links_followed >= 10


@pytest.mark.fuzz
def test_every_operation_stands_a_long_run(around: world.World, tmp_path: Path, say: Say, tally: Tally) -> None:
    examples = int(os.environ.get("FUZZ_EXAMPLES") or 1000)
    seed = int(os.environ.get("FUZZ_SEED") or secrets.randbelow(2**31))
    say(f"seed {seed}")
    result = run(around, tmp_path, examples=examples, scenarios=300, seed=seed)
    cases = result.cases
    _every_operation_is_clean(result, say)
    for turn in range(1, 1 + examples // 250):
        folder = tmp_path / f"sequences-{turn}"
        result = run(around, folder, examples=1, scenarios=300, seed=seed + turn, phases=("stateful",))
        cases += result.cases
        say(f"seed {seed + turn}: {result.links_followed} links, {result.cases} cases in {result.seconds:.0f} s")
        assert result.is_clean, result.output
    tally("generated requests", cases)
    say(f"{cases} cases")


def _every_operation_is_clean(result: Result, say: Say) -> None:
    say(result.report())
    assert result.is_clean, result.output
    assert set(result.counts) >= _OPERATIONS
    never = [name for name in sorted(_OPERATIONS) if result.share_of_successes(name) == 0]
    assert never == [], f"these were never answered with success:\n{result.report()}"
