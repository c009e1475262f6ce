"""When an endpoint is paused, and that nothing is lost by it."""

from collections.abc import Callable

import pytest

from pharus.db import unit_of_work
from plugins.webhooks import operations
from tests import event_log
from tests.pharus.acting import owner_of
from tests.plugins.webhooks.receiver import Receiver
from tests.plugins.webhooks.shop import Shop, work

pytestmark = pytest.mark.usefixtures("own_database")

Run = Callable[..., Receiver]


def state(shop: Shop, endpoint: str) -> tuple[bool, bool]:
    """Whether it is active, and whether it was paused."""
    with unit_of_work(owner_of(shop.org_id)):
        shown = operations.get_webhook_endpoint(endpoint)
    return shown["isActive"], shown["pausedAt"] is not None


def test_endpoint_that_takes_nothing_for_days_is_paused_and_goes_on_where_it_stopped(receivers: Run) -> None:
    shop, receiver = Shop(), receivers(answer=lambda request: 500)
    endpoint = shop.endpoint(receiver.url)
    shop.import_vendors(60)
    work()
    shop.age("119 hours")
    shop.make_due()
    work()
    assert state(shop, endpoint) == (True, False)
    shop.age("1 hour")
    shop.make_due()
    work()
    assert state(shop, endpoint) == (False, True)
    [event] = [each for each in event_log.events(shop.org_id) if each.type == "webhook_endpoint.updated"]
    assert (event.user_id, sorted(event.after or {})) == (None, ["isActive", "pausedAt"])
    tried = len(receiver.requests)
    receiver.answer = lambda request: 200
    shop.make_due()
    work()
    assert len(receiver.requests) == tried
    # As the receiver's address is of the loopback interface, the request names no URL.
    with unit_of_work(owner_of(shop.org_id)):
        operations.update_webhook_endpoint(endpoint, {"isActive": True})
    work()
    assert state(shop, endpoint) == (True, False)
    given_up = [each for each in shop.waiting(endpoint) if each[2]]
    assert len(receiver.taken) + len(given_up) == 60


def test_one_that_is_taken_begins_the_days_anew(receivers: Run) -> None:
    shop, receiver = Shop(), receivers(answer=lambda request: 500 if b"bad" in request.body else 200)
    endpoint = shop.endpoint(receiver.url)
    shop.vendor("bad")
    work()
    shop.age("4 days")
    shop.vendor("good")
    work()
    shop.age("2 days")
    shop.vendor("bad")
    work()
    assert state(shop, endpoint) == (True, False)


def test_receiver_that_is_gone_is_asked_no_more(receivers: Run) -> None:
    shop, receiver = Shop(), receivers(answer=lambda request: 410)
    endpoint = shop.endpoint(receiver.url)
    shop.vendor("one")
    work()
    shop.make_due()
    shop.vendor("two")
    work()
    assert state(shop, endpoint) == (False, True)
    assert len(receiver.requests) == 1
