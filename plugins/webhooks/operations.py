"""The operations of webhooks, in the order of the document."""

from pharus.schemas import DeletedId
from plugins.webhooks import endpoints
from plugins.webhooks.records import endpoints as records
from plugins.webhooks.schemas import (
    WebhookEndpoint,
    WebhookEndpointCreate,
    WebhookEndpointList,
    WebhookEndpointUpdate,
    WebhookSecret,
    WebhookSecretRotate,
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
