"""The operations of the inventory, in the order of the document: both ledgers through the same movements."""

from typing import Any, TypeVar, Unpack, cast

from pharus.db import current, db
from pharus.fields import canonical_sql
from pharus.listing import Filter, Listing, Order, Paging, flag, name_of
from pharus.records import Records
from pharus.row_dicts import dicts
from pharus.schemas import BulkImportResult
from plugins.inventory import history, opening, records, rules
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS, Ledger
from plugins.inventory.schemas import (
    FinishedGoodsAdjustment,
    FinishedGoodsDisposal,
    FinishedGoodsLedgerEntry,
    FinishedGoodsLedgerPage,
    FinishedGoodsOpeningBalanceBulkImport,
    FinishedGoodsRevaluation,
    FinishedGoodsSummary,
    FinishedGoodsSummaryList,
    FinishedGoodsTransferCreate,
    FinishedGoodsTransferCreated,
    MaterialsAdjustment,
    MaterialsDisposal,
    MaterialsLedgerEntry,
    MaterialsLedgerPage,
    MaterialsOpeningBalanceBulkImport,
    MaterialsRevaluation,
    MaterialsSummary,
    MaterialsSummaryList,
    MaterialsTransferCreate,
    MaterialsTransferCreated,
    RevaluationReversal,
    TransferCancel,
    TransferComplete,
)

T = TypeVar("T")

# Newest event first, then newest written. A place is where an entry lies or where its goods are going, never both.
_ORDER = Order(("event_date", "id"), descending=True)
_SORTS = {"eventDate": ("event_date", "id"), "createdAt": ("created_at", "id"), "id": ("id",)}
_FILTERS: dict[str, Filter] = {
    "item": "item_id = %s",
    "location": ("location_id = %s", "to_location_id = %s"),
    "event_type": "event_type = %s",
    "ref": "ref = %s",
    # LIKE would say the same, but row-level security lets it choose no rows from an index.
    "ref_prefix": "ref >= %s AND ref < %s || chr(1114111)",
    "date_from": "event_date >= %s",
    "before": "event_date < %s",
}
# What a summary shows of a balance. The average cost is rounded half up to 6 places, from whole numbers: PostgreSQL has
# rounded a quotient already, and rounding that would round twice.
_SUMMARY = {
    "onHand": "on_hand",
    "onOrder": "on_order",
    "demand": "demand",
    "allocated": "allocated",
    "available": "on_hand - allocated",
    "inTransit": "in_transit",
    "averageCost": "CASE WHEN on_hand > 0 THEN div(2000000 * value + on_hand, 2 * on_hand) * 0.000001 END",
    "value": "value",
    "inTransitValue": "in_transit_value",
}


def _listing(ledger: Ledger, entries: Records[T]) -> Listing[T]:
    names = {
        f"{ledger.item}Code": name_of(ledger.item, entries.table, "item_id", f"{ledger.item}_code"),
        f"{ledger.item}Name": name_of(ledger.item, entries.table, "item_id"),
        f"{ledger.item}Unit": name_of(ledger.item, entries.table, "item_id", "unit"),
        "locationName": name_of("location", entries.table, "location_id"),
        "toLocationName": name_of("location", entries.table, "to_location_id"),
    }
    return Listing(entries, _ORDER, _FILTERS, sorts=_SORTS, names=names)


_materials_ledger = _listing(MATERIALS, records.material_entries)
_finished_goods_ledger = _listing(FINISHED_GOODS, records.finished_goods_entries)


# Materials


def create_materials_transfer(body: MaterialsTransferCreate) -> MaterialsTransferCreated:
    entry, ref = records.material_movements.transfer(body)
    return {"ledgerEntry": entry, "ref": ref}


def complete_materials_transfer(ref: str, body: TransferComplete) -> MaterialsLedgerEntry:
    return records.material_movements.complete(ref, body)


def cancel_materials_transfer(ref: str, body: TransferCancel) -> MaterialsLedgerEntry:
    return records.material_movements.cancel(ref, body)


def revalue_materials_inventory(body: MaterialsRevaluation) -> MaterialsLedgerEntry:
    return records.material_movements.revalue(body)


def reverse_materials_revaluation(id: str, body: RevaluationReversal) -> MaterialsLedgerEntry:
    return records.material_movements.reverse_revaluation(id, body)


def bulk_import_materials_opening_balances(
    body: MaterialsOpeningBalanceBulkImport, mode: str, dry_run: str
) -> BulkImportResult:
    return opening.bulk_import(records.material_movements, body["rows"], mode=mode, dry_run=flag(dry_run) is True)


def adjust_materials_inventory(body: MaterialsAdjustment) -> MaterialsLedgerEntry:
    return records.material_movements.by_hand("ADJUST", body)


def dispose_materials_inventory(body: MaterialsDisposal) -> MaterialsLedgerEntry:
    return records.material_movements.by_hand("DISPOSE", body)


def get_materials_summary(
    material_id: str | None = None,
    location_id: str | None = None,
    as_of: str | None = None,
    as_of_basis: history.Basis = "event",
    expand: str | None = None,
) -> MaterialsSummaryList:
    given = (material_id, location_id, rules.as_of(as_of, as_of_basis))
    return {"data": cast(list[MaterialsSummary], _summary(MATERIALS, *given, expand is not None))}


