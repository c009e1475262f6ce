"""One message to one mail server, with Python's own smtplib."""

import ipaddress
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from pharus.errors import ConfigurationError

_TIMEOUT_SECONDS = 10
_DEFAULT_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes. `is_encrypted` means TLS from the first byte; otherwise STARTTLS is used when it is offered."""

    host: str
    port: int
    is_encrypted: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def parse_url(url: str) -> Server:
    """`smtp://user:password@host:port` or `smtps://…`; user and password percent-encoded. ConfigurationError."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.path.strip("/"):
        # The value is not repeated: it may hold a password.
        raise ConfigurationError("PHARUS_SMTP_URL must look like smtp://user:password@host:port, or smtps://….")
    return Server(
        host=parts.hostname,
        port=port or _DEFAULT_PORTS[parts.scheme],
        is_encrypted=parts.scheme == "smtps",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password or "") if parts.username else None,
    )


def deliver(server: Server, message: EmailMessage) -> None:
    """Hand the message over; smtplib.SMTPException or OSError when the server does not take it."""
    message["Date"] = formatdate(usegmt=True)
    # The domain of the sender: the name of this machine is nobody's business.
    message["Message-ID"] = make_msgid(domain=message["From"].addresses[0].domain or "localhost")
    tls = ssl.create_default_context()
    with _connect(server, tls) as connection:
        connection.ehlo()
        is_encrypted = server.is_encrypted
        if not is_encrypted and connection.has_extn("starttls"):
            connection.starttls(context=tls)
            connection.ehlo()
            is_encrypted = True
        if server.user is not None:
            if not is_encrypted and not _is_loopback(server.host):
                raise smtplib.SMTPNotSupportedError("no STARTTLS offered; the password is not sent in the clear")
            connection.login(server.user, server.password or "")
        connection.send_message(message)


def _connect(server: Server, tls: ssl.SSLContext) -> smtplib.SMTP:
    if server.is_encrypted:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT_SECONDS, context=tls)
    return smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_SECONDS)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
