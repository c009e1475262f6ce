"""Mails that wait to be sent: the tables `outgoing_mail` (invitations) and `outgoing_notice` (to those who run an
organization), in which several servers take each mail once.

A mail is written down in the transaction that asks for it, so that it is sent if and only if that commits. Whoever
claims one has it alone for `_LEASE`; a server that dies meanwhile leaves it to the next one. When it dies between
sending and noting that it has sent, the mail goes out once more, under the same Message-ID (docs/adr/0034).

What the mail of an invitation says is read when it is sent: one that has ended by then sends none. A notice says what
was so when it was written, and goes to who may still read it.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from pharus.db import current, db, unit_of_work
from pharus.fields import new_id
from pharus.identity import ANONYMOUS
from plugins.platform.access import invitation_token

# Longer than any attempt takes: see plugins/platform/smtp.py.
_LEASE = timedelta(minutes=5)
# After 1, 2, 4 … and at most 60 minutes: about a day.
MOST_ATTEMPTS = 30
_LONGEST_ERROR = 500

_PUT = """
INSERT INTO outgoing_mail (org_id, id, invitation_id, inviter)
SELECT o.id, %s, %s, coalesce(%s, nullif(u.display_name, ''), nullif(u.email, ''), o.name)
FROM organization o LEFT JOIN app_user u ON u.id = %s WHERE o.id = %s"""

# One mail each.
_PUT_NOTICE = """
INSERT INTO outgoing_notice (org_id, id, user_id, subject, text)
SELECT m.org_id, gen_random_uuid(), m.user_id, %s, %s FROM membership m JOIN app_user u ON u.id = m.user_id
WHERE m.org_id = %s AND m.is_active AND m.role IN ('owner', 'admin') AND u.is_active AND u.email <> ''"""

_CLAIM = """
WITH mine AS MATERIALIZED (
    SELECT org_id, id FROM outgoing_mail WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= now()
    ORDER BY due_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE outgoing_mail AS mail SET attempts = attempts + 1, due_at = now() + %s
FROM mine, invitation i, organization o
WHERE mail.org_id = mine.org_id AND mail.id = mine.id AND o.id = mine.org_id
    AND i.org_id = mine.org_id AND i.id = mail.invitation_id
RETURNING mail.org_id, mail.id, mail.attempts, mail.inviter, i.id, i.email, i.role, i.expires_at, o.name,
    o.is_active AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()"""

_CLAIM_NOTICE = """
WITH mine AS MATERIALIZED (
    SELECT org_id, id FROM outgoing_notice WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= now()
    ORDER BY due_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE outgoing_notice AS mail SET attempts = attempts + 1, due_at = now() + %s
FROM mine, membership m, app_user u, organization o
WHERE mail.org_id = mine.org_id AND mail.id = mine.id AND o.id = mine.org_id
    AND m.org_id = mine.org_id AND m.user_id = mail.user_id AND u.id = mail.user_id
RETURNING mail.org_id, mail.id, mail.attempts, mail.subject, mail.text, u.email, m.role, o.name,
    o.is_active AND m.is_active AND m.role IN ('owner', 'admin') AND u.is_active AND u.email <> ''"""

# Where a row of the first has that.
_INVITATION_ID = 4
_OF_ONE = "WHERE org_id = %s AND id = %s"


class InvitationDue(NamedTuple):
    """A mail that this process has claimed, with its invitation."""

    org_id: str
    id: str
    attempts: int
    inviter: str
    invitation_id: str
    email: str
    role: str
    expires_at: datetime
    organization: str
    is_open: bool
    token: str

    @property
    def table(self) -> str:
        return "outgoing_mail"

    @property
    def name(self) -> str:
        return "invitation mail"

    @property
    def why_not_open(self) -> str:
        return "the invitation is not open any more"


class NoticeDue(NamedTuple):
    """The same of a notice, with its reader."""

    org_id: str
    id: str
    attempts: int
    subject: str
    text: str
    email: str
    role: str
    organization: str
    is_open: bool

    @property
    def table(self) -> str:
        return "outgoing_notice"

    @property
    def name(self) -> str:
        return "notice"

    @property
    def why_not_open(self) -> str:
        return "the reader is no owner or admin of an active organization any more"


Due = InvitationDue | NoticeDue


def put(invitation_id: str, inviter_name: str | None) -> None:
    """A mail about the invitation, from the caller unless another name is given. Inside the organization; it goes along
    with the next statement."""
    unit = current()
    db.defer(_PUT, (new_id(), invitation_id, inviter_name or None, unit.actor.user_id, unit.org_id))


def put_notice(subject: str, text: str) -> None:
    """A mail to each owner and admin of the organization. Inside the organization; it goes along with the next
    statement."""
    db.defer(_PUT_NOTICE, (subject, text, current().org_id))


def claim() -> Due | None:
    """The mail that has been due for longest and that nobody else is at; None when there is none. Outside of any unit
    of work, like what follows."""
    with unit_of_work(ANONYMOUS):
        for row in db.rows(_CLAIM, (_LEASE,)):
            return InvitationDue._make((*row, invitation_token(row[_INVITATION_ID])))
        for row in db.rows(_CLAIM_NOTICE, (_LEASE,)):
            return NoticeDue._make(row)
    return None


def waiting() -> int:
    """How many mails are still to be sent, of all organizations."""
    with unit_of_work(ANONYMOUS):
        (count,) = db.row(
            "SELECT (SELECT count(*) FROM outgoing_mail WHERE sent_at IS NULL AND failed_at IS NULL)"
            " + (SELECT count(*) FROM outgoing_notice WHERE sent_at IS NULL AND failed_at IS NULL)"
        )
    return int(count)


def is_last_attempt(due: Due) -> bool:
    return due.attempts >= MOST_ATTEMPTS


def note_sent(due: Due) -> None:
    with unit_of_work(ANONYMOUS):
        db.send(f"UPDATE {due.table} SET sent_at = now(), error = NULL {_OF_ONE}", (due.org_id, due.id))


def note_failed(due: Due, error: str) -> None:
    """It is not tried again."""
    with unit_of_work(ANONYMOUS):
        db.send(
            f"UPDATE {due.table} SET failed_at = now(), error = %s {_OF_ONE}",
            (error[:_LONGEST_ERROR], due.org_id, due.id),
        )


def postpone(due: Due, error: str) -> None:
    """Try again, later from time to time."""
    delay = timedelta(minutes=min(2 ** (due.attempts - 1), 60))
    with unit_of_work(ANONYMOUS):
        db.send(
            f"UPDATE {due.table} SET due_at = now() + %s, error = %s {_OF_ONE}",
            (delay, error[:_LONGEST_ERROR], due.org_id, due.id),
        )
