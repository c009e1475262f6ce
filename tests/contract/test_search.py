"""`q` finds what ILIKE finds, in the order of the list, without reading the table, of one organization only.

A search reads the next rows of the list first, and looks through the segments when too few of them match. The tests
make these few, so that small tables are searched both ways.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import psycopg2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pharus import listing
from pharus.db import db, maintenance, unit_of_work
from pharus.identity import Actor, Role
from pharus.listing import Listing, Order, Search, contains
from plugins.bom import operations as bom
from plugins.contacts import operations as contacts
from plugins.customers import operations as customers
from plugins.manufacturing import operations as manufacturing
from plugins.materials import operations as materials
from plugins.products import operations as products
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations as sales_orders
from plugins.vendors import operations as vendors
from plugins.vendors.records import vendors as records
from tests import factories
from tests.factories import Organization

MODULES = (vendors, customers, contacts, materials, products, bom, purchase_orders, sales_orders, manufacturing)

SEARCHED = [
    "contact",
    "customer",
    "material",
    "production_order",
    "purchase_order",
    "sales_order",
    "sku",
    "vendor",
    "work_order",
]

# Letters whose small form is another or longer, wildcards, what escapes them, what separates keys, an accent of its
# own, and what lies beyond 16 bits.
LETTERS = "aAbB1 %_\\'\"-\n\t\x01\x7fäÄßẞİ\u0131\u017fΣς\u03c3ée\u0301\u200b日本😀\u212a"
TEXTS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=6)


def owner(org_id: str) -> Actor:
    return Actor(uid="test", user_id=None, org_id=org_id, role=Role.owner)


@contextmanager
def nearby(rows: int) -> Iterator[None]:
    """Lists that read so many rows before they look through the segments."""
    with mock.patch.object(listing, "_NEAR", rows):
        yield


def by_name() -> Listing[Any]:
    """A list that has built no statement yet."""
    return Listing(records, Order(("sort_key", "id")), {"q": Search("name ILIKE %s", "find_ids('vendor', %s)")})


@given(names=st.lists(TEXTS, min_size=1, max_size=12), q=TEXTS, limit=st.integers(1, 5), near=st.sampled_from([1, 4]))
@example(names=["a\x01b", "\x01", "ab"], q="\x01", limit=5, near=1)
@example(names=["İ", "i", "\u0131I"], q="İ", limit=5, near=1)
@example(names=["x", "xß", "ßx", "yx"], q="x", limit=5, near=1)
@example(names=["%", "\\%", "\\"], q="\\", limit=5, near=1)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_search_is_ilike_page_by_page(names: list[str], q: str, limit: int, near: int) -> None:
    org_id = factories.make_organization().id
    with nearby(near), unit_of_work(owner(org_id)):
        records.insert_many({"name": name} for name in [*names, *names])
        expected = [
            id
            for (id,) in db.rows(
                "SELECT id::text FROM vendor WHERE org_id = %s AND name ILIKE %s ORDER BY sort_key, id",
                (org_id, contains(q)),
            )
        ]
        found, cursor, list_ = [], None, by_name()
        while True:
            page = list_.page({"q": contains(q)}, cursor=cursor, limit=limit)
            found += [row["id"] for row in page["data"]]
            cursor = page["nextCursor"]
            if cursor is None:
                break
    assert found == expected


@pytest.fixture(scope="module")
def twenty_thousand(database_url: str) -> str:
    """An organization with so many vendors, of which three have a rare name."""
    if db.is_closed():
        db.connect()
    org_id = factories.make_organization().id
    _many_vendors(org_id, 20_000)
    for name in ("A zqx 7", "50% ß", "M zqx 7 ß"):
        factories.make_vendor(org_id, name=name)
    with maintenance():
        db.execute_sql("ANALYZE vendor")
    return org_id


@pytest.mark.parametrize("q", ["x", "zq", "Zqx", "zqx 7", "ß", "%", "nowhere"])
def test_rare_text_is_found_without_reading_the_table(twenty_thousand: str, q: str) -> None:
    """Among 20,000 rows: so many are read as are near, twice, and those that match."""
    with unit_of_work(owner(twenty_thousand)):
        before = _read("vendor")
        page = vendors.list_vendors(q=q)
        read = _read("vendor") - before
    assert [row["name"] for row in page["data"]] == {
        "%": ["50% ß"],
        "ß": ["50% ß", "M zqx 7 ß"],
        "nowhere": [],
    }.get(q, ["A zqx 7", "M zqx 7 ß"])
    assert read <= 2 * listing._NEAR + 100


def test_common_text_is_found_near(organization: Organization) -> None:
    _many_vendors(organization.id, 5_000)
    with unit_of_work(owner(organization.id)):
        before = _read("vendor")
        assert len(vendors.list_vendors(q="endo")["data"]) == 100
        assert _read("vendor") - before <= 300


def _many_vendors(org_id: str, count: int) -> None:
    with maintenance():
        db.execute_sql(
            "INSERT INTO vendor (org_id, id, name) SELECT %s, gen_random_uuid(), 'Vendor ' || lpad(i::text, 7, '0') "
            "FROM generate_series(1, %s) AS i",
            (org_id, count),
        )


def _read(table: str) -> int:
    """How many rows of the table were read in this transaction so far."""
    (rows,) = db.row(
        "SELECT pg_stat_get_xact_tuples_returned(oid) + pg_stat_get_xact_tuples_fetched(oid) "
        "FROM pg_class WHERE oid = %s::regclass",
        (table,),
    )
    return int(rows)


class Searched:
    """An organization with a record in every list that has `q`, found by its code or number and by a name."""

    def __init__(self, name: str) -> None:
        org_id = self.org_id = factories.make_organization().id
        vendor = factories.make_vendor(org_id, name=name)
        customer = factories.make_customer(org_id, name=name)
        contact = factories.make_contact(org_id, display_name=name)
        location = factories.make_location(org_id, name=name)
        material = factories.make_material(org_id, code=f"M-{name}", name=name)
        sku = factories.make_sku(org_id, code=f"S-{name}", name=name)
        factories.make_bom_item(org_id, sku_id=sku, material_id=material)
        self.ids: dict[Callable[..., Any], str] = {
            vendors.list_vendors: vendor,
            customers.list_customers: customer,
            contacts.list_contacts: contact,
            materials.list_materials: material,
            products.list_skus: sku,
            bom.list_boms: sku,
            purchase_orders.list_purchase_orders: factories.make_purchase_order(org_id, vendor_id=vendor),
            sales_orders.list_sales_orders: factories.make_sales_order(org_id, customer_id=customer),
            manufacturing.list_work_orders: factories.make_manufacturing_order(org_id, "work", location_id=location),
            manufacturing.list_production_orders: factories.make_manufacturing_order(
                org_id, "production", location_id=location
            ),
        }

    def found(self, search: Callable[..., Any], q: str) -> list[str]:
        with unit_of_work(owner(self.org_id)):
            return [row.get("id") or row["outputSkuId"] for row in search(q=q)["data"]]


@pytest.fixture(params=[1, 2000], ids=["segments", "near"])
def near(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each list reads so many rows first; none has a statement built for another number."""
    lists = [value for module in MODULES for value in vars(module).values() if isinstance(value, Listing)]
    for each in lists:
        each._texts.clear()
    with nearby(request.param):
        yield
    for each in lists:
        each._texts.clear()


