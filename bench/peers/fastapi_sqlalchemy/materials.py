"""The bulk import of materials."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.exceptions import RequestValidationError
from sqlalchemy import func, insert, select
from uuid_utils.compat import uuid7

from bench.peers.fastapi_sqlalchemy import schemas
from bench.peers.fastapi_sqlalchemy.access import Caller, SessionDependency, caller_with
from bench.peers.fastapi_sqlalchemy.queries import ImportQuery
from bench.peers.fastapi_sqlalchemy.tables import Material, MaterialType

router = APIRouter()


@router.post("/api/materials/bulk-import", response_model=schemas.Imported, response_model_exclude_unset=True)
def import_materials(
    body: schemas.MaterialImport,
    caller: Annotated[Caller, Depends(caller_with("admin"))],
    query: Annotated[ImportQuery, Query()],
    session: SessionDependency,
) -> Any:
    """All rows or none."""
    rows = [{**row.model_dump(), "material_code": row.material_code.strip()} for row in body.rows]
    problems = []
    type_ids = {row["material_type_id"] for row in rows}
    types = set(
        session.scalars(
            select(MaterialType.id).where(
                MaterialType.org_id == caller.org_id, MaterialType.id.in_(type_ids), MaterialType.is_active
            )
        )
    )
    codes = [row["material_code"].lower() for row in rows]
    seen = set(
        session.scalars(
            select(func.lower(Material.material_code)).where(
                Material.org_id == caller.org_id, func.lower(Material.material_code).in_(codes)
            )
        )
    )
    for index, (row, code) in enumerate(zip(rows, codes, strict=True)):
        if row["material_type_id"] not in types:
            problems.append({"loc": ("body", "rows", index, "typeId"), "msg": "does not exist"})
        if code in seen:
            problems.append({"loc": ("body", "rows", index, "code"), "msg": "is taken"})
        seen.add(code)
    if problems:
        raise RequestValidationError(problems)
    if query.dry_run == "true":
        return {"ids": [], "results": [{"index": index, "status": "ok"} for index in range(len(rows))]}
    ids = [uuid7() for _ in rows]
    for id, row in zip(ids, rows, strict=True):
        row |= {"id": id, "org_id": caller.org_id, "created_at": caller.now, "updated_at": caller.now}
    # Otherwise rows without notes and rows with some would go in statements of their own, turn by turn.
    session.execute(insert(Material), rows, execution_options={"render_nulls": True})
    session.commit()
    return {"ids": ids, "results": [{"index": index, "status": "ok", "id": id} for index, id in enumerate(ids)]}
