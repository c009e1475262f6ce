"""The tables of the inventory domain: two ledgers of the same form, their balances, and the lots of what they hold."""

from decimal import Decimal

import peewee

from pharus.db import Model, TenantModel
from pharus.fields import AmountField, BusinessDateField, IdField, InstantField, NamedTextsField, ValueField


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
    # All of what is on hand; None where the item is not told apart by lots.
    in_lots = AmountField(null=True)

    class Meta:
        primary_key = peewee.CompositeKey("org_id", "item_id", "location_id")


class MaterialsBalance(Balance):
    pass


class FinishedGoodsBalance(Balance):
    pass


class Lot(TenantModel):
    """So much of one item that came or was made together (docs/adr/0067)."""

    material_id = IdField(null=True)
    sku_id = IdField(null=True)
    code = peewee.CharField(max_length=60)
    supplier_lot = peewee.CharField(max_length=60, null=True)
    made_on = BusinessDateField(null=True)
    best_before = BusinessDateField(null=True)
    allowed_until = BusinessDateField(null=True)
    status = peewee.CharField(max_length=20, default="released")
    status_reason = peewee.CharField(max_length=1000, null=True)
    status_by = IdField(null=True)
    status_at = InstantField(null=True)
    expired_at = InstantField(null=True)
    is_opening = peewee.BooleanField(default=False)
    notes = peewee.TextField(null=True)
    created_at = InstantField()
    updated_at = InstantField()
    attributes = NamedTextsField(null=True)


class LotEntry(TenantModel):
    """What an entry of a ledger did to a lot (see the migration)."""

    lot_id = IdField()
    entry_id = IdField(null=True)
    location_id = IdField()
    to_location_id = IdField(null=True)
    event_type = peewee.CharField(max_length=20)
    quantity = AmountField()
    on_hand = AmountField()
    in_transit = AmountField()
    source_type = peewee.CharField(max_length=20, null=True)
    source_id = IdField(null=True)
    ref = peewee.CharField(max_length=60, null=True)
    event_date = InstantField()
    reverses_id = IdField(null=True)
    origin_id = IdField(null=True)
    process_id = IdField(null=True)
    created_at = InstantField()


class LotBalance(Model):
    """How much of a lot is where, and on its way there."""

    org_id = IdField()
    lot_id = IdField()
    location_id = IdField()
    item_id = IdField()
    on_hand = AmountField(default=0)
    in_transit = AmountField(default=0)

    class Meta:
        primary_key = peewee.CompositeKey("org_id", "lot_id", "location_id")


class LotSettings(Model):
    """What holds for the lots of all items that do not say otherwise; an organization that never said has no row."""

    org_id = IdField(primary_key=True)
    policy = peewee.CharField(max_length=10, default="fefo")
    received_status = peewee.CharField(max_length=20, default="released")
