"""The tools from npm: pinned in package.json beside this file, installed on demand into build/clients."""

import fcntl
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "openapi.yaml"
FOLDER = HERE.parents[1] / "build" / "clients"

_MINIMUM_NODE = 20
_INSTALL_SECONDS = 600


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
    FOLDER.mkdir(parents=True, exist_ok=True)
    asked, present = (HERE / "package.json").read_bytes(), FOLDER / "installed.json"
    with (FOLDER / "install.lock").open("w") as lock:
        # Test processes running side by side would otherwise install over each other.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not present.exists() or present.read_bytes() != asked:
            (FOLDER / "package.json").write_bytes(asked)
            result = subprocess.run(
                ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"],
                cwd=FOLDER,
                capture_output=True,
                text=True,
                timeout=_INSTALL_SECONDS,
                check=False,
            )
            if result.returncode != 0:
                raise RuntimeError(f"npm could not install {HERE / 'package.json'}: {result.stderr[-2000:]}")
            present.write_bytes(asked)
    return FOLDER


def run(name: str, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """One of the tools, by its name."""
    command = installed() / "node_modules" / ".bin" / name
    return subprocess.run(
        [str(command), *arguments], cwd=cwd or FOLDER, capture_output=True, text=True, timeout=300, check=False
    )
