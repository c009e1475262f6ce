"""A factory per table. Each makes a real row and returns what a test needs of it; every value can be given.

They write with SQL of their own, not with the code under test.
"""

import itertools
import secrets
import string
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pharus.db import db, maintenance
from pharus.fields import new_id
from plugins.platform.access import TOKEN_PREFIX, token_hash

_counter = itertools.count()


def unique(prefix: str) -> str:
    """A text that no other test uses."""
    return f"{prefix}-{next(_counter)}-{secrets.token_hex(4)}"


@dataclass(frozen=True)
class User:
    id: str
    uid: str
    email: str


def make_user(*, email: str | None = None, uid: str | None = None, **columns: Any) -> User:
    user = User(new_id(), uid or unique("uid"), email or f"{unique('user')}@example.com")
    _insert("app_user", id=user.id, firebase_uid=user.uid, email=user.email, **columns)
    return user


@dataclass(frozen=True)
class Organization:
    id: str
    name: str
    slug: str


def make_organization(*, name: str | None = None, slug: str | None = None) -> Organization:
    organization = Organization(new_id(), name or unique("Maker"), slug or unique("maker"))
    _insert("organization", id=organization.id, name=organization.name, slug=organization.slug)
    _insert("organization_settings", org_id=organization.id)
    return organization


def make_membership(org_id: str, user_id: str, role: str = "member", **columns: Any) -> str:
    return _insert("membership", org_id=org_id, user_id=user_id, role=role, **columns)


def make_api_token(
    org_id: str,
    user_id: str,
    *,
    name: str = "test",
    expires_at: datetime | None = None,
    scopes: list[str] | None = None,
    **columns: Any,
) -> str:
    """The plaintext."""
    alphabet = string.ascii_letters + string.digits
    plaintext = TOKEN_PREFIX + "".join(secrets.choice(alphabet) for _ in range(32))
    _insert(
        "api_token",
        org_id=org_id,
        user_id=user_id,
        name=name,
        token_prefix=plaintext[:12],
        token_hash=token_hash(plaintext),
        expires_at=expires_at,
        scopes=scopes,
        **columns,
    )
    return plaintext


def make_invitation(org_id: str, *, email: str, expires_at: datetime, role: str = "member", **columns: Any) -> str:
    """The invitation's token."""
    token = secrets.token_urlsafe(32)
    _insert(
        "invitation",
        org_id=org_id,
        email=email,
        role=role,
        token_hash=token_hash(token),
        expires_at=expires_at,
        **columns,
    )
    return token


def make_idempotency_key(org_id: str, **columns: Any) -> None:
    given = {"digest": secrets.token_bytes(32), "operation": "createVendor", "fingerprint": b"", "attempt": new_id()}
    _insert("idempotency_key", org_id=org_id, **{**given, **columns})


def make_outgoing_mail(org_id: str, *, invitation_id: str, inviter: str = "Robin Maker", **columns: Any) -> str:
    return _insert("outgoing_mail", org_id=org_id, invitation_id=invitation_id, inviter=inviter, **columns)


def make_outgoing_notice(org_id: str, *, user_id: str, subject: str = "something is paused", **columns: Any) -> str:
    given = {"subject": subject, "text": "It is.", **columns}
    return _insert("outgoing_notice", org_id=org_id, user_id=user_id, **given)


def make_plugin_setting(org_id: str, *, plugin: str = "labels", value: str = "{}") -> None:
    _insert("plugin_setting", org_id=org_id, plugin=plugin, value=value)


def make_plugin_job(org_id: str, *, plugin: str = "labels", name: str = "nightly", **columns: Any) -> str:
    return _insert("plugin_job", org_id=org_id, plugin=plugin, name=name, **columns)


def make_webhook_endpoint(org_id: str, **columns: Any) -> str:
    given = {"url": "https://hooks.example.com/", "event_types": ["*"], "secret_id": new_id()}
    return _insert("webhook_endpoint", org_id=org_id, **{**given, **columns})


