import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

import peewee
import pytest

from pharus import db, hooks
from pharus.db import unit_of_work
from pharus.errors import Conflict, InUse, NotFound
from pharus.fields import new_id
from pharus.hooks import hookimpl
from pharus.records import Records
from plugins import manager
from plugins.contacts.records import links
from plugins.customers import models as customer_models
from plugins.customers import schemas as customer_schemas
from plugins.documents.records import documents
from plugins.products.records import skus
from plugins.purchase_orders.records import items, orders
from plugins.purchase_orders.schemas import PurchaseOrderItem
from plugins.vendors import models, schemas
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.pharus.modules import module
from tests.statements import statements

vendors = Records(models.Vendor, schemas.Vendor)


def test_insert_returns_the_record_as_the_contract_shows_it(unit: db.Unit) -> None:
    vendor = vendors.insert({"name": "Example Oils", "qbo_id": "7"})
    assert tuple(vendor) == tuple(schemas.Vendor.__annotations__)
    assert vendor["orgId"] == unit.org_id
    assert (vendor["name"], vendor["qboId"], vendor["isActive"], vendor["notes"]) == ("Example Oils", "7", True, None)
    assert vendor["createdAt"] == vendor["updatedAt"] == unit.now
    assert vendors.get(vendor["id"]) == vendor
    assert vendors.select() == [vendor]


def test_insert_many_returns_the_ids_in_order_of_rows_of_different_columns(unit: db.Unit) -> None:
    ids = vendors.insert_many([{"name": "first"}, {"name": "second", "city": "Salem"}, {"name": "third", "term": "x"}])
    rows = [vendors.get(id) for id in ids]
    assert [(row["name"], row["city"], row["term"]) for row in rows] == [
        ("first", None, None),
        ("second", "Salem", None),
        ("third", None, "x"),
    ]
    assert ids == sorted(ids), "ids are not ordered by time"
    assert vendors.insert_many([]) == []


def test_insert_many_keeps_the_default_of_a_column_that_only_other_rows_name(unit: db.Unit) -> None:
    ids = vendors.insert_many([{"name": "first", "is_active": False}, {"name": "second"}])
    assert [vendors.get(id)["isActive"] for id in ids] == [False, True]


def test_insert_many_of_many_rows_stores_the_same(unit: db.Unit) -> None:
    """They go column by column."""
    given_id = new_id()
    few: list[dict[str, object]] = [
        {"name": "first"},
        {"name": "second", "city": "Salem", "is_active": False},
        {"name": "third", "term": None, "id": given_id, "created_at": datetime(2020, 1, 1, tzinfo=UTC)},
    ]
    with statements() as executed:
        ids = vendors.insert_many([*few, *({"name": f"{number:03}"} for number in range(200))])
        db.db.flush()
    assert len(executed) == 1
    assert ids[2] == given_id
    rows = [vendors.get(id) for id in ids]
    assert [row["name"] for row in rows[3:]] == [f"{number:03}" for number in range(200)]
    assert [(row["name"], row["city"], row["isActive"]) for row in rows[:3]] == [
        ("first", None, True),
        ("second", "Salem", False),
        ("third", None, True),
    ]
    assert {row["createdAt"] for row in rows} == {row["updatedAt"] for row in rows} == {unit.now}


def test_insert_many_of_what_only_rows_can_hold_goes_row_by_row(unit: db.Unit) -> None:
    """Bytes: a column of them is none that JSON has texts of."""
    records = Records(models.Vendor, schemas.Vendor)
    records._types = {}
    ids = records.insert_many({"name": f"{number:03}"} for number in range(150))
    assert [vendors.get(id)["name"] for id in ids[::149]] == ["000", "149"]


def test_record_shows_a_64_bit_integer_as_a_string(unit: db.Unit) -> None:
    """2 ** 53 + 1 is no number that JavaScript could read."""
    order = factories.make_purchase_order(unit.org_id)
    id = factories.make_document(unit.org_id, purchase_order_id=order, size_bytes=2**53 + 1)
    assert documents.get(id)["sizeBytes"] == "9007199254740993"
    assert documents.selected_as("each").count("each.size_bytes::text") == 1


