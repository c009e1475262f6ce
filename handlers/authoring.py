"""The commands for those who write plugins: `new-plugin`, `codegen`, `test-contract`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pharus.errors import ConfigurationError


@click.command("test-contract")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="The deployment.")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The data folder of a deployment with local authentication: callers of every role are made up.",
)
@click.option("--include", multiple=True, help="Only paths that begin so, such as /api/x/lots; may be repeated.")
@click.option("--suite", "suites", multiple=True, type=click.Choice(["roles", "borders", "fuzz"]), help="Only these.")
@click.option("--examples", default=20, show_default=True, type=click.IntRange(1), help="Generated requests, at most.")
@click.option("--seed", default=1, show_default=True, help="Of the generated requests.")
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), help="Write a JUnit report to this file.")
def test_contract(
    url: str,
    data: Path | None,
    include: tuple[str, ...],
    suites: tuple[str, ...],
    examples: int,
    seed: int,
    junit: Path | None,
) -> None:
    """Check that a deployment keeps what its own document promises.

    Who may call what (roles), that no organization sees another's records (borders), and generated requests of every
    kind (fuzz). It makes organizations and records in the deployment, so let it be one for testing.

    The callers are made up with --data. Of any other deployment give API tokens of the owners of two organizations in
    PHARUS_CONTRACT_OWNER and PHARUS_CONTRACT_STRANGER, and, for more, of the first one's members in
    PHARUS_CONTRACT_ADMIN, PHARUS_CONTRACT_MEMBER and PHARUS_CONTRACT_VIEWER.

    Exit code 0: it does; 1: it does not; 2: it could not be checked.
    """
    try:
        from contract import command
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"{error.name} is missing: pip install 'pharus-server[test-contract]' brings what this command needs."
        ) from error
    plan = command.Plan(url, data, include, suites or command.SUITES, examples, seed)
    report = command.run(plan)
    if junit is not None:
        report.write_junit(junit)
    click.echo(report.text())
    sys.exit(report.exit_code)
