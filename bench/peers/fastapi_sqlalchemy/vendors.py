"""The path operations of vendors."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import select
from uuid_utils.compat import uuid7

from bench.peers import outbox
from bench.peers.fastapi_sqlalchemy import schemas
from bench.peers.fastapi_sqlalchemy.access import Caller, SessionDependency, caller_with
from bench.peers.fastapi_sqlalchemy.keys import OnceDependency
from bench.peers.fastapi_sqlalchemy.pages import page
from bench.peers.fastapi_sqlalchemy.queries import VendorQuery, no_query
from bench.peers.fastapi_sqlalchemy.tables import OutgoingEvent, Vendor

router = APIRouter()

# Columns, not entities: for rows that are only shown, SQLAlchemy need not keep track of objects. A third faster.
_COLUMNS = (*(getattr(Vendor, name) for name in schemas.Vendor.model_fields), Vendor.sort_key)


@router.get("/api/vendors", response_model=schemas.VendorPage)
def list_vendors(
    caller: Annotated[Caller, Depends(caller_with("viewer"))],
    query: Annotated[VendorQuery, Query()],
    session: SessionDependency,
) -> Any:
    statement = select(*_COLUMNS).where(Vendor.org_id == caller.org_id)
    if query.is_active is not None:
        statement = statement.where(Vendor.is_active == (query.is_active == "true"))
    if query.q is not None:
        statement = statement.where(Vendor.name.icontains(query.q, autoescape=True))
    return page(session, statement, "vendor", (Vendor.sort_key, Vendor.id), query)


@router.post("/api/vendors", status_code=201, response_model=schemas.Vendor, dependencies=[Depends(no_query)])
def create_vendor(
    once: OnceDependency,
    body: schemas.VendorCreate,
    caller: Annotated[Caller, Depends(caller_with("member"))],
    session: SessionDependency,
) -> Any:
    if once is not None and once.is_replay:
        return once.replay()
    vendor = Vendor(
        id=uuid7(),
        org_id=caller.org_id,
        is_active=True,
        created_at=caller.now,
        updated_at=caller.now,
        **body.model_dump(),
    )
    session.add(vendor)
    if outbox.IS_USED:
        shown = schemas.Vendor.model_validate(vendor).model_dump(by_alias=True)
        event = outbox.created("vendor", shown, caller.now)
        session.add(OutgoingEvent(id=UUID(event.id), body=event.body))
    if once is None:
        session.commit()
        return vendor
    session.flush()
    content = schemas.Vendor.model_validate(vendor).model_dump_json(by_alias=True).encode()
    once.keep(session, caller.org_id, content)
    session.commit()
    return Response(content, 201, media_type="application/json")
