import html
import logging
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pharus.config import Settings
from pharus.errors import ConfigurationError
from plugins.platform import mail
from plugins.platform.mail import Letter, Outbox
from plugins.platform.smtp import Server as MailServer
from tests import factories
from tests.api import Api, pointers
from tests.conftest import AsIdentity
from tests.factories import unique
from tests.plugins.platform.mailbox import Mailbox
from tests.server import Server

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
    assert message["Message-ID"].endswith("@example.com>")
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


def test_a_mail_server_that_is_down_fails_no_request(
    environment: dict[str, str], tmp_path: Path, organization: factories.Organization, as_identity: AsIdentity
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{unused.getsockname()[1]}"
    server = Server({**environment, "PHARUS_SMTP_URL": url}, tmp_path / "log")
    try:
        user = factories.make_user()
        factories.make_membership(organization.id, user.id, "admin")
        admin = Api(server.address, factories.make_api_token(organization.id, user.id))
        assert admin.post(INVITATIONS, {"email": "x@example.com", "role": "viewer"}).status_code == 201
    finally:
        assert server.stop() == 0
    assert "the invitation mail to x@example.com was not sent" in server.read_log()
    assert "ConnectionRefusedError" in server.read_log()


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


def test_send_without_a_mail_server_logs_the_link(caplog: pytest.LogCaptureFixture) -> None:
    outbox = Outbox(None, "pharus@example.com", "https://app.example.com")
    with caplog.at_level(logging.INFO, "pharus.mail"):
        outbox.send(letter())
        outbox.close(1)
    assert "https://app.example.com/invitations/inv_abc" in caplog.text


def test_send_waits_for_no_mail_server_and_close_only_as_long_as_it_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        outbox = Outbox(MailServer("127.0.0.1", silent.getsockname()[1], is_encrypted=False), "a@example.com", "")
        started = time.monotonic()
        for _ in range(3):
            outbox.send(letter())
        assert time.monotonic() - started < 1
        outbox.close(0.3)
        assert time.monotonic() - started < 2
    assert "were not sent before the stop" in caplog.text


def test_close_sends_what_is_waiting(post_office: Mailbox) -> None:
    address = f"{unique('late')}@example.com"
    outbox = Outbox(MailServer(post_office.host, post_office.port, is_encrypted=False), "a@example.com", "")
    for _ in range(5):
        outbox.send(letter(to=address))
    outbox.close(10)
    assert len(post_office.to(address)) == 5


def test_send_drops_and_logs_what_does_not_fit(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "_MOST_WAITING", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        outbox = Outbox(MailServer("127.0.0.1", silent.getsockname()[1], is_encrypted=False), "a@example.com", "")
        for _ in range(3):
            outbox.send(letter(to="late@example.com"))
        outbox.close(0)
    assert "the invitation mail to late@example.com is dropped" in caplog.text


def test_configure_with_an_unusable_url_refuses_to_start() -> None:
    with pytest.raises(ConfigurationError, match="PHARUS_SMTP_URL"):
        mail.configure(Settings(smtp_url="mail.example.com"))


def test_send_without_a_mail_server_logs_no_link_where_others_read_the_log(caplog: pytest.LogCaptureFixture) -> None:
    outbox = Outbox(None, "pharus@example.com", "https://app.example.com", logs_links=False)
    with caplog.at_level(logging.INFO, "pharus.mail"):
        outbox.send(letter())
    assert "was not sent" in caplog.text
    assert "inv_abc" not in caplog.text


def test_write_has_no_room_in_the_subject_for_a_text_instead_of_a_name() -> None:
    subject, plain, _ = written(inviter="You have won! " * 15, organization="Maker")
    assert subject.endswith("… invites you to Maker")
    assert len(subject) < 90
    assert ("You have won! " * 15).strip() in plain