def make_webhook_progress(org_id: str, *, endpoint_id: str, transaction_id: int = 0, **columns: Any) -> None:
    _insert("webhook_progress", org_id=org_id, endpoint_id=endpoint_id, transaction_id=transaction_id, **columns)


def make_webhook_delivery(org_id: str, *, endpoint_id: str, **columns: Any) -> str:
    record = {"record_id": new_id(), "event_id": new_id(), "event_type": "vendor.created", "payload": "{}"}
    given = {**record, "subject_id": record["record_id"], "transaction_id": 1, "seq": 1, "number": 1}
    return _insert("webhook_delivery", org_id=org_id, endpoint_id=endpoint_id, **{**given, **columns})


def make_webhook_attempt(org_id: str, *, endpoint_id: str, **columns: Any) -> str:
    record = {"record_id": new_id(), "event_id": new_id(), "event_type": "vendor.created", "duration_ms": 7}
    given = {**record, "attempt": 1, "is_delivered": True, "status_code": 200, "response": "ok"}
    position = {"transaction_id": 1, "seq": 1, "number": 1}
    return _insert("webhook_attempt", org_id=org_id, endpoint_id=endpoint_id, **{**given, **position, **columns})


def make_webhook_replay(org_id: str, *, endpoint_id: str) -> str:
    last = {"last_transaction_id": 2, "last_seq": 0, "last_number": 0}
    return _insert("webhook_replay", org_id=org_id, endpoint_id=endpoint_id, transaction_id=1, seq=0, number=0, **last)


def make_location(org_id: str, *, name: str | None = None, sort_order: int = 0, **columns: Any) -> str:
    return _insert("location", org_id=org_id, name=name or unique("Location"), sort_order=sort_order, **columns)


def make_vendor(org_id: str, *, name: str | None = None, **columns: Any) -> str:
    return _insert("vendor", org_id=org_id, name=name or unique("Vendor"), **columns)


def make_material_type(org_id: str, *, name: str | None = None, sort_order: int = 0, **columns: Any) -> str:
    return _insert(
        "material_type", org_id=org_id, name=name or unique("Material type"), sort_order=sort_order, **columns
    )


def make_material(org_id: str, *, type_id: str | None = None, code: str | None = None, **columns: Any) -> str:
    code = code or unique("MAT")
    return _insert(
        "material",
        org_id=org_id,
        material_code=code,
        material_type_id=type_id or make_material_type(org_id),
        **{"name": f"Material {code}", **columns},
    )


def make_sku_type(org_id: str, *, name: str | None = None, sort_order: int = 0, **columns: Any) -> str:
    return _insert("sku_type", org_id=org_id, name=name or unique("SKU type"), sort_order=sort_order, **columns)


def make_sku(org_id: str, *, type_id: str | None = None, code: str | None = None, **columns: Any) -> str:
    code = code or unique("SKU")
    return _insert(
        "sku",
        org_id=org_id,
        sku_code=code,
        sku_type_id=type_id or make_sku_type(org_id),
        **{"name": f"SKU {code}", **columns},
    )


def make_material_unit(org_id: str, *, material_id: str, unit: str = "drum", **columns: Any) -> str:
    """200 litres, unless given."""
    return _make_unit(org_id, "material", material_id, unit, **columns)


def make_sku_unit(org_id: str, *, sku_id: str, unit: str = "case", **columns: Any) -> str:
    return _make_unit(org_id, "sku", sku_id, unit, **columns)


def _make_unit(org_id: str, item: str, item_id: str, unit: str, **columns: Any) -> str:
    given = {"numerator": 200, "denominator": 1, "base_unit": "l", "created_at": datetime.now(UTC)}
    return _insert(f"{item}_unit", org_id=org_id, unit=unit, **{f"{item}_id": item_id, **given, **columns})


def make_bom_item(org_id: str, *, sku_id: str, position: int = 0, quantity: int = 1, **columns: Any) -> str:
    """`columns` name the input: `material_id` or `input_sku_id`."""
    return _insert("bom_item", org_id=org_id, sku_id=sku_id, position=position, quantity=quantity, **columns)


