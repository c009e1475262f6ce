"""Prices of vendors and for customers, as a caller writes and reads them."""

from typing import Any

import pytest

from pharus.db import db
from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.days import today
from tests.plugins.platform.together import together
from tests.plugins.prices.pricelists import CUSTOMERS, SUPPLIERS, PriceLists

Json = dict[str, Any]


def test_create_supplier_price_returns_every_value(prices: PriceLists) -> None:
    given = {
        "vendorId": prices.vendor,
        "materialId": None,
        "skuId": prices.sku,
        "supplierItemCode": "OLV-20L",
        "minQuantity": "0.25",
        "unitCost": "123456789012.123456",
        "validFrom": "2026-01-01",
        "validTo": "2026-12-31",
        "notes": "By the pallet.",
    }
    created = prices.api.post(SUPPLIERS, given)
    assert created.status_code == 201
    body = created.json()
    assert {key: body[key] for key in given} == given
    assert prices.api.get(f"{SUPPLIERS}/{body['id']}").json() == body


def test_create_customer_price_returns_every_value(prices: PriceLists) -> None:
    given = {
        "skuId": prices.sku,
        "customerId": prices.customer,
        "customerSegmentId": None,
        "minQuantity": "12",
        "unitPrice": "3.75",
        "validFrom": "2026-01-01",
        "validTo": "2026-01-01",
        "notes": "A day.",
    }
    created = prices.api.post(CUSTOMERS, given)
    assert created.status_code == 201
    body = created.json()
    assert {key: body[key] for key in given} == given
    assert prices.api.get(f"{CUSTOMERS}/{body['id']}").json() == body


def test_price_is_for_any_quantity_from_today_on_unless_said(prices: PriceLists) -> None:
    bought = prices.supplier(validFrom=f"{today()}T23:59:59Z").json()
    sold = prices.api.post(CUSTOMERS, {"skuId": prices.sku, "unitPrice": 0}).json()
    for made in (bought, sold):
        assert (made["minQuantity"], made["validFrom"], made["validTo"]) == ("0", str(today()), None)
    assert sold["unitPrice"] == "0"
    assert (sold["customerId"], sold["customerSegmentId"]) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"materialId": None}, ""),
        ({"skuId": "01935d6c-7b1a-7c3e-8f00-000000000111"}, ""),
        ({"unitCost": "-1"}, "/unitCost"),
        ({"unitCost": None}, "/unitCost"),
        ({"minQuantity": "-0.5"}, "/minQuantity"),
        ({"minQuantity": "0.0000001"}, "/minQuantity"),
        ({"validFrom": "2026-02-30"}, "/validFrom"),
        ({"validFrom": "2026-03-02", "validTo": "2026-03-01"}, "/validTo"),
        ({"supplierItemCode": "\u200b"}, "/supplierItemCode"),
        ({"currency": "EUR"}, "/currency"),
    ],
)
def test_create_supplier_price_refuses_what_is_wrong_by_itself(prices: PriceLists, wrong: Json, place: str) -> None:
    refused = prices.supplier(**wrong)
    assert (refused.status_code, pointers(refused)) == (422, [place])


def test_create_customer_price_is_for_a_customer_or_a_segment(prices: PriceLists) -> None:
    both = {"customerId": prices.customer, "customerSegmentId": prices.segment}
    refused = prices.to_customers(**both)
    assert (refused.status_code, pointers(refused)) == (422, ["/customerSegmentId"])
    imported = prices.api.post(f"{CUSTOMERS}/bulk-import", {"rows": [prices.of_customers(**both)]})
    assert pointers(imported) == ["/rows/0/customerSegmentId"]


