"""Each mail is sent once, whatever happens to those who send: on a database of the test's own, without a server."""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pharus import db
from pharus.errors import Conflict
from pharus.identity import Actor, Role
from plugins.platform import invitations, outbox
from plugins.platform.mail import Mailer
from plugins.platform.smtp import Server
from tests import factories
from tests.plugins.platform import mailbox
from tests.plugins.platform.mailbox import Mailbox
from tests.plugins.platform.tables import execute, rows


@pytest.fixture(autouse=True)
def database_without_server(scratch_tables: str) -> None:
    """A server of the tests would send the mails."""


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Mailbox]:
    with mailbox.running(tmp_path / "mail") as running:
        yield running


@pytest.fixture
def mailer(box: Mailbox) -> Mailer:
    return Mailer(Server(box.host, box.port, is_encrypted=False), "pharus@example.com", "https://app.example.com")


@pytest.fixture
def inviter() -> Actor:
    """An owner, as their organization knows them."""
    organization, user = factories.make_organization(name="Maker"), factories.make_user(display_name="Robin")
    factories.make_membership(organization.id, user.id, "owner")
    return Actor(user.uid, user.email, True, user.id, organization.id, Role.owner)


def invite(inviter: Actor, mailer: Mailer, email: str = "helper@example.com", name: str | None = None) -> str:
    """The id of the invitation."""
    with db.unit_of_work(inviter):
        invitation = invitations.save(email, "viewer")
        mailer.request(invitation, name)
        return invitation["id"]


def send_all(mailer: Mailer) -> None:
    """As the thread of a server does in one round."""
    assert mailer._server is not None
    while mailer._send_next(mailer._server):
        pass
    db.disconnect()


def states() -> list[tuple[int, bool, bool]]:
    """Of each mail: the attempts, whether it was sent, whether it was given up."""
    return rows(
        "SELECT attempts, sent_at IS NOT NULL, failed_at IS NOT NULL FROM outgoing_mail ORDER BY created_at, id"
    )


def make_due() -> None:
    execute("UPDATE outgoing_mail SET due_at = now() - interval '1 second'")


def test_mail_is_sent_once_and_noted(inviter: Actor, mailer: Mailer, box: Mailbox) -> None:
    invite(inviter, mailer)
    invite(inviter, mailer, "other@example.com", "Kim")
    send_all(mailer)
    send_all(mailer)
    assert sorted(str(letter["Subject"]) for letter in box.letters) == [
        "Kim invites you to Maker",
        "Robin invites you to Maker",
    ]
    assert states() == [(1, True, False)] * 2


def test_request_that_is_rolled_back_sends_nothing(inviter: Actor, mailer: Mailer) -> None:
    with pytest.raises(Conflict), db.unit_of_work(inviter):
        mailer.request(invitations.save("helper@example.com", "viewer"), None)
        raise Conflict("on second thoughts")
    assert states() == []


def test_table_holds_neither_token_nor_link(inviter: Actor, mailer: Mailer, box: Mailbox) -> None:
    invite(inviter, mailer)
    [(stored,)] = rows("SELECT outgoing_mail::text FROM outgoing_mail")
    with db.unit_of_work(inviter):
        [invitation] = invitations.all_of_organization()
    assert invitation["token"]
    assert invitation["token"] not in stored
    send_all(mailer)
    assert invitation["token"] in box.letters[0].as_string()


def test_several_servers_at_once_send_each_mail_once(inviter: Actor, mailer: Mailer, box: Mailbox) -> None:
    addresses = [f"helper{number}@example.com" for number in range(12)]
    for address in addresses:
        invite(inviter, mailer, address)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: send_all(mailer), range(4)))
    assert Counter(str(letter["To"]) for letter in box.letters) == dict.fromkeys(addresses, 1)
    assert states() == [(1, True, False)] * len(addresses)


def test_mail_of_a_server_that_died_is_sent_by_another_when_its_time_is_over(
    inviter: Actor, mailer: Mailer, box: Mailbox
) -> None:
    """Before it had sent, or behind that: then two letters have one Message-ID."""
    invite(inviter, mailer)
    claimed = outbox.claim()
    assert claimed is not None
    assert outbox.claim() is None, "nobody else may have it meanwhile"
    make_due()
    send_all(mailer)
    assert [letter["Message-ID"] for letter in box.letters] == [f"<{claimed.id}@example.com>"]
    assert states() == [(2, True, False)]


