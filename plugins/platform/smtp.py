"""One message to one mail server, with Python's own smtplib."""

import ipaddress
import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any
from urllib.parse import unquote, urlsplit

from pharus.errors import ConfigurationError

# For each answer of the server, and for all of them.
_TIMEOUT_SECONDS = 10
_MOST_SECONDS = 120
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


def deliver(server: Server, message: EmailMessage, id: str) -> None:
    """Hand the message over; OSError (smtplib.SMTPException is one) when the server does not take it.

    Of two messages with the same id, mail programs show one.
    """
    message["Date"] = formatdate(usegmt=True)
    # The domain of the sender: the name of this machine is nobody's business.
    message["Message-ID"] = f"<{id}@{message['From'].addresses[0].domain or 'localhost'}>"
    tls = ssl.create_default_context()
    connection = _connect(server, tls)
    try:
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
        # The server has the message, whatever it says from here on.
        with suppress(OSError):
            connection.quit()
    finally:
        connection.close()


def is_permanent(error: Exception) -> bool:
    """Whether the server has refused this sender, recipient or text for good (RFC 5321, 4.2.1: a code of 500 or more).
    A password that it does not take may be corrected."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError) and error.smtp_code >= 500


def is_servers(error: Exception) -> bool:
    """Whether the server would take no other message either: it is away, or what it says is not about this one."""
    return not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused | smtplib.SMTPDataError)


def _connect(server: Server, tls: ssl.SSLContext) -> smtplib.SMTP:
    if server.is_encrypted:
        return _EncryptedConnection(server.host, server.port, timeout=_TIMEOUT_SECONDS, context=tls)
    return _Connection(server.host, server.port, timeout=_TIMEOUT_SECONDS)


class _Connection(smtplib.SMTP):
    """One that takes `_MOST_SECONDS` in all: the timeout is only that of each read."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._ending = threading.Timer(_MOST_SECONDS, self._hang_up)
        self._ending.daemon = True
        self._ending.start()
        try:
            super().__init__(*arguments, **options)
        except BaseException:
            self._ending.cancel()
            raise

    def close(self) -> None:
        self._ending.cancel()
        super().close()

    def _hang_up(self) -> None:
        """From another thread: whoever reads or writes is told that the server is gone."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


class _EncryptedConnection(_Connection, smtplib.SMTP_SSL):
    """The same over TLS."""


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
