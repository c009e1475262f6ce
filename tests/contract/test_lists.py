"""What every list takes beside its filters, by the document and by the list itself."""

from typing import Any

import pytest

from pharus import openapi
from tests import factories
from tests.api import Api, error_code, pointers
from tests.contract.judging import document
from tests.contract.test_list_costs import LISTS
from tests.factories import Organization

# The operation of each list; the journal and the costs of goods are reports, in an order of their own, and so are the
# logs of deliveries. The lines of BOMs come with the pages of the BOMs.
OPERATIONS = {
    "vendors": "listVendors",
    "customers": "listCustomers",
    "contacts": "listContacts",
    "contact methods": "listAllContactMethods",
    "contact links": "listAllContactLinks",
    "materials": "listMaterials",
    "skus": "listSkus",
    "item units": "listItemUnits",
    "boms": "listBoms",
    "supplier prices": "listSupplierPrices",
    "customer prices": "listCustomerPrices",
    "lots": "listLots",
    "entries of lots": "listLotEntries",
    "purchase orders": "listPurchaseOrders",
    "lines of purchase orders": "listAllPurchaseOrderItems",
    "work orders": "listWorkOrders",
    "production orders": "listProductionOrders",
    "sales orders": "listSalesOrders",
    "notes": "listSalesOrderNotes",
    "documents": "listDocuments",
    "materials ledger": "listMaterialsLedgerEntries",
    "finished goods ledger": "listFinishedGoodsLedgerEntries",
}
_REPORTS = {
    "getCostOfGoods",
    "listExpiringLots",
    "listBomLines",
    "listAuditEvents",
    "listJournalEntries",
    "listWebhookAttempts",
    "listWebhookDeliveries",
}
_DECLARED = {declared["operationId"]: (path, declared) for path, _, declared in openapi.operations(document())}
_LISTS = ["/api/vendors", "/api/customers", "/api/contacts", "/api/materials", "/api/skus"]


def parameters_of(operation: str) -> dict[str, Any]:
    return {each["name"]: each for each in openapi.parameters(document(), _DECLARED[operation][1])}


def test_every_paged_operation_is_a_list_or_a_report() -> None:
    paged = {name for name in _DECLARED if "cursor" in parameters_of(name)}
    assert paged == set(OPERATIONS.values()) | _REPORTS
    assert set(OPERATIONS) == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_document_says_what_the_list_takes(name: str) -> None:
    parameters, found = parameters_of(OPERATIONS[name]), LISTS[name]
    assert parameters["sort"]["schema"]["enum"] == list(found.orders)
    assert "Absent: " in parameters["sort"]["description"]
    assert ("updatedSince" in parameters) == bool(found._changed)
    assert ("expand" in parameters) == bool(found._names)
    assert {"ids", "count"} <= parameters.keys()
    default = [sort for sort, order in found.orders.items() if order == found.order]
    assert not default or f"Absent: {default[0]}." in parameters["sort"]["description"]


@pytest.mark.parametrize("name", LISTS)
def test_keys_that_sort_and_names_are_keys_of_the_rows(name: str) -> None:
    _, declared = _DECLARED[OPERATIONS[name]]
    known = openapi.Document(document())
    page = known.follow(declared["responses"]["200"]["content"][openapi.JSON]["schema"])
    row = known.fold(known.follow(page["properties"]["data"]["items"]))
    keys = row["properties"].keys() | ({"orderDate"} if "placedAt" in row["properties"] else set())
    assert {sort.removeprefix("-") for sort in LISTS[name].orders} <= keys
    assert set(LISTS[name]._names) <= keys - set(row["required"])
    assert "total" in page["properties"]


@pytest.mark.parametrize("path", _LISTS)
def test_is_active_has_two_names(member: Api, path: str) -> None:
    for name in ("isActive", "active"):
        assert member.get(path, **{name: "true"}).status_code == 200
    assert member.get(path, isActive="false", active="false").json()["data"] == []
    refused = member.get(path, isActive="true", active="false")
    assert (refused.status_code, pointers(refused)) == (422, ["query/active"])


def test_list_is_asked_for_everything_at_once(member: Api) -> None:
    made = [member.post("/api/vendors", {"name": name}).json() for name in ("b", "c", "a")]
    ids = ",".join(vendor["id"].upper() for vendor in made[:2])
    page = member.get(
        "/api/vendors",
        ids=ids,
        sort="-updatedAt",
        updatedSince=made[0]["updatedAt"],
        count="true",
        active="true",
        limit=1,
    ).json()
    assert [vendor["name"] for vendor in page["data"]] == ["c"]
    assert page["total"] == {"count": 2, "atLeast": False}
    rest = member.get("/api/vendors", ids=ids, sort="-updatedAt", cursor=page["nextCursor"]).json()
    assert [vendor["name"] for vendor in rest["data"]] == ["b"]
    assert "total" not in rest


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"sort": "notes"}, "query/sort"),
        ({"sort": "name,id"}, "query/sort"),
        ({"ids": ""}, "query/ids/0"),
        ({"ids": "7"}, "query/ids/0"),
        ({"ids": "01935d6c-7b1a-7c3e-8f00-000000000001,"}, "query/ids/1"),
        ({"ids": ",".join(["01935d6c-7b1a-7c3e-8f00-000000000001"] * 101)}, "query/ids"),
        ({"updatedSince": "yesterday"}, "query/updatedSince"),
        ({"updatedSince": "2026-01-01"}, "query/updatedSince"),
        ({"updatedSince": "2026-01-01T00:00:00Z", "sort": "name"}, "query/sort"),
        ({"count": "1"}, "query/count"),
    ],
)
def test_what_a_list_does_not_take_is_refused(member: Api, query: dict[str, str], place: str) -> None:
    refused = member.get("/api/vendors", **query)
    assert (refused.status_code, error_code(refused), pointers(refused)) == (422, "validation_failed", [place])


