"""The bodies, as Pydantic models."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel


def canonical(value: Decimal) -> str:
    """The decimal without exponent and without zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


Amount = Annotated[Decimal, PlainSerializer(canonical, return_type=str)]


def _number(value: Any) -> Any:
    """A JSON number as it is, nothing that merely looks like one."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("must be a number")
    return value


class Shown(BaseModel):
    model_config = ConfigDict(from_attributes=True, alias_generator=to_camel, validate_by_name=True)


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, strict=True)


def _moment(value: Any) -> datetime | None:
    """A date's first moment, or a moment with its time zone; absent, but not null, for the present."""
    if not isinstance(value, str):
        raise ValueError("must be a date or a date-time")
    if len(value) == 10:
        return datetime.combine(date.fromisoformat(value), time(), UTC)
    moment = datetime.fromisoformat(value.upper())
    if moment.tzinfo is None:
        raise ValueError("must have a time zone")
    return moment.astimezone(UTC)


class Vendor(Shown):
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


class VendorPage(Shown):
    data: list[Vendor]
    next_cursor: str | None


class VendorCreate(Asked):
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


class LedgerEntry(Shown):
    id: UUID
    org_id: UUID
    code: str
    material_id: UUID
    location_id: UUID
    event_type: str
    quantity: Amount
    unit_cost: Amount | None
    ref: str | None
    to_location_id: UUID | None
    notes: str | None
    event_date: datetime
    source_type: str | None
    source_id: UUID | None
    value: Amount
    variance: Amount
    reverses_id: UUID | None
    external_id: str | None
    created_at: datetime


class LedgerPage(Shown):
    data: list[LedgerEntry]
    next_cursor: str | None


class Balance(Shown):
    material_id: UUID
    location_id: UUID
    on_hand: Amount
    on_order: Amount
    demand: Amount
    allocated: Amount
    available: Amount
    in_transit: Amount
    average_cost: Amount | None
    value: Amount
    in_transit_value: Amount


class Summary(Shown):
    data: list[Balance]


Id = Annotated[UUID, Field(strict=False)]
Quantity = Annotated[Decimal, BeforeValidator(_number), Field(gt=0, lt=10**12, decimal_places=6, strict=False)]
Money = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, lt=10**12, decimal_places=6, strict=False)]


class Adjustment(Asked):
    material_id: Id
    location_id: Id
    quantity: Quantity
    notes: Annotated[str | None, Field(max_length=10000, pattern=r"^[^\x00]*$")] = None
    event_date: Annotated[datetime | None, BeforeValidator(_moment)] = None


class MaterialCreate(Asked):
    material_code: Annotated[
        str, Field(alias="code", min_length=1, max_length=100, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")
    ]
    name: Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
    material_type_id: Annotated[UUID, Field(alias="typeId", strict=False)]
    notes: Annotated[str | None, Field(max_length=10000, pattern=r"^[^\x00]*$")] = None


class MaterialImport(Asked):
    rows: Annotated[list[MaterialCreate], Field(min_length=1, max_length=5000)]


class ImportedRow(Shown):
    index: int
    status: str
    id: UUID | None = None


class Imported(Shown):
    ids: list[UUID]
    results: list[ImportedRow]


class PurchaseOrder(Shown):
    id: UUID
    org_id: UUID
    po_number: str
    vendor_id: UUID
    target_type: str
    status: str
    ship_to_location_id: UUID | None
    planning_at: date | None
    placed_at: date | None
    ship_date: date | None
    in_transit_at: date | None
    partial_at: date | None
    expected_delivery_date: date | None
    received_at: date | None
    paid_at: date | None
    cancelled_at: date | None
    shipping_costs: Amount
    setup_costs: Amount
    other_costs: Amount
    notes: str | None
    created_at: datetime
    updated_at: datetime


class PurchaseOrderItem(Shown):
    id: UUID
    org_id: UUID
    purchase_order_id: UUID
    material_id: UUID | None
    sku_id: UUID | None
    quantity: Amount
    unit_cost: Amount


class PurchaseOrderDetail(Shown):
    purchase_order: PurchaseOrder
    items: list[PurchaseOrderItem]


class PurchaseOrderItemCreate(Asked):
    material_id: Id
    quantity: Quantity
    unit_cost: Money = Decimal(0)


class PurchaseOrderCreate(Asked):
    vendor_id: Id
    target_type: Literal["materials"]
    status: Literal["Placed"]
    ship_to_location_id: Id
    expected_delivery_date: Annotated[date | None, Field(strict=False)] = None
    shipping_costs: Money = Decimal(0)
    notes: Annotated[str | None, Field(max_length=10000, pattern=r"^[^\x00]*$")] = None
    items: Annotated[list[PurchaseOrderItemCreate], Field(min_length=1, max_length=1000)]


class PurchaseOrderReceiptItemCreate(Asked):
    po_item_id: Id
    quantity: Quantity
    unit_cost: Money | None = None


class PurchaseOrderReceiptCreate(Asked):
    notes: Annotated[str | None, Field(max_length=10000, pattern=r"^[^\x00]*$")] = None
    items: Annotated[list[PurchaseOrderReceiptItemCreate], Field(min_length=1, max_length=1000)]


class PurchaseOrderReceipt(Shown):
    id: UUID
    org_id: UUID
    purchase_order_id: UUID
    receipt_date: date
    created_at: datetime
    updated_at: datetime


class PurchaseOrderReceiptItem(Shown):
    id: UUID
    org_id: UUID
    receipt_id: UUID
    po_item_id: UUID
    quantity: Amount
    unit_cost: Amount


class PurchaseOrderReceived(Shown):
    purchase_order: PurchaseOrder
    receipt: PurchaseOrderReceipt
    receipt_items: list[PurchaseOrderReceiptItem]
