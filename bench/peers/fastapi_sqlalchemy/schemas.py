"""The bodies, as Pydantic models."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Vendor(BaseModel):
    model_config = ConfigDict(from_attributes=True, alias_generator=to_camel, validate_by_name=True)

    id: UUID
    org_id: UUID
    name: str
    address: str | None
    city: str | None
    state: str | None
    country: str | None
    zip_code: str | None
    term: str | None
    qbo_id: str | None
    notes: str | None
    is_active: bool
    created_at: datetime
    updated_at: datetime


class VendorPage(BaseModel):
    model_config = ConfigDict(from_attributes=True, alias_generator=to_camel, validate_by_name=True)

    data: list[Vendor]
    next_cursor: str | None


class VendorCreate(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, strict=True)

    # PostgreSQL stores no NUL; the error handler answers one with 400.
    name: Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
    address: Annotated[str | None, Field(max_length=10000, pattern=r"^[^\x00]*$")] = None
    city: Annotated[str | None, Field(max_length=150, pattern=r"^[^\x00]*$")] = None
    state: Annotated[str | None, Field(max_length=100, pattern=r"^[^\x00]*$")] = None
    country: Annotated[str | None, Field(pattern=r"^[A-Za-z]{2}$")] = None
    zip_code: Annotated[str | None, Field(max_length=20, pattern=r"^[^\x00]*$")] = None
    term: Annotated[str | None, Field(max_length=100, pattern=r"^[^\x00]*$")] = None
    qbo_id: Annotated[str | None, Field(max_length=100, pattern=r"^[^\x00]*$")] = None
    notes: Annotated[str | None, Field(max_length=10000, pattern=r"^[^\x00]*$")] = None


class VendorQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    is_active: Literal["true", "false"] | None = None
    q: Annotated[str | None, Field(min_length=1, max_length=255)] = None
    cursor: Annotated[str | None, Field(min_length=1, max_length=512)] = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100
