"""What arrives, in which order, and what waits: with receivers that take events, refuse them, or are not there."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from standardwebhooks import Webhook

from pharus.db import unit_of_work
from plugins.events import reading
from plugins.events.search import Filter
from plugins.webhooks import feed, signing
from tests import factories
from tests.pharus.acting import owner_of
from tests.plugins.webhooks.receiver import Received, Receiver
from tests.plugins.webhooks.shop import Shop, work

pytestmark = pytest.mark.usefixtures("own_database")

Run = Callable[..., Receiver]


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_events_arrive_once_in_order_as_the_feed_has_them_and_signed(shop: Shop, receivers: Run) -> None:
    receiver = receivers()
    shop.vendor("before")
    secret_id = shop.org_id
    endpoint = shop.endpoint(receiver.url, secret_id=secret_id)
    id = shop.vendor("first")
    shop.rename(id, "second")
    factories.make_customer_type(shop.org_id)
    work()
    work()
    first, second = receiver.requests
    assert [each.event["type"] for each in receiver.requests] == ["vendor.created", "vendor.updated"]
    with unit_of_work(owner_of(shop.org_id)):
        events = feed.read(feed.Position(), 100, ["vendor.*"]).events
    assert [each.body for each in receiver.requests] == [feed.payload(event) for event in events[1:]]
    assert first.event["data"]["id"] == first.id != second.id
    assert first.event["timestamp"] == first.event["data"]["occurredAt"]
    assert (first.headers["content-type"], first.path) == ("application/json", "/hook")
    assert first.headers["user-agent"].startswith("Pharus/")
    for request in receiver.requests:
        assert Webhook(signing.secret(secret_id)).verify(request.body, request.headers) == request.event
    assert shop.waiting(endpoint) == []
    assert shop.run("SELECT failures, claim_id FROM webhook_progress WHERE endpoint_id = %s", endpoint) == [(0, None)]


def test_both_secrets_sign_until_the_one_before_ends(shop: Shop, receivers: Run) -> None:
    receiver = receivers()
    other = factories.new_id()
    endpoint = shop.endpoint(
        receiver.url, secret_id=shop.org_id, previous_secret_id=other, previous_secret_ends_at="2100-01-01T00:00:00Z"
    )
    shop.vendor("one")
    work()
    shop.run("UPDATE webhook_endpoint SET previous_secret_ends_at = now() WHERE id = %s", endpoint)
    shop.vendor("two")
    work()
    both, one = (each.headers["webhook-signature"].split(" ") for each in receiver.requests)
    assert (len(both), len(one)) == (2, 1)
    Webhook(signing.secret(other)).verify(receiver.requests[0].body, receiver.requests[0].headers)


def test_event_that_is_not_taken_holds_back_its_record_and_no_other(shop: Shop, receivers: Run) -> None:
    receiver = receivers(answer=lambda request: 500 if b'"name":"bad' in request.body else 200)
    endpoint = shop.endpoint(receiver.url)
    bad, good = shop.vendor("bad"), shop.vendor("good")
    shop.rename(bad, "better")
    shop.rename(good, "best")
    work()
    shop.rename(bad, "much better")
    work()
    assert receiver.names() == ["good", "best"]
    assert shop.waiting(endpoint) == [
        ("vendor.created", 1, False),
        ("vendor.updated", 0, False),
        ("vendor.updated", 0, False),
    ]
    receiver.answer = lambda request: 200
    work()
    assert receiver.names() == ["good", "best"], "its time has not come"
    shop.make_due()
    work()
    assert receiver.names() == ["good", "best", "bad", "better", "much better"]
    assert shop.waiting(endpoint) == []


def test_lines_keep_their_order_with_what_they_belong_to(shop: Shop, receivers: Run) -> None:
    receiver = receivers(answer=lambda request: 503)
    endpoint = shop.endpoint(receiver.url, "contact.*", "contact_method.*")
    contact = factories.make_contact(shop.org_id)
    factories.make_contact_method(shop.org_id, contact_id=contact)
    work()
    assert [attempts for _, attempts, _ in shop.waiting(endpoint)] == [1, 0]


def test_each_attempt_is_tried_later_and_after_three_days_given_up(shop: Shop, receivers: Run) -> None:
    receiver = receivers(answer=lambda request: 500 if b"bad" in request.body else 200, content=b"no \x00 room" * 200)
    endpoint = shop.endpoint(receiver.url)
    shop.vendor("bad")
    delays = []
    for _ in range(8):
        work()
        [(delay,)] = shop.run("SELECT due_at - now() FROM webhook_delivery WHERE endpoint_id = %s", endpoint)
        delays.append(delay.total_seconds())
        shop.vendor("good")
        shop.make_due()
    for delay, expected in zip(delays, (5, 30, 120, 600, 1800, 3600, 3600, 3600), strict=True):
        assert 0.8 * expected - 2 <= delay <= 1.2 * expected
    shop.age("71 hours")
    work()
    # On a machine that is busy a good one may have to be tried again as well.
    assert shop.waiting(endpoint)[0] == ("vendor.created", 9, False)
    shop.age("1 hour")
    shop.make_due()
    work()
    shop.make_due()
    work()
    assert shop.waiting(endpoint) == [("vendor.created", 10, True)]
    attempts = shop.run(
        "SELECT attempt, status_code, error, length(response), is_delivered FROM webhook_attempt "
        "WHERE endpoint_id = %s AND NOT is_delivered ORDER BY id",
        endpoint,
    )
    assert attempts == [(number, 500, None, 1000, False) for number in range(1, 11)]
    assert receiver.names() == ["good"] * 8


def test_receiver_that_is_down_is_tried_now_and_then_and_gets_all_once_it_is_back(shop: Shop, receivers: Run) -> None:
    receiver = receivers(answer=lambda request: 502)
    endpoint = shop.endpoint(receiver.url)
    shop.import_vendors(300)
    work()
    tried = len(receiver.requests)
    assert 5 <= tried < 10
    assert len(shop.waiting(endpoint)) == 32, "the others wait in the log"
    work()
    assert len(receiver.requests) == tried
    for number in range(3):
        shop.make_due()
        work()
        assert len(receiver.requests) == tried + 1 + number
    receiver.answer = lambda request: 200
    shop.make_due()
    work()
    names = receiver.names()
    assert sorted(names) == [f"Vendor {number:05}" for number in range(300)]
    assert shop.waiting(endpoint) == []
    assert receiver.most_at_a_time <= 4


def test_down_receiver_is_asked_less_often_from_time_to_time(shop: Shop, receivers: Run) -> None:
    receiver = receivers(answer=lambda request: 502)
    endpoint = shop.endpoint(receiver.url)
    shop.import_vendors(10)
    delays = []
    for _ in range(4):
        work()
        [(delay,)] = shop.run("SELECT due_at - now() FROM webhook_progress WHERE endpoint_id = %s", endpoint)
        delays.append(delay)
        shop.make_due()
    assert delays[0] < timedelta(seconds=7)
    assert timedelta(minutes=7) < delays[3] < timedelta(minutes=13)


def test_order_of_each_record_holds_whatever_is_refused_and_delayed(shop: Shop, receivers: Run) -> None:
    def answer(request: Received) -> int:
        """Every third one at its first attempt."""
        chance = hashlib.sha256(request.id.encode()).digest()[0] % 3
        is_first = request.id not in {each.id for each in receiver.requests}
        return 500 if chance == 0 and is_first else 200

    receiver = receivers(answer=answer)
    endpoint = shop.endpoint(receiver.url)
    ids = [shop.vendor(f"{number}:00") for number in range(5)]
    for version in range(1, 6):
        for number, id in enumerate(ids):
            shop.rename(id, f"{number}:{version:02}")
        work()
        shop.make_due()
    while shop.waiting(endpoint):
        shop.make_due()
        work()
    by_record = {
        key: [name for name in receiver.names() if name.startswith(key)] for key in ("0:", "1:", "2:", "3:", "4:")
    }
    for key, names in by_record.items():
        assert names == [f"{key}{version:02}" for version in range(6)]


def test_other_organizations_and_inactive_endpoints_get_nothing(shop: Shop, receivers: Run) -> None:
    receiver, other = receivers(), receivers()
    stopped = shop.endpoint(receiver.url, is_active=False)
    Shop().endpoint(other.url, "*")
    shop.vendor("one")
    work()
    assert receiver.requests == []
    assert [each.event["type"] for each in other.requests if each.event["type"] != "webhook_endpoint.created"] == []
    shop.run("UPDATE webhook_endpoint SET is_active = true WHERE id = %s", stopped)
    work()
    assert receiver.names() == ["one"]


def test_history_is_in_the_log_and_not_sent(shop: Shop, receivers: Run) -> None:
    """Whoever ships what is ordered must not ship what was ordered years ago."""
    receiver = receivers()
    shop.endpoint(receiver.url, "*")
    shop.import_history()
    work()
    work()
    with unit_of_work(owner_of(shop.org_id)):
        logged = reading.read(Filter(types=["purchase_order.*", "purchase_order_item.*"]), None, 100).events
    assert [(each.type, each.operation) for each in logged] == [
        ("purchase_order.created", None),
        ("purchase_order_item.created", None),
        ("purchase_order.created", "importHistory"),
        ("purchase_order_item.created", "importHistory"),
    ]
    sent = [each.event["data"]["recordId"] for each in receiver.requests if "order" in each.event["type"]]
    assert sent == [each.record_id for each in logged[:2]]
