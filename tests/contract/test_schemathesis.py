"""Generated requests to every operation, judged by every check that schemathesis has and by two of ours.

`make test` sends what follows from the document without chance: its examples, a request for each bound and keyword of
every schema that keeps it, and a few of each kind that do not; and a few sequences of operations, the same each time.
`make fuzz` makes a long run of all of that, of requests made up at random, and of hundreds of sequences, with a new
seed, which it prints; FUZZ_EXAMPLES says how long, FUZZ_SEED repeats one.
"""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
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
_WITHOUT_SEQUENCES = (*_WITHOUT_CHANCE, "fuzzing")
# So many processes of schemathesis share the operations, one for each core. Each needs some seconds before its first
# request.
_PARTS = 2

# Runs schemathesis once for each plan, all at the same time, each against two organizations of its own.
Fuzz = Callable[..., list[Result]]


@pytest.fixture(scope="module")
def made(unlimited_server: Server, environment: dict[str, str]) -> Callable[[int], Tenants]:
    """The tenants with this number, made when they are first asked for."""
    url, data = environment["PHARUS_DATABASE_URL"], Path(environment["PHARUS_DATA"])
    return cache(lambda number: tenants.make(unlimited_server.address, url, data))


@pytest.fixture
def fuzz(made: Callable[[int], Tenants], tmp_path: Path, say: Say, tally: Tally) -> Iterator[Fuzz]:
    """Whatever is sent to Alice's organization, nothing in Bob's changes."""
    before: dict[int, dict[str, object]] = {}

    def start(*plans: Plan) -> list[Result]:
        attacked = [made(number) for number in range(len(plans))]
        for number, each in enumerate(attacked):
            before.setdefault(number, tenants.view(each, each.bob))
        say(f"seeds {', '.join(str(plan.seed) for plan in plans)}")
        folders = [tmp_path / f"{plan.seed}-{number}" for number, plan in enumerate(plans)]
        with ThreadPoolExecutor(len(plans)) as pool:
            results = list(pool.map(run, plans, map(tenants.state, attacked), folders))
        for each, result in zip(attacked, results, strict=True):
            note_judged(each.address, result.judged)
            tally("generated requests", result.cases)
            say(f"{result.links_followed} links, {result.cases} cases in {result.seconds:.0f} s")
        return results

    yield start
    for number, view in before.items():
        after = tenants.view(made(number), made(number).bob)
        changed = [name for name in view if view[name] != after[name]]
        told = "\n".join(f"{name}: {view[name]}\nis now {after[name]}"[:2000] for name in changed)
        assert changed == [], f"requests of Alice changed {changed} in Bob's organization:\n{told}"


@pytest.mark.long
@pytest.mark.parametrize("part", range(_PARTS))
def test_every_operation_answers_generated_requests_as_declared(fuzz: Fuzz, part: int, say: Say) -> None:
    operations = _part(part)
    [result] = fuzz(Plan(1, 0, 1, hooks=_SAMPLED_HOOKS, phases=_WITHOUT_CHANCE, operations=operations))
    _every_operation_is_clean(result, operations, say)


@pytest.mark.long
def test_sequences_of_operations_hold(fuzz: Fuzz) -> None:
    """Made, changed, deleted and asked for again, in the order of the links."""
    [result] = fuzz(Plan(1, 20, 1, hooks=_HOOKS, phases=("stateful",)))
    assert result.is_clean, result.output
    assert result.links_followed >= 5


@pytest.mark.fuzz
def test_every_operation_stands_a_long_run(fuzz: Fuzz, say: Say) -> None:
    examples, seed = _examples(), _seed()
    parts = [_part(part) for part in range(_PARTS)]
    plans = [Plan(examples, 0, seed, hooks=_HOOKS, phases=_WITHOUT_SEQUENCES, operations=part) for part in parts]
    for result, operations in zip(fuzz(*plans), parts, strict=True):
        _every_operation_is_clean(result, operations, say)


@pytest.mark.fuzz
def test_sequences_of_operations_stand_a_long_run(fuzz: Fuzz) -> None:
    rounds, seed = 1 + _examples() // 100, _seed()
    for turn in range(rounds):
        seeds = [seed + turn * _PARTS + part for part in range(_PARTS)]
        for result in fuzz(*[Plan(1, 300, each, hooks=_HOOKS, phases=("stateful",)) for each in seeds]):
            assert result.is_clean, result.output


def _examples() -> int:
    return int(os.environ.get("FUZZ_EXAMPLES") or 300)


def _seed() -> int:
    return int(os.environ.get("FUZZ_SEED") or secrets.randbelow(2**31))


def _part(number: int) -> tuple[str, ...]:
    return tuple(operation.id for operation in calls.operations()[number::_PARTS])


def _every_operation_is_clean(result: Result, operations: Iterable[str], say: Say) -> None:
    say(result.report())
    assert result.is_clean, result.output
    never = [name for name in operations if result.share_of_successes(name) == 0]
    assert never == [], f"these were never answered with success:\n{result.report()}"
