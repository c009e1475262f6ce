"""One request: to the address that was looked at, and to no other; within bounds of time and size."""

import asyncio
import datetime
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from plugins.webhooks.guard import Guard
from plugins.webhooks.sending import Outcome, Sender
from tests.plugins.webhooks.receiver import Receiver, slowly
from tests.plugins.webhooks.shop import LOCAL, TLS

pytestmark = pytest.mark.no_database

Run = Callable[..., Receiver]


def post(*urls: str, guard: Guard = LOCAL, seconds: float = 5, tls: ssl.SSLContext | None = None) -> list[Outcome]:
    async def send() -> list[Outcome]:
        sender = Sender(guard, seconds=seconds, tls=tls or TLS)
        try:
            return [await sender.post(url, {"webhook-id": "1"}, b"{}") for url in urls]
        finally:
            await sender.close()

    return asyncio.run(send())


@contextmanager
def speaking(*parts: bytes, pause: float = 0) -> Iterator[str]:
    """The URL of a server that says these, whatever it is asked, and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            while not connection.recv(65536).endswith(b"{}"):
                pass
            for part in parts:
                try:
                    connection.sendall(part)
                except OSError:
                    return
                time.sleep(pause)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    listening.close()


def test_answer_is_noted_with_its_status_and_how_it_begins(receivers: Run) -> None:
    receiver = receivers(answer=lambda request: 201, content="Grüße\x00\x1b[31m".encode())
    [first, second] = post(receiver.url, receiver.url)
    assert (first.status_code, first.error, first.response) == (201, None, "Grüße  [31m")
    assert first.is_delivered
    assert second.is_delivered
    assert first.duration_ms < 2000
    assert [each.headers["host"] for each in receiver.requests] == [receiver.url.split("/")[2]] * 2


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirect_is_not_followed(receivers: Run, status: int) -> None:
    other = receivers()
    receiver = receivers(answer=lambda request: status, location=other.url)
    [outcome] = post(receiver.url)
    assert (outcome.status_code, outcome.is_delivered) == (status, False)
    assert other.requests == []


def test_private_address_is_not_connected_to_whatever_was_looked_up_before(
    receivers: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere once the endpoint is saved."""
    receiver = receivers()
    port = receiver.url.split(":")[2].split("/")[0]
    addresses = ["93.184.215.14"]

    def look_up(host: str, port: int, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr("plugins.webhooks.guard.socket.getaddrinfo", look_up)
    guard, url = Guard(), f"http://hooks.example.com:{port}/"
    guard.check(url)
    addresses[:] = ["127.0.0.1"]
    [outcome] = post(url, guard=guard)
    assert (outcome.status_code, outcome.error) == (
        None,
        "The URL must not lead to an address of a private or local network.",
    )
    assert receiver.requests == []


def test_proxies_of_the_environment_are_not_used(receivers: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    receiver, proxy = receivers(), receivers()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    assert post(receiver.url)[0].is_delivered
    assert proxy.requests == []


def test_receiver_that_takes_too_long_is_given_up(receivers: Run) -> None:
    receiver = receivers(answer=slowly(1))
    began = time.monotonic()
    [outcome] = post(receiver.url, seconds=0.2)
    assert time.monotonic() - began < 0.9
    assert (outcome.status_code, outcome.error) == (None, "There was no whole answer within 0.2 seconds.")
    assert 150 < outcome.duration_ms < 900


def test_answer_that_comes_byte_by_byte_is_given_up() -> None:
    drips = [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", *[b"x"] * 100]
    for parts in (drips, [b"HTTP/1.1 ", *[b"2"] * 100]):
        with speaking(*parts, pause=0.05) as url:
            began = time.monotonic()
            [outcome] = post(url, seconds=0.3)
            assert not outcome.is_delivered
            assert time.monotonic() - began < 2


def test_answer_without_end_is_not_read_to_its_end() -> None:
    with speaking(b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 65536] * 200) as url:
        [outcome] = post(url)
    assert (outcome.status_code, outcome.response) == (200, "x" * 1000)


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 300_000, b"HTTP/1.1 abc\r\n\r\n"]
)
def test_what_is_no_answer_is_a_failure_with_a_reason(said: bytes) -> None:
    with speaking(said) as url:
        [outcome] = post(url)
    assert outcome.status_code is None
    assert outcome.error


def test_nobody_who_listens_and_no_such_host_are_failures() -> None:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
    refused, missing = post(f"http://127.0.0.1:{port}/", "http://nobody.invalid/")
    assert "ConnectError" in (refused.error or "")
    assert missing.error
    assert not refused.is_delivered


def test_tls_is_held_against_the_name_and_the_connection_goes_to_the_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chain = _certificate(tmp_path, "hooks.example.com")
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(chain)
    names: list[str | None] = []
    serving.sni_callback = lambda connection, name, context: names.append(name)
    trusting = ssl.create_default_context(cafile=chain)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def serve() -> None:
        for _ in range(2):
            try:
                with serving.wrap_socket(listening.accept()[0], server_side=True) as connection:
                    while not connection.recv(65536).endswith(b"{}"):
                        pass
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            except OSError:
                continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    monkeypatch.setattr(
        "plugins.webhooks.guard.socket.getaddrinfo",
        lambda host, port, **options: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))],
    )
    fits, other = post(f"https://hooks.example.com:{port}/", f"https://other.example.com:{port}/", tls=trusting)
    thread.join(10)
    listening.close()
    assert (fits.status_code, fits.error) == (200, None)
    assert names == ["hooks.example.com", "other.example.com"]
    assert other.status_code is None
    assert "CERTIFICATE_VERIFY_FAILED" in (other.error or "")


def _certificate(folder: Path, name: str) -> Path:
    """A key, and a certificate of its own for the name."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example receiver")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "receiver.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file


def test_a_request_looks_for_no_module(receivers: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """httpcore imports what may not be installed in each request: to look through the path took half of its time."""
    looked_for: list[str] = []
    receiver = receivers()

    class Finder:
        def find_spec(self, name: str, path: object, target: object = None) -> None:
            looked_for.append(name)

    async def send() -> list[Outcome]:
        sender = Sender(LOCAL, tls=TLS)
        try:
            first = await sender.post(receiver.url, {"webhook-id": "1"}, b"{}")
            monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
            return [first, await sender.post(receiver.url, {"webhook-id": "2"}, b"{}")]
        finally:
            await sender.close()

    assert [each.status_code for each in asyncio.run(send())] == [204, 204]
    assert looked_for == []
