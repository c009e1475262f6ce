"""The tables of the contacts domain."""

import peewee

from pharus.db import TenantModel
from pharus.fields import IdField, InstantField


class Contact(TenantModel):
    display_name = peewee.CharField(max_length=511)
    first_name = peewee.CharField(max_length=255)
    last_name = peewee.CharField(max_length=255, null=True)
    title = peewee.CharField(max_length=255, null=True)
    notes = peewee.TextField(null=True)
    is_active = peewee.BooleanField(default=True)
    created_at = InstantField()
    updated_at = InstantField()


class ContactMethod(TenantModel):
    contact_id = IdField()
    method_type = peewee.CharField(max_length=20)
    value = peewee.CharField(max_length=320)
    label = peewee.CharField(max_length=255, null=True)
    is_primary = peewee.BooleanField(default=False)
    is_active = peewee.BooleanField(default=True)
    created_at = InstantField()
    updated_at = InstantField()


class ContactLink(TenantModel):
    """One of customer_id and vendor_id is set; entity_type and entity_id are made of them by the database."""

    contact_id = IdField()
    customer_id = IdField(null=True)
    vendor_id = IdField(null=True)
    entity_type = peewee.CharField(max_length=20)
    entity_id = IdField()
    role = peewee.CharField(max_length=255, null=True)
    is_primary = peewee.BooleanField(default=False)
    notes = peewee.TextField(null=True)
    is_active = peewee.BooleanField(default=True)
    created_at = InstantField()
    updated_at = InstantField()
