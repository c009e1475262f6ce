"""`python -m tests.proof` counts what can be counted and writes docs/proof.md; runs that are named it measures first.

`python -m tests.proof test mutants clients fuzz` measures everything; what is not named keeps its last figures.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import jinja2

from tests.proof import facts

CHECKOUT = Path(__file__).parents[2]
PAGE = CHECKOUT / "docs" / "proof.md"
MEASURED = Path(__file__).parent / "measured.json"

# What pytest is called with for each run.
_RUNS = {"test": (), "fuzz": ("-m", "fuzz", "-n", "0"), "clients": ("-m", "clients", "-n", "0", "tests/clients")}


def measured() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return found


def render(counted: dict[str, Any], figures: dict[str, Any]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
        autoescape=False,
    )
    runs = {name: figures.get(name) for name in ("test", "fuzz", "clients", "mutants")}
    failed = sum(run.get("failed", 0) for run in runs.values() if run)
    page = environment.get_template("proof.md.jinja").render(facts=counted, failed=failed, **runs)
    return page.strip() + "\n"


@click.command()
@click.argument("runs", nargs=-1, type=click.Choice([*_RUNS, "mutants"]))
def main(runs: Sequence[str]) -> None:
    figures = measured() if MEASURED.exists() else {}
    counted = facts.count()
    for run in runs:
        click.echo(f"Measuring {run} ...")
        found = _mutants() if run == "mutants" else _pytest(_RUNS[run])
        figures[run] = {**found, "operations": counted["operations"]}
    MEASURED.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(render(counted, figures), encoding="utf-8")
    click.echo(f"{PAGE.relative_to(CHECKOUT)} is written.")


def _pytest(arguments: Sequence[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        result = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "tests.proof.recorder", *arguments],
            cwd=CHECKOUT,
            env={**os.environ, "PHARUS_PROOF": str(file)},
            check=False,
        )
        if result.returncode != 0:
            raise click.ClickException("That run failed: nothing is written.")
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return found


def _mutants() -> dict[str, Any]:
    result = subprocess.run(
        [sys.executable, "-m", "tests.mutants"], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=False
    )
    click.echo(result.stdout)
    closing = re.search(r"^(\d+) of (\d+) noticed in (\d+) s\.$", result.stdout, re.MULTILINE)
    if result.returncode != 0 or closing is None:
        raise click.ClickException("A defect survived: nothing is written.")
    return {"noticed": int(closing[1]), "seeded": int(closing[2]), "seconds": int(closing[3])}


if __name__ == "__main__":
    main(prog_name="python -m tests.proof")
