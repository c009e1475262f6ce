import html
import logging
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pharus.config import Settings
from pharus.db import unit_of_work
from pharus.errors import ConfigurationError
from plugins.platform import invitations, mail
from plugins.platform.mail import Letter, Mailer
from tests import factories
from tests.api import Api, pointers
from tests.factories import unique
from tests.pharus.acting import owner_of
from tests.plugins.platform import mailbox
from tests.plugins.platform.mailbox import Mailbox
from tests.plugins.platform.tables import execute, rows
from tests.server import Server
from tests.waiting import wait_until

INVITATIONS = "/api/organizations/current/invitations"


def letter(**changes: str) -> Letter:
    usual = Letter(
        to="helper@example.com",
        organization="Example Soapworks",
        inviter="Robin Maker",
        role="member",
        token="inv_abc",
        expires_at=datetime(2026, 3, 16, 14, 30, tzinfo=UTC),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def written(**changes: str) -> tuple[str, str, str]:
    """Subject, plain text and HTML."""
    message = mail.write(letter(**changes), "pharus@example.com", "https://app.example.com/invitations/inv_abc")
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    return str(message["Subject"]), plain.get_content(), rich.get_content()


@pytest.fixture
def mailing_admin(mailing_server: Server, organization: factories.Organization) -> Api:
    user = factories.make_user(display_name="Robin Maker")
    factories.make_membership(organization.id, user.id, "admin")
    return Api(mailing_server.address, factories.make_api_token(organization.id, user.id))


def test_send_invitation_mails_the_link(
    mailing_admin: Api, organization: factories.Organization, post_office: Mailbox
) -> None:
    email = f"{unique('helper')}@example.com"
    sent = mailing_admin.post(INVITATIONS, {"email": email, "role": "viewer"}).json()
    [message] = post_office.wait_for(email)
    assert message["From"] == "Pharus <invitations@example.com>"
    assert message["Subject"] == f"Robin Maker invites you to {organization.name}"
    [(id,)] = rows("SELECT id::text FROM outgoing_mail WHERE invitation_id = %s", sent["id"])
    assert message["Message-ID"] == f"<{id}@example.com>"
    link = f"https://app.example.com/invitations/{sent['token']}"
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        assert link in body.get_content()
        assert "viewer" in body.get_content()


def test_resend_invitation_mails_again_with_the_name_given(mailing_admin: Api, post_office: Mailbox) -> None:
    email = f"{unique('helper')}@example.com"
    sent = mailing_admin.post(INVITATIONS, {"email": email, "role": "viewer"}).json()
    path = f"{INVITATIONS}/{sent['id']}/resend"
    refused = mailing_admin.post(path, {"inviterDisplayName": "Kim\r\nBcc: eve@example.com"})
    assert (refused.status_code, pointers(refused)) == (422, ["/inviterDisplayName"])
    mailing_admin.post(path, {"inviterDisplayName": " Kim Bcc: eve@example.com "})
    message = post_office.wait_for(email, 2)[1]
    assert message["Subject"].startswith("Kim Bcc: eve@example.com invites you")
    assert message["Bcc"] is None


def test_a_refused_invitation_sends_no_mail(
    mailing_admin: Api, organization: factories.Organization, post_office: Mailbox
) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "viewer")
    assert mailing_admin.post(INVITATIONS, {"email": user.email, "role": "viewer"}).status_code == 409
    # A letter sent afterwards has arrived, and the refused one is not before it.
    email = f"{unique('helper')}@example.com"
    mailing_admin.post(INVITATIONS, {"email": email, "role": "viewer"})
    post_office.wait_for(email)
    assert post_office.to(user.email) == []


