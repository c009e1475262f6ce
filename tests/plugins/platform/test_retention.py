"""What is of no interest any more goes, some time after its end; everything else stays."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

import pytest

from pharus.config import Settings
from plugins.platform import retention
from tests import factories
from tests.factories import Organization
from tests.plugins.platform.tables import execute, rows

# What ends the rows of tables that belong to no organization, and of those that the platform writes beside the records
# of the business. A new table gets a line here.
ENDS = {
    "app_user": "with the user",
    "api_token": "retention",
    "file_removal": "when the file is deleted",
    "idempotency_key": "retention",
    "identity_removal": "when the identity is deleted, or was tried to be for a day",
    "installation": "one row",
    "invitation": "retention",
    "membership": "with the user or the organization",
    "organization": "with the organization",
    "organization_settings": "with the organization",
    "outgoing_mail": "retention",
    "outgoing_notice": "retention",
    "rate_limit": "retention",
    "schema_migration": "one row for each file",
    "webhook_attempt": "retention",
    "webhook_delivery": "retention",
}


@pytest.fixture(autouse=True)
def database_without_server(scratch_tables: str) -> None:
    """A server of the tests would delete the same rows."""


@pytest.fixture
def ended() -> Iterator[None]:
    yield
    retention.configure(Settings())


@pytest.fixture
def organization() -> Organization:
    return factories.make_organization()


def ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def make_token(organization: Organization, *, expires_at: datetime | None, revoked_at: datetime | None = None) -> str:
    """Its name."""
    user, name = factories.make_user(), factories.unique("token")
    factories.make_membership(organization.id, user.id)
    factories.make_api_token(organization.id, user.id, name=name, expires_at=expires_at)
    execute("UPDATE api_token SET revoked_at = %s WHERE name = %s", revoked_at, name)
    return name


def make_invitation(organization: Organization, *, expires_at: datetime, **columns: datetime) -> str:
    """Its address."""
    email = f"{factories.unique('guest')}@example.com"
    factories.make_invitation(organization.id, email=email, expires_at=expires_at, **columns)
    return email


def names(sql: str) -> set[str]:
    return {name for (name,) in rows(sql)}


def test_tokens_go_some_time_after_they_expired_or_were_revoked(organization: Organization) -> None:
    kept = {
        make_token(organization, expires_at=None),
        make_token(organization, expires_at=ago(-1)),
        make_token(organization, expires_at=ago(89)),
        make_token(organization, expires_at=None, revoked_at=ago(89)),
    }
    make_token(organization, expires_at=ago(91))
    make_token(organization, expires_at=ago(-1), revoked_at=ago(91))
    assert retention.carry_on() == 2
    assert names("SELECT name FROM api_token") == kept
    assert retention.carry_on() == 0


def test_invitations_go_with_their_mails_some_time_after_they_ended(organization: Organization) -> None:
    kept = {
        make_invitation(organization, expires_at=ago(-1)),
        make_invitation(organization, expires_at=ago(89)),
        make_invitation(organization, expires_at=ago(200), accepted_at=ago(89)),
    }
    gone = [
        make_invitation(organization, expires_at=ago(91)),
        make_invitation(organization, expires_at=ago(88), accepted_at=ago(91)),
        make_invitation(organization, expires_at=ago(88), revoked_at=ago(91)),
    ]
    for (id,) in rows("SELECT id FROM invitation WHERE email = ANY(%s)", gone):
        factories.make_outgoing_mail(organization.id, invitation_id=str(id))
    assert retention.carry_on() == 3
    assert names("SELECT email FROM invitation") == kept
    assert rows("SELECT FROM outgoing_mail") == []


def test_mails_go_some_time_after_they_were_sent_or_given_up(organization: Organization) -> None:
    make_invitation(organization, expires_at=ago(-1))
    [(id,)] = rows("SELECT id::text FROM invitation")
    for inviter, columns in {
        "waits": {"due_at": ago(0)},
        "is sent": {"due_at": ago(31), "sent_at": ago(29)},
        "is given up": {"due_at": ago(31), "failed_at": ago(29)},
        "was sent": {"due_at": ago(31), "sent_at": ago(31)},
        "was given up": {"due_at": ago(31), "failed_at": ago(31)},
        # No server has a mail server any more.
        "was never tried": {"due_at": ago(31)},
    }.items():
        factories.make_outgoing_mail(organization.id, invitation_id=id, inviter=inviter, **columns)
    assert retention.carry_on() == 3
    assert names("SELECT inviter FROM outgoing_mail") == {"waits", "is sent", "is given up"}


def test_notices_go_some_time_after_they_were_sent_or_given_up(organization: Organization) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    for subject, columns in {
        "waits": {"due_at": ago(0)},
        "is sent": {"due_at": ago(31), "sent_at": ago(29)},
        "was sent": {"due_at": ago(31), "sent_at": ago(31)},
        "was given up": {"due_at": ago(31), "failed_at": ago(31)},
        "was never tried": {"due_at": ago(31)},
    }.items():
        factories.make_outgoing_notice(organization.id, user_id=user.id, subject=subject, **columns)
    assert retention.carry_on() == 3
    assert names("SELECT subject FROM outgoing_notice") == {"waits", "is sent"}


def test_counts_of_limits_go_when_their_windows_are_over() -> None:
    for key, at in (("now", ago(0)), ("yesterday", ago(1)), ("before", ago(3))):
        execute("INSERT INTO rate_limit (key, window_start, requests) VALUES (%s, %s, 1)", key, at)
    assert retention.carry_on() == 1
    assert names("SELECT key FROM rate_limit") == {"now", "yesterday"}


def test_log_of_webhooks_goes_and_what_was_given_up_but_nothing_that_waits(organization: Organization) -> None:
    endpoint = factories.make_webhook_endpoint(organization.id)
    for days in (29, 31):
        factories.make_webhook_attempt(organization.id, endpoint_id=endpoint, created_at=ago(days))
        factories.make_webhook_delivery(organization.id, endpoint_id=endpoint, created_at=ago(days))
        factories.make_webhook_delivery(organization.id, endpoint_id=endpoint, gave_up_at=ago(days))
    assert retention.carry_on() == 2
    assert rows("SELECT created_at < now() - interval '30 days' FROM webhook_attempt") == [(False,)]
    assert sorted(rows("SELECT gave_up_at < now() - interval '30 days' FROM webhook_delivery"), key=str) == [
        (False,),
        (None,),
        (None,),
    ]


def test_settings_say_how_long_and_zero_is_for_ever(organization: Organization, ended: None) -> None:
    make_token(organization, expires_at=ago(1000))
    make_invitation(organization, expires_at=ago(1000))
    make_invitation(organization, expires_at=ago(3))
    settings = Settings(keep_tokens_days=0, keep_invitations_days=0, keep_mails_days=0)
    retention.configure(settings)
    assert retention.carry_on() == 0
    retention.configure(dataclasses.replace(settings, keep_invitations_days=2))
    assert retention.carry_on() == 2


def test_deletion_goes_in_steps_and_ends_when_it_is_told(
    organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_MOST_ROWS", 2)
    for _ in range(5):
        make_token(organization, expires_at=ago(91))
    answers = chain([False], repeat(True))
    assert retention.carry_on(lambda: next(answers)) == 2
    assert retention.carry_on() == 3
    for _ in range(5):
        make_token(organization, expires_at=ago(91))
    monkeypatch.setattr(retention, "_TURN_SECONDS", 0.0)
    assert retention.carry_on() == 0


@pytest.mark.parametrize("each", retention.kept(), ids=lambda each: each.table)
def test_what_is_old_is_found_by_an_index(each: retention.Kept) -> None:
    """The tables are looked at once a minute, by each process."""
    execute("SET enable_seqscan = off")
    condition = f"{each.end} < now() - interval '1 day'"
    plan = "\n".join(line for (line,) in rows(f"EXPLAIN SELECT ctid FROM {each.table} WHERE {condition} LIMIT 10"))
    assert "Index Cond" in plan, plan


def test_every_table_that_no_business_needs_for_ever_says_what_ends_its_rows() -> None:
    found = names(
        """
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT EXISTS (
            SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
        )
        """
    )
    assert found <= set(ENDS)
    assert {table for table, end in ENDS.items() if end == "retention"} == {each.table for each in retention.kept()}
