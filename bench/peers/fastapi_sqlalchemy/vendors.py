"""The path operations of vendors."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy import select, tuple_
from uuid_utils.compat import uuid7

from bench.peers.cursors import read_cursor, write_cursor
from bench.peers.fastapi_sqlalchemy import schemas
from bench.peers.fastapi_sqlalchemy.access import Caller, SessionDependency, caller_with, signing_secret
from bench.peers.fastapi_sqlalchemy.tables import Vendor

router = APIRouter()

_LIST_NAME = "vendor"
# Columns, not entities: for rows that are only shown, SQLAlchemy need not keep track of objects. A third faster.
_COLUMNS = (*(getattr(Vendor, name) for name in schemas.Vendor.model_fields), Vendor.sort_key)


async def no_query(request: Request) -> None:
    """Refuse parameters of an operation that has none."""
    if request.query_params:
        raise RequestValidationError([{"loc": ("query", name), "msg": "unknown"} for name in request.query_params])


@router.get("/api/vendors", response_model=schemas.VendorPage)
def list_vendors(
    caller: Annotated[Caller, Depends(caller_with("viewer"))],
    query: Annotated[schemas.VendorQuery, Query()],
    session: SessionDependency,
) -> Any:
    statement = select(*_COLUMNS).where(Vendor.org_id == caller.org_id)
    if query.is_active is not None:
        statement = statement.where(Vendor.is_active == (query.is_active == "true"))
    if query.q is not None:
        statement = statement.where(Vendor.name.icontains(query.q, autoescape=True))
    if query.cursor is not None:
        key = read_cursor(signing_secret(), _LIST_NAME, query.cursor)
        if key is None:
            raise RequestValidationError([{"loc": ("query", "cursor"), "msg": "is not a cursor of this list"}])
        statement = statement.where(tuple_(Vendor.sort_key, Vendor.id) > tuple_(key[0], key[1]))
    rows = session.execute(statement.order_by(Vendor.sort_key, Vendor.id).limit(query.limit + 1)).mappings()
    vendors = [dict(row) for row in rows]
    session.commit()
    following = None
    if len(vendors) > query.limit:
        vendors = vendors[: query.limit]
        last = vendors[-1]
        following = write_cursor(signing_secret(), _LIST_NAME, (last["sort_key"], last["id"]))
    return {"data": vendors, "next_cursor": following}


@router.post("/api/vendors", status_code=201, response_model=schemas.Vendor, dependencies=[Depends(no_query)])
def create_vendor(
    body: schemas.VendorCreate, caller: Annotated[Caller, Depends(caller_with("member"))], session: SessionDependency
) -> Any:
    vendor = Vendor(
        id=uuid7(),
        org_id=caller.org_id,
        is_active=True,
        created_at=caller.now,
        updated_at=caller.now,
        **body.model_dump(),
    )
    session.add(vendor)
    session.commit()
    return vendor
