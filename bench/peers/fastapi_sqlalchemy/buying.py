"""Purchase orders of materials are placed, and goods of them are received."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from bench.peers.fastapi_sqlalchemy import schemas
from bench.peers.fastapi_sqlalchemy.access import Caller, SessionDependency, caller_with, take_numbers
from bench.peers.fastapi_sqlalchemy.exact import ExactRoute
from bench.peers.fastapi_sqlalchemy.queries import no_query
from bench.peers.fastapi_sqlalchemy.tables import (
    Balance,
    LedgerEntry,
    Location,
    Material,
    PurchaseOrder,
    PurchaseOrderItem,
    PurchaseOrderReceipt,
    PurchaseOrderReceiptItem,
    Vendor,
)

router = APIRouter(prefix="/api/purchase-orders", route_class=ExactRoute, dependencies=[Depends(no_query)])

Member = Annotated[Caller, Depends(caller_with("member"))]


@router.post("", status_code=201, response_model=schemas.PurchaseOrderDetail)
def create_purchase_order(body: schemas.PurchaseOrderCreate, caller: Member, session: SessionDependency) -> Any:
    location_id = body.ship_to_location_id
    items = {line.material_id for line in body.items}
    _refuse_unknown(session, caller, ((Vendor, {body.vendor_id}), (Location, {location_id}), (Material, items)))
    (number,) = take_numbers(caller.org_id, "PO", caller.now.year, 1)
    order = PurchaseOrder(
        id=uuid7(),
        org_id=caller.org_id,
        po_number=f"PO-{caller.now.year}-{number:04d}",
        placed_at=caller.now.date(),
        created_at=caller.now,
        updated_at=caller.now,
        **body.model_dump(exclude={"items"}),
    )
    session.add(order)
    # The lines refer to the order, and nothing but the database says so.
    session.flush()
    lines = [
        PurchaseOrderItem(
            id=uuid7(), org_id=caller.org_id, purchase_order_id=order.id, sku_id=None, **line.model_dump()
        )
        for line in body.items
    ]
    session.add_all(lines)
    balances = _lock(session, caller, location_id, items)
    entries = []
    for line in lines:
        balances[line.material_id].on_order += line.quantity
        entries.append(
            LedgerEntry(
                material_id=line.material_id,
                event_type="ORDER",
                quantity=line.quantity,
                source_type="po_item",
                source_id=line.id,
                line_id=line.id,
                on_hand=Decimal(0),
                on_order=line.quantity,
                value=Decimal(0),
            )
        )
    _post(session, caller, order, None, entries)
    session.commit()
    return {"purchase_order": order, "items": lines}


@router.post("/{id}/receipts", status_code=201, response_model=schemas.PurchaseOrderReceived)
def receive_purchase_order(
    id: UUID, body: schemas.PurchaseOrderReceiptCreate, caller: Member, session: SessionDependency
) -> Any:
    order = session.get(PurchaseOrder, (caller.org_id, id), with_for_update=True)
    if order is None:
        raise HTTPException(404, "no purchase order with this id")
    if order.status not in ("Placed", "In Transit", "Partial", "Received"):
        raise HTTPException(409, "goods of this order cannot be received")
    lines = _lines(session, caller, id)
    receipt = PurchaseOrderReceipt(
        id=uuid7(),
        org_id=caller.org_id,
        purchase_order_id=id,
        receipt_date=caller.now.date(),
        created_at=caller.now,
        updated_at=caller.now,
    )
    session.add(receipt)
    session.flush()
    assert order.ship_to_location_id is not None
    balances = _lock(session, caller, order.ship_to_location_id, {line.material_id for line, _, _ in lines.values()})
    arrived, entries = [], []
    for item in body.items:
        if item.po_item_id not in lines:
            raise HTTPException(404, "the order has no such line")
        line, received, held = lines[item.po_item_id]
        cost = line.unit_cost if item.unit_cost is None else item.unit_cost
        fulfilled = min(item.quantity, max(held, Decimal(0)))
        lines[item.po_item_id] = (line, received + item.quantity, held - fulfilled)
        arrived.append(
            PurchaseOrderReceiptItem(
                id=uuid7(),
                org_id=caller.org_id,
                receipt_id=receipt.id,
                po_item_id=line.id,
                quantity=item.quantity,
                unit_cost=cost,
            )
        )
        balance = balances[line.material_id]
        balance.on_hand += item.quantity
        balance.on_order -= fulfilled
        balance.value += item.quantity * cost
        entries.append(
            LedgerEntry(
                material_id=line.material_id,
                event_type="RECEIVE",
                quantity=item.quantity,
                unit_cost=cost,
                source_type="po_receipt",
                source_id=arrived[-1].id,
                line_id=line.id,
                on_hand=item.quantity,
                on_order=-fulfilled,
                value=item.quantity * cost,
            )
        )
    session.add_all(arrived)
    _post(session, caller, order, body.notes, entries)
    _follow(order, caller, all(received >= line.quantity for line, received, _ in lines.values()))
    session.commit()
    return {"purchase_order": order, "receipt": receipt, "receipt_items": arrived}


def _refuse_unknown(session: Session, caller: Caller, named: Iterable[tuple[Any, set[UUID]]]) -> None:
    for table, ids in named:
        found = session.execute(
            select(table.id, table.is_active).where(table.org_id == caller.org_id, table.id.in_(ids))
        )
        known = dict(found.tuples().all())
        if len(known) < len(ids):
            raise HTTPException(404, f"no {table.__tablename__} with this id")
        if not all(known.values()):
            raise HTTPException(409, "what the order names is deactivated")


def _lines(session: Session, caller: Caller, order_id: UUID) -> dict[UUID, tuple[PurchaseOrderItem, Decimal, Decimal]]:
    """The lines with what has arrived of each, and what each holds on order."""
    received = (
        select(func.coalesce(func.sum(PurchaseOrderReceiptItem.quantity), 0))
        .where(
            PurchaseOrderReceiptItem.org_id == PurchaseOrderItem.org_id,
            PurchaseOrderReceiptItem.po_item_id == PurchaseOrderItem.id,
        )
        .scalar_subquery()
    )
    held = (
        select(func.coalesce(func.sum(LedgerEntry.on_order), 0))
        .where(LedgerEntry.org_id == PurchaseOrderItem.org_id, LedgerEntry.line_id == PurchaseOrderItem.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(PurchaseOrderItem, received, held).where(
            PurchaseOrderItem.org_id == caller.org_id, PurchaseOrderItem.purchase_order_id == order_id
        )
    )
    return {line.id: (line, Decimal(arrived), Decimal(open_)) for line, arrived, open_ in rows}


def _lock(session: Session, caller: Caller, location_id: UUID, items: Iterable[UUID]) -> dict[UUID, Balance]:
    ids = sorted(items)
    locked = (
        select(Balance)
        .where(Balance.org_id == caller.org_id, Balance.location_id == location_id, Balance.material_id.in_(ids))
        .order_by(Balance.material_id)
        .with_for_update()
    )
    found = {balance.material_id: balance for balance in session.scalars(locked)}
    if len(found) < len(ids):
        rows = [{"org_id": caller.org_id, "material_id": id, "location_id": location_id} for id in ids]
        session.execute(insert(Balance).values(rows).on_conflict_do_nothing())
        found = {balance.material_id: balance for balance in session.scalars(locked)}
    return found


def _post(
    session: Session, caller: Caller, order: PurchaseOrder, notes: str | None, entries: list[LedgerEntry]
) -> None:
    codes = take_numbers(caller.org_id, "MIL", 0, len(entries))
    for code, entry in zip(codes, entries, strict=True):
        entry.id, entry.org_id, entry.code = uuid7(), caller.org_id, f"MIL-{code:06d}"
        entry.location_id, entry.ref, entry.notes = order.ship_to_location_id, order.po_number, notes
        entry.event_date = entry.created_at = caller.now
    session.add_all(entries)


def _follow(order: PurchaseOrder, caller: Caller, is_whole: bool) -> None:
    if is_whole:
        order.status, order.received_at = "Received", order.received_at or caller.now.date()
    else:
        order.status, order.partial_at = "Partial", order.partial_at or caller.now.date()
    order.updated_at = caller.now
