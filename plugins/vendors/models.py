"""The table of the vendors domain."""

import peewee

from pharus.db import TenantModel
from pharus.fields import InstantField


class Vendor(TenantModel):
    name = peewee.CharField(max_length=255)
    address = peewee.TextField(null=True)
    city = peewee.CharField(max_length=150, null=True)
    state = peewee.CharField(max_length=100, null=True)
    country = peewee.CharField(max_length=2, null=True)
    zip_code = peewee.CharField(max_length=20, null=True)
    term = peewee.CharField(max_length=100, null=True)
    qbo_id = peewee.CharField(max_length=100, null=True)
    notes = peewee.TextField(null=True)
    is_active = peewee.BooleanField(default=True)
    created_at = InstantField()
    updated_at = InstantField()
