"""Generated requests to every operation, judged by every check that schemathesis has and by two of ours.

`make test` sends what follows from the document without chance: its examples, a request for each bound and keyword of
every schema that keeps it, and a few of each kind that do not; and a few sequences of operations, the same each time.
`make fuzz` makes a long run of all of that, of requests made up at random, and of hundreds of sequences, with a new
seed, which it prints; FUZZ_EXAMPLES says how long, FUZZ_SEED repeats one.
"""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from contract.fuzzing import Plan, Result, run
from tests.contract import calls
from tests.contract.conftest import Say, Tally
from tests.contract.judging import note_judged
from tests.contract.seed_data import tenants
from tests.contract.seed_data.tenants import Tenants
from tests.server import Server

_HOOKS = "tests.contract.seed_data.hooks"
_SAMPLED_HOOKS = "tests.contract.seed_data.sampled_hooks"
_WITHOUT_CHANCE = ("examples", "coverage")
# So many processes of schemathesis share the operations, one for each core. Each needs some seconds before its first
# request.
_PARTS = 2

# Runs schemathesis against the two organizations.
Fuzz = Callable[[Plan], Result]


@pytest.fixture(scope="module")
def fuzzed(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, that counts no requests: the limits would answer for everything after the first twenty."""
    server = Server({**environment, "PHARUS_RATE_LIMITS": "off"}, tmp_path_factory.mktemp("fuzzed") / "log")
    yield server
    server.end()


@pytest.fixture(scope="module")
def made(fuzzed: Server, environment: dict[str, str]) -> Tenants:
    return tenants.make(fuzzed.address, environment["PHARUS_DATABASE_URL"], Path(environment["PHARUS_DATA"]))


@pytest.fixture
def fuzz(made: Tenants, tmp_path: Path, say: Say, tally: Tally) -> Iterator[Fuzz]:
    """Whatever is sent to Alice's organization, nothing in Bob's changes."""
    state = tenants.state(made)

    def start(plan: Plan) -> Result:
        say(f"seed {plan.seed}")
        result = run(plan, state, tmp_path / f"{plan.seed}")
        note_judged(made.address, result.judged)
        tally("generated requests", result.cases)
        say(f"{result.links_followed} links, {result.cases} cases in {result.seconds:.0f} s")
        return result

    before = tenants.view(made, made.bob)
    yield start
    after = tenants.view(made, made.bob)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == [], f"requests of Alice changed {changed} in Bob's organization"


@pytest.mark.long
@pytest.mark.parametrize("part", range(_PARTS))
def test_every_operation_answers_generated_requests_as_declared(fuzz: Fuzz, part: int, say: Say) -> None:
    operations = tuple(operation.id for operation in calls.operations()[part::_PARTS])
    result = fuzz(Plan(1, 0, 1, hooks=_SAMPLED_HOOKS, phases=_WITHOUT_CHANCE, operations=operations))
    _every_operation_is_clean(result, operations, say)


@pytest.mark.long
def test_sequences_of_operations_hold(fuzz: Fuzz) -> None:
    """Made, changed, deleted and asked for again, in the order of the links."""
    result = fuzz(Plan(1, 20, 1, hooks=_HOOKS, phases=("stateful",)))
    assert result.is_clean, result.output
    assert result.links_followed >= 5


@pytest.mark.fuzz
def test_every_operation_stands_a_long_run(fuzz: Fuzz, say: Say) -> None:
    examples = int(os.environ.get("FUZZ_EXAMPLES") or 1000)
    seed = int(os.environ.get("FUZZ_SEED") or secrets.randbelow(2**31))
    result = fuzz(Plan(examples, 300, seed, hooks=_HOOKS))
    cases = result.cases
    _every_operation_is_clean(result, (operation.id for operation in calls.operations()), say)
    for turn in range(1, 1 + examples // 250):
        result = fuzz(Plan(1, 300, seed + turn, hooks=_HOOKS, phases=("stateful",)))
        cases += result.cases
        assert result.is_clean, result.output
    say(f"{cases} cases")


def _every_operation_is_clean(result: Result, operations: Iterable[str], say: Say) -> None:
    say(result.report())
    assert result.is_clean, result.output
    never = [name for name in operations if result.share_of_successes(name) == 0]
    assert never == [], f"these were never answered with success:\n{result.report()}"
