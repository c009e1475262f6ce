"""The tables of the plugin. Their SQL is in migrations/; the classes only name the columns."""

import peewee
from pharus.db import TenantModel
from pharus.fields import IdField, InstantField


class BatchesArrival(TenantModel):
    item_type = peewee.CharField(max_length=10)
    item_id = IdField()
    ref = peewee.CharField(max_length=60, null=True)
    supplier_batch = peewee.CharField(max_length=100, null=True)
    expires_on = peewee.DateField(null=True)
    batch_id = IdField(null=True)
    created_at = InstantField()

    class Meta:
        table_name = "batches_arrival"


class BatchesBatch(TenantModel):
    number = peewee.CharField(max_length=20)
    item_type = peewee.CharField(max_length=10)
    item_id = IdField()
    supplier_batch = peewee.CharField(max_length=100, null=True)
    expires_on = peewee.DateField(null=True)
    notes = peewee.TextField(null=True)
    created_at = InstantField()
    updated_at = InstantField()

    class Meta:
        table_name = "batches_batch"
