"""The tables, which Pharus's migrations have made."""

from decimal import Decimal
from typing import Any

from django.db import models


def _amount(**options: Any) -> Any:
    return models.DecimalField(max_digits=18, decimal_places=6, **options)


class Tenant(models.Model):
    pk = models.CompositePrimaryKey("org_id", "id")
    org_id = models.UUIDField()
    id = models.UUIDField()

    class Meta:
        abstract = True


class Vendor(Tenant):
    name = models.CharField(max_length=255)
    address = models.CharField(max_length=10000, null=True)
    city = models.CharField(max_length=150, null=True)
    state = models.CharField(max_length=100, null=True)
    country = models.CharField(max_length=2, null=True)
    zip_code = models.CharField(max_length=20, null=True)
    term = models.CharField(max_length=100, null=True)
    qbo_id = models.CharField(max_length=100, null=True)
    notes = models.CharField(max_length=10000, null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    sort_key = models.GeneratedField(
        expression=models.functions.Lower("name"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        managed = False
        db_table = "vendor"


class MaterialType(Tenant):
    is_active = models.BooleanField()

    class Meta:
        managed = False
        db_table = "material_type"


class Material(Tenant):
    is_active = models.BooleanField(default=True)
    material_code = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    material_type_id = models.UUIDField()
    notes = models.CharField(max_length=10000, null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "material"


class Location(Tenant):
    is_active = models.BooleanField(default=True)
    sort_order = models.IntegerField()

    class Meta:
        managed = False
        db_table = "location"


class LedgerEntry(Tenant):
    code = models.CharField(max_length=20)
    item_id = models.UUIDField()
    location_id = models.UUIDField()
    event_type = models.CharField(max_length=20)
    quantity = _amount()
    unit_cost = _amount(null=True)
    ref = models.CharField(max_length=60, null=True)
    to_location_id = models.UUIDField(null=True)
    notes = models.CharField(max_length=10000, null=True)
    event_date = models.DateTimeField()
    source_type = models.CharField(max_length=20, null=True)
    source_id = models.UUIDField(null=True)
    line_id = models.UUIDField(null=True)
    on_hand = _amount()
    on_order = _amount(default=Decimal(0))
    demand = _amount(default=Decimal(0))
    allocated = _amount(default=Decimal(0))
    in_transit = _amount(default=Decimal(0))
    value = models.DecimalField(max_digits=36, decimal_places=12)
    variance = models.DecimalField(max_digits=36, decimal_places=12, default=Decimal(0))
    reverses_id = models.UUIDField(null=True)
    external_id = models.CharField(max_length=255, null=True)
    created_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "materials_ledger_entry"


class Balance(models.Model):
    pk = models.CompositePrimaryKey("org_id", "item_id", "location_id")
    org_id = models.UUIDField()
    item_id = models.UUIDField()
    location_id = models.UUIDField()
    # Joined by both parts of their keys.
    item = models.ForeignObject(Material, models.DO_NOTHING, ("org_id", "item_id"), ("org_id", "id"), related_name="+")
    location = models.ForeignObject(
        Location, models.DO_NOTHING, ("org_id", "location_id"), ("org_id", "id"), related_name="+"
    )
    on_hand = _amount(default=Decimal(0))
    on_order = _amount(default=Decimal(0))
    demand = _amount(default=Decimal(0))
    allocated = _amount(default=Decimal(0))
    in_transit = _amount(default=Decimal(0))
    value = models.DecimalField(max_digits=36, decimal_places=12, default=Decimal(0))
    in_transit_value = models.DecimalField(max_digits=36, decimal_places=12, default=Decimal(0))

    class Meta:
        managed = False
        db_table = "materials_balance"


class PurchaseOrder(Tenant):
    po_number = models.CharField(max_length=40)
    vendor_id = models.UUIDField()
    target_type = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    ship_to_location_id = models.UUIDField(null=True)
    planning_at = models.DateField(null=True)
    placed_at = models.DateField(null=True)
    ship_date = models.DateField(null=True)
    in_transit_at = models.DateField(null=True)
    partial_at = models.DateField(null=True)
    expected_delivery_date = models.DateField(null=True)
    received_at = models.DateField(null=True)
    paid_at = models.DateField(null=True)
    cancelled_at = models.DateField(null=True)
    shipping_costs = _amount(default=Decimal(0))
    setup_costs = _amount(default=Decimal(0))
    other_costs = _amount(default=Decimal(0))
    notes = models.CharField(max_length=10000, null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "purchase_order"


class PurchaseOrderItem(Tenant):
    purchase_order_id = models.UUIDField()
    material_id = models.UUIDField(null=True)
    sku_id = models.UUIDField(null=True)
    quantity = _amount()
    unit_cost = _amount(default=Decimal(0))

    class Meta:
        managed = False
        db_table = "purchase_order_item"


class PurchaseOrderReceipt(Tenant):
    purchase_order_id = models.UUIDField()
    receipt_date = models.DateField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "purchase_order_receipt"


class PurchaseOrderReceiptItem(Tenant):
    receipt_id = models.UUIDField()
    po_item_id = models.UUIDField()
    quantity = _amount()
    unit_cost = _amount()

    class Meta:
        managed = False
        db_table = "purchase_order_receipt_item"
