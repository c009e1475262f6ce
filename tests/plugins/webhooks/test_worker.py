"""The thread that works in the background."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from pharus.db import unit_of_work
from plugins.webhooks import worker
from plugins.webhooks.guard import Guard
from plugins.webhooks.worker import Worker
from tests.pharus.acting import owner_of
from tests.plugins.webhooks.receiver import Receiver, slowly
from tests.plugins.webhooks.shop import LOCAL, Shop, settled
from tests.waiting import wait_until

pytestmark = pytest.mark.usefixtures("own_database")

Run = Callable[..., Receiver]


@pytest.fixture
def working() -> Iterator[Worker]:
    made = Worker(LOCAL, seconds=0.05)
    made.start()
    yield made
    made.close(20)
    assert not any(thread.name == "webhooks" and thread.is_alive() for thread in threading.enumerate())


def test_what_happens_is_delivered_without_being_asked_for(receivers: Run, working: Worker) -> None:
    shop, receiver = Shop(), receivers()
    shop.endpoint(receiver.url)
    for name in ("one", "two"):
        shop.vendor(name)
        wait_until(lambda name=name: name in receiver.names())
    assert receiver.names() == ["one", "two"]


def test_slow_and_dead_receivers_do_not_hold_up_others(receivers: Run, working: Worker) -> None:
    slow, third = receivers(answer=slowly(0.5)), receivers()
    dead = receivers(answer=slowly(1, 500))
    for receiver in (slow, dead):
        shop = Shop()
        for _ in range(4):
            shop.endpoint(receiver.url)
        shop.import_vendors(100)
    wait_until(lambda: slow.at_a_time and dead.requests)
    shop = Shop()
    shop.endpoint(third.url)
    shop.import_vendors(100)
    began = time.monotonic()
    wait_until(lambda: len(third.taken) == 100)
    assert time.monotonic() - began < 10
    assert len(slow.requests) < 400
    assert slow.most_at_a_time <= 16


def test_endpoint_that_is_made_is_served_at_once_and_another_worker_is_not_needed(
    receivers: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_SECONDS_WITHOUT", 3600.0)
    shop, receiver = Shop(), receivers()
    made = Worker(LOCAL, seconds=3600)
    monkeypatch.setattr(worker, "_worker", made)
    made.start()
    try:
        time.sleep(0.2)
        shop.endpoint(receiver.url)
        shop.vendor("one")
        settled()
        with unit_of_work(owner_of(shop.org_id)):
            worker.request()
        wait_until(lambda: receiver.names() == ["one"])
    finally:
        made.close(20)


def test_close_waits_for_what_is_being_sent_and_leaves_the_rest_to_others(receivers: Run) -> None:
    shop, receiver = Shop(), receivers(answer=slowly(0.3))
    shop.endpoint(receiver.url)
    shop.import_vendors(40)
    first = Worker(LOCAL, seconds=0.05)
    first.start()
    wait_until(lambda: receiver.at_a_time)
    first.close(20)
    count = len(receiver.requests)
    assert 0 < count < 40
    receiver.answer = lambda request: 200
    second = Worker(LOCAL, seconds=0.05)
    second.start()
    try:
        wait_until(lambda: len(receiver.requests) >= 40)
    finally:
        second.close(20)
    assert len({each.id for each in receiver.requests}) == len(receiver.requests) == 40


def test_worker_goes_on_after_what_it_cannot_read(
    receivers: Run, working: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    shop, receiver = Shop(), receivers()
    shop.endpoint(receiver.url)
    shop.run("ALTER TABLE webhook_progress RENAME TO away")
    wait_until(lambda: "webhooks cannot be delivered now" in caplog.text)
    shop.run("ALTER TABLE away RENAME TO webhook_progress")
    shop.vendor("one")
    wait_until(lambda: receiver.names() == ["one"])


def test_worker_sends_nothing_into_private_networks(receivers: Run) -> None:
    shop, receiver = Shop(), receivers()
    endpoint = shop.endpoint(receiver.url)
    shop.vendor("one")
    made = Worker(Guard(), seconds=0.05)
    made.start()
    try:
        wait_until(lambda: shop.waiting(endpoint))
    finally:
        made.close(20)
    assert receiver.requests == []
    [(error,)] = shop.run("SELECT error FROM webhook_attempt WHERE endpoint_id = %s", endpoint)
    assert "private or local network" in error
