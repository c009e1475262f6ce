"""The real server on a UNIX socket, and requests through it."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests import launcher
from tests.server import STARTUP_SECONDS

API_URL = "https://api.example.com"


def start(
    environment: dict[str, str],
    path: Path,
    log: Path,
    *arguments: str,
    code: str = "",
    answers: bool = True,
    is_forked: bool = False,
) -> launcher.Process:
    """`pharus serve --uds PATH`, once it answers. `code` is run before it in its process, which is an interpreter of
    its own unless the launcher is to fork it."""
    run = f"{code}\nfrom handlers.cli import main\nif __name__ == '__main__': main()"
    seen = {**os.environ, "PHARUS_API_URL": API_URL, **environment}
    command = ["serve", "--uds", str(path), *arguments]
    with log.open("ab") as output:
        if is_forked:
            process = launcher.start("handlers.cli", command, seen, output, output)
        else:
            program = ["-c", run] if code else ["-m", "handlers.cli"]
            process = subprocess.Popen([sys.executable, *program, *command], env=seen, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + STARTUP_SECONDS
        while answers and not _is_ready(path):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return process


def _is_ready(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        if probe.connect_ex(str(path)) != 0:
            return False
    return ask(path, "/readyz").status_code == 200


def ask(path: Path, target: str, **headers: str) -> httpx.Response:
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(path)), timeout=30) as client:
        return client.get(f"http://pharus{target}", headers={name.replace("_", "-"): headers[name] for name in headers})


def logged_client(log: Path, response: httpx.Response) -> str:
    """The client that the log names for the request."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for line in log.read_text().splitlines():
            if response.headers["x-request-id"] in line:
                return str(json.loads(line)["client"])
        time.sleep(0.02)
    raise AssertionError("the log has no line about the request")
