"""The tables of the webhooks domain."""

import peewee

from pharus.db import TenantModel
from pharus.fields import IdField, InstantField


class TextsField(peewee.Field):
    """text[]; the Python value is a list."""

    field_type = "TEXT[]"


class WebhookEndpoint(TenantModel):
    url = peewee.CharField(max_length=2048)
    description = peewee.CharField(max_length=1000, null=True)
    event_types = TextsField()
    is_active = peewee.BooleanField(default=True)
    paused_at = InstantField(null=True)
    secret_id = IdField()
    previous_secret_id = IdField(null=True)
    previous_secret_ends_at = InstantField(null=True)
    rotated_at = InstantField(null=True)
    created_at = InstantField()
    updated_at = InstantField()
