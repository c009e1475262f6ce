"""The examples in deploy/ as they are, run by nginx and Caddy in front of a real server on a UNIX socket.

Needs nginx and caddy, as Debian has them: apt install nginx caddy. What is changed of the files are the port, the name,
the paths of socket and certificate, and nothing else.
"""

import datetime
import ipaddress
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests import factories, socket_server

pytestmark = pytest.mark.drills

ROOT = Path(__file__).parent.parent.parent
SOCKET = "/run/pharus/pharus.sock"
MIB = 1024 * 1024
# In the service's unit, MemoryDenyWriteExecute; the processes that are started from here keep it.
NO_NEW_CODE = "import ctypes; assert ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) == 0"


@dataclass
class Setup:
    """A proxy at an address, the server behind it, and a client of the proxy."""

    name: str
    address: str
    port: int
    log: Path
    client: httpx.Client
    token: str
    order: str
    server: "subprocess.Popen[bytes]"

    def ask(self, path: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers={"Authorization": f"Bearer {self.token}", **named})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    addresses = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(addresses), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder, pem = tmp_path_factory.mktemp("tls"), serialization.Encoding.PEM
    (folder / "chain.pem").write_bytes(built.public_bytes(pem))
    form, no_password = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, no_password))
    return folder / "chain.pem", folder / "key.pem"


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text, f"{old} is not in the example any more"
        text = text.replace(old, new)
    return text


