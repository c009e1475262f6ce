"""Bulk import of prices: atomic, partial, dry, large, and while others write."""

from typing import Any

import pytest

from pharus.db import db
from pharus.fields import new_id
from tests import factories
from tests.api import pointers
from tests.plugins.platform.together import together
from tests.plugins.prices.pricelists import CUSTOMERS, SUPPLIERS, PriceLists

Json = dict[str, Any]


def test_bulk_import_stores_all_rows_in_order(prices: PriceLists) -> None:
    rows = [prices.of_supplier("3", minQuantity=0), prices.of_supplier("2", minQuantity=50, supplierItemCode="A")]
    imported = prices.api.post(f"{SUPPLIERS}/bulk-import", {"rows": rows})
    assert imported.status_code == 200
    body = imported.json()
    assert [result["id"] for result in body["results"]] == body["ids"]
    assert prices.api.get(f"{SUPPLIERS}/{body['ids'][1]}").json()["supplierItemCode"] == "A"
    assert (prices.cost(49), prices.cost(50)) == ("3", "2")


def test_bulk_import_atomic_names_every_bad_row(prices: PriceLists) -> None:
    prices.supplier()
    inactive = factories.make_vendor(prices.organization.id, is_active=False)
    rows = [
        prices.of_supplier(),
        prices.of_supplier(minQuantity=1, vendorId=new_id()),
        prices.of_supplier(minQuantity=2, vendorId=inactive),
        prices.of_supplier(minQuantity=3, materialId=new_id()),
        prices.of_supplier(minQuantity=4, validTo="2025-12-31"),
        prices.of_supplier(minQuantity=5, validTo="2026-02-01"),
        prices.of_supplier(minQuantity="5.0", validFrom="2026-02-01", validTo="2026-03-01"),
        {"vendorId": prices.vendor, "unitCost": 1},
        prices.of_supplier(minQuantity=6),
    ]
    refused = prices.api.post(f"{SUPPLIERS}/bulk-import", {"rows": rows})
    assert refused.status_code == 422
    assert pointers(refused) == [
        "/rows/0/validFrom",
        "/rows/1/vendorId",
        "/rows/2/vendorId",
        "/rows/3/materialId",
        "/rows/4/validTo",
        "/rows/6/validTo",
        "/rows/7",
    ]
    assert len(prices.api.get(SUPPLIERS).json()["data"]) == 1


def test_bulk_import_partial_stores_what_does_not_meet_what_was_stored(prices: PriceLists) -> None:
    days = {"validTo": "2026-02-01"}
    rows = [
        prices.of_customers(**days, customerId=new_id()),
        # The one before it was refused, and has taken no days.
        prices.of_customers(**days, validFrom="2026-01-15"),
        prices.of_customers(**days),
        prices.of_customers(validFrom="2026-02-02", validTo="2026-02-03"),
        prices.of_customers(),
        prices.of_customers("5"),
        prices.of_customers("5", customerSegmentId=prices.segment),
    ]
    imported = prices.api.post(f"{CUSTOMERS}/bulk-import?mode=partial", {"rows": rows})
    assert imported.status_code == 200
    statuses = [result["status"] for result in imported.json()["results"]]
    assert statuses == ["error", "ok", "error", "ok", "ok", "error", "ok"]
    assert len(prices.api.get(CUSTOMERS).json()["data"]) == 4


def test_bulk_import_dry_run_stores_nothing(prices: PriceLists) -> None:
    rows = [prices.of_customers(), prices.of_customers()]
    checked = prices.api.post(f"{CUSTOMERS}/bulk-import?mode=partial&dryRun=true", {"rows": rows}).json()
    assert checked["ids"] == []
    assert [result["status"] for result in checked["results"]] == ["ok", "error"]
    assert prices.api.get(CUSTOMERS).json()["data"] == []


@pytest.mark.parametrize("period", [{}, {"validTo": "2026-06-30"}])
def test_of_two_imports_of_one_price_at_the_same_time_each_row_is_stored_once(prices: PriceLists, period: Json) -> None:
    def request(others: int) -> Any:
        rows = [prices.of_supplier(**period), *(prices.of_supplier(minQuantity=others + n) for n in range(1, 4))]
        return prices.api.post(f"{SUPPLIERS}/bulk-import?mode=partial", {"rows": rows}).json()

    hold = "SELECT FROM vendor WHERE id = %s FOR UPDATE"
    answers = together(hold, (prices.vendor,), lambda: request(0), lambda: request(10))
    firsts = sorted(answer["results"][0]["status"] for answer in answers)
    assert firsts == ["error", "ok"]
    assert all(result["status"] == "ok" for answer in answers for result in answer["results"][1:])
    assert len(prices.api.get(SUPPLIERS).json()["data"]) == 7


def test_bulk_import_of_a_thousand_rows_is_stored_whole(prices: PriceLists) -> None:
    org = prices.organization.id
    materials = [factories.make_material(org) for _ in range(10)]
    rows = [
        prices.of_supplier(
            "1.5",
            materialId=materials[n % 10],
            minQuantity=n // 20,
            **({"validTo": "2026-12-31"} if n % 20 > 9 else {}),
        )
        for n in range(1000)
    ]
    imported = prices.api.post(f"{SUPPLIERS}/bulk-import", {"rows": rows})
    assert imported.status_code == 200
    assert len(imported.json()["ids"]) == 1000
    (count,) = db.execute_sql("SELECT count(*) FROM supplier_price WHERE org_id = %s", (org,)).fetchone()
    assert count == 1000
