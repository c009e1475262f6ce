import datetime
import ipaddress
import smtplib
import socket
import ssl
import threading
import time
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pharus.errors import ConfigurationError
from plugins.platform import smtp
from plugins.platform.smtp import Server, deliver, is_permanent, is_servers, parse_url
from tests.plugins.platform import mailbox
from tests.plugins.platform.mailbox import PASSWORD, USER


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and its self-signed certificate for 127.0.0.1, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + built.public_bytes(pem)
    )
    return path


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusting(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine trusts the certificate, as an operator's own authority would be trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


ID = "0198a5f0-0000-7000-8000-000000000001"


def message() -> EmailMessage:
    written = EmailMessage()
    written["Subject"], written["From"], written["To"] = "Hello", "Pharus <pharus@example.com>", "a@example.com"
    written.set_content("Hello.")
    return written


def server(box: mailbox.Mailbox, *, scheme: str = "smtp", credentials: str = "") -> Server:
    return parse_url(f"{scheme}://{credentials}{box.host}:{box.port}")


CREDENTIALS = f"{USER}:{quote(PASSWORD, safe='')}@"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.com", Server("mail.example.com", 25, is_encrypted=False)),
        ("smtps://mail.example.com", Server("mail.example.com", 465, is_encrypted=True)),
        ("smtp://mail.example.com:587/", Server("mail.example.com", 587, is_encrypted=False)),
        ("smtp://[::1]:2525", Server("::1", 2525, is_encrypted=False)),
        (
            "smtps://a%40example.com:p%3A%2F%40%25@mail.example.com",
            Server("mail.example.com", 465, is_encrypted=True, user="a@example.com", password="p:/@%"),
        ),
    ],
)
def test_parse_url_reads_scheme_host_port_and_credentials(url: str, expected: Server) -> None:
    assert parse_url(url) == expected


@pytest.mark.parametrize(
    "url",
    ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://:25", "smtp://a:x", "smtp://a/b", "smtp://["],
)
def test_parse_url_refuses_others_without_repeating_them(url: str) -> None:
    with pytest.raises(ConfigurationError, match="must look like") as refused:
        parse_url(url)
    assert "http://" not in str(refused.value)


def test_server_does_not_show_its_password() -> None:
    assert "s3cret" not in repr(parse_url("smtp://pharus:s3cret@mail.example.com"))


def test_deliver_in_the_clear_when_nothing_else_is_offered(tmp_path: Path) -> None:
    with mailbox.running(tmp_path) as box:
        deliver(server(box), message(), ID)
    assert box.encrypted == [False]
    assert box.letters[0]["Subject"] == "Hello"
    assert box.letters[0]["Date"]
    assert box.letters[0]["Message-ID"] == f"<{ID}@example.com>"


def test_deliver_uses_starttls_when_it_is_offered(tls: ssl.SSLContext, trusting: None, tmp_path: Path) -> None:
    with mailbox.running(tmp_path, tls=tls) as box:
        deliver(server(box), message(), ID)
    assert box.encrypted == [True]


def test_deliver_speaks_tls_from_the_first_byte(tls: ssl.SSLContext, trusting: None, tmp_path: Path) -> None:
    with mailbox.running(tmp_path, tls=tls, implicit=True) as box:
        deliver(server(box, scheme="smtps"), message(), ID)
    assert len(box.letters) == 1


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp", False), ("smtps", True)])
def test_deliver_refuses_a_certificate_that_nobody_trusts(
    tls: ssl.SSLContext, scheme: str, implicit: bool, tmp_path: Path
) -> None:
    with mailbox.running(tmp_path, tls=tls, implicit=implicit) as box:
        with pytest.raises(ssl.SSLCertVerificationError):
            deliver(server(box, scheme=scheme), message(), ID)
        assert box.letters == []


def test_deliver_signs_in_with_the_credentials(tmp_path: Path) -> None:
    with mailbox.running(tmp_path, auth=True) as box:
        deliver(server(box, credentials=CREDENTIALS), message(), ID)
    assert (box.logins, len(box.letters)) == ([USER.encode()], 1)


def test_deliver_with_a_wrong_password_raises(tmp_path: Path) -> None:
    with mailbox.running(tmp_path, auth=True) as box, pytest.raises(smtplib.SMTPAuthenticationError):
        deliver(server(box, credentials="pharus:wrong@"), message(), ID)
    assert box.letters == []


def test_deliver_sends_no_password_in_the_clear_to_another_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    connect = socket.create_connection
    with mailbox.running(tmp_path, auth=True) as box:
        # The name of another machine, which in truth is this one.
        monkeypatch.setattr(socket, "create_connection", lambda _, *rest: connect((box.host, box.port), *rest))
        elsewhere = parse_url(f"smtp://{CREDENTIALS}mail.example.com:{box.port}")
        with pytest.raises(smtplib.SMTPNotSupportedError, match="in the clear"):
            deliver(elsewhere, message(), ID)
    assert (box.logins, box.letters) == ([], [])


def test_deliver_is_done_when_the_server_has_taken_the_message_however_it_says_goodbye(tmp_path: Path) -> None:
    with mailbox.running(tmp_path) as box:
        box.farewell = "421 out of order"
        deliver(server(box), message(), ID)
        assert len(box.letters) == 1


def test_deliver_ends_in_time_however_slowly_the_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "_MOST_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        slow = Server("127.0.0.1", listening.getsockname()[1], is_encrypted=False)

        def drip() -> None:
            """A line that never ends: each read of it is in time."""
            accepted, _ = listening.accept()
            with accepted, suppress(OSError):
                for _ in range(200):
                    accepted.sendall(b"2")
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        # With what has dripped so far taken for an answer, or not.
        with pytest.raises((smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError)):
            smtp.deliver(slow, message(), ID)
        assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("refusal", "permanent"),
    [("550 no such mailbox", True), ("451 come back later", False), ("554 this looks like spam", True)],
)
def test_refusals_are_for_good_or_for_now_and_of_the_message(tmp_path: Path, refusal: str, permanent: bool) -> None:
    with mailbox.running(tmp_path) as box:
        box.refusal = refusal
        with pytest.raises(smtplib.SMTPDataError) as refused:
            deliver(server(box), message(), ID)
    assert (is_permanent(refused.value), is_servers(refused.value)) == (permanent, False)


def test_recipient_is_refused_for_good_only_when_the_server_says_so() -> None:
    for code in (450, 550):
        refused = smtplib.SMTPRecipientsRefused({"a@example.com": (code, b"no")})
        assert (is_permanent(refused), is_servers(refused)) == (code == 550, False)


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPAuthenticationError(535, b"no"), ssl.SSLError()]
)
def test_what_is_not_about_the_message_is_never_for_good(error: Exception) -> None:
    assert (is_permanent(error), is_servers(error)) == (False, True)
