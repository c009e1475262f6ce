"""An emulator of Google Cloud Storage as a process on loopback, and a service account that exists nowhere else."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

BUCKET = "example-documents"
ACCOUNT = "pharus@example-project.iam.gserviceaccount.com"

_START_SECONDS = 30


@dataclass(frozen=True)
class GoogleCloud:
    """`environment` is what a process sees of it."""

    address: str
    environment: dict[str, str]
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """As an outage does: nothing answers any more."""
        self.process.kill()
        self.process.wait()


@contextmanager
def running_cloud(folder: Path) -> Iterator[GoogleCloud]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tokens = _TokenServer()
    with (folder / "emulator.log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gcp_storage_emulator", "-d", str(folder / "buckets"), "start", "--quiet"),
                *("--host", "127.0.0.1", "--port", str(port), "--default-bucket", BUCKET),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address, folder / "emulator.log")
        key_file = folder / "service-account.json"
        key_file.write_text(json.dumps(_service_account(tokens.url)), encoding="utf-8")
        yield GoogleCloud(
            address, {"STORAGE_EMULATOR_HOST": address, "GOOGLE_APPLICATION_CREDENTIALS": str(key_file)}, process
        )
    finally:
        process.kill()
        process.wait()
        tokens.shutdown()
        tokens.server_close()


@cache
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _service_account(token_uri: str) -> dict[str, str]:
    pem = private_key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account",
        "project_id": "example-project",
        "private_key_id": "1",
        "private_key": pem.decode(),
        "client_email": ACCOUNT,
        "client_id": "1",
        "token_uri": token_uri,
    }


def _wait(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{address}/storage/v1/b/{BUCKET}", timeout=1, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the emulator did not start:\n{log.read_text()[-2000:]}")


class _TokenServer(ThreadingHTTPServer):
    """Gives an access token to all who ask, in the place of Google's."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _TokenHandler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/token"


class _TokenHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"access_token": "example", "expires_in": 3600, "token_type": "Bearer"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Silence: the answers are what the tests look at."""
