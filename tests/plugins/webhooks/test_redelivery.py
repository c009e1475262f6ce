"""What is sent because somebody asks for it."""

from collections.abc import Callable
from typing import Any

import pytest

from pharus.db import unit_of_work
from pharus.errors import Conflict, Invalid, NotFound
from plugins.events.operations import list_events
from plugins.webhooks import endpoints, operations
from plugins.webhooks.schemas import WebhookRedeliver
from tests import factories
from tests.pharus.acting import owner_of
from tests.plugins.webhooks.receiver import Receiver
from tests.plugins.webhooks.shop import Shop, settled, work

pytestmark = pytest.mark.usefixtures("own_database")

Run = Callable[..., Receiver]


@pytest.fixture
def shop() -> Shop:
    return Shop()


def redeliver(shop: Shop, endpoint: str, body: WebhookRedeliver) -> dict[str, Any]:
    with unit_of_work(owner_of(shop.org_id)):
        return dict(operations.redeliver_webhook_events(endpoint, body))


def test_test_event_is_sent_whatever_the_types_are(shop: Shop, receivers: Run) -> None:
    receiver = receivers()
    endpoint = shop.endpoint(receiver.url, "customer.*")
    with unit_of_work(owner_of(shop.org_id)):
        delivery = operations.test_webhook_endpoint(endpoint)
    work()
    [request] = receiver.requests
    assert request.id == delivery["eventId"] == request.event["data"]["id"]
    assert request.event["type"] == "webhook_endpoint.test"
    assert request.event["data"]["after"] == {"url": receiver.url}
    assert shop.waiting(endpoint) == []
    shop.run("UPDATE webhook_endpoint SET is_active = false WHERE id = %s", endpoint)
    with pytest.raises(Conflict), unit_of_work(owner_of(shop.org_id)):
        operations.test_webhook_endpoint(endpoint)


def test_test_event_wakes_an_endpoint_that_is_down(shop: Shop, receivers: Run) -> None:
    receiver = receivers(answer=lambda request: 500)
    endpoint = shop.endpoint(receiver.url)
    shop.import_vendors(20)
    work()
    receiver.answer = lambda request: 200
    with unit_of_work(owner_of(shop.org_id)):
        operations.test_webhook_endpoint(endpoint)
    work()
    assert len(receiver.taken) == 21
    assert shop.waiting(endpoint) == []


def test_one_a_range_and_all_since_are_sent_again_in_order(shop: Shop, receivers: Run) -> None:
    receiver = receivers()
    endpoint = shop.endpoint(receiver.url)
    names = [f"{number}" for number in range(6)]
    for name in names:
        shop.vendor(name)
    work()
    ids = {name: request.id for name, request in zip(receiver.names(), receiver.requests, strict=True)}

    def again(**body: str) -> list[str]:
        receiver.requests.clear()
        redeliver(shop, endpoint, body)  # type: ignore[arg-type]  # the keys are those of the type
        work()
        assert all(ids[name] == request.id for name, request in zip(receiver.names(), receiver.requests, strict=True))
        return sorted(receiver.names())

    assert again(firstEventId=ids["2"], lastEventId=ids["2"]) == ["2"]
    assert again(firstEventId=ids["1"], lastEventId=ids["3"]) == ["1", "2", "3"]
    assert again(firstEventId=ids["4"]) == ["4", "5"]
    assert again(after="") == names
    with unit_of_work(owner_of(shop.org_id)):
        page = list_events(types=["vendor.*"], limit=2)
    assert again(after=page["next"]) == names[2:]
    assert shop.run("SELECT id FROM webhook_replay WHERE endpoint_id = %s", endpoint) == []
    receiver.requests.clear()
    shop.vendor("new")
    work()
    assert receiver.names() == ["new"]


def test_new_endpoint_can_have_what_was_before_it_and_new_events_come_behind(shop: Shop, receivers: Run) -> None:
    receiver = receivers()
    shop.import_vendors(70)
    id = shop.vendor("last")
    endpoint = shop.endpoint(receiver.url)
    shop.rename(id, "renamed")
    settled()
    redeliver(shop, endpoint, {"after": ""})
    work()
    names = receiver.names()
    assert sorted(set(names)) == sorted([*(f"Vendor {number:05}" for number in range(70)), "last", "renamed"])
    assert names[-1] == "renamed"


def test_event_that_was_given_up_is_sent_again_and_no_longer_listed(shop: Shop, receivers: Run) -> None:
    receiver = receivers(answer=lambda request: 500)
    endpoint = shop.endpoint(receiver.url)
    shop.vendor("bad")
    work()
    shop.age("3 days")
    shop.make_due()
    work()
    assert shop.waiting(endpoint) == [("vendor.created", 2, True)]
    event = receiver.requests[0].id
    redeliver(shop, endpoint, {"firstEventId": event, "lastEventId": event})
    work()
    assert shop.waiting(endpoint) == [("vendor.created", 1, False)], "it begins anew"
    receiver.answer = lambda request: 200
    redeliver(shop, endpoint, {"firstEventId": event, "lastEventId": event})
    shop.make_due()
    work()
    assert shop.waiting(endpoint) == []
    assert set(receiver.names()) == {"bad"}


def test_replay_that_is_interrupted_goes_on_where_it_was(shop: Shop, receivers: Run) -> None:
    receiver = receivers()
    shop.import_vendors(100)
    endpoint = shop.endpoint(receiver.url)
    settled()
    redeliver(shop, endpoint, {"after": ""})
    receiver.answer = lambda request: 200 if len(receiver.requests) < 40 else 500
    work()
    assert shop.run("SELECT id FROM webhook_replay WHERE endpoint_id = %s", endpoint) != []
    receiver.answer = lambda request: 200
    shop.make_due()
    work()
    assert sorted(receiver.names()) == [f"Vendor {number:05}" for number in range(100)]


def test_what_is_not_there_is_refused(shop: Shop) -> None:
    endpoint = shop.endpoint("http://127.0.0.1/")
    other = Shop()
    foreign = factories.new_id()
    factories.make_webhook_attempt(other.org_id, endpoint_id=other.endpoint("http://127.0.0.1/"), event_id=foreign)
    for body in ({"firstEventId": foreign}, {"after": "", "lastEventId": foreign}):
        with pytest.raises(NotFound):
            redeliver(shop, endpoint, body)  # type: ignore[arg-type]  # the keys are those of the type
    with pytest.raises(Invalid) as refused:
        redeliver(shop, endpoint, {"after": "x"})
    assert [problem.path for problem in refused.value.problems] == ["/after"]


def test_activating_an_endpoint_or_giving_it_another_url_tries_at_once(shop: Shop, receivers: Run) -> None:
    broken, receiver = receivers(answer=lambda request: 500), receivers()
    endpoint = shop.endpoint(broken.url)
    shop.import_vendors(20)
    work()
    # As the receiver's address is of the loopback interface, it cannot be given by a request.
    shop.run("UPDATE webhook_endpoint SET url = %s WHERE id = %s", receiver.url, endpoint)
    with unit_of_work(owner_of(shop.org_id)):
        endpoints.try_again(endpoint)
    work()
    assert len(receiver.taken) == 20
