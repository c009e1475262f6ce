"""A real SMTP server on the loopback interface, which keeps what it receives."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTPUTF8
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "pharus", "s3cret:/@"


class Mailbox:
    """The letters received and whether each came over TLS; `host` and `port` say where it listens."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.encrypted: list[bool] = []
        self.logins: list[bytes] = []
        self.host, self.port = "127.0.0.1", 0
        self._arrived = threading.Condition()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        message = BytesParser(policy=SMTPUTF8).parsebytes(cast(bytes, envelope.content))
        with self._arrived:
            self.letters.append(message)
            self.encrypted.append(session.ssl is not None)
            self._arrived.notify_all()
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login)
        return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    def wait_for(self, address: str, count: int = 1) -> list[EmailMessage]:
        """The letters to this address once there are `count` of them; AssertionError after ten seconds."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.to(address)) >= count, timeout=10), self.letters
        return self.to(address)

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == address]


@contextmanager
def running(*, tls: ssl.SSLContext | None = None, implicit: bool = False, auth: bool = False) -> Iterator[Mailbox]:
    """A mail server; with `tls` it offers STARTTLS, or with `implicit` speaks TLS from the first byte.

    With `auth` it offers to sign in as USER with PASSWORD, also in the clear.
    """
    mailbox = Mailbox()
    options: dict[str, Any] = {"enable_SMTPUTF8": True}
    if tls is not None:
        options["ssl_context" if implicit else "tls_context"] = tls
    if auth:
        options |= {"authenticator": mailbox.authenticate, "auth_require_tls": False}
    # Port 0 cannot be asked for: aiosmtpd connects to the port it was given to see whether it has started.
    controller = Controller(mailbox, hostname=mailbox.host, port=_free_port(), ready_timeout=10, **options)
    controller.start()
    mailbox.port = controller.port
    try:
        yield mailbox
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
