"""The mail of an invitation: written, and sent by SMTP on one background thread.

A request never waits for a mail server and never fails because of one: failures are logged, and the invitation can be
sent again. Without PHARUS_SMTP_URL nothing is sent. Where this server signs people in by itself, the link is logged
then, for the one person at the keyboard; elsewhere more people read the log than were invited, and the link is in the
response of the request that sent it.
"""

import contextlib
import logging
import queue
import re
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache

import jinja2

from pharus.config import Settings
from plugins.platform.smtp import Server, deliver, parse_url

log = logging.getLogger("pharus.mail")

# Letters that may wait while the mail server is slow; more would only grow the memory of a server that cannot send.
_MOST_WAITING = 1000
# Characters of a name in a subject. What is longer is no name, but a text that somebody wants to send under ours.
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Letter:
    """What the mail of one invitation says. Names are what people typed, and may hold anything."""

    to: str
    organization: str
    inviter: str
    role: str
    token: str
    expires_at: datetime


class Outbox:
    """Letters on their way. The thread starts with the first one."""

    def __init__(self, server: Server | None, sender: str, public_url: str, *, logs_links: bool = True) -> None:
        self._server = server
        self._logs_links = logs_links
        self._sender = sender
        self._public_url = public_url
        self._waiting: queue.Queue[Letter | None] = queue.Queue(_MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def send(self, letter: Letter) -> None:
        if self._server is None:
            if self._logs_links:
                log.info("no mail server is configured; the invitation of %s is %s", letter.to, self._link(letter))
            else:
                log.warning("the invitation of %s was not sent: no mail server is configured", letter.to)
            return
        try:
            self._waiting.put_nowait(letter)
        except queue.Full:
            log.error("the invitation mail to %s is dropped: too many letters are waiting", letter.to)
            return
        with self._starting:
            if self._thread is None:
                # A daemon: a mail server that does not answer must not keep the process alive.
                self._thread = threading.Thread(target=self._work, args=(self._server,), name="mail", daemon=True)
                self._thread.start()

    def close(self, timeout: float) -> None:
        """Send what is waiting, for at most `timeout` seconds; what is left then is logged as lost."""
        if self._thread is None:
            return
        deadline = time.monotonic() + timeout
        with contextlib.suppress(queue.Full):
            self._waiting.put(None, timeout=timeout)
        self._thread.join(max(0.0, deadline - time.monotonic()))
        if self._thread.is_alive():
            log.error("%d invitation mails were not sent before the stop", self._waiting.qsize())

    def _work(self, server: Server) -> None:
        while (letter := self._waiting.get()) is not None:
            try:
                deliver(server, write(letter, self._sender, self._link(letter)))
            except Exception:
                log.exception("the invitation mail to %s was not sent", letter.to)
            else:
                log.info("the invitation mail to %s was sent", letter.to)

    def _link(self, letter: Letter) -> str:
        return f"{self._public_url}/invitations/{letter.token}"


_outbox = Outbox(None, Settings.mail_from, Settings.public_url)


def configure(settings: Settings) -> None:
    """Take the mail server from the settings; ConfigurationError when its URL cannot be used. Done once at start."""
    global _outbox
    server = parse_url(settings.smtp_url) if settings.smtp_url else None
    _outbox = Outbox(server, settings.mail_from, settings.public_url, logs_links=settings.auth == "local")


def send(letter: Letter) -> None:
    """Queue the letter and return at once."""
    _outbox.send(letter)


def close(timeout: float) -> None:
    """Send what is still waiting, for at most `timeout` seconds. Done once at the stop."""
    _outbox.close(timeout)


def write(letter: Letter, sender: str, link: str) -> EmailMessage:
    """The message: plain text, and the same in a little HTML. ValueError for an address that no mail can carry."""
    organization, inviter = _one_line(letter.organization), _one_line(letter.inviter)
    words = {
        "organization": organization,
        "inviter": inviter,
        "role": letter.role,
        "link": link,
        "expires_on": f"{letter.expires_at:%Y-%m-%d %H:%M} UTC",
    }
    message = EmailMessage()
    message["Subject"] = f"{_short(inviter)} invites you to {_short(organization)}"
    message["From"] = sender
    message["To"] = Address(addr_spec=letter.to)
    message.set_content(_templates().get_template("invitation.txt").render(words))
    message.add_alternative(_templates().get_template("invitation.html").render(words), subtype="html")
    return message


def _one_line(name: str) -> str:
    """A name as one line of printable characters: a line break in it would begin a header of the sender's choice."""
    printable = "".join(character if character.isprintable() else " " for character in name)
    return re.sub(r"\s+", " ", printable).strip()


def _short(name: str) -> str:
    """A name as a subject has room for it; whole in the letter."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("plugins.platform"),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
    )
