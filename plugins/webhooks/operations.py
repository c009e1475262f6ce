"""The operations of webhooks, in the order of the document."""

from typing import Unpack

from pharus.listing import Listing, Order, Paging, flag
from pharus.schemas import DeletedId
from plugins.webhooks import endpoints, redelivery
from plugins.webhooks.records import attempts, deliveries
from plugins.webhooks.records import endpoints as records
from plugins.webhooks.schemas import (
    WebhookAttemptPage,
    WebhookDelivery,
    WebhookDeliveryPage,
    WebhookEndpoint,
    WebhookEndpointCreate,
    WebhookEndpointList,
    WebhookEndpointUpdate,
    WebhookRedeliver,
    WebhookRedelivery,
    WebhookSecret,
    WebhookSecretRotate,
)

_list_attempts = Listing(
    attempts,
    Order(("id",), descending=True),
    {"endpoint": "endpoint_id = %s", "event": "event_id = %s", "is_delivered": "is_delivered = %s"},
)
_list_deliveries = Listing(
    deliveries,
    Order(("id",)),
    {"endpoint": "endpoint_id = %s", "has_given_up": "(gave_up_at IS NOT NULL) = %s"},
)


def create_webhook_endpoint(body: WebhookEndpointCreate) -> WebhookSecret:
    return endpoints.create(body)


def list_webhook_endpoints() -> WebhookEndpointList:
    return {"data": records.select("ORDER BY id")}


def update_webhook_endpoint(id: str, body: WebhookEndpointUpdate) -> WebhookEndpoint:
    return endpoints.update(id, body)


def delete_webhook_endpoint(id: str) -> DeletedId:
    records.delete(id)
    return {"deletedId": id}


def get_webhook_endpoint(id: str) -> WebhookEndpoint:
    return records.get(id)


def rotate_webhook_secret(id: str, body: WebhookSecretRotate) -> WebhookSecret:
    return endpoints.rotate(id, body.get("previousValidHours"))


def test_webhook_endpoint(id: str) -> WebhookDelivery:
    return redelivery.send_test(id)


def list_webhook_attempts(
    id: str, event_id: str | None = None, is_delivered: str | None = None, **paging: Unpack[Paging]
) -> WebhookAttemptPage:
    records.get(id)
    return _list_attempts.page({"endpoint": id, "event": event_id, "is_delivered": flag(is_delivered)}, **paging)


def list_webhook_deliveries(id: str, state: str | None = None, **paging: Unpack[Paging]) -> WebhookDeliveryPage:
    records.get(id)
    has_given_up = None if state is None else state == "givenUp"
    return _list_deliveries.page({"endpoint": id, "has_given_up": has_given_up}, **paging)


def redeliver_webhook_events(id: str, body: WebhookRedeliver) -> WebhookRedelivery:
    return redelivery.redeliver(id, body)