def test_refusal_for_now_is_tried_again_later_from_time_to_time(
    inviter: Actor, mailer: Mailer, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    box.refusal = "451 come\tback later"
    invite(inviter, mailer)
    delays = []
    for _ in range(8):
        send_all(mailer)
        [(due_in, error)] = rows("SELECT due_at - now(), error FROM outgoing_mail")
        delays.append(round(due_in / timedelta(minutes=1)))
        assert "451" in error
        assert "come back later" in error
        make_due()
    assert delays == [1, 2, 4, 8, 16, 32, 60, 60]
    box.refusal = None
    send_all(mailer)
    assert (len(box.letters), states()) == (1, [(9, True, False)])
    assert rows("SELECT error FROM outgoing_mail") == [(None,)]
    assert {record.levelname for record in caplog.records if record.name == "pharus.mail"} == {"WARNING"}


def test_mail_is_given_up_after_a_bound_or_when_it_is_refused_for_good(
    inviter: Actor, mailer: Mailer, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    box.refusal = "451 never"
    invite(inviter, mailer)
    execute("UPDATE outgoing_mail SET attempts = %s", outbox.MOST_ATTEMPTS - 1)
    send_all(mailer)
    assert states() == [(outbox.MOST_ATTEMPTS, False, True)]
    box.refusal = "550 nobody of that name"
    invite(inviter, mailer, "nobody@example.com")
    send_all(mailer)
    assert states()[1:] == [(1, False, True)]
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 2
    assert "the invitation mail to helper@example.com is given up after attempt 30" in errors[0]
    assert "nobody of that name" in errors[1]
    make_due()
    box.refusal = None
    send_all(mailer)
    assert box.letters == []


def test_mail_whose_every_attempt_ends_the_process_is_given_up(inviter: Actor, mailer: Mailer, box: Mailbox) -> None:
    invite(inviter, mailer)
    execute("UPDATE outgoing_mail SET attempts = %s", outbox.MOST_ATTEMPTS)
    send_all(mailer)
    assert box.letters == []
    [(error,)] = rows("SELECT error FROM outgoing_mail WHERE failed_at IS NOT NULL")
    assert "no attempt has come to an end" in error


def test_server_that_is_away_is_asked_once_in_a_round(inviter: Actor, mailer: Mailer) -> None:
    away = Mailer(Server("127.0.0.1", 1, is_encrypted=False), "pharus@example.com", "https://app.example.com")
    for number in range(3):
        invite(inviter, away, f"helper{number}@example.com")
    send_all(away)
    assert sorted(attempts for attempts, *_ in states()) == [0, 0, 1]


@pytest.mark.parametrize("change", ["accepted_at = now()", "revoked_at = now()", "expires_at = now()"])
def test_invitation_that_has_ended_by_then_sends_nothing(
    inviter: Actor, mailer: Mailer, box: Mailbox, change: str
) -> None:
    execute("UPDATE invitation SET " + change + " WHERE id = %s", invite(inviter, mailer))
    send_all(mailer)
    assert box.letters == []
    assert rows("SELECT error FROM outgoing_mail WHERE failed_at IS NOT NULL") == [
        ("the invitation is not open any more",)
    ]


def test_address_that_no_mail_can_carry_is_given_up(inviter: Actor, mailer: Mailer) -> None:
    factories.make_invitation(str(inviter.org_id), email="no address", expires_at=datetime.now(UTC) + timedelta(days=1))
    [(id,)] = rows("SELECT id::text FROM invitation")
    with db.unit_of_work(inviter):
        outbox.put(id, None)
    send_all(mailer)
    assert states() == [(1, False, True)]


def notify(org_id: str, mailer: Mailer, subject: str = "an endpoint is paused") -> None:
    with db.unit_of_work(Actor(org_id=org_id)):
        mailer.notify(subject, "Since Monday.\n\nResume it.")


def notices() -> list[tuple[int, bool, str | None]]:
    """Of each notice: the attempts, whether it was sent, why not."""
    return rows("SELECT attempts, sent_at IS NOT NULL, error FROM outgoing_notice ORDER BY created_at, id")


def test_notice_goes_to_each_active_owner_and_admin_and_to_nobody_else(mailer: Mailer, box: Mailbox) -> None:
    organization, other = (
        factories.make_organization(name="Maker\r\nBcc: eve@example.com"),
        factories.make_organization(),
    )
    expected = {}
    for role, active, known in (
        *(("owner", True, True), ("admin", True, True), ("member", True, True), ("viewer", True, True)),
        *(("owner", False, True), ("admin", True, False)),
    ):
        user = factories.make_user(is_active=known)
        factories.make_membership(organization.id, user.id, role, is_active=active)
        if role in ("owner", "admin") and active and known:
            expected[user.email] = role
    nameless = factories.make_user()
    execute("UPDATE app_user SET email = '' WHERE id = %s", nameless.id)
    factories.make_membership(organization.id, nameless.id, "admin")
    factories.make_membership(other.id, factories.make_user().id, "owner")
    notify(organization.id, mailer)
    assert outbox.waiting() == 2
    send_all(mailer)
    send_all(mailer)
    assert outbox.waiting() == 0
    assert {str(letter["To"]) for letter in box.letters} == set(expected)
    assert len(box.letters) == 2
    for letter in box.letters:
        assert letter["Subject"] == "Maker Bcc: eve@example.com: an endpoint is paused"
        assert letter["Bcc"] is None
        text = letter.get_content().replace("\r\n", "\n")
        assert text.startswith("Since Monday.\n\nResume it.\n")
        assert f"You get this mail as {expected[str(letter['To'])]} of Maker Bcc: eve@example.com." in text
    assert notices() == [(1, True, None)] * 2


def test_notice_of_what_is_rolled_back_is_not_sent(inviter: Actor, mailer: Mailer) -> None:
    with pytest.raises(Conflict), db.unit_of_work(inviter):
        mailer.notify("an endpoint is paused", "It is.")
        raise Conflict("on second thoughts")
    assert notices() == []


def test_several_servers_at_once_send_each_notice_once(inviter: Actor, mailer: Mailer, box: Mailbox) -> None:
    subjects = [f"Maker: notice {number}" for number in range(12)]
    for number in range(12):
        notify(str(inviter.org_id), mailer, f"notice {number}")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: send_all(mailer), range(4)))
    assert Counter(str(letter["Subject"]) for letter in box.letters) == dict.fromkeys(subjects, 1)


