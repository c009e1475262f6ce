"""The table of the documents domain."""

import peewee

from pharus.db import TenantModel
from pharus.fields import IdField, InstantField


class Document(TenantModel):
    """One of the three orders or the lot is set; entity_type and entity_id are made of them by the database."""

    sales_order_id = IdField(null=True)
    purchase_order_id = IdField(null=True)
    work_order_id = IdField(null=True)
    lot_id = IdField(null=True)
    entity_type = peewee.CharField(max_length=20)
    entity_id = IdField()
    name = peewee.CharField(max_length=255)
    gcs_path = peewee.CharField(max_length=1024)
    mime_type = peewee.CharField(max_length=255)
    size_bytes = peewee.BigIntegerField()
    is_stored = peewee.BooleanField(default=False)
    created_at = InstantField()