def test_price_names_records_that_are_there_and_active(prices: PriceLists) -> None:
    org = prices.organization.id
    for key in ("vendorId", "materialId"):
        refused = prices.supplier(**{key: new_id()})
        assert (refused.status_code, error_code(refused)) == (404, "not_found")
    for key in ("skuId", "customerId", "customerSegmentId"):
        assert prices.to_customers(**{key: new_id()}).status_code == 404
    for refused in (
        prices.supplier(vendorId=factories.make_vendor(org, is_active=False)),
        prices.supplier(materialId=factories.make_material(org, is_active=False)),
        prices.to_customers(skuId=factories.make_sku(org, is_active=False)),
        prices.to_customers(customerId=factories.make_customer(org, is_active=False)),
        prices.to_customers(customerSegmentId=factories.make_customer_segment(org, is_active=False)),
    ):
        assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_price_of_what_was_deactivated_is_kept_and_changes(prices: PriceLists) -> None:
    made = prices.supplier().json()
    assert prices.api.patch(f"/api/vendors/{prices.vendor}", {"isActive": False}).status_code == 200
    changed = prices.api.patch(f"{SUPPLIERS}/{made['id']}", {"unitCost": "3", "supplierItemCode": "X"})
    assert (changed.status_code, changed.json()["unitCost"]) == (200, "3")
    assert prices.cost() == "3"


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        # Without an end the next one takes over; of two that begin on one day nobody could say which is the next.
        ({}, {}, 409),
        ({}, {"validFrom": "2026-01-02"}, 201),
        ({}, {"minQuantity": 10}, 201),
        ({"minQuantity": "10.0"}, {"minQuantity": 10}, 409),
        # One with an end lies over one without.
        ({}, {"validTo": "2026-01-31"}, 201),
        ({"validTo": "2026-01-31"}, {}, 201),
        # Two with an end share no day.
        ({"validTo": "2026-01-31"}, {"validFrom": "2026-01-31", "validTo": "2026-02-28"}, 409),
        ({"validTo": "2026-01-31"}, {"validFrom": "2025-12-01", "validTo": "2026-03-28"}, 409),
        ({"validTo": "2026-01-31"}, {"validFrom": "2026-02-01", "validTo": "2026-02-28"}, 201),
        ({"validTo": "2026-01-31"}, {"validTo": "2026-01-31", "minQuantity": 1}, 201),
    ],
)
def test_two_prices_for_the_same_are_told_apart(prices: PriceLists, first: Json, second: Json, status: int) -> None:
    """By creating, by changing and by importing, of either kind."""
    what = "another {} has this validFrom" if "validTo" not in second else "its validity overlaps that of another {}"
    for path, of, noun in (
        (SUPPLIERS, prices.of_supplier, "supplier price"),
        (CUSTOMERS, prices.of_customers, "customer price"),
    ):
        assert prices.api.post(path, of(**first)).status_code == 201
        imported = prices.api.post(f"{path}/bulk-import", {"rows": [of(**second)]}, params={"dryRun": "true"})
        made = prices.api.post(path, of(**second))
        assert (made.status_code, imported.status_code) == (status, 200 if status == 201 else 422)
        other = prices.api.post(path, of(**{"validTo": None, **second, "minQuantity": 99}))
        assert other.status_code == 201
        changed = prices.api.patch(f"{path}/{other.json()['id']}", {"minQuantity": second.get("minQuantity", 0)})
        # Of the second one, or of the first that refused it.
        assert changed.status_code == 409
        if status == 409:
            for refused in (made, changed):
                assert refused.json()["error"]["message"] == what.format(noun)
            assert imported.json()["error"]["details"][0]["message"] == what.format(noun)


def test_prices_of_others_are_apart(prices: PriceLists) -> None:
    org = prices.organization.id
    for other in ({}, {"vendorId": factories.make_vendor(org)}, {"materialId": None, "skuId": prices.sku}):
        for period in ({}, {"validTo": "2026-06-30"}):
            assert prices.supplier(**other, **period).status_code == 201
    for other in (
        {},
        {"customerId": prices.customer},
        {"customerId": prices.parent},
        {"customerSegmentId": prices.segment},
    ):
        for period in ({}, {"validTo": "2026-06-30"}):
            assert prices.to_customers(**other, **period).status_code == 201


@pytest.mark.parametrize("period", [{}, {"validTo": "2026-06-30"}])
def test_of_two_equal_prices_at_the_same_time_one_is_refused(prices: PriceLists, period: Json) -> None:
    hold = "SELECT FROM vendor WHERE id = %s FOR UPDATE"
    answers = together(hold, (prices.vendor,), *[lambda: prices.supplier(**period)] * 2)
    assert sorted(each.status_code for each in answers) == [201, 409]
    hold = "SELECT FROM customer WHERE id = %s FOR UPDATE"
    given = {"customerId": prices.customer, **period}
    answers = together(hold, (prices.customer,), *[lambda: prices.to_customers(**given)] * 2)
    assert sorted(each.status_code for each in answers) == [201, 409]
    for path in (SUPPLIERS, CUSTOMERS):
        assert len(prices.api.get(path).json()["data"]) == 1


def test_two_changes_at_the_same_time_end_no_price_before_it_begins(prices: PriceLists) -> None:
    made = prices.supplier(validTo="2026-12-31").json()
    path = f"{SUPPLIERS}/{made['id']}"
    answers = together(
        "SELECT FROM supplier_price WHERE id = %s FOR UPDATE",
        (made["id"],),
        lambda: prices.api.patch(path, {"validFrom": "2026-09-01"}),
        lambda: prices.api.patch(path, {"validTo": "2026-03-31"}),
    )
    assert sorted(each.status_code for each in answers) == [200, 409]