def test_notice_is_tried_again_and_given_up_as_an_invitation_is(
    inviter: Actor, mailer: Mailer, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    def due() -> None:
        execute("UPDATE outgoing_notice SET due_at = now() - interval '1 second'")

    notify(str(inviter.org_id), mailer)
    claimed = outbox.claim()
    assert claimed is not None
    assert outbox.claim() is None, "nobody else may have it meanwhile"
    box.refusal = "451 come back later"
    due()
    send_all(mailer)
    [(delay,)] = rows("SELECT due_at - now() FROM outgoing_notice")
    assert round(delay / timedelta(minutes=1)) == 2
    [(attempts, sent, error)] = notices()
    assert (attempts, sent, "come back later" in str(error)) == (2, False, True)
    box.refusal = None
    due()
    send_all(mailer)
    assert [letter["Message-ID"] for letter in box.letters] == [f"<{claimed.id}@example.com>"]
    assert notices() == [(3, True, None)]
    notify(str(inviter.org_id), mailer)
    execute("UPDATE outgoing_notice SET attempts = %s WHERE sent_at IS NULL", outbox.MOST_ATTEMPTS)
    send_all(mailer)
    assert len(box.letters) == 1
    assert f"the notice to {inviter.email} is given up after attempt 31" in caplog.text


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE organization SET is_active = false, purge_requested_at = now() WHERE id = %(org)s",
        "UPDATE membership SET is_active = false WHERE org_id = %(org)s",
        "UPDATE membership SET role = 'member' WHERE org_id = %(org)s",
        "UPDATE app_user SET is_active = false WHERE id = %(user)s",
        "UPDATE app_user SET email = '' WHERE id = %(user)s",
    ],
)
def test_notice_to_one_who_may_not_read_it_any_more_is_not_sent(
    inviter: Actor, mailer: Mailer, box: Mailbox, change: str
) -> None:
    notify(str(inviter.org_id), mailer)
    db.db.execute_sql(change, {"org": inviter.org_id, "user": inviter.user_id})
    send_all(mailer)
    assert box.letters == []
    assert notices() == [(1, False, "the reader is no owner or admin of an active organization any more")]


@pytest.mark.parametrize("table", ["organization", "app_user"])
def test_notices_go_with_the_organization_and_with_the_user(
    inviter: Actor, mailer: Mailer, box: Mailbox, table: str
) -> None:
    notify(str(inviter.org_id), mailer)
    id = inviter.org_id if table == "organization" else inviter.user_id
    execute(f"DELETE FROM {table} WHERE id = %s", id)
    send_all(mailer)
    assert (box.letters, notices()) == ([], [])


def test_without_a_mail_server_a_notice_is_a_line_in_the_log(inviter: Actor, caplog: pytest.LogCaptureFixture) -> None:
    notify(str(inviter.org_id), Mailer(None, "pharus@example.com", "https://app.example.com"))
    assert notices() == []
    assert "no mail server is configured; nobody is told: an endpoint is paused" in caplog.text


def test_mailer_waits_for_requests_and_for_what_others_have_left(inviter: Actor, box: Mailbox) -> None:
    server = Server(box.host, box.port, is_encrypted=False)
    asleep = Mailer(server, "pharus@example.com", "https://app.example.com", seconds=3600)
    asleep.start()
    try:
        invite(inviter, asleep)
        box.wait_for("helper@example.com")
    finally:
        asleep.close(10)
    other = Mailer(server, "pharus@example.com", "https://app.example.com", seconds=0.05)
    other.start()
    try:
        # By a server that is not there any more.
        invite(inviter, asleep, "late@example.com")
        box.wait_for("late@example.com")
    finally:
        other.close(10)
    assert not any(thread.name == "mail" for thread in threading.enumerate())


def test_mailer_that_cannot_reach_its_table_goes_on(
    inviter: Actor, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    execute("ALTER TABLE outgoing_mail RENAME TO away")
    server = Server(box.host, box.port, is_encrypted=False)
    mailer = Mailer(server, "pharus@example.com", "https://app.example.com", seconds=0.05)
    mailer.start()
    try:
        mailbox.wait_until(lambda: "the outbox cannot be read" in caplog.text)
        execute("ALTER TABLE away RENAME TO outgoing_mail")
        invite(inviter, mailer)
        box.wait_for("helper@example.com")
    finally:
        mailer.close(10)
