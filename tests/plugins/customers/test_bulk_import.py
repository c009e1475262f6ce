"""bulkImportCustomers: all rows or none, or each on its own; references are found for all rows at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, pointers
from tests.factories import Organization

PATH = "/api/customers/bulk-import"


def _names(api: Api) -> list[str]:
    return [row["name"] for row in api.get("/api/customers").json()["data"]]


@pytest.fixture
def mixed(organization: Organization, type_id: str) -> list[dict[str, Any]]:
    """Rows of which the odd ones are bad, each for another reason."""
    org_id = organization.id
    factories.make_customer(org_id, type_id=type_id, name="Old", qbo_id="taken")
    good = {"name": "Good", "typeId": type_id}
    return [
        good,
        {**good, "typeId": new_id()},
        {**good, "qboId": "x", "parentId": factories.make_customer(org_id, type_id=type_id, name="Parent")},
        {**good, "segmentId": factories.make_customer_segment(org_id, is_active=False)},
        {**good, "brokerId": factories.make_broker(org_id).upper(), "brokerFeePercent": 2.5},
        {**good, "brokerId": factories.make_broker(factories.make_organization().id)},
        {**good, "segmentId": factories.make_customer_segment(org_id), "parentId": None},
        {**good, "parentId": factories.make_customer(org_id, type_id=type_id, name="Off", is_active=False)},
        {**good, "qboId": "y"},
        {**good, "qboId": "taken"},
        {**good, "qboId": "z"},
        {**good, "qboId": "x"},
    ]


def test_bulk_import_customers_atomic_names_every_bad_row(admin: Api, mixed: list[dict[str, Any]]) -> None:
    before = _names(admin)
    refused = admin.post(PATH, {"rows": mixed})
    assert refused.status_code == 422
    assert pointers(refused) == [
        "/rows/1/typeId",
        "/rows/11/qboId",
        "/rows/3/segmentId",
        "/rows/5/brokerId",
        "/rows/7/parentId",
        "/rows/9/qboId",
    ]
    assert _names(admin) == before


def test_bulk_import_customers_partial_stores_what_it_can(admin: Api, mixed: list[dict[str, Any]]) -> None:
    before = len(_names(admin))
    dry = admin.post(f"{PATH}?mode=partial&dryRun=true", {"rows": mixed}).json()
    assert len(_names(admin)) == before
    body = admin.post(f"{PATH}?mode=partial", {"rows": mixed}).json()
    assert [result["status"] for result in body["results"]] == ["ok", "error"] * 6
    assert [result["status"] for result in dry["results"]] == ["ok", "error"] * 6
    codes = [result["error"]["code"] for result in body["results"][1::2]]
    assert codes == ["not_found", "conflict", "not_found", "conflict", "conflict", "conflict"]
    stored = admin.get(f"/api/customers/{body['ids'][2]}").json()
    assert (stored["brokerId"], stored["brokerFeePercent"]) == (mixed[4]["brokerId"].lower(), "2.5")
    assert len(_names(admin)) == before + 6


@pytest.mark.parametrize("mode", ["atomic", "partial"])
def test_bulk_import_customers_takes_five_thousand_rows(
    admin: Api, organization: Organization, type_id: str, mode: str
) -> None:
    segment, broker = factories.make_customer_segment(organization.id), factories.make_broker(organization.id)
    parent = factories.make_customer(organization.id, type_id=type_id)
    references = {"typeId": type_id, "segmentId": segment, "brokerId": broker, "parentId": parent}
    rows = [{"name": f"Customer {number}", "qboId": f"{number}", **references} for number in range(5000)]
    assert len(admin.post(f"{PATH}?mode={mode}", {"rows": rows}).json()["ids"]) == 5000
    assert admin.get(f"/api/brokers/{broker}/in-use").json()["customerCount"] == 5000


def test_bulk_import_customers_twice_at_once_stores_each_qbo_id_once(admin: Api, type_id: str) -> None:
    rows = [{"name": f"Customer {number}", "typeId": type_id, "qboId": f"{number}"} for number in range(100)]
    with ThreadPoolExecutor(3) as pool:
        responses = list(pool.map(lambda _: admin.post(f"{PATH}?mode=partial", {"rows": rows}), range(3)))
    assert {response.status_code for response in responses} == {200}
    assert sum(len(response.json()["ids"]) for response in responses) == 100


def test_bulk_import_customers_needs_an_admin(member: Api, type_id: str) -> None:
    assert member.post(PATH, {"rows": [{"name": "x", "typeId": type_id}]}).status_code == 403