def test_update_changes_only_what_is_named(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        before = vendors.insert({"name": "Example Oils", "city": "Salem", "notes": "old"})
    with unit_of_work(owner_of(organization.id)) as later:
        assert vendors.update(before["id"], {}) == before
        after = vendors.update(before["id"], {"notes": None})
        assert after == {**before, "notes": None, "updatedAt": later.now}


def test_record_of_another_organization_is_not_found(unit: db.Unit) -> None:
    with ThreadPoolExecutor(1) as pool:
        id = pool.submit(make_elsewhere).result()
    for attempt in (
        lambda: vendors.get(id),
        lambda: vendors.get(id, lock=True),
        lambda: vendors.update(id, {"name": "taken over"}),
        lambda: vendors.update(id, {}),
        lambda: vendors.delete(id),
        lambda: vendors.get(new_id()),
    ):
        with pytest.raises(NotFound, match=r"^no vendor with the id "):
            attempt()
    assert vendors.select() == []


def make_elsewhere() -> str:
    """A vendor of another organization."""
    try:
        return factories.make_vendor(factories.make_organization().id)
    finally:
        db.disconnect()


def test_of_has_what_belongs_to_a_record_in_order_and_nothing_of_others(unit: db.Unit) -> None:
    mine, other = (factories.make_purchase_order(unit.org_id) for _ in range(2))
    material = factories.make_material(unit.org_id)
    expected = items.insert_many({"purchase_order_id": mine, "material_id": material, "quantity": n} for n in (3, 1, 2))
    items.insert_many([{"purchase_order_id": other, "material_id": material, "quantity": 1}])
    assert [item["id"] for item in items.of("purchase_order_id", mine)] == expected
    assert [item["quantity"] for item in items.of("purchase_order_id", mine, order="quantity DESC")] == [3, 2, 1]
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lines_elsewhere, mine).result() == []


def lines_elsewhere(order_id: str) -> list[PurchaseOrderItem]:
    with unit_of_work(owner_of(factories.make_organization().id)):
        return items.of("purchase_order_id", order_id)


def test_delete_removes_the_record_and_tells_the_plugins_first(unit: db.Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, str, str]] = []

    @hookimpl
    def record_deleted(table: str, id: str) -> None:
        calls.append((table, id, vendors.get(id)["name"]))

    extend(monkeypatch, record_deleted=record_deleted)
    vendor = vendors.insert({"name": "Example Oils"})
    vendors.delete(vendor["id"])
    assert calls == [("vendor", vendor["id"], "Example Oils")]
    with pytest.raises(NotFound):
        vendors.get(vendor["id"])


