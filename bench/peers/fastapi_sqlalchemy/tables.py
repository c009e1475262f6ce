"""The engine, the sessions, the mapped classes."""

import os
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Computed, DateTime, ForeignKey, String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

THREADS = int(os.environ.get("BENCH_THREADS", "8"))

# A request holds its connection from the first dependency that needs it to the end, and changes threads in between: a
# pool smaller than the number of requests under way can fill with requests that wait for a thread, while all threads
# wait for the pool.
_CONNECTIONS = 64

# A new transaction begins as pharus_platform; the one that knows its organization goes on as pharus_app.
engine = create_engine(
    os.environ["BENCH_DATABASE_URL"].replace("postgresql://", "postgresql+psycopg2://", 1),
    pool_size=_CONNECTIONS,
    max_overflow=0,
    # Several updates of one kind in one round trip; inserts are put together anyway.
    executemany_mode="values_plus_batch",
    connect_args={"options": "-c role=pharus_platform -c timezone=UTC -c statement_timeout=30000"},
)
# Connections of their own for numbers that are committed at once, in one round trip each.
numbering = create_engine(engine.url, pool_size=_CONNECTIONS, max_overflow=0, isolation_level="AUTOCOMMIT")
new_session = sessionmaker(engine, expire_on_commit=False)

Instant = DateTime(timezone=True)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "app_user"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    is_active: Mapped[bool]


class Membership(Base):
    __tablename__ = "membership"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    role: Mapped[str]
    is_active: Mapped[bool]
    last_active_at: Mapped[datetime | None] = mapped_column(Instant)


class ApiToken(Base):
    __tablename__ = "api_token"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    token_hash: Mapped[bytes]
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class Vendor(Base):
    __tablename__ = "vendor"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    address: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    country: Mapped[str | None]
    zip_code: Mapped[str | None]
    term: Mapped[str | None]
    qbo_id: Mapped[str | None]
    notes: Mapped[str | None]
    is_active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    sort_key: Mapped[str] = mapped_column(Computed("lower(name)", persisted=True))


class OutgoingEvent(Base):
    __tablename__ = "bench_outbox"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    body: Mapped[str]


class MaterialType(Base):
    __tablename__ = "material_type"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    is_active: Mapped[bool]


class Material(Base):
    __tablename__ = "material"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    material_code: Mapped[str]
    name: Mapped[str]
    material_type_id: Mapped[UUID]
    notes: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)


class Location(Base):
    __tablename__ = "location"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    sort_order: Mapped[int]


class LedgerEntry(Base):
    __tablename__ = "materials_ledger_entry"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    material_id: Mapped[UUID] = mapped_column("item_id")
    location_id: Mapped[UUID]
    event_type: Mapped[str]
    quantity: Mapped[Decimal]
    unit_cost: Mapped[Decimal | None]
    ref: Mapped[str | None]
    to_location_id: Mapped[UUID | None]
    notes: Mapped[str | None]
    event_date: Mapped[datetime] = mapped_column(Instant)
    source_type: Mapped[str | None]
    source_id: Mapped[UUID | None]
    line_id: Mapped[UUID | None]
    on_hand: Mapped[Decimal]
    on_order: Mapped[Decimal] = mapped_column(default=Decimal(0))
    demand: Mapped[Decimal] = mapped_column(default=Decimal(0))
    allocated: Mapped[Decimal] = mapped_column(default=Decimal(0))
    in_transit: Mapped[Decimal] = mapped_column(default=Decimal(0))
    value: Mapped[Decimal]
    variance: Mapped[Decimal] = mapped_column(default=Decimal(0))
    reverses_id: Mapped[UUID | None]
    external_id: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(Instant)


class Balance(Base):
    __tablename__ = "materials_balance"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    material_id: Mapped[UUID] = mapped_column("item_id", primary_key=True)
    location_id: Mapped[UUID] = mapped_column(primary_key=True)
    on_hand: Mapped[Decimal]
    on_order: Mapped[Decimal]
    demand: Mapped[Decimal]
    allocated: Mapped[Decimal]
    in_transit: Mapped[Decimal]
    value: Mapped[Decimal]
    in_transit_value: Mapped[Decimal]


class PurchaseOrder(Base):
    __tablename__ = "purchase_order"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    po_number: Mapped[str]
    vendor_id: Mapped[UUID]
    target_type: Mapped[str]
    status: Mapped[str]
    ship_to_location_id: Mapped[UUID | None]
    planning_at: Mapped[date | None]
    placed_at: Mapped[date | None]
    ship_date: Mapped[date | None]
    in_transit_at: Mapped[date | None]
    partial_at: Mapped[date | None]
    expected_delivery_date: Mapped[date | None]
    received_at: Mapped[date | None]
    paid_at: Mapped[date | None]
    cancelled_at: Mapped[date | None]
    shipping_costs: Mapped[Decimal] = mapped_column(default=Decimal(0))
    setup_costs: Mapped[Decimal] = mapped_column(default=Decimal(0))
    other_costs: Mapped[Decimal] = mapped_column(default=Decimal(0))
    notes: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)


class PurchaseOrderItem(Base):
    __tablename__ = "purchase_order_item"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    purchase_order_id: Mapped[UUID]
    material_id: Mapped[UUID | None]
    sku_id: Mapped[UUID | None]
    quantity: Mapped[Decimal]
    unit_cost: Mapped[Decimal]


class PurchaseOrderReceipt(Base):
    __tablename__ = "purchase_order_receipt"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    purchase_order_id: Mapped[UUID]
    receipt_date: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)


class PurchaseOrderReceiptItem(Base):
    __tablename__ = "purchase_order_receipt_item"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    receipt_id: Mapped[UUID]
    po_item_id: Mapped[UUID]
    quantity: Mapped[Decimal]
    unit_cost: Mapped[Decimal]
