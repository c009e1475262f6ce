"""`python -m tests.mutants`: puts the defects into a copy of the checkout, one at a time, and shows who notices.

Exits with 1 when a defect survives, or when its copy does not even start: then nobody had a chance to notice it.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click

from tests import database
from tests.mutants.seeded import MUTANTS, Mutant

CHECKOUT = Path(__file__).parents[2]
FOLDER = CHECKOUT / "build" / "mutants"

_COPIED = (
    "pharus",
    "handlers",
    "plugins",
    "codegen",
    "bench",
    "tests",
    "openapi.yaml",
    "pyproject.toml",
    "CHANGELOG.md",
)
_SECONDS = 300
_NOTICED, _PASSED = 1, 0


@dataclass(frozen=True)
class Outcome:
    mutant: str
    verdict: str
    seconds: float
    noticed_by: str
    output: str

    @property
    def is_noticed(self) -> bool:
        return self.verdict == "noticed"


def copy(folder: Path) -> None:
    """The checkout without what was built."""
    for name in _COPIED:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(source, folder / name)


def seed(folder: Path, mutant: Mutant) -> None:
    """Make the mutant's edits. ValueError when the source has changed and an edit no longer fits."""
    for edit in mutant.edits:
        file = folder / edit.file
        text = file.read_text(encoding="utf-8")
        if text.count(edit.before) != 1:
            raise ValueError(f"{mutant.name}: {edit.file} has {text.count(edit.before)} times: {edit.before}")
        file.write_text(text.replace(edit.before, edit.after), encoding="utf-8")


def judge(mutant: Mutant, database_url: str) -> Outcome:
    """Run the mutant's part of the suite on a copy that has its defect."""
    folder = FOLDER / f"{MUTANTS.index(mutant):02d}"
    shutil.rmtree(folder, ignore_errors=True)
    copy(folder)
    seed(folder, mutant)
    return _test(mutant.name, mutant.noticed_by, folder, database_url)


def _test(name: str, tests: Iterable[str], folder: Path, database_url: str) -> Outcome:
    started = time.monotonic()
    try:
        result = subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", *tests],
            cwd=folder,
            env={**os.environ, "PHARUS_TEST_DATABASE_URL": database_url},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        code, output = result.returncode, result.stdout + result.stderr
    except subprocess.TimeoutExpired as error:
        code, output = _NOTICED, f"FAILED by taking longer than {error.timeout} s"
    noticed_by = next((line for line in output.splitlines() if line.startswith(("FAILED tests", "ERROR tests"))), "")
    if "the server did not start" in output or code not in (_NOTICED, _PASSED):
        verdict = "does not start"
    else:
        verdict = "noticed" if code == _NOTICED else "SURVIVED"
    name_of_test = noticed_by.split(" - ")[0].partition(" ")[2]
    return Outcome(name, verdict, time.monotonic() - started, name_of_test, output)


def runs_without_defect(mutants: Sequence[Mutant]) -> list[list[str]]:
    """What pytest is called with to run every test that one of the mutants names: whole files, and of the tests of the
    contract those that are chosen."""
    chosen = {each for each in mutants if each.noticed_by[0].startswith("tests/contract") and "-k" in each.noticed_by}
    whole = dict.fromkeys(_files(mutant for mutant in mutants if mutant not in chosen))
    parts = dict.fromkeys(_files(mutant for mutant in mutants if mutant in chosen))
    names = dict.fromkeys(f"({mutant.noticed_by[-1]})" for mutant in mutants if mutant in chosen)
    return [run for run in ([*whole], [*parts, "-k", " or ".join(names)] if parts else []) if run]


def _files(mutants: Iterable[Mutant]) -> Iterator[str]:
    for mutant in mutants:
        yield from (part for part in mutant.noticed_by if part.endswith(".py"))


def _baseline(mutants: Sequence[Mutant], database_url: str) -> Outcome:
    """Without a defect all of these tests pass; else their failures would prove nothing."""
    folder = FOLDER / "baseline"
    shutil.rmtree(folder, ignore_errors=True)
    copy(folder)
    for tests in runs_without_defect(mutants):
        outcome = _test("no defect", tests, folder, database_url)
        if outcome.verdict != "SURVIVED":
            break
    return outcome


@click.command()
@click.option("-k", "chosen", default="", help="Only mutants whose name has this in it.")
@click.option("--jobs", default=2, show_default=True, help="How many at a time.")
def main(chosen: str, jobs: int) -> None:
    mutants = [mutant for mutant in MUTANTS if chosen in mutant.name]
    if not mutants:
        raise click.ClickException(f"no mutant has {chosen!r} in its name")
    started = time.monotonic()
    url = database.server_url()
    baseline = _baseline(mutants, url)
    if baseline.verdict != "SURVIVED":
        raise click.ClickException(f"these tests do not pass without a defect:\n{baseline.output[-5000:]}")
    click.echo(f"Without a defect all pass ({baseline.seconds:.0f} s).")
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(jobs) as pool:
        for outcome in pool.map(_judging(url), mutants):
            outcomes.append(outcome)
            click.echo(f"{outcome.verdict:<14} {outcome.seconds:>4.0f} s  {outcome.mutant:<58} {outcome.noticed_by}")
    survivors = [outcome for outcome in outcomes if not outcome.is_noticed]
    click.echo(f"{len(outcomes) - len(survivors)} of {len(outcomes)} noticed in {time.monotonic() - started:.0f} s.")
    for survivor in survivors:
        click.echo(f"\n{survivor.mutant}: {survivor.verdict}\n{survivor.output[-3000:]}", err=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    if survivors:
        sys.exit(1)


def _judging(url: str) -> Callable[[Mutant], Outcome]:
    return lambda mutant: judge(mutant, url)


if __name__ == "__main__":
    main(prog_name="python -m tests.mutants")
