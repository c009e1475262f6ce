"""The tables of the lots domain. Those of lots themselves are the inventory's, whose engine writes them."""

import peewee

from pharus.db import Model, TenantModel
from pharus.fields import IdField, InstantField


class LotRecall(TenantModel):
    lot_id = IdField()
    is_mock = peewee.BooleanField()
    reason = peewee.CharField(max_length=1000)
    lot_count = peewee.IntegerField()
    milliseconds = peewee.IntegerField()
    recalled_by = IdField(null=True)
    created_at = InstantField()


class LotRecallLot(Model):
    """What a recall has reached. The primary key is (org_id, recall_id, lot_id)."""

    org_id = IdField()
    recall_id = IdField()
    lot_id = IdField()
    level = peewee.IntegerField()
    status_before = peewee.CharField(max_length=20)

    class Meta:
        primary_key = peewee.CompositeKey("org_id", "recall_id", "lot_id")
