"""The command line: `pharus`, and `python -m handlers.cli`."""

from handlers.cli.commands import main

__all__ = ["main"]
