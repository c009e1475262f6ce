"""Functions that make files, and those that fail to, in every way there is."""

import json
import os
import signal
import sys
import time
from pathlib import Path


def echo(text: str = "a file") -> bytes:
    return text.encode()


undeclared = echo


def process() -> bytes:
    """Who makes it, and how."""
    found = {"pid": os.getpid(), "nice": os.nice(0), "session": os.getsid(0), "modules": [*sys.modules]}
    group = Path("/proc/self/autogroup")
    return json.dumps({**found, "group": group.read_text() if group.exists() else None}).encode()


def wait_for(path: str, begun: str) -> bytes:
    """Done once the file `path` is there; makes the file `begun` when it begins."""
    Path(begun).write_text(str(os.getpid()))
    while not Path(path).exists():
        time.sleep(0.01)
    return b"waited"


def fail(text: str) -> bytes:
    raise LookupError(text)


def die() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def devour() -> bytes:
    """Takes memory until there is no more."""
    held = []
    while True:
        held.append(bytearray(64 * 1024 * 1024))


def large(size: int) -> bytes:
    return bytes(size)
