"""The samples of the guides, as the pages have them, run on the server: each is the story, and its figures hold."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen.arazzo import ORDER
from codegen.guide_samples import variable
from tests.clients.relay import Relay
from tests.guides.people import Newcomers
from tests.guides.replay import outputs_of
from tests.guides.runner import FOLDER, ROOT, stories
from tests.server import Server

_CLIENT = ROOT / "clients" / "python" / "src"
_TOOLS = ("curl", "jq")


def samples(name: str, fence: str) -> str:
    """All of one language on a page, put together."""
    page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return "\n".join(re.findall(rf"^```{fence}\n(.*?)^```", page, re.MULTILINE | re.DOTALL))


def _run_curl(program: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    missing = [each for each in _TOOLS if shutil.which(each) is None]
    if missing:
        # The tests need nothing but Python and make; CI has both.
        pytest.skip(f"{' and '.join(missing)} must be installed to run these samples")
    return _run(["sh", "-euc", program], folder, environment)


def _run_python(program: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return _run([sys.executable, "-c", program], folder, environment | {"PYTHONPATH": str(_CLIENT)})


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "NO_PROXY": "*", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(("fence", "run"), [("sh", _run_curl), ("python", _run_python)])
def test_samples_tell_the_stories_to_the_last_figure(
    fence: str,
    run: Callable[[str, Path, dict[str, str]], subprocess.CompletedProcess[str]],
    server: Server,
    newcomers: Newcomers,
    tmp_path: Path,
) -> None:
    inputs = newcomers.inputs()
    for name in ORDER:
        with Relay(server.address) as relay:
            environment = {variable(each): value for each, value in inputs.items()}
            ran = run(samples(name, fence), tmp_path, {"PHARUS_URL": relay.address, **environment})
        inputs |= outputs_of(stories()[name], inputs, relay.exchanges(), server)
        assert ran.returncode == 0, ran.stdout + ran.stderr
