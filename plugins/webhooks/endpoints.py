"""Endpoints: where events are sent to, of which types, and the secrets that requests are signed with."""

from typing import Any

from pharus.config import Settings
from pharus.db import current, db
from pharus.fields import new_id
from pharus.locks import advisory_lock
from plugins.webhooks import retrying, rules, signing, worker
from plugins.webhooks.guard import Guard
from plugins.webhooks.records import endpoints
from plugins.webhooks.schemas import WebhookEndpoint, WebhookEndpointCreate, WebhookEndpointUpdate, WebhookSecret

_guard = Guard()
_settings = Settings()
_HOURS = 24


def configure(settings: Settings) -> None:
    """Take from the settings where deliveries may go. ConfigurationError. Done once at start."""
    global _guard, _settings
    _guard, _settings = Guard(settings.webhook_allow), settings


def create(body: WebhookEndpointCreate) -> WebhookSecret:
    rules.refuse_endpoint(_guard, body["url"], body["eventTypes"])
    if _settings.max_webhook_endpoints:
        advisory_lock("webhook_endpoint")
        (count,) = db.row("SELECT count(*) FROM webhook_endpoint WHERE org_id = %s", (current().org_id,))
        rules.require_room(count, _settings.max_webhook_endpoints)
    secret_id = new_id()
    made = endpoints.insert({**endpoints.values_of(body), "secret_id": secret_id})
    # From now on: what happens while this transaction is under way, too.
    db.defer(
        "INSERT INTO webhook_progress (org_id, endpoint_id, transaction_id) VALUES (%s, %s, event_horizon())",
        (current().org_id, made["id"]),
    )
    worker.request()
    return {"endpoint": made, "secret": signing.secret(secret_id)}


def update(id: str, body: WebhookEndpointUpdate) -> WebhookEndpoint:
    rules.refuse_endpoint(_guard, body.get("url"), body.get("eventTypes"))
    values: dict[str, Any] = endpoints.values_of(body)
    if values.get("is_active"):
        values["paused_at"] = None
    changed = endpoints.update(id, values)
    if values.get("is_active") or "url" in values:
        try_again(id)
    return changed


def try_again(id: str) -> None:
    """What waits for its time need not wait any longer."""
    org_id = current().org_id
    db.defer(
        "UPDATE webhook_progress SET failures = 0, failing_since = NULL, due_at = now() "
        "WHERE org_id = %s AND endpoint_id = %s",
        (org_id, id),
    )
    retrying.wait_no_longer(org_id, id)
    worker.request()


def rotate(id: str, hours: int | None) -> WebhookSecret:
    before = endpoints.get(id, lock=True)
    (secret_id,) = db.row(
        "SELECT secret_id FROM webhook_endpoint WHERE org_id = %s AND id = %s", (current().org_id, before["id"])
    )
    values = rules.rotated(secret_id, current().now, _HOURS if hours is None else hours)
    return {"endpoint": endpoints.update(id, values), "secret": signing.secret(values["secret_id"])}