def make_bom_header(org_id: str, *, id: str, **columns: Any) -> str:
    """`id` is the SKU's."""
    return _insert("bom_header", org_id=org_id, id=id, **columns)


def make_bom_by_product(org_id: str, *, sku_id: str, by_product_sku_id: str, **columns: Any) -> str:
    return _insert(
        "bom_by_product",
        org_id=org_id,
        sku_id=sku_id,
        by_product_sku_id=by_product_sku_id,
        **{"position": 0, "quantity": 1, "cost_share_percent": 0, **columns},
    )


def make_supplier_price(org_id: str, *, vendor_id: str | None = None, **columns: Any) -> str:
    """`columns` name the item: `material_id` or `sku_id`."""
    now = datetime.now(UTC)
    return _insert(
        "supplier_price",
        org_id=org_id,
        vendor_id=vendor_id or make_vendor(org_id),
        **{"unit_cost": 1, "valid_from": now.date(), "created_at": now, "updated_at": now, **columns},
    )


def make_customer_price(org_id: str, *, sku_id: str | None = None, **columns: Any) -> str:
    """For everybody, unless `columns` name `customer_id` or `customer_segment_id`."""
    now = datetime.now(UTC)
    return _insert(
        "customer_price",
        org_id=org_id,
        sku_id=sku_id or make_sku(org_id),
        **{"unit_price": 1, "valid_from": now.date(), "created_at": now, "updated_at": now, **columns},
    )


def make_lot(org_id: str, *, code: str | None = None, **columns: Any) -> str:
    """Of a new material, unless `columns` name one, or a SKU. Nothing of it is anywhere."""
    if not {"material_id", "sku_id"} & columns.keys():
        columns["material_id"] = make_material(org_id, lot_tracking="lots")
    now = datetime.now(UTC)
    given = {"code": code or unique("LOT"), "created_at": now, "updated_at": now}
    return _insert("lot", org_id=org_id, **{**given, **columns})


def make_lot_entry(org_id: str, *, lot_id: str, **columns: Any) -> str:
    """One that found a unit when counting; the balance of the lot does not follow."""
    now = datetime.now(UTC)
    given = {"event_type": "ADJUST", "quantity": 1, "on_hand": 1, "in_transit": 0, "event_date": now, "created_at": now}
    columns.setdefault("location_id", make_location(org_id))
    return _insert("lot_entry", org_id=org_id, lot_id=lot_id, **{**given, **columns})


def make_lot_balance(org_id: str, *, lot_id: str, item_id: str, **columns: Any) -> None:
    """One unit at a new place; the balance of the item does not follow."""
    columns.setdefault("location_id", make_location(org_id))
    _insert("lot_balance", org_id=org_id, lot_id=lot_id, item_id=item_id, **{"on_hand": 1, **columns})


def make_lot_recall(org_id: str, *, lot_id: str, **columns: Any) -> str:
    """An exercise that has reached the lot itself."""
    given = {"is_mock": True, "reason": "Exercise", "lot_count": 1, "milliseconds": 1, "created_at": datetime.now(UTC)}
    id = _insert("lot_recall", org_id=org_id, lot_id=lot_id, **{**given, **columns})
    _insert("lot_recall_lot", org_id=org_id, recall_id=id, lot_id=lot_id, level=0, status_before="released")
    return id


def make_lot_settings(org_id: str, **columns: Any) -> str:
    return _insert("lot_settings", org_id=org_id, **columns)


def make_purchase_order(org_id: str, *, vendor_id: str | None = None, **columns: Any) -> str:
    """Of materials and at Planning, where nothing is in the ledgers, unless given."""
    return _insert(
        "purchase_order",
        org_id=org_id,
        vendor_id=vendor_id or make_vendor(org_id),
        **{
            "po_number": unique("PO"),
            "target_type": "materials",
            "status": "Planning",
            "created_at": datetime.now(UTC),
            "updated_at": datetime.now(UTC),
            **columns,
        },
    )


