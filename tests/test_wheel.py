"""The wheel, built and installed into an environment of its own, away from the checkout."""

import os
import re
import signal
import subprocess
import sys
import sysconfig
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import database

CHECKOUT = Path(__file__).parent.parent
PACKAGES = {"pharus", "handlers", "plugins", "codegen", "contract"}
STARTUP_SECONDS = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), str(CHECKOUT))
    (built,) = folder.glob("pharus_server-*.whl")
    return built


@pytest.fixture(scope="module")
def environment_of_its_own(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel. The libraries are those of the tests, without what is editable there."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    _pip("--python", str(folder / "bin" / "python"), "install", "--no-deps", "--no-index", "--quiet", str(wheel))
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    made = database.scratch(database_url)
    yield made
    database.drop_scratch(database_url, made)


def test_wheel_has_these_packages_and_no_others(wheel: Path) -> None:
    """docs/adr/0010-top-level-packages.md says why there are five."""
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == PACKAGES


def test_wheel_is_what_its_environment_imports(environment_of_its_own: Path, tmp_path: Path) -> None:
    code = f"for name in {sorted(PACKAGES)}: print(__import__(name).__file__)"
    python = environment_of_its_own / "bin" / "python"
    run = subprocess.run([python, "-c", code], cwd=tmp_path, env={}, capture_output=True, text=True, check=True)
    files = [Path(line) for line in run.stdout.split()]
    assert len(files) == len(PACKAGES)
    assert all(file.is_relative_to(environment_of_its_own) for file in files)


def test_wheel_serves_the_demo(
    environment_of_its_own: Path, environment: dict[str, str], url: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    seen = {**environment, "PHARUS_DATABASE_URL": url, "PHARUS_DATA": str(tmp_path / "data"), "HOME": str(tmp_path)}
    command = [environment_of_its_own / "bin" / "pharus", "serve", "--demo", "--port", "0"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=tmp_path, env={**seen, "PATH": os.environ["PATH"]}, stdout=output, stderr=output
        )
    try:
        address, token = _wait(process, log)
        with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=30) as caller:
            assert caller.get("/healthz").json() == {"status": "ok"}
            assert caller.get("/readyz").json() == {"status": "ok"}
            # What an installed package takes from within it, and a checkout from beside it.
            assert "workflowId: buy" in caller.get("/api/docs/guides/buy.arazzo.yaml").text
            # The curl that the command printed.
            assert len(caller.get("/api/vendors").json()["data"]) > 0
            assert "openapi" in caller.get("/api/openapi.json").json()
            # Templates, fonts and the reference page are in the wheel too.
            assert caller.get("/api/docs/viewer.js").is_success
            order = caller.get("/api/purchase-orders").json()["data"][0]["id"]
            assert caller.get(f"/api/purchase-orders/{order}/pdf").content.startswith(b"%PDF")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0, log.read_text()
    finally:
        process.kill()
        process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", log: Path) -> tuple[str, str]:
    """The address and the token that the command prints."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        text = log.read_text(encoding="utf-8")
        serving, token = re.search(r"Serving (http://\S+)", text), re.search(r"Token +(\S+)", text)
        if serving and token and _answers(serving[1]):
            return serving[1], token[1]
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text()[-3000:]}")


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", timeout=5).is_success
    except httpx.TransportError:
        return False


def _pip(*arguments: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
