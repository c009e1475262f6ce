"""The path operations of the inventory of materials."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.exceptions import RequestValidationError
from sqlalchemy import Text, collate, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from bench.peers.fastapi_sqlalchemy import schemas
from bench.peers.fastapi_sqlalchemy.access import Caller, SessionDependency, caller_with, take_numbers
from bench.peers.fastapi_sqlalchemy.exact import ExactRoute
from bench.peers.fastapi_sqlalchemy.pages import page
from bench.peers.fastapi_sqlalchemy.queries import LedgerQuery, SummaryQuery, no_query
from bench.peers.fastapi_sqlalchemy.tables import Balance, LedgerEntry, Location, Material

router = APIRouter(prefix="/api/materials-inventory")
exact_router = APIRouter(prefix="/api/materials-inventory", route_class=ExactRoute)

_ENTRY = [getattr(LedgerEntry, name) for name in schemas.LedgerEntry.model_fields]

_SUMMARY = (
    select(
        Balance.material_id,
        Balance.location_id,
        Balance.on_hand,
        Balance.on_order,
        Balance.demand,
        Balance.allocated,
        (Balance.on_hand - Balance.allocated).label("available"),
        Balance.in_transit,
        func.round(Balance.value / func.nullif(Balance.on_hand, 0), 6).label("average_cost"),
        Balance.value,
        Balance.in_transit_value,
    )
    .join(Material, (Material.org_id == Balance.org_id) & (Material.id == Balance.material_id))
    .join(Location, (Location.org_id == Balance.org_id) & (Location.id == Balance.location_id))
    .order_by(
        collate(func.lower(Material.material_code, type_=Text), "C"),
        Balance.material_id,
        Location.sort_order,
        Balance.location_id,
    )
)

_SIX_PLACES = Decimal("0.000001")


@router.get("/ledger", response_model=schemas.LedgerPage)
def list_ledger(
    caller: Annotated[Caller, Depends(caller_with("viewer"))],
    query: Annotated[LedgerQuery, Query()],
    session: SessionDependency,
) -> Any:
    statement = select(*_ENTRY).where(LedgerEntry.org_id == caller.org_id)
    if query.material_id is not None:
        statement = statement.where(LedgerEntry.material_id == query.material_id)
    if query.event_type is not None:
        statement = statement.where(LedgerEntry.event_type == query.event_type)
    return page(session, statement, "ledger", (LedgerEntry.event_date, LedgerEntry.id), query, descending=True)


@router.get("/summary", response_model=schemas.Summary)
def stock_summary(
    caller: Annotated[Caller, Depends(caller_with("viewer"))],
    query: Annotated[SummaryQuery, Query()],
    session: SessionDependency,
) -> Any:
    statement = _SUMMARY.where(Balance.org_id == caller.org_id)
    if query.material_id is not None:
        statement = statement.where(Balance.material_id == query.material_id)
    if query.location_id is not None:
        statement = statement.where(Balance.location_id == query.location_id)
    rows = [dict(row) for row in session.execute(statement).mappings()]
    session.commit()
    return {"data": rows}


@exact_router.post(
    "/adjustments", status_code=201, response_model=schemas.LedgerEntry, dependencies=[Depends(no_query)]
)
def adjust_stock(
    body: schemas.Adjustment, caller: Annotated[Caller, Depends(caller_with("admin"))], session: SessionDependency
) -> Any:
    event_date = body.event_date or caller.now
    if event_date > caller.now + timedelta(days=1):
        raise RequestValidationError([{"loc": ("body", "eventDate"), "msg": "must be at most one day ahead"}])
    balance = _lock(session, caller.org_id, body.material_id, body.location_id)
    unit_cost = Decimal(0)
    if balance.on_hand:
        unit_cost = (balance.value / balance.on_hand).quantize(_SIX_PLACES, ROUND_HALF_UP)
    value = body.quantity * unit_cost
    (number,) = take_numbers(caller.org_id, "MIL", 0, 1)
    entry = LedgerEntry(
        id=uuid7(),
        org_id=caller.org_id,
        code=f"MIL-{number:06d}",
        material_id=body.material_id,
        location_id=body.location_id,
        event_type="ADJUST",
        quantity=body.quantity,
        unit_cost=unit_cost,
        ref=None,
        to_location_id=None,
        notes=body.notes,
        event_date=event_date,
        source_type="manual",
        source_id=None,
        on_hand=body.quantity,
        value=value,
        created_at=caller.now,
    )
    balance.on_hand += body.quantity
    balance.value += value
    session.add(entry)
    session.commit()
    return entry


def _lock(session: Session, org_id: UUID, material_id: UUID, location_id: UUID) -> Balance:
    """The balance there, locked. That there is one tells that its material and its location exist."""
    key = (org_id, material_id, location_id)
    balance = session.get(Balance, key, with_for_update=True)
    if balance is None:
        for table, id in ((Material, material_id), (Location, location_id)):
            if session.get(table, (org_id, id)) is None:
                raise HTTPException(404, f"no {table.__tablename__} with this id")
        opened = insert(Balance).values(org_id=org_id, material_id=material_id, location_id=location_id)
        session.execute(opened.on_conflict_do_nothing())
        balance = session.get_one(Balance, key, with_for_update=True)
    return balance
