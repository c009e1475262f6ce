"""What goes wrong for a reason that lies outside of the program ends a command with one sentence, and no traceback."""

import signal
import sys
from types import FrameType
from typing import Any

import click

from pharus import instrumentation
from pharus.errors import ConfigurationError, PharusError

# Beside those that mean that the server is away: who may not sign in or do this, a database that is not there, that can
# only be read, or has no room left. The first two characters are a class of conditions.
_REFUSALS = ("28", "3D", "53", "57", "58", "25006", "42501")


class Commands(click.Group):
    def invoke(self, context: click.Context) -> Any:
        # Without this, SIGTERM would leave the embedded database running.
        signal.signal(signal.SIGTERM, _end)
        try:
            return super().invoke(context)
        except Exception as error:
            sentence = _sentence(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from error

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(context, arguments)
        if name != "serve":
            # So the log of events calls what it changes.
            work = instrumentation.Work("")
            work.operation = f"pharus {name}"
            instrumentation.current.set(work)
        return name, command, rest


def _sentence(error: Exception) -> str | None:
    """None for a defect of ours, whose traceback is wanted."""
    reason = _why_the_database_refuses(error) or _why_the_database_refuses(error.__cause__)
    if reason is not None:
        return reason
    if isinstance(error, ConfigurationError | PharusError):
        return str(error)
    # A pipe that nobody reads any more is click's.
    if isinstance(error, OSError) and not isinstance(error, BrokenPipeError) and error.filename is not None:
        return f"{error.filename} cannot be used: {error.strerror}."
    return None


def _why_the_database_refuses(error: BaseException | None) -> str | None:
    from pharus.constraints import is_disconnect, sqlstate

    if error is None:
        return None
    # The driver's first line; the others say where in the statement, or what to do about a socket.
    reason = str(error).strip().partition("\n")[0]
    if is_disconnect(error):
        return f"The database does not answer: {reason}"
    if (sqlstate(error) or "").startswith(_REFUSALS):
        return f"The database refuses this: {reason}"
    return None


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
