"""The published TypeScript client as its users get it: compiled, packed, and unpacked where npm would put it."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.clients import tools

SOURCE = Path(__file__).parents[3] / "clients" / "typescript"

_SECONDS = 900


def pack(folder: Path) -> Path:
    """A project in the folder, made anew, that depends on the package; the package is among its node_modules."""
    shutil.rmtree(folder, ignore_errors=True)
    checkout = folder / "checkout"
    shutil.copytree(SOURCE, checkout, ignore=shutil.ignore_patterns("dist", "node_modules"))
    modules = tools.installed() / "node_modules"
    (checkout / "node_modules").symlink_to(modules)
    # Which compiles it: the package's own options are strict.
    run("npm", "pack", "--pack-destination", str(folder), cwd=checkout)
    (archive,) = folder.glob("*.tgz")
    project = folder / "project"
    package = project / "node_modules" / "pharus-client"
    package.mkdir(parents=True)
    run("tar", "-xzf", str(archive), "--strip-components", "1", "-C", str(package), cwd=folder)
    # What it depends on, and what the project itself needs.
    for name in ("decimal.js", "@types", "undici-types"):
        (project / "node_modules" / name).symlink_to(modules / name)
    (project / "package.json").write_text('{"type": "module"}\n', encoding="utf-8")
    return project


def run(*command: str, cwd: Path, **environment: str) -> str:
    """What it wrote. AssertionError, with all of that, unless it succeeds."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "NO_PROXY": "*", "no_proxy": "*", **environment},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)[:300]}\n{(done.stdout + done.stderr)[-6000:]}"
    return done.stdout
