"""The templates, and what they may use."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from codegen.source import assignment, comment, docstring


@cache
def templates() -> Environment:
    """The environment of all templates in codegen/templates/."""
    environment = Environment(
        loader=PackageLoader("codegen"),
        autoescape=False,  # noqa: S701 (what is written is Python, Markdown, YAML and SQL, not HTML)
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"docstring": docstring, "comment": comment, "assignment": assignment, "line": _line}
    environment.tests["match_success"] = lambda status: status.startswith("2")
    return environment


def _line(text: str) -> str:
    """The text on one line, as a cell of a table needs it."""
    return " ".join(text.split()).replace("|", "\\|")