def make_purchase_order_item(org_id: str, *, purchase_order_id: str, quantity: int = 10, **columns: Any) -> str:
    """`columns` name the item: `material_id` or `sku_id`."""
    return _insert(
        "purchase_order_item", org_id=org_id, purchase_order_id=purchase_order_id, quantity=quantity, **columns
    )


def make_purchase_order_receipt(org_id: str, *, purchase_order_id: str, **columns: Any) -> str:
    now = datetime.now(UTC)
    return _insert(
        "purchase_order_receipt",
        org_id=org_id,
        purchase_order_id=purchase_order_id,
        **{"receipt_date": now.date(), "created_at": now, "updated_at": now, **columns},
    )


def make_purchase_order_receipt_item(org_id: str, *, receipt_id: str, po_item_id: str, **columns: Any) -> str:
    return _insert(
        "purchase_order_receipt_item",
        org_id=org_id,
        receipt_id=receipt_id,
        po_item_id=po_item_id,
        **{"quantity": 1, "unit_cost": 1, **columns},
    )


def make_account_name(org_id: str, account: str = "inventory") -> None:
    _insert("accounting_account", org_id=org_id, account=account, name=unique("Account"))


def make_cost_change(org_id: str, *, purchase_order_id: str, receipt_item_id: str) -> str:
    """A correction of one line, of which nothing is in the ledgers."""
    now = datetime.now(UTC)
    id = _insert(
        "purchase_order_cost_change",
        org_id=org_id,
        purchase_order_id=purchase_order_id,
        kind="correction",
        event_date=now,
        created_at=now,
    )
    _insert(
        "purchase_order_cost_change_item",
        org_id=org_id,
        cost_change_id=id,
        receipt_item_id=receipt_item_id,
        ledger_entry_id=new_id(),
        unit_cost_before=1,
        unit_cost=2,
        amount=1,
    )
    return id


def make_manufacturing_order(org_id: str, kind: str, *, location_id: str | None = None, **columns: Any) -> str:
    """`kind` is `work` or `production`. At Draft, where nothing is in the ledgers, unless given."""
    now = datetime.now(UTC)
    return _insert(
        f"{kind}_order",
        org_id=org_id,
        location_id=location_id or make_location(org_id),
        **{"number": unique(kind), "status": "Draft", "created_at": now, "updated_at": now, **columns},
    )


def make_manufacturing_order_item(org_id: str, kind: str, *, order_id: str, sku_id: str, **columns: Any) -> str:
    return _insert(
        f"{kind}_order_item",
        org_id=org_id,
        order_id=order_id,
        sku_id=sku_id,
        **{"quantity": 10, "cost": 1, "created_at": datetime.now(UTC), **columns},
    )


def make_manufacturing_order_input(org_id: str, kind: str, *, item_id: str, **columns: Any) -> str:
    """`columns` name what is taken: `material_id` or, by work orders only, `input_sku_id`."""
    return _insert(f"{kind}_order_input", org_id=org_id, item_id=item_id, **{"per_unit": 1, "quantity": 10, **columns})


def make_manufacturing_order_by_product(org_id: str, kind: str, *, item_id: str, sku_id: str, **columns: Any) -> str:
    return _insert(
        f"{kind}_order_by_product",
        org_id=org_id,
        item_id=item_id,
        sku_id=sku_id,
        **{"per_unit": 1, "quantity": 10, "cost_share_percent": 0, **columns},
    )


def make_manufacturing_order_receipt(org_id: str, kind: str, *, order_id: str, **columns: Any) -> str:
    now = datetime.now(UTC)
    return _insert(
        f"{kind}_order_receipt",
        org_id=org_id,
        order_id=order_id,
        **{"receipt_date": now.date(), "created_at": now, **columns},
    )