def test_update_supplier_price_changes_what_is_sent(prices: PriceLists) -> None:
    made = prices.supplier(supplierItemCode="A", validTo="2026-12-31", notes="x").json()
    path = f"{SUPPLIERS}/{made['id']}"
    changed = prices.api.patch(path, {"unitCost": "2.75", "validTo": None, "supplierItemCode": None, "notes": None})
    assert changed.status_code == 200
    assert changed.json() == {
        **made,
        "unitCost": "2.75",
        "validTo": None,
        "supplierItemCode": None,
        "notes": None,
        "updatedAt": changed.json()["updatedAt"],
    }
    assert prices.api.get(path).json() == changed.json()
    assert prices.api.patch(path, {}).json() == changed.json()


def test_update_price_refuses_an_end_before_its_beginning(prices: PriceLists) -> None:
    path = f"{CUSTOMERS}/{prices.to_customers(validTo='2026-01-31').json()['id']}"
    refused = prices.api.patch(path, {"validFrom": "2026-05-01", "validTo": "2026-04-30"})
    assert (refused.status_code, pointers(refused)) == (422, ["/validTo"])
    for alone in ({"validFrom": "2026-02-01"}, {"validTo": "2025-12-31"}):
        refused = prices.api.patch(path, alone)
        assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_update_price_does_not_change_what_it_is_the_price_of(prices: PriceLists) -> None:
    made = prices.to_customers(customerId=prices.customer).json()
    path = f"{CUSTOMERS}/{made['id']}"
    assert prices.api.patch(path, made).status_code == 200
    for key, value in (("skuId", factories.make_sku(prices.organization.id)), ("customerId", None)):
        refused = prices.api.patch(path, {**made, key: value})
        assert (refused.status_code, pointers(refused)) == (422, [f"/{key}"])


def test_price_that_nobody_has_is_not_found(prices: PriceLists, viewer: Api) -> None:
    other = factories.make_organization().id
    foreign = factories.make_supplier_price(other, material_id=factories.make_material(other))
    for id in (foreign, new_id()):
        path = f"{SUPPLIERS}/{id}"
        assert viewer.get(path).status_code == 404
        assert prices.api.patch(path, {"unitCost": 1}).status_code == 404
        assert prices.api.delete(path).status_code == 404


def test_delete_price(prices: PriceLists) -> None:
    for path, made in ((SUPPLIERS, prices.supplier()), (CUSTOMERS, prices.to_customers())):
        id = made.json()["id"]
        assert prices.api.delete(f"{path}/{id}").json() == {"deletedId": id}
        assert prices.api.get(f"{path}/{id}").status_code == 404
    assert prices.supplier().status_code == 201


def test_what_has_prices_is_in_use(prices: PriceLists) -> None:
    prices.supplier()
    prices.supplier(materialId=None, skuId=prices.sku)
    prices.to_customers(customerId=prices.customer)
    prices.to_customers(customerSegmentId=prices.segment)
    for path, counts in (
        (f"/api/vendors/{prices.vendor}", {"supplierPriceCount": 2}),
        (f"/api/materials/{prices.material}", {"supplierPriceCount": 1}),
        (f"/api/skus/{prices.sku}", {"supplierPriceCount": 1, "customerPriceCount": 2}),
        (f"/api/customers/{prices.customer}", {"customerPriceCount": 1}),
        (f"/api/customer-segments/{prices.segment}", {"customerPriceCount": 1}),
    ):
        refused = prices.api.delete(path)
        assert (refused.status_code, error_code(refused)) == (409, "in_use"), path
        references = refused.json()["error"]["details"]["references"]
        assert {name: count for name, count in references.items() if name in counts} == counts


def test_changes_of_prices_are_events_of_the_vendor_and_the_sku(prices: PriceLists) -> None:
    bought, sold = prices.supplier().json(), prices.to_customers().json()
    prices.api.patch(f"{SUPPLIERS}/{bought['id']}", {"unitCost": "3"})
    prices.api.delete(f"{CUSTOMERS}/{sold['id']}")
    events = db.execute_sql(
        "SELECT type, parent_type, parent_id::text, before, after FROM event "
        "WHERE org_id = %s AND record_id = ANY(%s::uuid[]) ORDER BY transaction_id, seq",
        (prices.organization.id, [bought["id"], sold["id"]]),
    ).fetchall()
    assert [event[:3] for event in events] == [
        ("supplier_price.created", "vendor", prices.vendor),
        ("customer_price.created", "sku", prices.sku),
        ("supplier_price.updated", "vendor", prices.vendor),
        ("customer_price.deleted", "sku", prices.sku),
    ]
    assert events[2][3:] == ('{"unitCost":"2.5"}', '{"unitCost":"3"}')
