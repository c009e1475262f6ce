"""The tools from npm and PyPI: pinned in package.json and requirements.txt beside this file, installed on demand into
build/clients."""

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "openapi.yaml"
FOLDER = HERE.parents[1] / "build" / "clients"

_MINIMUM_NODE = 20
_INSTALL_SECONDS = 600
# A linter of a document of this size, on a machine that is busy with much else.
_SECONDS = 1200


def installed() -> Path:
    """The folder with node_modules. RuntimeError, with a sentence that says what to do, when it cannot be had."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise RuntimeError(
                f"{program} is not installed; make clients needs node {_MINIMUM_NODE} or later and npm "
                "(on Debian and Ubuntu: apt install nodejs npm)."
            )
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").partition(".")[0]) < _MINIMUM_NODE:
        raise RuntimeError(f"node is {version}; make clients needs {_MINIMUM_NODE} or later.")
    asked = HERE / "package.json"
    with _to_install(asked, "installed.json") as is_missing:
        if is_missing:
            shutil.copy(asked, FOLDER / "package.json")
            _install(asked, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts")
    return FOLDER


def python_tools() -> Path:
    """The virtual environment with what requirements.txt asks for."""
    asked, venv = HERE / "requirements.txt", FOLDER / "venv"
    with _to_install(asked, "installed.txt") as is_missing:
        if is_missing:
            shutil.rmtree(venv, ignore_errors=True)
            _install(asked, sys.executable, "-m", "venv", str(venv))
            pip = (str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet")
            _install(asked, *pip, "install", "--requirement", str(asked))
    return venv


def pins() -> dict[str, str]:
    """The versions of the tools, by name."""
    found: dict[str, str] = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for line in (HERE / "requirements.txt").read_text(encoding="utf-8").splitlines():
        name, is_pinned, version = line.partition("==")
        if is_pinned:
            found[name.partition("[")[0]] = version
    return found


@contextmanager
def _to_install(asked: Path, marker: str) -> Iterator[bool]:
    """Whether what the file asks for is to be installed; it is noted as installed at the end, unless that raises."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    present = FOLDER / marker
    with (FOLDER / "install.lock").open("w") as lock:
        # Test processes running side by side would otherwise install over each other.
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_missing = not present.exists() or present.read_bytes() != asked.read_bytes()
        yield is_missing
        if is_missing:
            shutil.copy(asked, present)


def _install(asked: Path, *command: str) -> None:
    result = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False)
    if result.returncode != 0:
        raise RuntimeError(f"{command[0]} could not install what {asked} asks for: {result.stderr[-2000:]}")


def run(name: str, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """One of the tools, by its name."""
    command = installed() / "node_modules" / ".bin" / name
    return subprocess.run(
        [str(command), *arguments], cwd=cwd or FOLDER, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
