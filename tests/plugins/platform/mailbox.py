"""A real SMTP server on the loopback interface, which keeps what it receives.

Servers that share a database share its mails: whichever of them sends one, the test that asked for it must find it. So
the mail servers of all processes of a run keep their letters in one folder.
"""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTPUTF8
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from pharus.fields import new_id
from tests.waiting import wait_until

USER, PASSWORD = "pharus", "s3cret:/@"


class Mailbox:
    """The letters received and whether each came over TLS; `host` and `port` say where it listens.

    `refusal`, if it is set, is what the server says to the next letters instead of taking them; `on_letter` is called
    with their number when one was taken, before the sender knows.
    """

    def __init__(self, folder: Path) -> None:
        self.encrypted: list[bool] = []
        self.logins: list[bytes] = []
        self.refusal: str | None = None
        self.on_letter: Callable[[int], None] = lambda count: None
        self.farewell = "221 Bye"
        self.host, self.port = "127.0.0.1", 0
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        if self.refusal is not None:
            return self.refusal
        self.encrypted.append(session.ssl is not None)
        part = self._folder / f"{new_id()}.part"
        part.write_bytes(cast(bytes, envelope.content))
        part.rename(part.with_suffix(".eml"))
        self.on_letter(len(self.encrypted))
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        return self.farewell

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login)
        return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    @property
    def letters(self) -> list[EmailMessage]:
        """In the order in which they came."""
        parser = BytesParser(policy=SMTPUTF8)
        return [cast(EmailMessage, parser.parsebytes(file.read_bytes())) for file in sorted(self._folder.glob("*.eml"))]

    def wait_for(self, address: str, count: int = 1) -> list[EmailMessage]:
        """The letters to this address once there are `count` of them."""
        wait_until(lambda: len(self.to(address)) >= count)
        return self.to(address)

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == address]


@contextmanager
def running(
    folder: Path, *, tls: ssl.SSLContext | None = None, implicit: bool = False, auth: bool = False
) -> Iterator[Mailbox]:
    """A mail server that keeps its letters in the folder; with `tls` it offers STARTTLS, or with `implicit` speaks TLS
    from the first byte.

    With `auth` it offers to sign in as USER with PASSWORD, also in the clear.
    """
    mailbox = Mailbox(folder)
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