def test_every_list_finds_by_name_and_only_its_own(near: None) -> None:
    own, other = Searched("Zürich Öl 8%"), Searched("Zürich Öl 8%")
    for search, id in own.ids.items():
        for q in ("zÜRICH öl", "h ö", "8%", "ü"):
            assert own.found(search, q) == [id], (search.__name__, q)
        assert own.found(search, "Zürich Öl 80") == []
        assert other.found(search, "Zürich") == [other.ids[search]]


def test_orders_are_found_by_number(near: None) -> None:
    own = Searched("Zürich")
    keys: list[tuple[Callable[..., Any], str]] = [
        (purchase_orders.list_purchase_orders, "poNumber"),
        (sales_orders.list_sales_orders, "soNumber"),
        (manufacturing.list_work_orders, "woNumber"),
        (manufacturing.list_production_orders, "prodNumber"),
    ]
    for search, key in keys:
        with unit_of_work(owner(own.org_id)):
            number = search()["data"][0][key]
        for q in (number, number.lower(), number[-5:], number[1:4]):
            assert own.found(search, q) == [own.ids[search]], (search.__name__, q)


def test_segments_are_seen_by_the_organization_that_is_set_and_no_other(database_url: str) -> None:
    own, other = Searched("Secret"), Searched("Secret")
    seen = "SELECT array_agg(DISTINCT org_id::text), array_agg(DISTINCT searched) FROM search_segment"
    assert _as_role(database_url, "pharus_app", None, seen) == (None, None)
    orgs, tables = _as_role(database_url, "pharus_app", own.org_id, seen)
    assert orgs == [own.org_id]
    assert tables == SEARCHED
    for table in SEARCHED:
        for q in ("%secret%", "%-%", "%%", "%e%"):
            find = f"SELECT find_ids('{table}', %s)::text[]"
            assert _as_role(database_url, "pharus_app", None, find, q) == ([],)
            (ids,) = _as_role(database_url, "pharus_app", own.org_id, find, q)
            assert set(ids) <= set(own.ids.values())
            assert not set(ids) & set(other.ids.values())
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        _as_role(database_url, "pharus_platform", own.org_id, seen)


def test_role_of_the_former_search_is_left_with_nothing(database_url: str) -> None:
    (left,) = _as_role(
        database_url,
        "pharus_app",
        None,
        """
        SELECT count(*) FROM pg_shdepend
        WHERE refobjid = 'pharus_search'::regrole AND dbid = (
            SELECT oid FROM pg_database WHERE datname = current_database()
        )
        """,
    )
    assert left == 0


def _as_role(url: str, role: str, org_id: str | None, sql: str, *parameters: Any) -> tuple[Any, ...]:
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}; SELECT set_config('pharus.org_id', %s, true)", (org_id or "",))
            cursor.execute(sql, parameters or None)
            row = cursor.fetchone()
            assert row is not None
            return row
    finally:
        connection.close()