def nginx(folder: Path, port: int, uds: Path, chain: Path, key: Path) -> list[str]:
    example = changed(
        (ROOT / "deploy" / "nginx" / "pharus.conf").read_text(),
        (SOCKET, str(uds)),
        ("/etc/ssl/certs/pharus.pem", str(chain)),
        ("/etc/ssl/private/pharus.key", str(key)),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("    listen 80;\n    listen [::]:80;\n", f"    listen 127.0.0.1:{port + 1};\n"),
    )
    (folder / "pharus.conf").write_text(example)
    # The rest is what Debian's own nginx.conf says; who runs the tests owns the folders.
    user = "user root;" if Path(folder).owner() == "root" else ""
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{user}\ndaemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        "events { worker_connections 768; }\n"
        f"http {{\naccess_log off;\n{temporary}include {folder}/pharus.conf;\n}}\n"
    )
    return ["nginx", "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def caddy(folder: Path, port: int, uds: Path, chain: Path, key: Path) -> list[str]:
    example = changed(
        (ROOT / "deploy" / "caddy" / "Caddyfile").read_text(),
        (SOCKET, str(uds)),
        # It would get a certificate; and nobody else's administration.
        ("{\n\tservers {", "{\n\tadmin off\n\tauto_https off\n\tservers {"),
        (
            "api.example.com {\n",
            f"https://127.0.0.1:{port}, https://localhost:{port} {{\n\tbind 127.0.0.1\n\ttls {chain} {key}\n",
        ),
    )
    (folder / "Caddyfile").write_text(example)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@pytest.fixture(scope="module", params=[nginx, caddy], ids=lambda proxy: proxy.__name__)
def setup(
    request: pytest.FixtureRequest,
    environment: dict[str, str],
    certificate: tuple[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Setup]:
    configure: Callable[..., list[str]] = request.param
    assert shutil.which(configure.__name__), f"{configure.__name__} is not installed: apt install nginx caddy"
    folder = tmp_path_factory.mktemp(configure.__name__)
    port, uds, log = free_ports(), folder / "s", folder / "pharus.log"
    with ExitStack() as stack:
        server = socket_server.start(environment, uds, log, code=NO_NEW_CODE)
        stack.callback(server.wait, 60)
        stack.callback(server.terminate)
        with (folder / "proxy.log").open("wb") as output:
            command = configure(folder, port, uds, *certificate)
            proxy = subprocess.Popen(
                command, stdout=output, stderr=output, env={"PATH": "/usr/bin:/usr/sbin", "HOME": str(folder)}
            )
        stack.callback(proxy.wait, 30)
        stack.callback(proxy.terminate)
        organization, user = factories.make_organization(), factories.make_user()
        factories.make_membership(organization.id, user.id, "owner")
        token = factories.make_api_token(organization.id, user.id)
        tls = ssl.create_default_context(cafile=str(certificate[0]))
        address = f"https://127.0.0.1:{port}"
        client = stack.enter_context(httpx.Client(base_url=address, verify=tls, timeout=60, trust_env=False))
        order = factories.make_purchase_order(organization.id)
        made = Setup(configure.__name__, address, port, log, client, token, order, server)
        _wait_for(made, proxy, folder)
        yield made


def _wait_for(made: Setup, proxy: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert proxy.poll() is None, (folder / "proxy.log").read_text()
        try:
            made.ask("/api/vendors")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError((folder / "proxy.log").read_text())


def free_ports() -> int:
    """One that is free, and the next one as well."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def test_answers_over_tls_and_http_2_and_compressed(setup: Setup, certificate: tuple[Path, Path]) -> None:
    answer = setup.ask("/api/materials-inventory/summary")
    assert (answer.status_code, answer.json()["data"]) == (200, [])
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "x-request-id" in answer.headers
    document = setup.client.get("/api/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert (document.status_code, document.headers["content-encoding"]) == (200, "gzip")
    command = ["curl", "--silent", "--http2", "--cacert", str(certificate[0]), "--write-out", "%{http_version}"]
    curl = subprocess.run(
        [*command, "--output", "/dev/null", f"{setup.address}/api/openapi.json"], capture_output=True, check=True
    )
    assert curl.stdout == b"2"


# What clients say they take: httpx and browsers of today, curl --compressed, zstd alone.
ENCODINGS = ("identity", "gzip", "deflate", "br", "zstd", "gzip, deflate, br, zstd")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_version_that_was_read_through_the_proxy_may_be_sent_back(setup: Setup, encoding: str) -> None:
    """A proxy that compresses by itself makes the ETag weak, or another one, and If-Match would never match again."""
    headers = {"Authorization": f"Bearer {setup.token}", "Accept-Encoding": encoding}
    vendor = {"name": f"Vendor for {encoding}", "notes": "a note that is long enough to be compressed " * 40}
    made = setup.client.post("/api/vendors", json=vendor, headers=headers)
    assert made.status_code == 201, made.text
    path = f"/api/vendors/{made.json()['id']}"
    # As it is sent: the client cannot read every encoding.
    with setup.client.stream("GET", path, headers=headers) as read:
        etag = read.headers["etag"]
        assert (read.status_code, etag[:1]) == (200, '"'), etag
        assert read.headers.get("content-encoding") in (None, "gzip")
        assert len(b"".join(read.iter_raw())) < 1000 or "gzip" not in encoding
    assert setup.client.get(path, headers={**headers, "If-None-Match": etag}).status_code == 304
    for version, expected in ((etag, 200), (etag, 412)):
        changed = setup.client.patch(path, json={"city": "Bath"}, headers={**headers, "If-Match": version})
        assert changed.status_code == expected, changed.text


def test_file_of_a_user_comes_as_it_was_brought(setup: Setup) -> None:
    """And so do its ranges: text that a proxy compresses has none."""
    content = b"sku,quantity\n" * 500
    brought = setup.client.post(
        "/api/documents",
        files={"file": ("stock.csv", content, "text/csv")},
        data={"entityType": "purchase_order", "entityId": setup.order},
        headers={"Authorization": f"Bearer {setup.token}"},
    )
    link = setup.ask(f"/api/documents/{brought.json()['id']}").json()["signedUrl"]
    path = "/api/" + link.partition("/api/")[2]
    headers = {"Accept-Encoding": "gzip, deflate, br, zstd"}
    whole = setup.client.get(path, headers=headers)
    assert (whole.status_code, whole.content) == (200, content)
    assert "content-encoding" not in whole.headers
    part = setup.client.get(path, headers={**headers, "Range": "bytes=5-11"})
    assert (part.status_code, part.content) == (206, content[5:12])


def test_client_is_who_is_connected_to_the_proxy_whatever_it_says(setup: Setup) -> None:
    for forged in (
        {},
        {"x_forwarded_for": "203.0.113.7"},
        {"x_forwarded_for": "unix"},
        {"forwarded": "for=203.0.113.7"},
    ):
        assert socket_server.logged_client(setup.log, setup.ask("/api/vendors", **forged)) == "127.0.0.1"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/", "/api/../readyz", "/api/%2e%2e/readyz"])
def test_what_is_not_the_api_is_not_there(setup: Setup, path: str) -> None:
    # Sent as it is: a client would take the dots out.
    tls = ssl.create_default_context()
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", setup.port), 30) as plain, tls.wrap_socket(plain) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        received = b""
        while piece := connection.recv(65536):
            received += piece
    assert received.startswith(b"HTTP/1.1 404"), received[:500]
    assert b"not_found" in received


def test_largest_upload_passes_and_a_larger_body_is_refused_with_a_sentence(setup: Setup) -> None:
    for size, expected in ((10 * MIB, 201), (12 * MIB, 413)):
        answer = setup.client.post(
            "/api/documents",
            files={"file": ("label.txt", b"x" * size, "text/plain")},
            data={"entityType": "purchase_order", "entityId": setup.order},
            headers={"Authorization": f"Bearer {setup.token}"},
        )
        assert answer.status_code == expected, (size, answer.text[:200])
    assert answer.json()["error"]["code"] == "payload_too_large"


def test_head_that_is_too_large_is_refused(setup: Setup) -> None:
    answer = setup.ask("/api/vendors", x_large="x" * 100_000)
    assert 400 <= answer.status_code < 500


def test_pdf_is_made_where_no_memory_may_hold_new_code(setup: Setup) -> None:
    """As the unit's MemoryDenyWriteExecute has it."""
    pdf = setup.ask(f"/api/purchase-orders/{setup.order}/pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-"), pdf.text


def test_one_address_holds_as_many_requests_at_a_time_as_the_proxy_lets_it(setup: Setup) -> None:
    """nginx's own bound; Caddy has none, as its example says."""
    head = "POST /api/vendors HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
    head += f"Authorization: Bearer {setup.token}\r\n\r\n"
    tls = ssl.create_default_context()
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    with ExitStack() as stack:
        for _ in range(100):
            plain = stack.enter_context(socket.create_connection(("127.0.0.1", setup.port), 30))
            stack.enter_context(tls.wrap_socket(plain)).sendall(head.encode())
        time.sleep(1)
        answer = setup.ask("/api/vendors")
    if setup.name == "caddy":
        assert answer.status_code == 200
        return
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "rate_limited")
    assert answer.headers["retry-after"] == "1"
    time.sleep(1)
    assert setup.ask("/api/vendors").status_code == 200


def test_server_that_is_away_is_503_in_the_one_error_body(setup: Setup) -> None:
    """The last test: the server is stopped."""
    setup.server.terminate()
    assert setup.server.wait(60) == 0
    answer = setup.ask("/api/vendors")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "service_unavailable")
    assert answer.headers["retry-after"] == "5"
    assert answer.headers["strict-transport-security"]
