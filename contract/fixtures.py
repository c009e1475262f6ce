"""For pytest: a server of the run's own, and callers of every role. `pytest_plugins = ["contract.fixtures"]` loads it.

Every answer that a caller receives is held against the document of the server: one that it does not declare fails the
test. Each test has an organization of its own, so nothing needs cleaning and the order of tests does not matter.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg2
import pytest

from contract.access_levels import AccessLevel
from contract.callers import Caller, join, newcomer
from contract.calling import Deployment
from pharus import embedded

# `Caller` is what the fixtures return; tests take its name from here.
__all__ = ["Caller", "Server"]

_STARTUP_SECONDS = 180
_OWNER = AccessLevel("owner", role="owner")


@dataclass(frozen=True)
class Server:
    """A running `pharus serve`; `data` is its folder, `log` what it has said, `environment` all that it sees."""

    address: str
    data: Path
    log: Path
    environment: dict[str, str]

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`pharus check`, for instance, on the same installation."""
        return subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "handlers.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture(scope="session")
def pharus_server() -> Iterator[Server]:
    """`pharus serve` with all installed plugins on a new database: embedded, or on the server that
    PHARUS_TEST_DATABASE_URL names."""
    data = Path("build", "test-data", secrets.token_hex(4)).absolute()
    data.mkdir(parents=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PHARUS_")},
        **{name: value for name, value in os.environ.items() if name == "PHARUS_PLUGINS"},
        "PHARUS_DATA": str(data),
        "PHARUS_AUTH": "local",
        "PHARUS_ALLOW_LOCAL_AUTH": "on",
        "PHARUS_RATE_LIMITS": "off",
    }
    admin_url = os.environ.get("PHARUS_TEST_DATABASE_URL")
    database = f"pharus_plugin_{secrets.token_hex(4)}"
    if admin_url:
        embedded.create_database(admin_url, database)
        environment["PHARUS_DATABASE_URL"] = urlunsplit(urlsplit(admin_url)._replace(path=f"/{database}"))
    with (data / "log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "handlers.cli", "serve", "--port", "0"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    server = Server(_address(process, data / "log"), data, data / "log", environment)
    yield server
    process.send_signal(signal.SIGTERM)
    status = process.wait(60)
    log = server.log.read_text(errors="replace")
    shutil.rmtree(data)
    if admin_url:
        _drop_database(admin_url, database)
    assert status == 0, log[-2000:]
    assert "internal error" not in log, f"the server met a defect:\n{log[-5000:]}"


@pytest.fixture(scope="session")
def deployment(pharus_server: Server) -> Iterator[Deployment]:
    running = Deployment(pharus_server.address)
    yield running
    running.close()


@pytest.fixture
def owner(deployment: Deployment, pharus_server: Server) -> Caller:
    """The owner of the test's organization."""
    return Caller(deployment, _OWNER, newcomer(deployment, pharus_server.data))


@pytest.fixture
def stranger(deployment: Deployment, pharus_server: Server) -> Caller:
    """The owner of another organization."""
    return Caller(deployment, _OWNER, newcomer(deployment, pharus_server.data))


@pytest.fixture
def as_role(deployment: Deployment, pharus_server: Server, owner: Caller) -> Callable[[str], Caller]:
    """`as_role("viewer")`: a new member of the test's organization."""
    data = pharus_server.data
    return lambda role: Caller(deployment, AccessLevel(role, role=role), join(deployment, data, owner.headers, role))


@pytest.fixture
def admin(as_role: Callable[[str], Caller]) -> Caller:
    return as_role("admin")


@pytest.fixture
def member(as_role: Callable[[str], Caller]) -> Caller:
    return as_role("member")


@pytest.fixture
def viewer(as_role: Callable[[str], Caller]) -> Caller:
    return as_role("viewer")


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + _STARTUP_SECONDS
    while time.monotonic() < deadline:
        found = re.search(r"Serving (http://\S+)", log.read_text(errors="replace"))
        if found and _is_ready(found[1]):
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    process.kill()
    process.wait()
    raise AssertionError(f"the server did not start:\n{log.read_text(errors='replace')[-3000:]}")


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _drop_database(admin_url: str, name: str) -> None:
    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    try:
        connection.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        connection.close()
