"""The mails of invitations, and notices to those who run an organization: written, and sent by SMTP on one background
thread.

A request never waits for a mail server and never fails because of one: it leaves the mail in the outbox
(plugins/platform/outbox.py), and what fails is tried again for about a day. Without PHARUS_SMTP_URL nothing is sent.
Where this server signs people in by itself, the link is logged then, for the one person at the keyboard; elsewhere more
people read the log than were invited, and the link is in the response of the request that sent it.
"""

import logging
import re
import threading
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache

import jinja2

from pharus import instrumentation
from pharus.config import Settings
from pharus.db import current, disconnect
from plugins.platform import outbox, schemas
from plugins.platform.smtp import Server, deliver, is_permanent, is_servers, parse_url

log = logging.getLogger("pharus.mail")

# How often the outbox is looked into for what other processes have left, or what is to be tried again.
_SECONDS = 60
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


class Mailer:
    """Sends what is in the outbox, or without a mail server logs what a request asks to be sent."""

    def __init__(
        self, server: Server | None, sender: str, public_url: str, *, logs_links: bool = True, seconds: float = _SECONDS
    ) -> None:
        self._server = server
        self._logs_links = logs_links
        self._sender = sender
        self._public_url = public_url
        self._seconds = seconds
        self._requested = threading.Event()
        self._ended = False
        # A daemon: a mail server that does not answer must not keep the process alive.
        self._thread = threading.Thread(target=self._run, name="mail", daemon=True)

    def request(self, invitation: schemas.Invitation, inviter_name: str | None) -> None:
        """Have the mail sent once the transaction has committed. Inside the organization."""
        if self._server is None:
            current().after_commit(lambda: self._log(invitation))
            return
        outbox.put(invitation["id"], inviter_name)
        current().after_commit(self._requested.set)

    def notify(self, subject: str, text: str) -> None:
        """The same of a notice to each owner and admin of the organization."""
        if self._server is None:
            current().after_commit(lambda: log.warning("no mail server is configured; nobody is told: %s", subject))
            return
        outbox.put_notice(subject, text)
        current().after_commit(self._requested.set)

    def start(self) -> None:
        if self._server is not None:
            self._thread.start()

    def close(self, timeout: float) -> None:
        """Begin no other mail, and wait so long for the one that is being sent. The others stay in the outbox."""
        self._ended = True
        self._requested.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        assert self._server is not None
        while not self._ended:
            self._requested.clear()
            try:
                while not self._ended and self._send_next(self._server):
                    pass
            except Exception:
                log.exception("the outbox cannot be read or written; it will be tried again")
            finally:
                disconnect()
            self._requested.wait(self._seconds)

    def _send_next(self, server: Server) -> bool:
        """Send one mail. False when there is none, or when the mail server takes none: the others wait."""
        due = outbox.claim()
        if due is None:
            return False
        if due.attempts > outbox.MOST_ATTEMPTS:
            # Each time the process ended before it could say what happened.
            _give_up(due, RuntimeError("no attempt has come to an end"))
            return True
        if not due.is_open:
            outbox.note_failed(due, due.why_not_open)
            log.info("the %s to %s is not sent: %s", due.name, due.email, due.why_not_open)
            return True
        try:
            message = self._write(due)
        except ValueError as error:
            _give_up(due, error)
            return True
        try:
            deliver(server, message, due.id)
        except (OSError, ValueError) as error:
            if is_permanent(error) or outbox.is_last_attempt(due):
                _give_up(due, error)
                return True
            instrumentation.count("mails", 1, "failed")
            outbox.postpone(due, _described(error))
            log.warning(
                "the %s to %s was not sent (attempt %d of %d) and will be tried again: %s",
                *(due.name, due.email, due.attempts, outbox.MOST_ATTEMPTS, _described(error)),
            )
            return not is_servers(error)
        instrumentation.count("mails", 1, "sent")
        outbox.note_sent(due)
        log.info("the %s to %s was sent", due.name, due.email)
        return True

    def _write(self, due: outbox.Due) -> EmailMessage:
        """ValueError for an address that no mail can carry."""
        if isinstance(due, outbox.NoticeDue):
            return write_notice(due, self._sender)
        letter = Letter(
            to=due.email,
            organization=due.organization,
            inviter=due.inviter,
            role=due.role,
            token=due.token,
            expires_at=due.expires_at,
        )
        return write(letter, self._sender, self._link(letter.token))

    def _log(self, invitation: schemas.Invitation) -> None:
        if self._logs_links:
            link = self._link(invitation["token"])
            log.info("no mail server is configured; the invitation of %s is %s", invitation["email"], link)
        else:
            log.warning("the invitation of %s was not sent: no mail server is configured", invitation["email"])

    def _link(self, token: str) -> str:
        return f"{self._public_url}/invitations/{token}"


_mailer = Mailer(None, Settings.mail_from, Settings.public_url)


def configure(settings: Settings) -> None:
    """Take the mail server from the settings; ConfigurationError when its URL cannot be used. Done once at start."""
    global _mailer
    server = parse_url(settings.smtp_url) if settings.smtp_url else None
    _mailer = Mailer(server, settings.mail_from, settings.public_url, logs_links=settings.auth == "local")


def request(invitation: schemas.Invitation, inviter_name: str | None) -> None:
    """Have the mail of the invitation sent once the transaction has committed. Nobody waits for it."""
    _mailer.request(invitation, inviter_name)


def notify(subject: str, text: str) -> None:
    """Have each owner and admin of the organization told by mail, once the transaction has committed. Inside the
    organization."""
    _mailer.notify(subject, text)


def start() -> None:
    """Send what is in the outbox, from now on. Done once at start."""
    _mailer.start()


def close(timeout: float) -> None:
    """Finish what is being sent, for at most `timeout` seconds. Done once at the stop."""
    _mailer.close(timeout)


def _give_up(due: outbox.Due, error: Exception) -> None:
    instrumentation.count("mails", 1, "dropped")
    outbox.note_failed(due, _described(error))
    log.error("the %s to %s is given up after attempt %d: %s", due.name, due.email, due.attempts, _described(error))


def _described(error: Exception) -> str:
    """In one line; what a mail server says may hold anything."""
    said = " ".join(part.decode(errors="replace") if isinstance(part, bytes) else str(part) for part in error.args)
    return _one_line(f"{type(error).__name__}: {said}")


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


def write_notice(due: outbox.NoticeDue, sender: str) -> EmailMessage:
    """The message, as plain text. ValueError for an address that no mail can carry."""
    organization = _one_line(due.organization)
    words = {"text": due.text, "role": due.role, "organization": organization}
    message = EmailMessage()
    message["Subject"] = f"{_short(organization)}: {_one_line(due.subject)}"
    message["From"] = sender
    message["To"] = Address(addr_spec=due.email)
    message.set_content(_templates().get_template("notice.txt").render(words))
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
