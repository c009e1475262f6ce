"""`python -m tests.proof` writes docs/proof.md: what is counted now, and what was measured, each with its commit.

`make test`, `make clients`, `make fuzz` and `make drills` record what they have counted. What was recorded of this very
tree is taken, and what was not is measured now; the long fuzzing run and the drills may be of an older commit, which
the page names. Runs that are named are measured in any case. A figure of a tree with changes that are not committed is
refused. With --recorded nothing is measured: what was recorded of this tree is taken, the other figures stay, with the
commits they are of. With --count all of them stay.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import jinja2

from tests.proof import facts, tree
from tests.proof.recorder import record_of

PAGE = tree.CHECKOUT / "docs" / "proof.md"
MEASURED = Path(__file__).parent / "measured.json"

# Each is a target of the Makefile; the page shows all of them.
RUNS = ("test", "clients", "mutants", "fuzz", "drills")
# They take far longer than a commit should wait for.
_MAY_BE_OLDER = ("fuzz", "drills")

Figures = dict[str, Any]


def measured() -> dict[str, Figures]:
    found: dict[str, Figures] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return found


def render(counted: dict[str, Any], figures: dict[str, Figures]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
        autoescape=False,
    )
    page = environment.get_template("proof.md.jinja").render(facts=counted, runs=figures)
    return page.strip() + "\n"


def is_of_this_tree(figures: Figures) -> bool:
    return not figures.get("is_changed") and tree.is_equal(figures["commit"])


@click.command()
@click.argument("runs", nargs=-1, type=click.Choice(RUNS))
@click.option("--count", is_flag=True, help="Only count anew what needs no run.")
@click.option("--recorded", is_flag=True, help="Measure nothing; take what runs have recorded of this tree.")
def main(runs: Sequence[str], count: bool, recorded: bool) -> None:
    if recorded:
        _take()
    elif not count:
        _update(runs)
    PAGE.write_text(render(facts.count(), measured()), encoding="utf-8")
    click.echo(f"{PAGE.relative_to(tree.CHECKOUT)} is written.")


def _take() -> None:
    """Of each run what it recorded of this tree, if it did."""
    figures = measured()
    for run in RUNS:
        found = _recorded(run)
        if found is not None and is_of_this_tree(found):
            figures[run] = found
    _write(figures)


def _update(runs: Sequence[str]) -> None:
    """Bring the figures up to date with this tree."""
    now = tree.current()
    if now is None or now.is_changed:
        raise click.ClickException("Commit first: a figure is of a commit, and this tree has changes of its own.")
    figures = measured()
    for run in RUNS:
        kept = None if run in runs else _kept(run, figures.get(run))
        figures[run] = _shown(kept or _measure(run))
        # Written after each, so that what was measured is not lost when the next run fails.
        _write(figures)


def _write(figures: dict[str, Figures]) -> None:
    MEASURED.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _kept(run: str, before: Figures | None) -> Figures | None:
    """What the run itself recorded, or what was measured before, if that says something of this tree."""
    for figures in (_recorded(run), before):
        if figures is not None and (is_of_this_tree(figures) or (run in _MAY_BE_OLDER and not figures["is_changed"])):
            return figures
    return None


def _recorded(run: str) -> Figures | None:
    file = record_of(run)
    if not file.exists():
        return None
    found: Figures = json.loads(file.read_text(encoding="utf-8"))
    return found


def _measure(run: str) -> Figures:
    click.echo(f"Measuring {run} ...")
    if run == "mutants":
        return _mutants()
    # Without the test of the page's freshness: it is written after this.
    flags = "PYTEST_FLAGS=--deselect tests/proof/test_proof.py::test_page_is_fresh"
    result = subprocess.run(["make", run, f"RECORD={run}", flags], cwd=tree.CHECKOUT, check=False)
    figures = _recorded(run)
    if result.returncode != 0 or figures is None:
        raise click.ClickException(f"make {run} failed: there is no figure of it.")
    return figures


def _mutants() -> Figures:
    now = tree.current()
    assert now is not None
    result = subprocess.run(
        [sys.executable, "-m", "tests.mutants"], cwd=tree.CHECKOUT, stdout=subprocess.PIPE, text=True, check=False
    )
    click.echo(result.stdout)
    closing = re.search(r"^(\d+) of (\d+) noticed in (\d+) s\.$", result.stdout, re.MULTILINE)
    if result.returncode != 0 or closing is None:
        raise click.ClickException("A defect survived: there is no figure of it.")
    noticed, seeded, seconds = map(int, closing.groups())
    return {**now.as_dict(), "noticed": noticed, "seeded": seeded, "seconds": seconds}


def _shown(figures: Figures) -> Figures:
    if figures["is_changed"]:
        raise click.ClickException("Something was changed while it was measured.")
    return figures


if __name__ == "__main__":
    main(prog_name="python -m tests.proof")
