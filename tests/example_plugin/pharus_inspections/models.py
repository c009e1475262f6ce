"""The table of the plugin. Its SQL is in migrations/; the class only names the columns."""

import peewee
from pharus.db import TenantModel
from pharus.fields import AmountField, IdField, InstantField


class InspectionsInspection(TenantModel):
    receipt_id = IdField()
    material_id = IdField()
    quantity = AmountField()
    status = peewee.CharField(max_length=10, default="pending")
    notes = peewee.CharField(max_length=1000, null=True)
    decided_at = InstantField(null=True)
    created_at = InstantField()
    updated_at = InstantField()

    class Meta:
        table_name = "inspections_inspection"
