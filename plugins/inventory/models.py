"""The tables of the inventory domain: two ledgers of the same form, and their balances."""

from decimal import Decimal

import peewee

from pharus.db import Model, TenantModel
from pharus.fields import AmountField, IdField, InstantField, ValueField


class LedgerEntry(TenantModel):
    """The columns of both ledgers: an event and its effect on one balance (see the migration)."""

    code = peewee.CharField(max_length=20)
    item_id = IdField()
    location_id = IdField()
    event_type = peewee.CharField(max_length=20)
    quantity = AmountField()
    unit_cost = AmountField(null=True)
    ref = peewee.CharField(max_length=60, null=True)
    to_location_id = IdField(null=True)
    notes = peewee.TextField(null=True)
    event_date = InstantField()
    source_type = peewee.CharField(max_length=20, null=True)
    source_id = IdField(null=True)
    line_id = IdField(null=True)
    reverses_id = IdField(null=True)
    corrects_id = IdField(null=True)
    external_id = peewee.CharField(max_length=255, null=True)
    added_value = ValueField(null=True)
    inputs_value = ValueField(null=True)
    on_hand = AmountField()
    on_order = AmountField()
    demand = AmountField()
    allocated = AmountField()
    in_transit = AmountField()
    value = ValueField()
    variance = ValueField(default=Decimal(0))
    index_mantissa = peewee.DecimalField(max_digits=39, decimal_places=38, null=True)
    index_exponent = peewee.IntegerField(null=True)
    created_at = InstantField()


class MaterialsLedgerEntry(LedgerEntry):
    pass


class FinishedGoodsLedgerEntry(LedgerEntry):
    pass


class Balance(Model):
    """The columns of both balances. The primary key is (org_id, item_id, location_id)."""

    org_id = IdField()
    item_id = IdField()
    location_id = IdField()
    on_hand = AmountField()
    on_order = AmountField()
    demand = AmountField()
    allocated = AmountField()
    in_transit = AmountField()
    value = ValueField()
    in_transit_value = ValueField()
    index_mantissa = peewee.DecimalField(max_digits=39, decimal_places=38, default=1)
    index_exponent = peewee.IntegerField(default=0)

    class Meta:
        primary_key = peewee.CompositeKey("org_id", "item_id", "location_id")


class MaterialsBalance(Balance):
    pass


class FinishedGoodsBalance(Balance):
    pass
