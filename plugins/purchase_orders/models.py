"""The tables of the purchase orders domain, and the view of lines with what has arrived."""

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, BusinessDateField, IdField, InstantField, ValueField
from plugins.purchase_orders.statuses import LIFECYCLE


class PurchaseOrder(TenantModel):
    po_number = peewee.CharField(max_length=40)
    vendor_id = IdField()
    target_type = peewee.CharField(max_length=20)
    status = peewee.CharField(max_length=20)
    is_history = peewee.BooleanField(default=False)
    ship_to_location_id = IdField(null=True)
    ship_date = BusinessDateField(null=True)
    expected_delivery_date = BusinessDateField(null=True)
    shipping_costs = AmountField(default=0)
    setup_costs = AmountField(default=0)
    other_costs = AmountField(default=0)
    terms = peewee.CharField(max_length=255, null=True)
    notes = peewee.TextField(null=True)
    created_at = InstantField()
    updated_at = InstantField()


LIFECYCLE.add_columns(PurchaseOrder)


class PurchaseOrderItem(TenantModel):
    purchase_order_id = IdField()
    material_id = IdField(null=True)
    sku_id = IdField(null=True)
    quantity = AmountField()
    unit_cost = AmountField(default=0)
    supplier_item_code = peewee.CharField(max_length=100, null=True)
    unit = peewee.CharField(max_length=40, null=True)
    unit_quantity = AmountField(null=True)
    unit_factor = peewee.CharField(max_length=200, null=True)
    price_per_unit = AmountField(null=True)


class PurchaseOrderLine(PurchaseOrderItem):
    """A view: each line with its order's number and status and the quantity that has arrived."""

    po_number = peewee.CharField(max_length=40)
    po_status = peewee.CharField(max_length=20)
    received_quantity = AmountField()


class PurchaseOrderReceipt(TenantModel):
    purchase_order_id = IdField()
    receipt_date = BusinessDateField()
    external_id = peewee.CharField(null=True)
    created_at = InstantField()
    updated_at = InstantField()


class PurchaseOrderReceiptItem(TenantModel):
    receipt_id = IdField()
    po_item_id = IdField()
    quantity = AmountField()
    unit_cost = AmountField()
    unit_quantity = AmountField(null=True)
    amount = ValueField(null=True)


class PurchaseOrderCostChange(TenantModel):
    purchase_order_id = IdField()
    kind = peewee.CharField(max_length=20)
    cost = peewee.CharField(max_length=20, null=True)
    basis = peewee.CharField(max_length=20, null=True)
    reason = peewee.TextField(null=True)
    event_date = InstantField()
    created_at = InstantField()


class PurchaseOrderCostChangeItem(TenantModel):
    cost_change_id = IdField()
    receipt_item_id = IdField()
    ledger_entry_id = IdField()
    unit_cost_before = AmountField(null=True)
    unit_cost = AmountField(null=True)
    amount = ValueField()
