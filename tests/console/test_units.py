"""The units of the console that need no browser, run by a node that takes TypeScript as it is; Playwright has one."""

import subprocess
from pathlib import Path

import pytest

from tests.browser.console import NEEDS_PLAYWRIGHT

pytestmark = [NEEDS_PLAYWRIGHT, pytest.mark.no_database]

_CONSOLE = Path(__file__).parents[2] / "console"


def test_units_of_the_console(node: Path) -> None:
    files = sorted((_CONSOLE / "tests").glob("*.test.ts"))
    assert files
    done = subprocess.run(
        [node, "--test", *files], cwd=_CONSOLE, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