def list_materials_ledger_entries(
    material_id: str | None = None,
    location_id: str | None = None,
    event_type: str | None = None,
    ref: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    **paging: Unpack[Paging],
) -> MaterialsLedgerPage:
    given = _given(material_id, location_id, event_type, ref, date_from, date_to)
    return _materials_ledger.page(given, **paging)


def get_materials_ledger_entry(id: str) -> MaterialsLedgerEntry:
    return records.material_entries.get(id)


# Finished goods


def create_finished_goods_transfer(body: FinishedGoodsTransferCreate) -> FinishedGoodsTransferCreated:
    entry, ref = records.finished_goods_movements.transfer(body)
    return {"ledgerEntry": entry, "ref": ref}


def complete_finished_goods_transfer(ref: str, body: TransferComplete) -> FinishedGoodsLedgerEntry:
    return records.finished_goods_movements.complete(ref, body)


def cancel_finished_goods_transfer(ref: str, body: TransferCancel) -> FinishedGoodsLedgerEntry:
    return records.finished_goods_movements.cancel(ref, body)


def revalue_finished_goods_inventory(body: FinishedGoodsRevaluation) -> FinishedGoodsLedgerEntry:
    return records.finished_goods_movements.revalue(body)


def reverse_finished_goods_revaluation(id: str, body: RevaluationReversal) -> FinishedGoodsLedgerEntry:
    return records.finished_goods_movements.reverse_revaluation(id, body)


def bulk_import_finished_goods_opening_balances(
    body: FinishedGoodsOpeningBalanceBulkImport, mode: str, dry_run: str
) -> BulkImportResult:
    movements = records.finished_goods_movements
    return opening.bulk_import(movements, body["rows"], mode=mode, dry_run=flag(dry_run) is True)


def adjust_finished_goods_inventory(body: FinishedGoodsAdjustment) -> FinishedGoodsLedgerEntry:
    return records.finished_goods_movements.by_hand("ADJUST", body)


def dispose_finished_goods_inventory(body: FinishedGoodsDisposal) -> FinishedGoodsLedgerEntry:
    return records.finished_goods_movements.by_hand("DISPOSE", body)


def get_finished_goods_summary(
    sku_id: str | None = None,
    location_id: str | None = None,
    as_of: str | None = None,
    as_of_basis: history.Basis = "event",
    expand: str | None = None,
) -> FinishedGoodsSummaryList:
    given = (sku_id, location_id, rules.as_of(as_of, as_of_basis))
    return {"data": cast(list[FinishedGoodsSummary], _summary(FINISHED_GOODS, *given, expand is not None))}


def list_finished_goods_ledger_entries(
    sku_id: str | None = None,
    location_id: str | None = None,
    event_type: str | None = None,
    ref: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    **paging: Unpack[Paging],
) -> FinishedGoodsLedgerPage:
    given = _given(sku_id, location_id, event_type, ref, date_from, date_to)
    return _finished_goods_ledger.page(given, **paging)


def get_finished_goods_ledger_entry(id: str) -> FinishedGoodsLedgerEntry:
    return records.finished_goods_entries.get(id)


def _given(
    item_id: str | None,
    location_id: str | None,
    event_type: str | None,
    ref: str | None,
    date_from: str | None,
    date_to: str | None,
) -> dict[str, Any]:
    start, before = rules.period(date_from, date_to)
    prefix = rules.ref_prefix(ref)
    return {
        "item": item_id,
        "location": location_id,
        "event_type": event_type,
        "ref": ref if prefix is None else None,
        "ref_prefix": prefix,
        "date_from": start,
        "before": before,
    }


def _summary(
    ledger: Ledger, item_id: str | None, location_id: str | None, as_of: history.AsOf | None, is_expanded: bool
) -> list[dict[str, Any]]:
    """The balances, as they are or as they were: what it costs to read them does not grow with the ledger."""
    past, parameters = "", list[Any]()
    if as_of is not None:
        past, parameters = history.past(ledger, [as_of], item_id, location_id)
    shown = {key: canonical_sql(expression) for key, expression in _SUMMARY.items()}
    if is_expanded:
        shown |= {
            f"{ledger.item}Code": f"item.{ledger.item}_code",
            f"{ledger.item}Name": "item.name",
            f"{ledger.item}Unit": "item.unit",
            "locationName": "location.name",
        }
    keys = (ledger.item_key, "locationId", *shown)
    rows = db.rows(
        f"""
        {past} SELECT item_id, location_id, {", ".join(shown.values())}
        FROM {"past" if past else ledger.balances} AS balance
        JOIN {ledger.item} AS item ON item.org_id = balance.org_id AND item.id = balance.item_id
        JOIN location ON location.org_id = balance.org_id AND location.id = balance.location_id
        WHERE balance.org_id = %s AND (%s::uuid IS NULL OR item_id = %s) AND (%s::uuid IS NULL OR location_id = %s)
        ORDER BY item.sort_key, item_id, location.sort_order, location_id
        """,
        (*parameters, current().org_id, item_id, item_id, location_id, location_id),
    )
    return dicts(keys, rows)
