"""What a page costs does not grow with the table: with each filter, for values that many records have and for values
that few have, which lie at the end of the order, on the first page and on the next one.

Counted are the rows that PostgreSQL reads for the page, in all tables, and the entries of indexes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any
from unittest import mock

import pytest

from pharus import listing
from pharus.db import db, maintenance, unit_of_work
from pharus.identity import Actor, Role
from pharus.listing import Listing, Paging, contains
from plugins.bom import operations as bom
from plugins.contacts import operations as contacts
from plugins.customers import operations as customers
from plugins.documents import operations as documents
from plugins.inventory import operations as inventory
from plugins.lots import operations as lots
from plugins.manufacturing import operations as manufacturing
from plugins.materials import operations as materials
from plugins.prices import operations as prices
from plugins.products import operations as products
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations as sales_orders
from plugins.units import operations as units
from plugins.vendors import operations as vendors
from tests import database, factories

FEW, MANY = 500, 10_000
RARE = 5
PAGE = 50
# In which records are changed, one a second.
YEAR = 2026
# So many rows a search reads first, twice: for each an entry of an index and a row, of two tables at most.
NEAR = 200

LISTS: dict[str, Listing[Any]] = {
    "vendors": vendors._list,
    "customers": customers._list,
    "contacts": contacts._list,
    "contact methods": contacts._list_methods,
    "contact links": contacts._list_links,
    "materials": materials._list,
    "skus": products._list,
    "item units": units._list,
    "boms": bom._list,
    "supplier prices": prices._list_of_suppliers,
    "customer prices": prices._list_of_customers,
    "lots": lots._list,
    "entries of lots": lots._list_entries,
    "purchase orders": purchase_orders._list,
    "lines of purchase orders": purchase_orders._list_lines,
    "work orders": manufacturing._work_orders,
    "production orders": manufacturing._production_orders,
    "sales orders": sales_orders._list,
    "notes": sales_orders._list_notes,
    "documents": documents._list,
    "materials ledger": inventory._materials_ledger,
    "finished goods ledger": inventory._finished_goods_ledger,
}


@dataclass
class Filled:
    """An organization with so many records in each list. `rare` and `common` are values of the filters, by list."""

    rows: int
    rare: dict[str, dict[str, Any]] = field(default_factory=dict)
    common: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.org_id = org = factories.make_organization().id
        pair = range(2)
        location, site = (factories.make_location(org, name=name) for name in ("Usual", "Zq site"))
        material_type, other_material_type = (factories.make_material_type(org) for _ in pair)
        sku_type, other_sku_type = (factories.make_sku_type(org) for _ in pair)
        customer_type, other_customer_type = (factories.make_customer_type(org) for _ in pair)
        segment, other_segment = (factories.make_customer_segment(org) for _ in pair)
        broker, other_broker = (factories.make_broker(org) for _ in pair)
        channel = factories.make_order_channel(org)
        parent, other_parent = (factories.make_customer(org, name="Usual parent") for _ in pair)
        # Rare is what lies last: names that begin with z, ids that begin with 0 where the newest come first.
        self._insert(
            "vendor (org_id, id, name, is_active, updated_at)",
            "{org}, {id}, CASE WHEN {rare} THEN 'Zq ' ELSE 'Usual ' END || i, NOT {rare}, {updated}",
        )
        self._insert(
            "contact (org_id, id, first_name, display_name, is_active, updated_at)",
            "{org}, {id}, 'Kim', CASE WHEN {rare} THEN 'Zq ' ELSE 'Usual ' END || i, NOT {rare}, {updated}",
        )
        self._insert(
            "customer (org_id, id, name, is_active, customer_type_id, customer_segment_id, broker_id, "
            "parent_customer_id, updated_at)",
            "{org}, {id}, CASE WHEN {rare} THEN 'Zq ' ELSE 'Usual ' END || i, NOT {rare}, "
            f"CASE WHEN {{rare}} THEN '{other_customer_type}' ELSE '{customer_type}' END::uuid, "
            f"CASE WHEN {{rare}} THEN '{other_segment}' ELSE '{segment}' END::uuid, "
            f"CASE WHEN {{rare}} THEN '{other_broker}' ELSE '{broker}' END::uuid, "
            f"CASE WHEN {{rare}} THEN '{other_parent}' ELSE '{parent}' END::uuid, {{updated}}",
        )
        self._insert(
            "material (org_id, id, material_code, name, material_type_id, is_active, updated_at)",
            "{org}, {id}, CASE WHEN {rare} THEN 'Zq-' ELSE 'M-' END || i, 'Usual', "
            f"CASE WHEN {{rare}} THEN '{other_material_type}' ELSE '{material_type}' END::uuid, NOT {{rare}}, "
            "{updated}",
        )
        self._insert(
            "sku (org_id, id, sku_code, name, sku_type_id, is_active, items_per_unit, oz_per_item, updated_at)",
            "{org}, {id}, CASE WHEN {rare} THEN 'Zq-' ELSE 'S-' END || i, 'Usual', "
            f"CASE WHEN {{rare}} THEN '{other_sku_type}' ELSE '{sku_type}' END::uuid, NOT {{rare}}, "
            "CASE WHEN {rare} THEN 99 ELSE 10 END, CASE WHEN {rare} THEN 9.5 ELSE 1.5 END, {updated}",
        )
        material = self._first("material")
        with maintenance():
            db.execute_sql(
                "INSERT INTO bom_item (org_id, id, sku_id, position, quantity, material_id) "
                "SELECT org_id, gen_random_uuid(), id, 1, 1, %s FROM sku WHERE org_id = %s",
                (material, org),
            )
            db.execute_sql(
                "INSERT INTO material_unit "
                "(org_id, id, material_id, unit, numerator, denominator, base_unit, created_at) "
                "SELECT org_id, id, id, 'drum', 1, 1, 'l', now() FROM material WHERE org_id = %s",
                (org,),
            )
            db.execute_sql(
                "INSERT INTO contact_method (org_id, id, contact_id, method_type, value) "
                "SELECT org_id, id, id, 'phone', '1' FROM contact WHERE org_id = %s",
                (org,),
            )
            db.execute_sql(
                "INSERT INTO contact_link (org_id, id, contact_id, vendor_id) "
                "SELECT org_id, id, id, %s FROM contact WHERE org_id = %s",
                (self._first("vendor"), org),
            )
        usual, unusual = self._first("vendor"), self._first("vendor", "Zq%")
        self._insert(
            "purchase_order (org_id, id, po_number, vendor_id, target_type, status, placed_at, created_at, updated_at)",
            "{org}, {id}, CASE WHEN {rare} THEN 'ZQ-' ELSE 'PO-' END || i, "
            f"CASE WHEN {{rare}} THEN '{unusual}' ELSE '{usual}' END::uuid, 'materials', "
            "CASE WHEN {rare} THEN 'Planning' ELSE 'Placed' END, "
            "CASE WHEN {rare} THEN '2020-01-01' ELSE '2026-01-01' END::date, now(), {updated}",
        )
        other_material, other_sku = self._first("material", "Zq%"), self._first("sku", "Zq%")
        with maintenance():
            db.execute_sql(
                """
                INSERT INTO purchase_order_item (org_id, id, purchase_order_id, material_id, sku_id, quantity)
                SELECT org_id, gen_random_uuid(), id,
                    CASE WHEN status <> 'Planning' THEN %s WHEN number > 1 THEN %s END::uuid,
                    CASE WHEN status = 'Planning' AND number = 1 THEN %s END::uuid, 1
                FROM (SELECT *, row_number() OVER (PARTITION BY status ORDER BY id) AS number FROM purchase_order
                      WHERE org_id = %s) AS numbered
                """,
                (material, other_material, other_sku, org),
            )
        for kind in ("work", "production"):
            self._insert(
                f"{kind}_order (org_id, id, number, status, location_id, placed_at, created_at, updated_at)",
                "{org}, {id}, CASE WHEN {rare} THEN 'ZQ-' ELSE 'O-' END || i, "
                "CASE WHEN {rare} THEN 'Draft' ELSE 'Placed' END, "
                f"CASE WHEN {{rare}} THEN '{site}' ELSE '{location}' END::uuid, "
                "CASE WHEN {rare} THEN '2020-01-01' ELSE '2026-01-01' END::date, now(), {updated}",
            )
        customer, unusual_customer = self._first("customer"), self._first("customer", "Zq%")
        self._insert(
            "sales_order (org_id, id, so_number, customer_id, order_channel_id, order_status, fulfillment_status, "
            "mabd, placed_at, created_at, updated_at)",
            "{org}, {id}, CASE WHEN {rare} THEN 'ZQ-' ELSE 'SO-' END || i, "
            f"CASE WHEN {{rare}} THEN '{unusual_customer}' ELSE '{customer}' END::uuid, '{channel}'::uuid, "
            "CASE WHEN {rare} THEN 'Received' ELSE 'Entered' END, 'Pending', now(), "
            "CASE WHEN {rare} THEN '2020-01-01' ELSE '2026-01-01' END::date, now(), {updated}",
        )
        order, other_order = self._newest("sales_order"), factories.make_sales_order(org, customer_id=customer)
        self._insert(
            "timeline_note (org_id, id, sales_order_id, order_status, note, created_at)",
            f"{{org}}, {{id}}, CASE WHEN {{rare}} THEN '{other_order}' ELSE '{order}' END::uuid, 'Entered', 'x', "
            "{updated}",
        )
        self._insert(
            "document (org_id, id, sales_order_id, name, gcs_path, mime_type, size_bytes, is_stored, created_at)",
            f"{{org}}, {{id}}, CASE WHEN {{rare}} THEN '{other_order}' ELSE '{order}' END::uuid, 'x', "
            "{org} || '/' || i, 'application/pdf', 1, true, {updated}",
        )
        sku = self._first("sku")
        for ledger, item, other_item in (
            ("materials", material, other_material),
            ("finished_goods", sku, other_sku),
        ):
            self._insert(
                f"{ledger}_ledger_entry (org_id, id, code, item_id, location_id, event_type, quantity, ref, "
                "event_date, on_hand, on_order, demand, allocated, in_transit, value, created_at)",
                "{org}, {id}, 'L-' || i, "
                f"CASE WHEN {{rare}} THEN '{other_item}' ELSE '{item}' END::uuid, "
                f"CASE WHEN {{rare}} THEN '{site}' ELSE '{location}' END::uuid, "
                "CASE WHEN {rare} THEN 'DISPOSE' ELSE 'ADJUST' END, 1, "
                "CASE WHEN {rare} THEN 'ZQ-1' ELSE 'PO-' || i % 2 END, "
                # Each at its own moment. Of all of them at the same one, with those of others after it, the planner
                # expects none behind a cursor, and sorts what it finds.
                "CASE WHEN {rare} THEN '2020-01-01' ELSE '2026-01-01' END::timestamptz + i * interval '1 second', "
                "0, 0, 0, 0, 0, 0, {updated}",
            )
        of_price = "min_quantity, valid_from, valid_to, updated_at, created_at"
        values = (
            "i, CASE WHEN {rare} THEN '2020-01-01' ELSE '2026-01-01' END::date, "
            "CASE WHEN {rare} THEN '2020-12-31' END::date, {updated}, now()"
        )
        self._insert(
            f"supplier_price (org_id, id, vendor_id, material_id, sku_id, unit_cost, {of_price})",
            f"{{org}}, {{id}}, CASE WHEN {{rare}} THEN '{unusual}' ELSE '{usual}' END::uuid, "
            f"CASE WHEN i > {2 * RARE} THEN '{material}' WHEN {{rare}} THEN '{other_material}' END::uuid, "
            f"CASE WHEN NOT {{rare}} AND i <= {2 * RARE} THEN '{other_sku}' END::uuid, 1, {values}",
        )
        self._insert(
            f"customer_price (org_id, id, sku_id, customer_id, customer_segment_id, unit_price, {of_price})",
            f"{{org}}, {{id}}, CASE WHEN {{rare}} THEN '{other_sku}' ELSE '{sku}' END::uuid, "
            f"CASE WHEN {{rare}} THEN '{unusual_customer}' WHEN i % 2 = 0 THEN '{customer}' END::uuid, "
            f"CASE WHEN NOT {{rare}} AND i % 2 = 1 THEN '{segment}' END::uuid, 1, {values}",
        )
        self._insert(
            "lot (org_id, id, material_id, sku_id, code, status, created_at, updated_at)",
            "{org}, {id}, "
            f"CASE WHEN i > {2 * RARE} THEN '{material}' WHEN {{rare}} THEN '{other_material}' END::uuid, "
            f"CASE WHEN NOT {{rare}} AND i <= {2 * RARE} THEN '{other_sku}' END::uuid, "
            "CASE WHEN {rare} THEN 'ZQ-' ELSE 'L-' END || i, CASE WHEN {rare} THEN 'on_hold' ELSE 'released' END, "
            "now(), {updated}",
        )
        lot, other_lot = self._newest("lot"), factories.make_lot(org, material_id=material)
        self._insert(
            "lot_entry (org_id, id, lot_id, location_id, event_type, quantity, on_hand, in_transit, event_date, "
            "created_at)",
            f"{{org}}, {{id}}, CASE WHEN {{rare}} THEN '{other_lot}' ELSE '{lot}' END::uuid, '{location}'::uuid, "
            "'ADJUST', 1, 1, 0, now(), now()",
        )
        with maintenance():
            db.execute_sql("ANALYZE")
        dates = {"date_from": "2026-01-01", "date_to": "2026-12-31"}, {"date_to": "2020-12-31"}
        made = {**dates[0], "status": "Placed", "q": contains("o"), "location_id": location}
        made_rarely = {**dates[1], "status": "Draft", "q": contains("zq"), "location_id": site}
        self.common = {
            "vendors": {"is_active": True, "q": contains("usual")},
            "contacts": {"is_active": True, "q": contains("usual")},
            "customers": {
                "active": True,
                "type": customer_type,
                "segment": segment,
                "broker": broker,
                "parent_customer": parent,
                "q": contains("usual"),
            },
            "materials": {"active": True, "type": material_type, "q": contains("usual")},
            "skus": {
                "active": True,
                "type": sku_type,
                "q": contains("usual"),
                "items_per_unit_min": 2,
                "items_per_unit_max": 20,
                "oz_per_item_min": 1,
                "oz_per_item_max": 2,
            },
            "boms": {"q": contains("usual")},
            "supplier prices": {"vendor_id": usual, "material_id": material, "valid_on": "2026-02-01"},
            "customer prices": {
                "sku_id": sku,
                "customer_id": customer,
                "customer_segment_id": segment,
                "valid_on": "2026-02-01",
            },
            "lots": {"material_id": material, "sku_id": other_sku, "status": "released", "q": contains("l-")},
            "entries of lots": {"lot": lot},
            "purchase orders": {**dates[0], "status": "Placed", "q": contains("po-"), "vendor_id": usual},
            "lines of purchase orders": {"material_id": material, "status": "Placed"},
            "work orders": made,
            "production orders": made,
            "sales orders": {**dates[0], "status": "Entered", "q": contains("so-"), "customer_id": customer},
            "notes": {"order": order},
            "documents": {"entity_id": order},
            **self._of_ledgers({"item": material}, {"item": sku}, "ADJUST", "PO-", location, "2026-01-01"),
        }
        self.rare = {
            "vendors": {"is_active": False, "q": contains("zq")},
            "contacts": {"is_active": False, "q": contains("q")},
            "customers": {
                "active": False,
                "type": other_customer_type,
                "segment": other_segment,
                "broker": other_broker,
                "parent_customer": other_parent,
                "q": contains("zq"),
            },
            "materials": {"active": False, "type": other_material_type, "q": contains("Q-")},
            "skus": {
                "active": False,
                "type": other_sku_type,
                "q": contains("zq"),
                "items_per_unit_min": 90,
                "oz_per_item_min": 9,
            },
            "boms": {"q": contains("zq")},
            "supplier prices": {
                "vendor_id": unusual,
                "material_id": other_material,
                "sku_id": other_sku,
                "valid_on": "2020-02-01",
            },
            "customer prices": {"sku_id": other_sku, "customer_id": unusual_customer, "valid_on": "2020-02-01"},
            "lots": {"material_id": other_material, "sku_id": other_sku, "status": "on_hold", "q": contains("zq")},
            "entries of lots": {"lot": other_lot},
            "purchase orders": {**dates[1], "status": "Planning", "q": contains("zq"), "vendor_id": unusual},
            "lines of purchase orders": {"material_id": other_material, "sku_id": other_sku, "status": "Planning"},
            "work orders": made_rarely,
            "production orders": made_rarely,
            "sales orders": {**dates[1], "status": "Received", "q": contains("zq"), "customer_id": unusual_customer},
            "notes": {"order": other_order},
            "documents": {"entity_id": other_order},
            **self._of_ledgers({"item": other_material}, {"item": other_sku}, "DISPOSE", "ZQ-", site, "2020-01-01"),
        }

    def _insert(self, columns: str, values: str) -> None:
        """Rows of which the last in every order are rare. Their ids are smaller than those of all others."""
        rare = f"(i <= {RARE})"
        values = values.format(
            org=f"'{self.org_id}'::uuid",
            id="lpad(to_hex(i), 32, '0')::uuid",
            rare=rare,
            updated=f"'{YEAR}-01-01'::timestamptz + i * interval '1 second'",
        )
        with maintenance():
            db.execute_sql(f"INSERT INTO {columns} SELECT {values} FROM generate_series(1, {self.rows}) AS i")

    def _of_ledgers(
        self, materials: dict[str, str], skus: dict[str, str], event_type: str, prefix: str, location: str, day: str
    ) -> dict[str, dict[str, Any]]:
        both = {
            "location": location,
            "event_type": event_type,
            "ref": f"{prefix}1",
            "ref_prefix": prefix,
            "date_from": day,
            "before": f"{day[:4]}-02-01",
        }
        return {"materials ledger": {**materials, **both}, "finished goods ledger": {**skus, **both}}

    def _first(self, table: str, name: str = "%") -> str:
        with maintenance():
            return str(
                db.row(
                    f"SELECT id::text FROM {table} WHERE org_id = %s AND sort_key LIKE lower(%s) "
                    "ORDER BY sort_key, id LIMIT 1",
                    (self.org_id, name),
                )[0]
            )

    def _newest(self, table: str) -> str:
        with maintenance():
            return str(
                db.row(f"SELECT id::text FROM {table} WHERE org_id = %s ORDER BY id DESC LIMIT 1", (self.org_id,))[0]
            )

    def read(self, name: str, paging: Paging | None = None, **given: Any) -> tuple[int, int]:
        """How many rows were read for the first page and for the one after it; of these the larger number, and how
        many records the first page has."""
        list_ = LISTS[name]
        asked = paging or {}
        values = {**dict.fromkeys(list_.filters), **ALWAYS.get(name, {}), **given}
        with unit_of_work(Actor(uid="test", user_id=None, org_id=self.org_id, role=Role.owner)):
            start = _rows_read()
            page = list_.page(values, limit=PAGE, **asked)  # type: ignore[misc]  # no limit is asked for
            most = _rows_read() - start
            if page["nextCursor"] is not None:
                start = _rows_read()
                list_.page(values, limit=PAGE, cursor=page["nextCursor"], **asked)  # type: ignore[misc]  # nor a cursor
                most = max(most, _rows_read() - start)
        return most, len(page["data"])


def _rows_read() -> int:
    (rows,) = db.row(
        """
        SELECT sum(pg_stat_get_xact_tuples_returned(oid) + pg_stat_get_xact_tuples_fetched(oid))
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')
        """
    )
    return int(rows)


@pytest.fixture(scope="module")
def filled(database_url: str) -> Iterator[tuple[Filled, Filled]]:
    """In a database of their own: so many rows would cost every other test, and theirs would blur the statistics."""
    url = database.migrated(database_url)
    with database.kernel_on(url, database_url), mock.patch.object(listing, "_NEAR", NEAR):
        _forget_statements()
        yield Filled(FEW), Filled(MANY)
    _forget_statements()
    database.drop_scratch(database_url, url)


def _forget_statements() -> None:
    for each in LISTS.values():
        each._texts.clear()


# Bounds that are rare at one end only, and what few lines have anyway.
ONE_SIDED = {
    *((name, "date_from", "rare") for name in LISTS if name.endswith("orders")),
    *(("skus", f"{bound}_max", "rare") for bound in ("items_per_unit", "oz_per_item")),
    ("lines of purchase orders", "sku_id", "common"),
    ("supplier prices", "sku_id", "common"),
    ("lots", "sku_id", "common"),
    ("customer prices", "customer_segment_id", "rare"),
    *((name, "date_from", "rare") for name in LISTS if name.endswith("ledger")),
}
# What a list always has.
ALWAYS = {"documents": {"entity_type": "sales_order"}}


def filters_of(name: str) -> list[str]:
    return [by for by in LISTS[name].filters if by not in ALWAYS.get(name, {})]


CASES = [
    (name, by, kind)
    for name, list_ in LISTS.items()
    for by in [*list_.filters, ""]
    for kind in ("common", "rare")
    if (by or kind == "common") and (name, by, kind) not in ONE_SIDED
    if name not in ALWAYS or by in filters_of(name)
]


@pytest.mark.parametrize(("name", "by", "kind"), CASES)
def test_page_reads_as_much_of_many_rows_as_of_few(
    filled: tuple[Filled, Filled], name: str, by: str, kind: str
) -> None:
    few, many = filled
    reads, counts = [], []
    for each in (few, many):
        given = {by: getattr(each, kind)[name][by]} if by else {}
        rows, count = each.read(name, **given)
        reads.append(rows)
        counts.append(count)
    assert counts[0] == counts[1] > 0
    near = 8 * NEAR if by == "q" and kind == "rare" else 0
    assert reads[1] <= 2 * reads[0] + near + 300, reads


@pytest.mark.parametrize("name", LISTS)
def test_page_by_two_filters_reads_as_much_of_many_rows_as_of_few(filled: tuple[Filled, Filled], name: str) -> None:
    """With values that many rows have, or few, or the one and the other: then there is nothing to show."""
    bad = []
    for one, other in combinations(filters_of(name), 2):
        for kinds in product(("common", "rare"), repeat=2):
            if {(name, by, kind) for by, kind in zip((one, other), kinds, strict=True)} & ONE_SIDED:
                continue
            few, many = (
                each.read(
                    name, **{by: getattr(each, kind)[name][by] for by, kind in zip((one, other), kinds, strict=True)}
                )
                for each in filled
            )
            near = 8 * NEAR if "q" in (one, other) else 0
            if few[1] != many[1] or many[0] > 2 * few[0] + near + 300:
                bad.append((one, other, *kinds, few, many))
    assert bad == []


# Lists of what belongs to one record: without it they are asked for by nobody.
OF_ONE = {"notes": "order", "entries of lots": "lot", "documents": "entity_id"}


def asked_of(name: str) -> list[tuple[str, str]]:
    """(filter, kind of its value) of each filter alone, and of none."""
    none = [] if name in OF_ONE else [("", "common")]
    by_one = product(filters_of(name), ("common", "rare"))
    return [*none, *((by, kind) for by, kind in by_one if (name, by, kind) not in ONE_SIDED)]


def given(each: Filled, name: str, by: str = "", kind: str = "common") -> dict[str, Any]:
    """A value for the filter, and for what a list always has."""
    by = by or OF_ONE.get(name, "")
    return {**ALWAYS.get(name, {}), **({by: getattr(each, kind)[name][by]} if by else {})}


def page_of(each: Filled, name: str, **paging: Any) -> tuple[Any, int]:
    """A page, and how many rows were read for it."""
    by, kind = paging.pop("by", ""), paging.pop("kind", "common")
    values = {**dict.fromkeys(LISTS[name].filters), **given(each, name, by, kind)}
    with unit_of_work(Actor(uid="test", user_id=None, org_id=each.org_id, role=Role.owner)):
        start = _rows_read()
        page = LISTS[name].page(values, **paging)
        return page, _rows_read() - start


@pytest.mark.parametrize("name", LISTS)
def test_page_in_every_order_reads_as_much_of_many_rows_as_of_few(filled: tuple[Filled, Filled], name: str) -> None:
    """Of the whole list, and with each filter."""
    bad = []
    for sort, order in LISTS[name].orders.items():
        for by, kind in asked_of(name):
            if by in LISTS[name]._only_in_order and order != LISTS[name].order:
                continue
            few, many = (each.read(name, {"sort": sort}, **given(each, name, by, kind)) for each in filled)
            near = 8 * NEAR if by == "q" else 0
            if few[1] != many[1] or many[0] > 2 * few[0] + near + 300:
                bad.append((sort, by, kind, few, many))
    assert bad == []


@pytest.mark.parametrize("name", [name for name, list_ in LISTS.items() if list_._changed])
def test_what_has_changed_reads_as_much_of_many_rows_as_of_few(filled: tuple[Filled, Filled], name: str) -> None:
    bad = []
    # Everything, and nothing.
    for since in (f"{YEAR - 10}-01-01T00:00:00Z", f"{YEAR + 50}-01-01T00:00:00Z"):
        few, many = (each.read(name, {"updated_since": since}, **given(each, name)) for each in filled)
        if few[1] != many[1] or many[0] > 2 * few[0] + 300:
            bad.append((since, few, many))
    assert bad == []


@pytest.mark.parametrize("name", LISTS)
def test_records_by_their_ids_are_read_alone(filled: tuple[Filled, Filled], name: str) -> None:
    key = "outputSkuId" if name == "boms" else "id"
    _, many = filled
    page, _ = page_of(many, name, limit=20)
    ids = [row[key] for row in page["data"]]
    for sort in (None, *LISTS[name].orders):
        found, rows = page_of(many, name, ids=ids, sort=sort)
        assert sorted(row[key] for row in found["data"]) == sorted(ids)
        # Some entries and rows for each of them, whatever the statistics say; not the table.
        assert rows <= 1000, sort


@pytest.mark.parametrize("name", LISTS)
def test_count_of_many_rows_stops(filled: tuple[Filled, Filled], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 500)
    monkeypatch.setattr(listing, "_NEAR_OF_COUNT", 1000)
    _, many = filled
    bad = []
    for by, kind in asked_of(name):
        page, rows = page_of(many, name, by=by, kind=kind, limit=1, count="true")
        total = page["total"]
        # The orders that other tables needed are rare, too.
        is_right = total["count"] <= RARE + 1 if kind == "rare" else total == {"count": 500, "atLeast": True}
        # What is rare may be looked for among all of the organization's, when the statistics know nothing of it.
        if not is_right or rows > (10 if kind == "common" else 25) * 1000:
            bad.append((by, kind, total, rows))
    assert bad == []


@pytest.mark.parametrize("name", [name for name, list_ in LISTS.items() if list_._names])
def test_names_cost_some_rows_for_each_of_the_page(filled: tuple[Filled, Filled], name: str) -> None:
    _, many = filled
    plain, rows = page_of(many, name, limit=PAGE)
    named, rows_of_names = page_of(many, name, limit=PAGE, expand="names")
    names = LISTS[name]._names
    assert [{key: row[key] for key in row if key not in names} for row in named["data"]] == plain["data"]
    assert all(row.keys() >= names.keys() for row in named["data"])
    # Of each name an entry of an index and a row, or all rows of a table that fits onto a page or two.
    assert rows_of_names <= rows + 200 * len(names) * PAGE
