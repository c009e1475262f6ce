"""The operations of the units domain, in the order of the document: those of materials and of SKUs are the same."""

from decimal import Decimal
from typing import Unpack

from pharus.db import current, db
from pharus.errors import refuse
from pharus.listing import Listing, Order, Paging, flag, name_of
from pharus.schemas import BulkImportResult
from plugins.units import imports, measures, rules
from plugins.units.conversion import factor_text
from plugins.units.items import ITEMS
from plugins.units.items import ItemUnits as Units
from plugins.units.records import item_units
from plugins.units.schemas import BuiltInUnitList, ItemUnitBulkImport, ItemUnitPage, ItemUnits, ItemUnitsReplace

_list = Listing(
    item_units,
    Order(("id",)),
    {},
    sorts={"id": ("id",)},
    names={
        "materialCode": name_of("material", "item_unit", "material_id", "material_code"),
        "materialName": name_of("material", "item_unit", "material_id"),
        "skuCode": name_of("sku", "item_unit", "sku_id", "sku_code"),
        "skuName": name_of("sku", "item_unit", "sku_id"),
    },
)


def list_units() -> BuiltInUnitList:
    return {
        "data": [
            {
                "unit": each.unit,
                "measure": each.measure,
                "baseUnit": measures.BASES[each.measure],
                "numerator": Decimal(each.size.numerator),
                "denominator": Decimal(each.size.denominator),
            }
            for each in measures.BUILT_IN.values()
        ]
    }


def list_item_units(**paging: Unpack[Paging]) -> ItemUnitPage:
    return _list.page({}, **paging)


def bulk_import_item_units(body: ItemUnitBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return imports.units(body["rows"], mode=mode, dry_run=flag(dry_run) is True)


def get_material_units(id: str) -> ItemUnits:
    return _get("material", id)


def replace_material_units(id: str, body: ItemUnitsReplace) -> ItemUnits:
    return _replace("material", id, body)


def get_sku_units(id: str) -> ItemUnits:
    return _get("sku", id)


def replace_sku_units(id: str, body: ItemUnitsReplace) -> ItemUnits:
    return _replace("sku", id, body)


def _get(table: str, id: str) -> ItemUnits:
    items, units, column = ITEMS[table]
    item = items.get(id)
    return _shown(Units(item["unit"], item["density"], units.of(column, id)))


def _replace(table: str, id: str, body: ItemUnitsReplace) -> ItemUnits:
    """Who writes a line holds the item's key (`items.read`), so that it has the units of before, or those of now."""
    refuse(rules.problems(body["units"]))
    items, units, column = ITEMS[table]
    item = items.get(id, lock=True)
    further = rules.further_units(Units(item["unit"], item["density"]), body["units"])
    db.defer(f"DELETE FROM {units.table} WHERE org_id = %s AND {column} = %s", (current().org_id, id))
    stored = units.insert_all({**units.values_of(each), column: id} for each in further)
    return _shown(Units(item["unit"], item["density"], stored))


def _shown(item: Units) -> ItemUnits:
    return {
        "unit": item.unit,
        "density": item.density,
        "units": [{**each, "factor": factor_text(item.factor_of(each))} for each in item.further],
    }