def make_manufacturing_order_receipt_item(
    org_id: str, kind: str, *, receipt_id: str, order_id: str, sku_id: str, **columns: Any
) -> str:
    return _insert(
        f"{kind}_order_receipt_item",
        org_id=org_id,
        receipt_id=receipt_id,
        order_id=order_id,
        sku_id=sku_id,
        **{"quantity": 1, "unit_cost": 1, **columns},
    )


def make_manufacturing_order_receipt_usage(
    org_id: str, kind: str, *, receipt_item_id: str, input_id: str, **columns: Any
) -> str:
    return _insert(
        f"{kind}_order_receipt_usage",
        org_id=org_id,
        receipt_item_id=receipt_item_id,
        input_id=input_id,
        **{"planned": 1, "used": 1, "scrapped": 0, "scrapped_value": 0, "returned": 0, **columns},
    )


def make_manufacturing_order_receipt_by_product(
    org_id: str, kind: str, *, receipt_item_id: str, by_product_id: str, **columns: Any
) -> str:
    return _insert(
        f"{kind}_order_receipt_by_product",
        org_id=org_id,
        receipt_item_id=receipt_item_id,
        by_product_id=by_product_id,
        **{"planned": 1, "quantity": 1, "unit_cost": 1, **columns},
    )


def make_customer_type(org_id: str, *, name: str | None = None, sort_order: int = 0, **columns: Any) -> str:
    return _insert(
        "customer_type", org_id=org_id, name=name or unique("Customer type"), sort_order=sort_order, **columns
    )


def make_customer_segment(org_id: str, *, name: str | None = None, sort_order: int = 0, **columns: Any) -> str:
    return _insert("customer_segment", org_id=org_id, name=name or unique("Segment"), sort_order=sort_order, **columns)


def make_broker(org_id: str, *, name: str | None = None, sort_order: int = 0, **columns: Any) -> str:
    return _insert("broker", org_id=org_id, name=name or unique("Broker"), sort_order=sort_order, **columns)


def make_customer(org_id: str, *, type_id: str | None = None, name: str | None = None, **columns: Any) -> str:
    return _insert(
        "customer",
        org_id=org_id,
        name=name or unique("Customer"),
        customer_type_id=type_id or make_customer_type(org_id),
        **columns,
    )


def make_order_channel(org_id: str, *, name: str | None = None, sort_order: int = 0, **columns: Any) -> str:
    return _insert("order_channel", org_id=org_id, name=name or unique("Channel"), sort_order=sort_order, **columns)


def make_sales_order(
    org_id: str, *, customer_id: str | None = None, order_channel_id: str | None = None, **columns: Any
) -> str:
    """At Received and without a location, where nothing is in the ledger, unless given."""
    now = datetime.now(UTC)
    return _insert(
        "sales_order",
        org_id=org_id,
        customer_id=customer_id or make_customer(org_id),
        order_channel_id=order_channel_id or make_order_channel(org_id),
        **{
            "so_number": unique("SO"),
            "order_status": "Received",
            "fulfillment_status": "Pending",
            "mabd": now.date(),
            "placed_at": now.date(),
            "created_at": now,
            "updated_at": now,
            **columns,
        },
    )


def make_sales_order_item(org_id: str, *, sales_order_id: str, sku_id: str | None = None, quantity: int = 10) -> str:
    return _insert(
        "sales_order_item",
        org_id=org_id,
        sales_order_id=sales_order_id,
        sku_id=sku_id or make_sku(org_id),
        quantity=quantity,
    )


def make_sales_order_shipment(
    org_id: str, *, sales_order_id: str, location_id: str | None = None, **columns: Any
) -> str:
    """Of which nothing is in the ledger."""
    now = datetime.now(UTC)
    return _insert(
        "sales_order_shipment",
        org_id=org_id,
        sales_order_id=sales_order_id,
        location_id=location_id or make_location(org_id),
        **{
            "shipment_number": unique("SHP"),
            "shipped_at": now.date(),
            "created_at": now,
            "updated_at": now,
            **columns,
        },
    )


