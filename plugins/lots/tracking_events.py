"""What was done to lots, by the tracking events of the FDA (21 CFR part 1, subpart S): received, transformed, shipped,
with what has to be known of each (docs/rules.md, Lots)."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from pharus.db import current, db
from pharus.fields import canonical_sql
from pharus.pdf.paper import Party, party_lines
from pharus.rowsets import array
from plugins.customers.records import customers
from plugins.locations.records import locations, party_of
from plugins.lots import partners, tracing
from plugins.lots.records import lots
from plugins.lots.schemas import LotTrackingEvent, LotTrackingEventList
from plugins.platform.letterhead import letterhead
from plugins.vendors.records import vendors

# By the beginning of the source of an entry.
_DOCUMENTS = {"po": "Purchase order", "wo": "Work order", "prod": "Production order", "so": "Sales order"}


def events(id: str, direction: str) -> LotTrackingEventList:
    """Of a lot and of all that it went into or came from, the first to happen first; of what was made also what else
    went into it. NotFound."""
    lots.get(id)
    ways = [tracing.way(id, each) for each in ("back", "forward") if direction in (each, "both")]
    lot_ids = {lot_id for way in ways for lot_id in way.levels}
    rows = _moved(lot_ids, {process.id for way in ways for _, process in way.steps})
    descriptions = _Descriptions(rows)
    return {"data": [descriptions.event(row) for row in rows]}


def _moved(lot_ids: Iterable[str], process_ids: Iterable[str]) -> list[dict[str, Any]]:
    org_id = current().org_id
    named: Any = {"org_id": org_id, "lots": array(lot_ids), "processes": array(process_ids)}
    rows = db.rows(_MOVED, named)
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


class _Descriptions:
    """Who and where everybody was that had a part in it, with address and telephone, read together."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        own, _ = letterhead()
        self._places = {
            id: party_of(each)
            for id, each in locations.require(_ids(rows, "location_id", "to_id"), active=False).items()
        }
        self._partners = {
            **self._parties("vendor", vendors.require(_ids(rows, "vendor_id"), active=False)),
            **self._parties("customer", customers.require(_ids(rows, "customer_id"), active=False)),
        }
        self._own = own.name
        # Who has given a lot the code by which everybody knows it: the vendor whose code it has, or who made it.
        self._sources: dict[str, Party] = {}
        for row in rows:
            if row["supplier_lot"] is not None and row["vendor_id"] is not None:
                self._sources.setdefault(row["lot_id"], self._partners[row["vendor_id"]])
            elif row["supplier_lot"] is None and row["event"] != "transformation_used":
                self._sources.setdefault(row["lot_id"], self._places[row["location_id"]])

    def event(self, row: Mapping[str, Any]) -> LotTrackingEvent:
        partner_id = row["vendor_id"] or row["customer_id"]
        partner = self._partners.get(partner_id) if partner_id is not None else self._places.get(row["to_id"])
        place, source = self._places[row["location_id"]], self._sources.get(row["lot_id"])
        return cast(
            LotTrackingEvent,
            {
                "event": row["event"],
                "eventDate": row["event_date"],
                "traceabilityLotCode": row["supplier_lot"] or row["code"],
                "itemCode": row["item_code"],
                "itemName": row["item_name"],
                "quantity": row["quantity"],
                "unit": row["unit"],
                "locationName": place.name,
                "locationDescription": self._described(place, is_own=True),
                "partnerName": partner.name if partner is not None else None,
                "partnerDescription": self._described(partner, is_own=partner_id is None) if partner else None,
                "lotCodeSource": self._described(source, is_own=row["supplier_lot"] is None) if source else None,
                "referenceType": _document(row["source_type"]),
                "referenceNumber": row["ref"],
                "lotId": row["lot_id"],
                "lotCode": row["code"],
                "process": row["process_id"],
            },
        )

    def _described(self, party: Party, *, is_own: bool) -> str:
        """In one cell; a place of the organization by its own name, too."""
        lines = party_lines(party)
        return ", ".join([*([self._own] if is_own else []), lines["name"], *lines["lines"]])

    @staticmethod
    def _parties(kind: Any, records: Mapping[str, Any]) -> dict[str, Party]:
        people = partners.contacts(kind, records)
        found = {}
        for id, record in records.items():
            first = next(iter(people.get(id, ())), None)
            found[id] = Party.of(record, phone=first["phone"], email=first["email"]) if first else Party.of(record)
        return found


