"""Every command under every circumstance that lies outside of it: one sentence, the right exit code, no traceback."""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from handlers.cli import main
from tests import database, launcher

ROOT = Path(__file__).parents[3]

ORDERS = Path(__file__).parent / "history" / "orders.csv"
# What a command needs beside its own defaults to come as far as the database.
NEEDED = {
    "token": ["--email", "ada@example.com"],
    "new-plugin": ["labels"],
    "test-contract": ["--url", "http://127.0.0.1:1"],
    "serve": ["--port", "0"],
    "import-history": ["01935d6c-7b1a-7c3e-8f00-000000000101", str(ORDERS)],
    # Nobody listens at port 1.
    "import": [
        str(ORDERS),
        *["--operation", "bulkImportVendors", "--token", "none", "--address", "http://127.0.0.1:1"],
    ],
    "mcp": ["--token", "none", "--address", "http://127.0.0.1:1"],
    "backup": ["saved.tar"],
    "audit-proof": ["01935d6c-7b1a-7c3e-8f00-000000000101"],
    # What is no backup.
    "restore": [str(ROOT)],
}
# Waits for a server, whatever there is.
WAITING = {"listen"}
# These neither need a database nor a data folder.
ALONE = {"openapi", "plugins", "new-plugin"}


def commands(group: click.Group, *above: str) -> Iterator[tuple[list[str], click.Command]]:
    for name, command in sorted(group.commands.items()):
        yield [*above, name], command
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)


COMMANDS = list(commands(main))
# Its other cases end it; this would serve.
SHORT = [["migrate"], ["demo"], ["check"], ["sweep"]]


def run(cases: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """All cases in one process: to start one for each would take minutes."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(cases, file)
        file.flush()
        ended = launcher.run(file.name, module="tests.handlers.cli.driver", environment=dict(os.environ), timeout=300)
    assert ended.returncode == 0, ended.stderr
    return list(zip(cases, json.loads(ended.stdout), strict=True))


def assert_refused_with_a_sentence(case: dict[str, Any], became: dict[str, Any], code: int) -> None:
    assert became["traceback"] == "", (case, became["traceback"])
    assert became["code"] == code, (case, became)
    last = became["stderr"].strip().splitlines()[-1]
    assert last.startswith("Error: "), (case, became)
    assert "Traceback" not in became["stderr"]


@pytest.mark.no_database
def test_arguments_that_are_wrong_exit_with_2() -> None:
    cases = []
    for path, command in COMMANDS:
        cases.append({"arguments": [*path, "--no-such-option"], "environment": {}})
        if not isinstance(command, click.Group):
            cases.append(
                {"arguments": [*path, *NEEDED.get(path[-1], []), "one too many", "and one more"], "environment": {}}
            )
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_flag:
                wrong = {"integer range": "x", "choice": "x", "directory": "/no/such/folder"}.get(option.type.name)
                if wrong is not None and getattr(option.type, "exists", True):
                    cases.append({"arguments": [*path, option.opts[0], wrong], "environment": {}})
    for case, became in run(cases):
        assert_refused_with_a_sentence(case, became, 2)


@pytest.mark.no_database
def test_help_is_shown_by_every_command() -> None:
    for case, became in run([{"arguments": [*path, "--help"], "environment": {}} for path, _ in COMMANDS]):
        assert (became["code"], became["stderr"]) == (0, ""), case
        assert "Usage: main" in became["stdout"]


def test_database_or_folder_that_cannot_be_used(environment: dict[str, str], database_url: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    no_folder = str(tmp_path / "file" / "data")
    nobody = "postgresql://nobody@127.0.0.1:1/pharus"
    circumstances = [
        {**environment, "PHARUS_DATABASE_URL": nobody},
        {**environment, "PHARUS_DATABASE_URL": database.renamed(database_url, "no_such_database")},
        {**environment, "PHARUS_DATABASE_URL": nobody, "PHARUS_DATA": no_folder},
        {"PHARUS_DATA": no_folder},
        {"PHARUS_THREADS": "0"},
    ]
    cases = [
        {"arguments": [*path, *NEEDED.get(path[0], [])], "environment": each}
        for path, _ in COMMANDS
        if path[0] not in WAITING
        for each in (circumstances[-2:] if path[0] in ALONE else circumstances)
    ]
    for case, became in run(cases):
        name = case["arguments"][0]
        if became["code"] == 0:
            assert name in ALONE or (name == "token" and "PHARUS_THREADS" not in case["environment"]), case
            assert case["environment"].get("PHARUS_DATA") != no_folder or name in ALONE, case
        else:
            assert_refused_with_a_sentence(case, became, 2 if name == "test-contract" else 1)


def test_plugin_in_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ((case, became),) = run(
        [{"arguments": ["new-plugin", "labels", "--into", str(tmp_path / "file" / "labels")], "environment": {}}]
    )
    assert_refused_with_a_sentence(case, became, 1)


def test_database_that_was_not_migrated(environment: dict[str, str], scratch_url: str) -> None:
    there = {**environment, "PHARUS_DATABASE_URL": scratch_url}
    check, sweep = (
        became for _, became in run([{"arguments": [name], "environment": there} for name in ("check", "sweep")])
    )
    assert (check["code"], check["traceback"]) == (1, "")
    assert_refused_with_a_sentence({}, sweep, 1)
    assert "`pharus migrate` applies them" in sweep["stderr"]


def test_database_that_goes_away_and_ctrl_c_at_any_moment(
    environment: dict[str, str], scratch_url: str, tmp_path: Path
) -> None:
    there = {**environment, "PHARUS_DATABASE_URL": scratch_url, "PHARUS_DATA": str(tmp_path)}
    events, moments = ("cut", "terminate", "interrupt"), (1, 2, 4, 6, 10, 25, 60)
    cases: list[dict[str, Any]] = [{"arguments": ["demo"], "environment": there}]
    cases += [
        {"arguments": name, "environment": there, event: moment}
        for event in events
        for name in SHORT
        for moment in moments
    ]
    happened: Counter[str] = Counter()
    for case, became in run(cases)[1:]:
        assert became["traceback"] == "", (case, became["traceback"])
        if became["code"] == 0:
            continue
        (event,) = case.keys() & {*events}
        happened[event] += 1
        last = became["stderr"].strip().splitlines()[-1]
        assert became["code"] == 1, (case, became)
        assert last == "Aborted!" if event == "interrupt" else last.startswith("Error: The database "), (case, became)
    # A pooler replaces in silence the sessions that were ended between two transactions.
    assert min(happened[event] for event in events) >= (4 if database.is_pooled() else 8), happened
