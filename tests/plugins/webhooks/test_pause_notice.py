"""What the mail about a paused endpoint says, who gets it, and that it commits with the pause."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pharus import db
from pharus.config import Settings
from plugins.platform import mail
from plugins.webhooks import batches, claims, operations, pause_notice
from plugins.webhooks.pause_notice import Paused
from plugins.webhooks.sending import Outcome
from tests import factories
from tests.pharus.acting import owner_of
from tests.plugins.platform import mailbox
from tests.plugins.webhooks.receiver import Receiver
from tests.plugins.webhooks.shop import Shop, settled, work

pytestmark = pytest.mark.usefixtures("own_database")

Run = Callable[..., Receiver]

SINCE = datetime(2026, 3, 16, 14, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def mail_server() -> Iterator[None]:
    """One is configured; this process starts no thread that sends."""
    mail.configure(Settings(smtp_url="smtp://127.0.0.1:1"))
    yield
    mail.configure(Settings())


@pytest.fixture
def shop() -> Shop:
    shop = Shop()
    factories.make_membership(shop.org_id, factories.make_user().id, "owner")
    return shop


def notices(shop: Shop) -> list[tuple[str, str]]:
    return shop.run("SELECT subject, text FROM outgoing_notice WHERE org_id = %s ORDER BY created_at", shop.org_id)


def written(outcome: Outcome, description: str | None = None) -> tuple[str, str]:
    url = "https://hooks.example.com:8443/services/T0PSECRET?token=hidden"
    return pause_notice.write(Paused("1b2c", url, description, SINCE, outcome))


@pytest.mark.parametrize(
    ("outcome", "answer"),
    [
        (Outcome(503, None, "the body hidden", 7), "503"),
        (Outcome(410, None, None, 7), "410: the receiver wants no events any more"),
        (Outcome(None, "ConnectError: refused", None, 7), "none (ConnectError: refused)"),
    ],
)
def test_it_says_which_since_when_why_and_how_to_resume_and_nothing_secret(outcome: Outcome, answer: str) -> None:
    subject, text = written(outcome, "Warehouse\r\nscreen")
    assert subject == "the webhook endpoint at hooks.example.com is paused"
    lines = text.splitlines()
    assert {
        "Host: hooks.example.com",
        "Description: Warehouse screen",
        "Id: 1b2c",
        "Nothing was taken since: 2026-03-16 14:30 UTC",
        f"The last answer: {answer}",
        'PATCH /api/webhook-endpoints/1b2c with {"isActive": true}',
    } <= set(lines)
    assert "T0PSECRET" not in text
    assert "hidden" not in text


def test_longest_endpoint_fits_its_columns() -> None:
    url = f"https://{'.'.join(['x' * 63] * 4)}/"
    subject, text = pause_notice.write(
        Paused(factories.new_id(), url, "d" * 1000, SINCE, Outcome(None, "e" * 500, None, 7))
    )
    assert len(subject) <= 500
    assert len(text) <= 10_000
    assert "Description" not in written(Outcome(500, None, None, 7))[1]


def test_each_pause_is_told_once(shop: Shop, receivers: Run) -> None:
    receiver = receivers(answer=lambda request: 500)
    endpoint = shop.endpoint(receiver.url, description="Screen")
    # More than what is given up before the endpoint is paused.
    shop.import_vendors(60)
    work()
    shop.age("119 hours")
    shop.make_due()
    work()
    assert notices(shop) == []
    shop.age("1 hour")
    shop.make_due()
    work()
    [(since,)] = shop.run("SELECT failing_since FROM webhook_progress WHERE endpoint_id = %s", endpoint)
    [(subject, text)] = notices(shop)
    assert subject == "the webhook endpoint at 127.0.0.1 is paused"
    assert f"Id: {endpoint}\nNothing was taken since: {since.astimezone(UTC):%Y-%m-%d %H:%M} UTC\n" in text
    assert "The last answer: 500\n" in text
    shop.make_due()
    work()
    assert len(notices(shop)) == 1
    receiver.answer = lambda request: 410
    with db.unit_of_work(owner_of(shop.org_id)):
        operations.update_webhook_endpoint(endpoint, {"isActive": True})
    work()
    assert ["410: the receiver" in text for _, text in notices(shop)] == [False, True]


def test_mail_arrives_at_each_owner_and_admin_as_soon_as_the_pause_is_committed(receivers: Run, tmp_path: Path) -> None:
    shop = Shop()
    readers = {role: factories.make_user() for role in ("owner", "admin", "member")}
    for role, user in readers.items():
        factories.make_membership(shop.org_id, user.id, role)
    with mailbox.running(tmp_path / "mail") as box:
        mail.configure(Settings(smtp_url=f"smtp://{box.host}:{box.port}"))
        mail.start()
        try:
            endpoint = shop.endpoint(receivers(answer=lambda request: 410).url)
            shop.vendor("one")
            work()
            for role in ("owner", "admin"):
                [letter] = box.wait_for(readers[role].email)
                assert str(letter["Subject"]).endswith(": the webhook endpoint at 127.0.0.1 is paused")
                assert f"PATCH /api/webhook-endpoints/{endpoint}" in letter.get_content()
        finally:
            mail.close(10)
        assert box.to(readers["member"].email) == []


def test_several_workers_that_note_the_same_pause_tell_it_once(shop: Shop) -> None:
    endpoint = shop.endpoint("http://127.0.0.1:1/")
    shop.vendor("one")
    settled()
    [claim] = [each for each in claims.claim(10, []).claims if each.endpoint_id == endpoint]
    batch = batches.take(claim)
    assert batch is not None
    results = [(item, Outcome(410, None, None, 7)) for item in batch.items]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: batches.note(batch, results), range(4)))
    assert len(notices(shop)) == 1


def test_pause_that_is_rolled_back_tells_nobody(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = shop.endpoint("http://127.0.0.1:1/")
    shop.vendor("one")
    settled()
    [claim] = [each for each in claims.claim(10, []).claims if each.endpoint_id == endpoint]
    batch = batches.take(claim)
    assert batch is not None
    monkeypatch.setattr(batches, "_note_progress", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        batches.note(batch, [(item, Outcome(410, None, None, 7)) for item in batch.items])
    assert notices(shop) == []
    assert shop.run("SELECT is_active FROM webhook_endpoint WHERE id = %s", endpoint) == [(True,)]


def test_endpoint_that_was_switched_off_meanwhile_is_no_news(shop: Shop) -> None:
    endpoint = shop.endpoint("http://127.0.0.1:1/")
    shop.vendor("one")
    settled()
    [claim] = [each for each in claims.claim(10, []).claims if each.endpoint_id == endpoint]
    batch = batches.take(claim)
    assert batch is not None
    with db.unit_of_work(owner_of(shop.org_id)):
        operations.update_webhook_endpoint(endpoint, {"isActive": False})
    batches.note(batch, [(item, Outcome(410, None, None, 7)) for item in batch.items])
    assert notices(shop) == []
    assert shop.run("SELECT paused_at FROM webhook_endpoint WHERE id = %s", endpoint) == [(None,)]


def test_without_a_mail_server_the_log_says_it(shop: Shop, receivers: Run, caplog: pytest.LogCaptureFixture) -> None:
    mail.configure(Settings())
    endpoint = shop.endpoint(receivers(answer=lambda request: 410).url)
    shop.vendor("one")
    work()
    assert notices(shop) == []
    assert f"the webhook endpoint {endpoint} is paused" in caplog.text
    assert "nobody is told: the webhook endpoint at 127.0.0.1 is paused" in caplog.text


def test_organization_without_anybody_to_tell_is_paused_all_the_same(receivers: Run) -> None:
    shop = Shop()
    endpoint = shop.endpoint(receivers(answer=lambda request: 410).url)
    shop.vendor("one")
    work()
    assert notices(shop) == []
    assert shop.run("SELECT is_active FROM webhook_endpoint WHERE id = %s", endpoint) == [(False,)]