def make_sales_order_shipment_item(org_id: str, *, shipment_id: str, so_item_id: str, quantity: int = 1) -> str:
    return _insert(
        "sales_order_shipment_item",
        org_id=org_id,
        shipment_id=shipment_id,
        so_item_id=so_item_id,
        quantity=quantity,
    )


def make_sales_order_return(org_id: str, *, sales_order_id: str, location_id: str | None = None, **columns: Any) -> str:
    """Of what the status of the order has shipped, and of which nothing is in the ledger, unless given."""
    now = datetime.now(UTC)
    return _insert(
        "sales_order_return",
        org_id=org_id,
        sales_order_id=sales_order_id,
        location_id=location_id or make_location(org_id),
        **{
            "shipment_id": sales_order_id,
            "return_number": unique("RET"),
            "returned_at": now.date(),
            "amount": 0,
            "broker_fees": 0,
            "created_at": now,
            "updated_at": now,
            **columns,
        },
    )


def make_sales_order_return_item(org_id: str, *, return_id: str, so_item_id: str, **columns: Any) -> str:
    return _insert(
        "sales_order_return_item",
        org_id=org_id,
        return_id=return_id,
        so_item_id=so_item_id,
        **{"shipment_item_id": so_item_id, "quantity": 1, "unit_price": 0, "amount": 0, **columns},
    )


def make_timeline_note(org_id: str, *, sales_order_id: str, note: str = "A note") -> str:
    return _insert(
        "timeline_note",
        org_id=org_id,
        sales_order_id=sales_order_id,
        order_status="Received",
        note=note,
        created_at=datetime.now(UTC),
    )


def make_balance(org_id: str, *, sku_id: str, location_id: str, demand: int) -> None:
    """A balance of finished goods that no entry accounts for: for what would take too many of them."""
    db.execute_sql(
        "INSERT INTO finished_goods_balance (org_id, item_id, location_id, demand) VALUES (%s, %s, %s, %s)",
        (org_id, sku_id, location_id, demand),
    )


def make_contact(org_id: str, *, first_name: str = "Kim", display_name: str | None = None, **columns: Any) -> str:
    return _insert(
        "contact", org_id=org_id, first_name=first_name, display_name=display_name or unique(first_name), **columns
    )


def make_contact_method(
    org_id: str, *, contact_id: str, method_type: str = "email", value: str | None = None, **columns: Any
) -> str:
    value = value or f"{unique('contact')}@example.com"
    return _insert(
        "contact_method", org_id=org_id, contact_id=contact_id, method_type=method_type, value=value, **columns
    )


def make_contact_link(org_id: str, *, contact_id: str, **columns: Any) -> str:
    """`columns` name the entity: `customer_id` or `vendor_id`."""
    return _insert("contact_link", org_id=org_id, contact_id=contact_id, **columns)


def make_document(org_id: str, *, name: str = "label.pdf", **columns: Any) -> str:
    """The row alone, without a file. `columns` name the order: `purchase_order_id` or one like it."""
    id = new_id()
    return _insert(
        "document",
        org_id=org_id,
        id=id,
        name=name,
        **{
            "gcs_path": f"orgs/{org_id}/example/{id}-{name}",
            "mime_type": "application/pdf",
            "size_bytes": 4,
            "is_stored": True,
            **columns,
        },
    )


# These are found by something else.
_WITHOUT_ID = frozenset(
    [
        "organization_settings",
        "accounting_account",
        "lot_settings",
        "lot_recall_lot",
        "lot_balance",
        "idempotency_key",
        "plugin_setting",
        "webhook_progress",
    ]
)


def _insert(table: str, **columns: Any) -> str:
    """As the owner of the database, who row-level security does not hold back in tests."""
    if table not in _WITHOUT_ID:
        columns.setdefault("id", new_id())
    names = ", ".join(columns)
    marks = ", ".join(["%s"] * len(columns))
    if db.is_closed():
        db.connect()
    with maintenance():
        db.execute_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values()))
    return str(columns.get("id", columns.get("org_id")))
