"""The tables of the webhooks domain."""

import peewee

from pharus.db import TenantModel
from pharus.fields import IdField, InstantField, TextsField


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


class WebhookDelivery(TenantModel):
    endpoint_id = IdField()
    event_id = IdField()
    event_type = peewee.CharField(max_length=100)
    record_id = IdField()
    subject_id = IdField()
    transaction_id = peewee.BigIntegerField()
    seq = peewee.BigIntegerField()
    number = peewee.IntegerField()
    payload = peewee.TextField()
    attempts = peewee.IntegerField(default=0)
    status_code = peewee.IntegerField(null=True)
    error = peewee.CharField(max_length=500, null=True)
    due_at = InstantField(null=True)
    gave_up_at = InstantField(null=True)
    created_at = InstantField()


class WebhookAttempt(TenantModel):
    endpoint_id = IdField()
    event_id = IdField()
    event_type = peewee.CharField(max_length=100)
    record_id = IdField()
    transaction_id = peewee.BigIntegerField()
    seq = peewee.BigIntegerField()
    number = peewee.IntegerField()
    attempt = peewee.IntegerField()
    is_delivered = peewee.BooleanField()
    status_code = peewee.IntegerField(null=True)
    error = peewee.CharField(max_length=500, null=True)
    response = peewee.CharField(max_length=1000, null=True)
    duration_ms = peewee.IntegerField()
    created_at = InstantField()


class WebhookReplay(TenantModel):
    endpoint_id = IdField()
    transaction_id = peewee.BigIntegerField()
    seq = peewee.BigIntegerField()
    number = peewee.IntegerField()
    last_transaction_id = peewee.BigIntegerField()
    last_seq = peewee.BigIntegerField()
    last_number = peewee.IntegerField()
    created_at = InstantField()
