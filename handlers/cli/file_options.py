"""The options of commands that read spreadsheets: how what stands in them is written (docs/spreadsheets.md)."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from pharus.names import snake

_Command = TypeVar("_Command", bound=Callable[..., Any])

# By the name of the parameter of the API.
_OPTIONS = {
    "columns": click.option("--columns", help="Heads that are called otherwise: 'Supplier=name;Internal no.='"),
    "unknownColumns": click.option(
        "--ignore-unknown",
        "unknown_columns",
        flag_value="ignore",
        help="Leave out columns that the import does not know.",
    ),
    "decimalSeparator": click.option(
        "--decimal", "decimal_separator", type=click.Choice(["point", "comma"]), help="What stands before decimals."
    ),
    "thousandsSeparator": click.option(
        "--thousands",
        "thousands_separator",
        type=click.Choice(["comma", "point", "space", "apostrophe"]),
        help="Between thousands.",
    ),
    "dateOrder": click.option(
        "--dates", "date_order", type=click.Choice(["iso", "dmy", "mdy"]), help="How days are written."
    ),
    "encoding": click.option("--encoding", help="Of a CSV file, as windows-1252."),
    "sheet": click.option("--sheet", help="Of an XLSX file; otherwise the first one."),
    "headRow": click.option(
        "--head-row", type=click.IntRange(1), help="The row with the heads; otherwise the first that holds anything."
    ),
    "lastRow": click.option(
        "--last-row", type=click.IntRange(1), help="The last row to read, where totals come below."
    ),
}


def file_options(command: _Command) -> _Command:
    """The command with all of them; it hands what it gets to `as_query`."""
    for option in reversed(_OPTIONS.values()):
        command = option(command)
    return command


def as_query(given: Mapping[str, Any]) -> dict[str, str]:
    """What was given, by the names that the API has for it."""
    return {name: str(value) for name in _OPTIONS if (value := given[snake(name)])}
