"""What the tests of the contract share."""

import sys
from collections.abc import Callable

import pytest

# Writes a line that is seen even if the test passes.
Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """For figures. They reach the terminal when the tests run in one process (`-n 0`); parallel ones have none."""

    def write(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{text}\n")
            sys.stdout.flush()

    return write
