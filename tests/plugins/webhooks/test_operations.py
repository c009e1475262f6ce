"""The log of deliveries over HTTP."""

from datetime import UTC, datetime

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, pointers
from tests.factories import Organization


@pytest.fixture
def endpoint(organization: Organization) -> str:
    id = factories.make_webhook_endpoint(organization.id)
    factories.make_webhook_progress(organization.id, endpoint_id=id)
    return id


def test_attempts_are_listed_the_newest_first_and_narrowed(
    organization: Organization, admin: Api, endpoint: str
) -> None:
    event = new_id()
    made = [
        factories.make_webhook_attempt(organization.id, endpoint_id=endpoint, event_id=event, is_delivered=False),
        factories.make_webhook_attempt(organization.id, endpoint_id=endpoint, event_id=event, attempt=2),
        factories.make_webhook_attempt(organization.id, endpoint_id=endpoint),
    ]
    other = factories.make_webhook_endpoint(organization.id)
    factories.make_webhook_attempt(organization.id, endpoint_id=other)
    path = f"/api/webhook-endpoints/{endpoint}/attempts"

    def ids(**query: object) -> list[str]:
        return [each["id"] for each in admin.get(path, **query).json()["data"]]

    assert ids() == made[::-1]
    assert ids(eventId=event) == made[1::-1]
    assert ids(isDelivered="false") == made[:1]
    first = admin.get(path, limit=2).json()
    assert ids(cursor=first["nextCursor"]) == made[:1]
    shown = first["data"][1]
    assert (shown["attempt"], shown["statusCode"], shown["response"], shown["durationMs"]) == (2, 200, "ok", 7)


def test_what_waits_and_what_was_given_up_is_listed(organization: Organization, admin: Api, endpoint: str) -> None:
    waits = factories.make_webhook_delivery(organization.id, endpoint_id=endpoint)
    given_up = factories.make_webhook_delivery(organization.id, endpoint_id=endpoint, gave_up_at=datetime.now(UTC))
    path = f"/api/webhook-endpoints/{endpoint}/deliveries"
    for query, expected in (
        ({}, [waits, given_up]),
        ({"state": "waiting"}, [waits]),
        ({"state": "givenUp"}, [given_up]),
    ):
        assert [each["id"] for each in admin.get(path, **query).json()["data"]] == expected


def test_test_and_redelivery_are_noted_for_the_worker(organization: Organization, admin: Api, endpoint: str) -> None:
    path = f"/api/webhook-endpoints/{endpoint}"
    tested = admin.post(f"{path}/test")
    assert tested.status_code == 201
    assert admin.get(f"{path}/deliveries").json()["data"] == [tested.json()]
    admin.patch(path, {"isActive": False})
    assert admin.post(f"{path}/test").status_code == 409
    event = new_id()
    factories.make_webhook_attempt(organization.id, endpoint_id=endpoint, event_id=event)
    assert admin.post(f"{path}/redeliver", {"firstEventId": event}).status_code == 201
    assert admin.post(f"{path}/redeliver", {"firstEventId": new_id()}).status_code == 404
    assert pointers(admin.post(f"{path}/redeliver", {"after": "x"})) == ["/after"]
    assert admin.post(f"{path}/redeliver", {"firstEventId": event, "after": ""}).status_code == 422


@pytest.mark.parametrize("part", ["attempts", "deliveries"])
def test_lists_are_of_an_endpoint_of_the_organization(admin: Api, part: str) -> None:
    theirs = factories.make_webhook_endpoint(factories.make_organization().id)
    assert admin.get(f"/api/webhook-endpoints/{theirs}/{part}").status_code == 404
