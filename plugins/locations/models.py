"""The table of the locations domain."""

import peewee

from pharus.db import TenantModel
from pharus.fields import InstantField


class Location(TenantModel):
    name = peewee.CharField(max_length=100)
    sort_order = peewee.IntegerField()
    address = peewee.TextField(null=True)
    city = peewee.CharField(max_length=150, null=True)
    state = peewee.CharField(max_length=100, null=True)
    country = peewee.CharField(max_length=2, null=True)
    zip_code = peewee.CharField(max_length=20, null=True)
    contact_name = peewee.CharField(max_length=255, null=True)
    contact_email = peewee.CharField(max_length=320, null=True)
    contact_phone = peewee.CharField(max_length=50, null=True)
    notes = peewee.TextField(null=True)
    is_active = peewee.BooleanField(default=True)
    created_at = InstantField()
    updated_at = InstantField()
