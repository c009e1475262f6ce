"""What every list takes beside its filters, by the document and by the list itself."""

from typing import Any

import pytest

from pharus import openapi
from tests.api import Api, error_code, pointers
from tests.contract.judging import document
from tests.contract.test_list_costs import LISTS

# The operation of each list; the journal and the costs of goods are reports, in an order of their own.
OPERATIONS = {
    "vendors": "listVendors",
    "customers": "listCustomers",
    "contacts": "listContacts",
    "materials": "listMaterials",
    "skus": "listSkus",
    "boms": "listBoms",
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
_REPORTS = {"getCostOfGoods", "listJournalEntries"}
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
