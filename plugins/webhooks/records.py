"""The records of webhooks as the contract shows them."""

from pharus.records import Records
from plugins.webhooks import models
from plugins.webhooks.schemas import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookRedelivery

endpoints = Records(models.WebhookEndpoint, WebhookEndpoint)
attempts = Records(models.WebhookAttempt, WebhookAttempt)
deliveries = Records(models.WebhookDelivery, WebhookDelivery)
redeliveries = Records(models.WebhookReplay, WebhookRedelivery)
