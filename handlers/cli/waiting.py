"""Says what is being done, for those who wait."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say what is being done if it takes longer than a second."""
    timer = threading.Timer(1.0, lambda: click.echo(f"{what} …", err=True))
    timer.daemon = True
    timer.start()
    started = time.monotonic()
    try:
        yield
    finally:
        timer.cancel()
        if (seconds := time.monotonic() - started) > 1:
            click.echo(f"{what}: done in {seconds:.1f} s", err=True)
