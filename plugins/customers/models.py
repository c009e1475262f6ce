"""The tables of the customers domain."""

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, IdField, InstantField
from pharus.lookups import LookupModel


class CustomerType(LookupModel):
    pass


class CustomerSegment(LookupModel):
    pass


class Broker(LookupModel):
    pass


class Customer(TenantModel):
    name = peewee.CharField(max_length=255)
    customer_type_id = IdField()
    customer_segment_id = IdField(null=True)
    broker_id = IdField(null=True)
    broker_fee_percent = AmountField(null=True)
    address = peewee.TextField(null=True)
    city = peewee.CharField(max_length=150, null=True)
    state = peewee.CharField(max_length=100, null=True)
    country = peewee.CharField(max_length=2, null=True)
    zip_code = peewee.CharField(max_length=20, null=True)
    parent_customer_id = IdField(null=True)
    qbo_id = peewee.CharField(max_length=100, null=True)
    notes = peewee.TextField(null=True)
    is_active = peewee.BooleanField(default=True)
    created_at = InstantField()
    updated_at = InstantField()
