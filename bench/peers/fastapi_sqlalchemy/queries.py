"""Query parameters: unknown ones are refused, ids and limits are checked."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

_Cursor = Annotated[str | None, Field(min_length=1, max_length=512)]
_Limit = Annotated[int, Field(ge=1, le=500)]

_EVENTS = Literal["ORDER", "RECEIVE", "DEMAND", "ALLOCATE", "CONSUME", "TRANSFER", "ADJUST", "DISPOSE"]


class Query(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class VendorQuery(Query):
    is_active: Literal["true", "false"] | None = None
    q: Annotated[str | None, Field(min_length=1, max_length=255)] = None
    cursor: _Cursor = None
    limit: _Limit = 100


class LedgerQuery(Query):
    material_id: UUID | None = None
    event_type: _EVENTS | None = None
    cursor: _Cursor = None
    limit: _Limit = 100


class SummaryQuery(Query):
    material_id: UUID | None = None
    location_id: UUID | None = None


class ImportQuery(Query):
    mode: Literal["atomic"] = "atomic"
    dry_run: Literal["true", "false"] = "false"


async def no_query(request: Request) -> None:
    """Refuse parameters of an operation that has none."""
    if request.query_params:
        raise RequestValidationError([{"loc": ("query", name), "msg": "unknown"} for name in request.query_params])