def test_a_mail_server_that_is_down_fails_no_request_and_gets_the_mail_when_it_is_back(
    environment: dict[str, str], scratch_tables: str, tmp_path: Path
) -> None:
    """The mail outlives the server that was asked for it."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{unused.getsockname()[1]}"
    environment = {**environment, "PHARUS_DATABASE_URL": scratch_tables}
    organization, user = factories.make_organization(), factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    token = factories.make_api_token(organization.id, user.id)
    server = Server({**environment, "PHARUS_SMTP_URL": url}, tmp_path / "log")
    try:
        body = {"email": "x@example.com", "role": "viewer"}
        assert Api(server.address, token).post(INVITATIONS, body).status_code == 201
        wait_until(lambda: "attempt 1 of 30" in server.read_log())
    finally:
        assert server.stop() == 0
    assert "the invitation mail to x@example.com was not sent" in server.read_log()
    assert "ConnectionRefusedError" in server.read_log()
    execute("UPDATE outgoing_mail SET due_at = now()")
    with mailbox.running(tmp_path / "mail") as box:
        again = Server({**environment, "PHARUS_SMTP_URL": f"smtp://{box.host}:{box.port}"}, tmp_path / "log-2")
        try:
            assert len(box.wait_for("x@example.com")) == 1, again.read_log()
        finally:
            assert again.stop() == 0


def test_write_escapes_names_in_html_and_keeps_them_in_plain_text() -> None:
    name = "<script>alert('x')</script> & Söhne 石鹸"
    subject, plain, rich = written(organization=name, inviter="<b>Robin</b>")
    assert subject == f"<b>Robin</b> invites you to {name}"
    assert f"<b>Robin</b> invites you to {name} as member." in plain
    assert "<script>" not in rich
    assert "<b>" not in rich
    assert name in html.unescape(rich)


def test_write_makes_one_line_of_names() -> None:
    for name in ("a\r\nBcc: b", "a\nBcc: b", "a\x85Bcc: b", "a\u2028Bcc: b", "a\x00 Bcc: b", " a\t\tBcc: b "):
        message = mail.write(letter(inviter=name, organization=name), "pharus@example.com", "link")
        assert message["Subject"] == "a Bcc: b invites you to a Bcc: b"
        assert sorted(message.keys()) == ["Content-Type", "From", "MIME-Version", "Subject", "To"]
        assert bytes(message).count(b"\nBcc:") == 0


def test_write_says_until_when_the_link_works() -> None:
    assert all("until 2026-03-16 14:30 UTC" in text for text in written()[1:])


@pytest.mark.parametrize(
    ("logs_links", "level", "words"),
    [(True, "INFO", "is https://app.example.com/invitations/"), (False, "WARNING", "was not sent")],
)
def test_without_a_mail_server_the_link_is_logged_only_where_nobody_else_reads_the_log(
    organization: factories.Organization, caplog: pytest.LogCaptureFixture, logs_links: bool, level: str, words: str
) -> None:
    mailer = Mailer(None, "pharus@example.com", "https://app.example.com", logs_links=logs_links)
    mailer.start()
    with caplog.at_level(logging.INFO, "pharus.mail"):
        with unit_of_work(owner_of(organization.id)):
            invitation = invitations.save("helper@example.com", "viewer")
            mailer.request(invitation, None)
            assert caplog.records == []
        mailer.close(1)
    [record] = caplog.records
    assert (record.levelname, words in record.getMessage()) == (level, True)
    assert (invitation["token"] in caplog.text) == logs_links
    assert rows("SELECT FROM outgoing_mail WHERE org_id = %s", organization.id) == []


def test_configure_with_an_unusable_url_refuses_to_start() -> None:
    with pytest.raises(ConfigurationError, match="PHARUS_SMTP_URL"):
        mail.configure(Settings(smtp_url="mail.example.com"))


def test_write_has_no_room_in_the_subject_for_a_text_instead_of_a_name() -> None:
    subject, plain, _ = written(inviter="You have won! " * 15, organization="Maker")
    assert subject.endswith("… invites you to Maker")
    assert len(subject) < 90
    assert ("You have won! " * 15).strip() in plain
