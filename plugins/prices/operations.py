"""The operations of the prices domain, in the order of the document."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar, Unpack

from pharus import bulk
from pharus.db import current
from pharus.fields import business_date
from pharus.listing import Listing, Order, Paging, flag, name_of
from pharus.records import Records, Values
from pharus.required import require_active
from pharus.schemas import BulkImportResult, DeletedId
from plugins.customers.records import customers, segments
from plugins.materials.records import materials
from plugins.prices import rules
from plugins.prices.price_units import cost_of, per_stock_unit, refuse_too_large, with_factors
from plugins.prices.pricing import Purchase, Said, Sale, customer_prices_of, supplier_prices_of
from plugins.prices.records import customer_prices, supplier_prices
from plugins.prices.schemas import (
    CustomerPrice,
    CustomerPriceBulkImport,
    CustomerPriceCreate,
    CustomerPriceLookUp,
    CustomerPricePage,
    CustomerPriceUpdate,
    SupplierPrice,
    SupplierPriceBulkImport,
    SupplierPriceCreate,
    SupplierPriceLookUp,
    SupplierPricePage,
    SupplierPriceUpdate,
)
from plugins.products.records import skus
from plugins.units.lines import in_stock_units
from plugins.vendors.records import vendors

T = TypeVar("T")

_NEWEST_FIRST = Order(("id",), descending=True)
_SORTS = {"id": ("id",), "validFrom": ("valid_from", "id"), "updatedAt": ("updated_at", "id")}
_VALID_ON = "valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)"
_ITEMS: Mapping[str, Records[Any]] = {"material": materials, "sku": skus}
# The columns of the prices, by table.
_PRICES = {supplier_prices.table: "unit_cost", customer_prices.table: "unit_price"}
_OF_SUPPLIERS: Mapping[str, Records[Any]] = {"vendor_id": vendors, "material_id": materials, "sku_id": skus}
_OF_CUSTOMERS: Mapping[str, Records[Any]] = {
    "sku_id": skus,
    "customer_id": customers,
    "customer_segment_id": segments.records,
}

_list_of_suppliers = Listing(
    supplier_prices,
    _NEWEST_FIRST,
    {
        "vendor_id": "vendor_id = %s",
        "material_id": "material_id = %s",
        "sku_id": "sku_id = %s",
        "valid_on": _VALID_ON,
    },
    sorts=_SORTS,
    names={
        "vendorName": name_of("vendor", "supplier_price", "vendor_id"),
        "materialCode": name_of("material", "supplier_price", "material_id", "material_code"),
        "materialName": name_of("material", "supplier_price", "material_id"),
        "skuCode": name_of("sku", "supplier_price", "sku_id", "sku_code"),
        "skuName": name_of("sku", "supplier_price", "sku_id"),
    },
)
_list_of_customers = Listing(
    customer_prices,
    _NEWEST_FIRST,
    {
        "sku_id": "sku_id = %s",
        # A price has one payer: with both there is none, and none is looked for.
        "customer_id": "payer_id = %s",
        "customer_segment_id": "payer_id = %s",
        "valid_on": _VALID_ON,
    },
    sorts=_SORTS,
    names={
        "skuCode": name_of("sku", "customer_price", "sku_id", "sku_code"),
        "skuName": name_of("sku", "customer_price", "sku_id"),
        "customerName": name_of("customer", "customer_price", "customer_id"),
        "customerSegmentName": name_of("customer_segment", "customer_price", "customer_segment_id"),
    },
)


def create_supplier_price(body: SupplierPriceCreate) -> SupplierPrice:
    return _create(supplier_prices, _OF_SUPPLIERS, body)


def list_supplier_prices(
    vendor_id: str | None = None,
    material_id: str | None = None,
    sku_id: str | None = None,
    valid_on: str | None = None,
    **paging: Unpack[Paging],
) -> SupplierPricePage:
    given = {"vendor_id": vendor_id, "material_id": material_id, "sku_id": sku_id, "valid_on": _day(valid_on)}
    return _list_of_suppliers.page(given, **paging)


def update_supplier_price(id: str, body: SupplierPriceUpdate) -> SupplierPrice:
    return _update(supplier_prices, id, body)


def delete_supplier_price(id: str) -> DeletedId:
    supplier_prices.delete(id)
    return {"deletedId": id}


def get_supplier_price(id: str) -> SupplierPrice:
    return supplier_prices.get(id)


def bulk_import_supplier_prices(
    body: SupplierPriceBulkImport, mode: str, dry_run: str, accept_deactivated: str = "false"
) -> BulkImportResult:
    return _import(supplier_prices, _OF_SUPPLIERS, body, mode, dry_run, accept_deactivated)


def look_up_supplier_price(
    vendor_id: str, item_type: str, item_id: str, quantity: str, date: str | None = None, unit: str | None = None
) -> SupplierPriceLookUp:
    is_material = item_type == "material"
    vendors.get(vendor_id)
    _ITEMS[item_type].get(item_id)
    said, day = _said({f"{item_type}_id": item_id}, quantity, unit), _day(date) or current().today
    (price,) = supplier_prices_of([Purchase(vendor_id, item_id, said, day)])
    return {
        "vendorId": vendor_id,
        "materialId": item_id if is_material else None,
        "skuId": None if is_material else item_id,
        "quantity": Decimal(quantity),
        "date": day,
        "unitCost": price and per_stock_unit(price["unitFactor"], price["unitCost"]),
        "amount": price and cost_of(said.quantity, price["unitFactor"], price["unitCost"]),
        "supplierPriceId": price and price["id"],
        "minQuantity": price and price["minQuantity"],
        "supplierItemCode": price and price["supplierItemCode"],
        "validFrom": price and price["validFrom"],
        "validTo": price and price["validTo"],
        "unit": price and price["unit"],
        "pricePerUnit": price["unitCost"] if price and price["unit"] is not None else None,
    }


def create_customer_price(body: CustomerPriceCreate) -> CustomerPrice:
    rules.refuse_two_payers(body)
    return _create(customer_prices, _OF_CUSTOMERS, body)


def list_customer_prices(
    sku_id: str | None = None,
    customer_id: str | None = None,
    customer_segment_id: str | None = None,
    valid_on: str | None = None,
    **paging: Unpack[Paging],
) -> CustomerPricePage:
    given = {
        "sku_id": sku_id,
        "customer_id": customer_id,
        "customer_segment_id": customer_segment_id,
        "valid_on": _day(valid_on),
    }
    return _list_of_customers.page(given, **paging)


def update_customer_price(id: str, body: CustomerPriceUpdate) -> CustomerPrice:
    return _update(customer_prices, id, body)


def delete_customer_price(id: str) -> DeletedId:
    customer_prices.delete(id)
    return {"deletedId": id}


def get_customer_price(id: str) -> CustomerPrice:
    return customer_prices.get(id)


def bulk_import_customer_prices(
    body: CustomerPriceBulkImport, mode: str, dry_run: str, accept_deactivated: str = "false"
) -> BulkImportResult:
    row_errors = rules.two_payers(body["rows"])
    return _import(customer_prices, _OF_CUSTOMERS, body, mode, dry_run, accept_deactivated, row_errors)


def look_up_customer_price(
    sku_id: str, quantity: str, customer_id: str | None = None, date: str | None = None, unit: str | None = None
) -> CustomerPriceLookUp:
    skus.get(sku_id)
    if customer_id is not None:
        customers.get(customer_id)
    said, day = _said({"sku_id": sku_id}, quantity, unit), _day(date) or current().today
    (price,) = customer_prices_of([Sale(customer_id, sku_id, said, day)])
    return {
        "skuId": sku_id,
        "customerId": customer_id,
        "quantity": Decimal(quantity),
        "date": day,
        "unitPrice": price and per_stock_unit(price["unitFactor"], price["unitPrice"]),
        "amount": price and cost_of(said.quantity, price["unitFactor"], price["unitPrice"]),
        "customerPriceId": price and price["id"],
        "minQuantity": price and price["minQuantity"],
        "forCustomerId": price and price["customerId"],
        "forCustomerSegmentId": price and price["customerSegmentId"],
        "validFrom": price and price["validFrom"],
        "validTo": price and price["validTo"],
        "unit": price and price["unit"],
        "pricePerUnit": price["unitPrice"] if price and price["unit"] is not None else None,
    }


def _create(records: Records[T], references: Mapping[str, Records[Any]], body: Mapping[str, Any]) -> T:
    (values,), refused = with_factors([_values(records, body)], _PRICES[records.table])
    rules.refuse_end_before_beginning(values)
    require_active(*((named, values.get(column)) for column, named in references.items()))
    if refused:
        raise refused[0].error
    return records.insert(values)


def _update(records: Records[T], id: str, body: Mapping[str, Any]) -> T:
    before: Any = records.get(id, lock=True)
    values = records.values_of(body)
    rules.refuse_changed_end(before, values)
    if (price := values.get(_PRICES[records.table])) is not None:
        refuse_too_large(before["unitFactor"], price)
    return records.update(id, values)


def _import(
    records: Records[Any],
    references: Mapping[str, Records[Any]],
    body: Mapping[str, Any],
    mode: str,
    dry_run: str,
    accept_deactivated: str,
    row_errors: list[bulk.RowError] | None = None,
) -> BulkImportResult:
    rows, refused = with_factors([_values(records, row) for row in body["rows"]], _PRICES[records.table])
    found = [*(row_errors or ()), *rules.wrong_ends(rows), *refused]
    found += bulk.wrong_references(records, rows, references, accept_deactivated)
    return bulk.import_rows(
        len(rows),
        lambda good: records.insert_many([rows[index] for index in good]),
        mode=mode,
        dry_run=flag(dry_run) is True,
        row_errors=found,
        check=rules.overlap_check(records, tuple(references), rows),
    )


def _said(item: Values, quantity: str, unit: str | None) -> Said:
    """Conflict for a unit that the item does not know."""
    if unit is None:
        return Said(Fraction(quantity))
    (line,) = in_stock_units([{**item, "unit": unit, "unit_quantity": Decimal(quantity)}])
    return Said.by(line)


def _values(records: Records[Any], body: Mapping[str, Any]) -> dict[str, Any]:
    return {"valid_from": current().today, **records.values_of(body)}


def _day(text: str | None) -> date | None:
    return None if text is None else business_date(text)
