"""The records of webhooks as the contract shows them."""

from pharus.records import Records
from plugins.webhooks import models
from plugins.webhooks.schemas import WebhookEndpoint

endpoints = Records(models.WebhookEndpoint, WebhookEndpoint)
