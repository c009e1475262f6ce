import click
import pytest
from click.testing import CliRunner

from handlers.cli.file_options import as_query, file_options
from handlers.spreadsheets.settings import Settings

pytestmark = pytest.mark.no_database


@click.command
@file_options
def command(**settings: str | None) -> None:
    for name, value in as_query(settings).items():
        click.echo(f"{name}={value}")


def test_options_are_the_parameters_that_imports_have_for_files() -> None:
    given = ["--columns", "A=name", "--ignore-unknown", "--decimal", "comma", "--thousands", "point"]
    given += ["--dates", "dmy", "--encoding", "cp1252", "--sheet", "2", "--head-row", "3", "--last-row", "9"]
    shown = dict(line.split("=", 1) for line in CliRunner().invoke(command, given).output.splitlines())
    assert len(shown) == 9
    assert Settings.of(shown) == Settings(",", ".", "dmy", "cp1252", "2", True, {"A": "name"}, 3, 9)


def test_nothing_is_said_by_nothing() -> None:
    assert CliRunner().invoke(command, []).output == ""
