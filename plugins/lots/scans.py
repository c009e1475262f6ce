"""A scan leads to its lot (docs/rules.md, Lots)."""

from pharus.db import current
from pharus.errors import Invalid, Problem
from pharus.gtins import forms_of
from plugins.lots import gs1
from plugins.lots.records import lots
from plugins.lots.schemas import Lot, LotScan

# A number of an item alone has as many lots as the item.
_MOST_LOTS = 100
_HAS_CODE = "(code_key = text_key(%s) OR supplier_lot = %s)"
_OF_ITEM = """(material_id IN (SELECT id FROM material WHERE org_id = %s AND gtin = ANY(%s))
    OR sku_id IN (SELECT id FROM sku WHERE org_id = %s AND gtin = ANY(%s)))"""


def resolve(code: str) -> LotScan:
    """Invalid when it is nothing that a label says."""
    try:
        scan = gs1.read(code)
    except gs1.Unreadable as error:
        raise Invalid([Problem("query/code", str(error))]) from error
    found = {lot["id"]: lot for lot in (*_of_the_label(scan), *_of_text(scan.text))}
    return {
        "gtin": scan.gtin,
        "lotCode": scan.lot_code,
        "bestBefore": scan.best_before,
        "lots": sorted(found.values(), key=lambda lot: lot["id"], reverse=True)[:_MOST_LOTS],
    }


def _of_the_label(scan: gs1.Scan) -> list[Lot]:
    """Where a label names its item, only lots of that item are meant."""
    if scan.lot_id is not None:
        return _select("id = %s", scan.lot_id)
    conditions, values = list[str](), list[object]()
    if scan.gtin is not None:
        conditions.append(_OF_ITEM)
        values += [current().org_id, forms_of(scan.gtin)] * 2
    if scan.lot_code is not None:
        conditions.append(_HAS_CODE)
        values += [scan.lot_code] * 2
    return _select(" AND ".join(conditions), *values) if conditions else []


def _of_text(text: str | None) -> list[Lot]:
    """Somebody has typed it, or printed it by other means: then it is a code, ours or the vendor's."""
    return _select(_HAS_CODE, text, text) if text is not None else []


def _select(condition: str, *values: object) -> list[Lot]:
    return lots.select(f"AND {condition} ORDER BY id DESC LIMIT {_MOST_LOTS}", values)
