"""The real Firebase Auth emulator: installed on demand, started on loopback, stopped with its whole process group."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

PROJECT = "demo-pharus"
VERSION = "15.34.2"
FOLDER = Path(__file__).parents[2] / "build" / "firebase"
START_SECONDS = 120


@contextmanager
def running_emulator(workspace: Path) -> Iterator[str]:
    """`host:port` of an emulator that answers; its configuration and log lie in `workspace`.

    Raises RuntimeError with a sentence when node or npm is missing, or when the emulator does not start.
    """
    command = _installed_command()
    port = _configure(workspace)
    log = workspace / "emulator.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [command, "emulators:start", "--only", "auth", "--project", PROJECT],
            cwd=workspace,
            env=os.environ | _environment(workspace),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(process, port, log)
        yield f"127.0.0.1:{port}"
    finally:
        _stop(process)


def _environment(workspace: Path) -> dict[str, str]:
    """Settings of its own: a signed-in person's account is not used, nor are files written in their home."""
    return {"HOME": str(workspace), "XDG_CONFIG_HOME": str(workspace), "CI": "1", "NO_UPDATE_NOTIFIER": "1"}


def _installed_command() -> Path:
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise RuntimeError(f"{program} is not installed; the Firebase emulator needs node 20 or later and npm.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    package = FOLDER / "node_modules" / "firebase-tools" / "package.json"
    with (FOLDER / "install.lock").open("w") as lock:
        # Test processes running side by side would otherwise install over each other.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if package.exists() and json.loads(package.read_text())["version"] == VERSION:
            return FOLDER / "node_modules" / ".bin" / "firebase"
        install = ["npm", "install", "--prefix", str(FOLDER), "--no-audit", "--no-fund", f"firebase-tools@{VERSION}"]
        result = subprocess.run(install, capture_output=True, text=True, timeout=900, check=False)
        if result.returncode != 0:
            raise RuntimeError(f"npm could not install firebase-tools {VERSION}: {result.stderr[-2000:]}")
    return FOLDER / "node_modules" / ".bin" / "firebase"


def _configure(workspace: Path) -> int:
    """Write firebase.json with free ports on loopback for everything that listens; the port of the auth emulator."""
    with socket.socket() as auth, socket.socket() as hub, socket.socket() as logging:
        ports = []
        for listener in (auth, hub, logging):
            listener.bind(("127.0.0.1", 0))
            ports.append(listener.getsockname()[1])
    names = ("auth", "hub", "logging")
    emulators = {name: {"host": "127.0.0.1", "port": port} for name, port in zip(names, ports, strict=True)}
    configuration = {"emulators": {**emulators, "ui": {"enabled": False}, "singleProjectMode": True}}
    (workspace / "firebase.json").write_text(json.dumps(configuration))
    return int(ports[0])


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).json()["authEmulator"]["ready"]:
                return
        except (httpx.TransportError, ValueError, KeyError):
            time.sleep(0.2)
    raise RuntimeError(f"The Firebase emulator did not start: {log.read_text(errors='replace')[-3000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """SIGINT lets it shut down in order; SIGKILL then takes whatever of its group is still there."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=20)