def _ids(rows: list[dict[str, Any]], *columns: str) -> set[str]:
    return {row[column] for row in rows for column in columns if row[column] is not None}


def _document(source_type: str | None) -> str | None:
    return "Transfer" if source_type == "transfer" else _DOCUMENTS.get((source_type or "").split("_")[0])


_COLUMNS = (
    *("event", "event_date", "lot_id", "code", "supplier_lot", "item_code", "item_name", "unit", "quantity"),
    *("location_id", "to_id", "vendor_id", "customer_id", "source_type", "ref", "process_id"),
)
# What was undone, or a part of it, is taken off what it undid. Goods that arrive of a transfer come from where they
# left.
_MOVED = f"""
SELECT moved.event, moved.event_date, lot.id, lot.code, lot.supplier_lot,
    coalesce(material.material_code, sku.sku_code), coalesce(material.name, sku.name),
    coalesce(material.unit, sku.unit), {canonical_sql("moved.left_of_it")}, moved.location_id,
    coalesce(moved.to_location_id, sent.location_id), vendor.id, sales_order.customer_id, moved.source_type, moved.ref,
    moved.process_id
FROM (
    SELECT entry.*, CASE
            WHEN process_id IS NOT NULL THEN
                CASE event_type WHEN 'CONSUME' THEN 'transformation_used' ELSE 'transformation_made' END
            WHEN event_type IN ('CONSUME', 'TRANSFER') THEN 'shipping' ELSE 'receiving' END AS event,
        entry.quantity - coalesce((
            SELECT sum(undone.quantity) FROM lot_entry AS undone WHERE undone.org_id = entry.org_id
                AND undone.reverses_id = entry.entry_id AND undone.lot_id = entry.lot_id
        ), 0) AS left_of_it
    FROM lot_entry AS entry
    WHERE org_id = %(org_id)s AND reverses_id IS NULL
        AND (process_id IS NULL AND lot_id = ANY(%(lots)s::uuid[]) OR process_id = ANY(%(processes)s::uuid[]))
        AND (process_id IS NOT NULL AND event_type IN ('CONSUME', 'PRODUCE') OR event_type = 'TRANSFER'
            OR event_type = 'CONSUME' AND source_type IN ('so_item', 'so_shipment')
            OR event_type = 'RECEIVE' AND source_type IN ('po_receipt', 'so_return', 'transfer')
            OR event_type = 'WRITE_OFF' AND source_type = 'so_return')
) AS moved
JOIN lot ON lot.org_id = %(org_id)s AND lot.id = moved.lot_id
LEFT JOIN material ON material.org_id = %(org_id)s AND material.id = lot.material_id
LEFT JOIN sku ON sku.org_id = %(org_id)s AND sku.id = lot.sku_id
LEFT JOIN purchase_order_receipt_item AS came ON came.org_id = %(org_id)s AND came.id = moved.source_id
LEFT JOIN purchase_order_receipt AS receipt ON receipt.org_id = %(org_id)s AND receipt.id = came.receipt_id
LEFT JOIN purchase_order ON purchase_order.org_id = %(org_id)s AND purchase_order.id = receipt.purchase_order_id
LEFT JOIN vendor ON vendor.org_id = %(org_id)s AND vendor.id = purchase_order.vendor_id
LEFT JOIN sales_order_shipment_item AS went ON went.org_id = %(org_id)s
    AND went.id = CASE moved.source_type WHEN 'so_return' THEN moved.origin_id ELSE moved.source_id END
LEFT JOIN sales_order_item AS line ON line.org_id = %(org_id)s AND line.id = coalesce(
    went.so_item_id, CASE moved.source_type WHEN 'so_return' THEN moved.origin_id ELSE moved.source_id END)
LEFT JOIN sales_order ON sales_order.org_id = %(org_id)s AND sales_order.id = line.sales_order_id
LEFT JOIN LATERAL (
    SELECT location_id FROM lot_entry AS sent WHERE sent.org_id = %(org_id)s AND moved.source_type = 'transfer'
        AND moved.event_type = 'RECEIVE' AND sent.entry_id = moved.source_id AND sent.reverses_id IS NULL LIMIT 1
) AS sent ON true
WHERE moved.left_of_it > 0
ORDER BY moved.event_date, moved.created_at, moved.id
"""
