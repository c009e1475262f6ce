"""The operations of the lots domain, in the order of the document."""

from typing import Unpack, cast

from pharus.db import current, db
from pharus.fields import business_date, canonical_sql
from pharus.files import Rendering
from pharus.listing import DEFAULT_LIMIT, Listing, Order, Paging, Search, contains, name_of
from pharus.row_dicts import dicts
from plugins.inventory import rules as inventory_rules
from plugins.inventory.history import Basis
from plugins.lots import (
    expiry,
    labels,
    mass_balance,
    opening,
    recall_papers,
    recalls,
    rules,
    scans,
    settings,
    tracing,
    tracking_events,
)
from plugins.lots.records import lot_entries, lots
from plugins.lots.schemas import (
    ExpiringLotPage,
    Lot,
    LotAllowance,
    LotBalance,
    LotBalanceList,
    LotEntryPage,
    LotMassBalance,
    LotPage,
    LotReason,
    LotRecallCreate,
    LotRecallLineList,
    LotRecallList,
    LotRecallReport,
    LotScan,
    LotSettings,
    LotSettingsUpdate,
    LotTrace,
    LotTrackingEventList,
    LotTrackingStart,
    LotUpdate,
)

_NEWEST_FIRST = Order(("id",), descending=True)

_list = Listing(
    lots,
    _NEWEST_FIRST,
    {
        "material_id": "material_id = %s",
        "sku_id": "sku_id = %s",
        "status": "status = %s",
        "q": Search("code ILIKE %s OR supplier_lot ILIKE %s", "find_ids('lot', %s)"),
    },
    sorts={"id": ("id",), "code": ("code_key", "id"), "updatedAt": ("updated_at", "id")},
    names={
        "itemCode": f"coalesce({name_of('material', 'lot', 'material_id', 'material_code')}, "
        f"{name_of('sku', 'lot', 'sku_id', 'sku_code')})",
        "itemName": f"coalesce({name_of('material', 'lot', 'material_id')}, {name_of('sku', 'lot', 'sku_id')})",
    },
)
_list_entries = Listing(
    lot_entries,
    _NEWEST_FIRST,
    {"lot": "lot_id = %s"},
    sorts={"id": ("id",)},
    names={"locationName": name_of("location", "lot_entry", "location_id")},
)


def list_lots(
    material_id: str | None = None,
    sku_id: str | None = None,
    status: str | None = None,
    q: str | None = None,
    **paging: Unpack[Paging],
) -> LotPage:
    given = {
        "material_id": material_id,
        "sku_id": sku_id,
        "status": status,
        "q": contains(q),
    }
    return _list.page(given, **paging)


def get_lot_settings() -> LotSettings:
    return settings.read()


def update_lot_settings(body: LotSettingsUpdate) -> LotSettings:
    return settings.change(body)


def start_lot_tracking(body: LotTrackingStart) -> Lot:
    return opening.start(body)


def resolve_lot_scan(code: str) -> LotScan:
    return scans.resolve(code)


def list_expiring_lots(
    before: str | None = None,
    location_id: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> ExpiringLotPage:
    return expiry.page(None if before is None else business_date(before), location_id, cursor, limit)


def get_lot(id: str) -> Lot:
    return lots.get(id)


def update_lot(id: str, body: LotUpdate) -> Lot:
    before = lots.get(id, lock=True)
    values = lots.values_of(body)
    if "best_before" in values:
        rules.refuse_no_end(before, values["best_before"])
        # Whether it has expired is told anew.
        values["expired_at"] = None
    if "attributes" in values:
        values["attributes"] = rules.stored_attributes(values["attributes"])
    return lots.update(id, values)


def get_lot_label_pdf(id: str, copies: int = 1, size: str = "100x50") -> Rendering:
    return labels.rendering(id, size, copies)


def list_lot_balances(id: str) -> LotBalanceList:
    lots.get(id)
    rows = db.rows(
        f"""
        SELECT there.location_id, {canonical_sql("on_hand")}, {canonical_sql("in_transit")}
        FROM lot_balance AS there
        JOIN location ON location.org_id = there.org_id AND location.id = there.location_id
        WHERE there.org_id = %s AND lot_id = %s AND (on_hand > 0 OR in_transit > 0)
        ORDER BY location.sort_order, location_id
        """,
        (current().org_id, id),
    )
    return {"data": cast(list[LotBalance], dicts(("locationId", "onHand", "inTransit"), rows))}


def list_lot_entries(id: str, **paging: Unpack[Paging]) -> LotEntryPage:
    lots.get(id)
    return _list_entries.page({"lot": id}, **paging)


def release_lot(id: str, body: LotReason) -> Lot:
    return rules.give_status(id, "released", body["reason"])


def hold_lot(id: str, body: LotReason) -> Lot:
    return rules.give_status(id, "on_hold", body["reason"])


def reject_lot(id: str, body: LotReason) -> Lot:
    return rules.give_status(id, "rejected", body["reason"])


def allow_expired_lot(id: str, body: LotAllowance) -> Lot:
    before = lots.get(id, lock=True)
    until = business_date(body["until"])
    rules.refuse_allowance(before, until)
    return lots.update(id, {"allowed_until": until, "expired_at": None, **rules.said(body["reason"])})


def get_lot_trace(id: str, direction: str = "both") -> LotTrace:
    return tracing.trace(id, direction)


def list_lot_tracking_events(id: str, direction: str = "both") -> LotTrackingEventList:
    return tracking_events.events(id, direction)


def get_lot_mass_balance(id: str, as_of: str | None = None, as_of_basis: Basis = "event") -> LotMassBalance:
    return mass_balance.balance(id, inventory_rules.as_of(as_of, as_of_basis))


def recall_lot(id: str, body: LotRecallCreate) -> LotRecallReport:
    return recalls.recall(id, body)


def list_lot_recalls(id: str) -> LotRecallList:
    lots.get(id)
    return {"data": recalls.all_of(id)}


def get_lot_recall(id: str) -> LotRecallReport:
    return recalls.report_of(id)


def list_lot_recall_lines(id: str) -> LotRecallLineList:
    return recall_papers.lines(id)


def get_lot_recall_pdf(id: str) -> Rendering:
    return recall_papers.rendering(id)
