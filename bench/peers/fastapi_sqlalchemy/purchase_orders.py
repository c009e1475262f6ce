"""The path operations of purchase orders."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import select

from bench.peers.fastapi_sqlalchemy import schemas
from bench.peers.fastapi_sqlalchemy.access import Caller, SessionDependency, caller_with
from bench.peers.fastapi_sqlalchemy.queries import no_query
from bench.peers.fastapi_sqlalchemy.tables import PurchaseOrder, PurchaseOrderItem

router = APIRouter(prefix="/api/purchase-orders")

_ORDER = [getattr(PurchaseOrder, name) for name in schemas.PurchaseOrder.model_fields]
_ITEM = [getattr(PurchaseOrderItem, name) for name in schemas.PurchaseOrderItem.model_fields]


@router.get("/{id}", response_model=schemas.PurchaseOrderDetail, dependencies=[Depends(no_query)])
def get_purchase_order(
    id: UUID, caller: Annotated[Caller, Depends(caller_with("viewer"))], session: SessionDependency
) -> Any:
    found = select(*_ORDER).where(PurchaseOrder.org_id == caller.org_id, PurchaseOrder.id == id)
    order = session.execute(found).mappings().first()
    if order is None:
        raise HTTPException(404, "no purchase order with this id")
    of_order = select(*_ITEM).where(
        PurchaseOrderItem.org_id == caller.org_id, PurchaseOrderItem.purchase_order_id == id
    )
    items = [dict(row) for row in session.execute(of_order.order_by(PurchaseOrderItem.id)).mappings()]
    session.commit()
    return {"purchase_order": dict(order), "items": items}