def test_cursor_of_another_order_is_refused(member: Api) -> None:
    for name in "ab":
        member.post("/api/vendors", {"name": name})
    cursor = member.get("/api/vendors", sort="updatedAt", limit=1).json()["nextCursor"]
    assert pointers(member.get("/api/vendors", sort="-updatedAt", cursor=cursor)) == ["query/cursor"]
    assert pointers(member.get("/api/vendors", cursor=cursor)) == ["query/cursor"]


def test_orders_of_every_kind_are_sorted_by_day(member: Api) -> None:
    for name in ("purchase orders", "work orders", "production orders", "sales orders"):
        path = _DECLARED[OPERATIONS[name]][0]
        assert member.get(path, sort="orderDate").status_code == 200
        refused = member.get(path, sort="orderDate", q="x")
        assert (refused.status_code, pointers(refused)) == (422, ["query/sort"])


def test_names_are_those_of_the_records(member: Api, organization: Organization) -> None:
    org = organization.id
    store = factories.make_location(org, name="Store")
    material = factories.make_material(org, code="M-1", name="Wax")
    vendor = factories.make_vendor(org, name="Example Oils")
    order = factories.make_purchase_order(org, vendor_id=vendor, ship_to_location_id=store)
    factories.make_purchase_order_item(org, purchase_order_id=order, material_id=material)

    def first(path: str) -> dict[str, Any]:
        (row,) = member.get(path, expand="names").json()["data"]
        return dict(row)

    row = first("/api/purchase-orders")
    assert (row["vendorName"], row["shipToLocationName"]) == ("Example Oils", "Store")
    row = first("/api/purchase-order-items")
    assert (row["materialCode"], row["materialName"], row["skuCode"]) == ("M-1", "Wax", None)
    assert "vendorName" not in member.get(f"/api/purchase-orders/{order}").json()["purchaseOrder"]
    assert member.get("/api/purchase-orders", expand="lines").status_code == 422


def test_stock_and_its_ledger_show_names(admin: Api, organization: Organization) -> None:
    org = organization.id
    workshop, store = (factories.make_location(org, name=name) for name in ("Workshop", "Store"))
    material = factories.make_material(org, code="M-1", name="Wax")
    ours = {"materialId": material}
    path = "/api/materials-inventory"
    made = admin.post(f"{path}/adjustments", {**ours, "locationId": workshop, "quantity": "5", "unitCost": "2"})
    assert made.status_code == 201, made.text
    sent = {**ours, "sourceLocationId": workshop, "destinationLocationId": store, "quantity": "1"}
    assert admin.post(f"{path}/transfers", sent).status_code == 201
    names = {"materialCode": "M-1", "materialName": "Wax"}
    ledger = admin.get(f"{path}/ledger", expand="names", locationId=workshop).json()["data"]
    assert [{key: row[key] for key in (*names, "locationName", "toLocationName")} for row in ledger] == [
        {**names, "locationName": "Workshop", "toLocationName": "Store"},
        {**names, "locationName": "Workshop", "toLocationName": None},
    ]
    now = admin.get(f"{path}/summary", expand="names").json()["data"]
    then = admin.get(f"{path}/summary", expand="names", asOf="2100-01-01").json()["data"]
    for summary in (now, then):
        found = [{key: row[key] for key in (*names, "locationName")} for row in summary]
        assert sorted(found, key=lambda row: row["locationName"]) == [
            {**names, "locationName": "Store"},
            {**names, "locationName": "Workshop"},
        ]
    plain = admin.get(f"{path}/summary").json()["data"]
    assert all("materialName" not in row for row in plain)


def test_row_with_names_is_not_sent_back_with_them(member: Api, organization: Organization) -> None:
    """Who would rename a vendor that way is told that it renames nothing."""
    factories.make_material(organization.id, code="M-1")
    (row,) = member.get("/api/materials", expand="names").json()["data"]
    refused = member.patch(f"/api/materials/{row['id']}", row)
    assert (refused.status_code, pointers(refused)) == (422, ["/materialTypeName"])
    del row["materialTypeName"]
    assert member.patch(f"/api/materials/{row['id']}", row).status_code == 200