def test_delete_record_that_is_referred_to_is_in_use_with_the_counts(
    unit: db.Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    @hookimpl
    def references_to(table: str, id: str) -> dict[str, int]:
        return {"poCount": 2, "materialCount": 0} if table == "vendor" else {}

    extend(monkeypatch, references_to=references_to)
    vendor = vendors.insert({"name": "Example Oils"})
    with pytest.raises(InUse) as raised:
        vendors.delete(vendor["id"])
    counts = raised.value.details["references"]
    assert (counts["poCount"], counts["materialCount"]) == (2, 0)
    assert vendors.get(vendor["id"]) == vendor


def extend(monkeypatch: pytest.MonkeyPatch, **hookimpls: object) -> None:
    """One more plugin beside the built-in ones, with these hooks."""
    built_in = manager.load(()).modules
    monkeypatch.setattr(hooks, "_loaded", hooks.Plugins([*built_in, module("example", **hookimpls)]))


def test_get_with_lock_makes_the_next_one_wait(organization: Organization) -> None:
    id = factories.make_vendor(organization.id)
    waiting, order = threading.Event(), []

    def second() -> None:
        with unit_of_work(owner_of(organization.id)):
            waiting.set()
            vendors.get(id, lock=True)
            order.append("second")
        db.disconnect()

    with ThreadPoolExecutor(1) as pool:
        with unit_of_work(owner_of(organization.id)):
            vendors.get(id, lock=True)
            pending = pool.submit(second)
            assert waiting.wait(timeout=30)
            db.db.execute_sql("SELECT pg_sleep(0.1)")
            order.append("first")
        pending.result(timeout=30)
    assert order == ["first", "second"]


def test_values_of_writes_ids_in_small_letters() -> None:
    customers = Records(customer_models.Customer, customer_schemas.Customer, requested={"parentId": "parentCustomerId"})
    id = new_id()
    values = customers.values_of({"name": "IN CAPITALS", "parentId": id, "brokerId": None})
    assert values == {"name": "IN CAPITALS", "parent_customer_id": id, "broker_id": None}


def test_require_returns_the_records_by_id_whatever_the_letter_case(unit: db.Unit) -> None:
    ids = [vendors.insert({"name": name})["id"] for name in "ab"]
    found = vendors.require([ids[0], ids[1], ids[0]])
    assert {id: vendor["name"] for id, vendor in found.items()} == {ids[0]: "a", ids[1]: "b"}
    assert vendors.require([]) == {}


def test_require_refuses_the_unknown_before_the_deactivated(unit: db.Unit) -> None:
    good, gone = (vendors.insert({"name": "x", "is_active": active})["id"] for active in (True, False))
    with pytest.raises(NotFound):
        vendors.require([good, gone, new_id()])
    with pytest.raises(Conflict, match="deactivated"):
        vendors.require([good, gone])
    assert set(vendors.require([good, gone], active=False)) == {good, gone}
    assert set(vendors.require([good, gone], kept=[gone])) == {good, gone}


def test_selected_as_names_the_columns_that_row_reads(unit: db.Unit) -> None:
    vendor = vendors.insert({"name": "Example Oils"})
    text = f"SELECT {vendors.selected_as('seller')}, 7 FROM vendor seller WHERE org_id = %s"
    row = db.db.row(text, (unit.org_id,))
    assert row[-1] == 7
    assert vendors.row(row) == vendor


def test_values_of_takes_the_columns_that_a_body_names() -> None:
    records = Records(models.Vendor, schemas.Vendor, requested={"vendorName": "name"})
    body = {"vendorName": "x", "qboId": None, "isActive": False, "rows": [], "unknown": 1}
    assert records.values_of(body) == {"name": "x", "qbo_id": None, "is_active": False}


def test_records_renamed_key_reads_and_writes_the_column(unit: db.Unit) -> None:
    class Shown(TypedDict):
        id: str
        title: str

    renamed = Records(models.Vendor, Shown, renamed={"title": "name"})
    shown = renamed.insert(renamed.values_of({"title": "Example Oils"}))
    assert renamed.get(shown["id"]) == {"id": shown["id"], "title": "Example Oils"}


def test_records_with_a_key_that_the_table_lacks_refuse_to_start() -> None:
    class Shown(TypedDict):
        id: str
        shoeSize: int

    with pytest.raises(TypeError, match="Vendor has no column shoe_size that Shown shows"):
        Records(models.Vendor, Shown)


def test_insert_duplicate_is_refused_by_the_database(unit: db.Unit) -> None:
    vendors.insert({"name": "first", "qbo_id": "1"})
    with pytest.raises(peewee.IntegrityError), db.db.atomic():
        vendors.insert({"name": "second", "qbo_id": "1"})
    assert [vendor["name"] for vendor in vendors.select("ORDER BY name")] == ["first"]


def test_insert_all_returns_the_records_in_order(unit: db.Unit) -> None:
    made = vendors.insert_all({"name": f"Vendor {number}"} for number in range(20))
    assert [vendor["name"] for vendor in made] == [f"Vendor {number}" for number in range(20)]
    assert [vendors.get(vendor["id"]) for vendor in made] == made
    assert vendors.insert_all([]) == []


def test_insert_of_what_the_model_tells_is_shown_as_the_database_keeps_it(unit: db.Unit) -> None:
    vendor_id, sku_type = factories.make_vendor(unit.org_id), factories.make_sku_type(unit.org_id)
    material_id = factories.make_material(unit.org_id)
    with statements() as sent:
        order = orders.insert(
            {
                "po_number": "PO-2026-0001",
                "vendor_id": vendor_id,
                "target_type": "materials",
                "status": "Planning",
                "shipping_costs": Decimal("45.5"),
                "other_costs": 7,
                "placed_at": "2026-03-02T23:30:00-08:00",
                "received_at": date(2026, 3, 4),
            }
        )
        lines = items.insert_all(
            {"purchase_order_id": order["id"], "material_id": material_id, "quantity": quantity}
            for quantity in (Decimal("123456789012.123456"), 1)
        )
        sku = skus.insert({"sku_code": "A", "name": "a", "sku_type_id": sku_type, "items_per_unit": Decimal("2.0")})
        assert sent == []
    assert orders.get(order["id"]) == order
    assert (order["vendorId"], order["placedAt"], order["setupCosts"]) == (vendor_id, date(2026, 3, 2), 0)
    assert items.select("ORDER BY id") == lines
    assert skus.get(sku["id"]) == sku
    assert sku["itemsPerUnit"] == 2


def test_inserts_of_a_table_are_prepared_once_whatever_they_name(unit: db.Unit) -> None:
    db.db.flush()
    before = names_of_prepared("vendor")
    vendors.insert({"name": "first", "city": "Salem"})
    vendors.insert({"city": "Salem", "name": "second", "is_active": False})
    vendors.insert({"name": "third"})
    vendors.insert_many([{"term": "x", "name": "fourth"}, {"name": "fifth"}])
    vendors.insert_many([{"name": "sixth"}])
    db.db.flush()
    assert len(names_of_prepared("vendor") | before) <= 2
    assert {(each["name"], each["city"], each["isActive"]) for each in vendors.select()} == {
        ("first", "Salem", True),
        ("second", "Salem", False),
        ("third", None, True),
        ("fourth", None, True),
        ("fifth", None, True),
        ("sixth", None, True),
    }


def names_of_prepared(table: str) -> set[str]:
    """Of the statements that this connection keeps for inserts into a table."""
    kept = db.db.opened().prepared_names
    return {name for text, name in kept.items() if text.startswith(f"INSERT INTO {table} ")}


def test_insert_asks_back_what_only_the_database_knows(unit: db.Unit) -> None:
    contact, vendor_id = factories.make_contact(unit.org_id), factories.make_vendor(unit.org_id)
    link = links.insert({"contact_id": contact, "vendor_id": vendor_id})
    assert (link["entityType"], link["entityId"]) == ("vendor", vendor_id)


def test_update_locked_says_what_the_record_will_be(unit: db.Unit) -> None:
    before = vendors.get(factories.make_vendor(unit.org_id), lock=True)
    with statements() as sent:
        after = vendors.update_locked(before, {"name": "changed", "city": "Salem"})
        assert sent == []
    assert vendors.get(before["id"]) == after == {**before, "name": "changed", "city": "Salem", "updatedAt": unit.now}


def test_update_locked_of_a_row_that_is_gone_is_begun_anew_and_finds_nothing(organization: Organization) -> None:
    id = factories.make_vendor(organization.id)
    attempts: list[str] = []

    def work(unit: db.Unit) -> None:
        attempts.append("begun")
        before = vendors.get(id, lock=True)
        if len(attempts) == 1:
            db.db.send("DELETE FROM vendor WHERE org_id = %s AND id = %s", (unit.org_id, id))
        vendors.update_locked(before, {"name": "changed"})

    db.run(owner_of(organization.id), work)
    assert len(attempts) == 2
    with unit_of_work(owner_of(organization.id)):
        assert vendors.get(id)["name"] == "changed"

    with pytest.raises(Conflict), unit_of_work(owner_of(organization.id)) as unit:
        before = vendors.get(id, lock=True)
        db.db.send("DELETE FROM vendor WHERE org_id = %s AND id = %s", (unit.org_id, id))
        vendors.update_locked(before, {"name": "nobody"})
        db.db.row("SELECT 1")


def test_update_locked_of_a_record_that_was_only_read_is_refused(unit: db.Unit) -> None:
    before = vendors.get(factories.make_vendor(unit.org_id))
    with pytest.raises(RuntimeError, match="has not locked the vendor"):
        vendors.update_locked(before, {"name": "changed"})


@pytest.mark.parametrize("value", [10 / 3, float("nan"), [0.5]])
def test_float_reaches_no_column(unit: db.Unit, value: object) -> None:
    for send in (db.db.send, db.db.defer, db.db.row, db.db.prepared):
        with pytest.raises(TypeError, match="no column takes a float"):
            send("SELECT %s::numeric", (value,))
    if isinstance(value, float):
        with pytest.raises(TypeError, match="no column takes a float"):
            vendors.insert_many([{"name": "Oils", "notes": value}])
        with pytest.raises(TypeError, match="no column takes a float"):
            vendors.insert_many([*([{"name": "Oils"}] * 200), {"name": "Oils", "notes": value}])


def test_key_that_only_lists_show_is_none_of_the_records(unit: db.Unit) -> None:
    shape = vendors_with_name.keys
    assert "contactName" not in shape
    assert vendors_with_name.insert({"name": "Example Oils"}).keys() == set(shape)


class VendorWithName(schemas.Vendor):
    contactName: NotRequired[str]  # noqa: N815 - a key of the contract


vendors_with_name = Records(models.Vendor, VendorWithName)
