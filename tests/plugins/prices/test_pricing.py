"""Which price holds: examples as a caller asks, and random lists against a model of the rule in plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharus.db import db, unit_of_work
from pharus.errors import Conflict
from pharus.fields import new_id
from plugins.prices import operations
from plugins.prices.pricing import Purchase, Said, Sale, customer_prices_of, supplier_prices_of
from tests import factories
from tests.api import Api, pointers
from tests.days import today
from tests.pharus.acting import owner_of
from tests.plugins.prices.pricelists import CUSTOMERS, SUPPLIERS, PriceLists
from tests.statements import statements

DAY = date(2026, 1, 1)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_price_is_that_of_the_largest_quantity_that_is_reached(prices: PriceLists) -> None:
    prices.supplier("3", minQuantity="10")
    prices.supplier("2.5", minQuantity="99.5")
    assert [prices.cost(quantity) for quantity in ("9.999999", "10", "99.4", "99.5", "1000000")] == [
        None,
        "3",
        "3",
        "2.5",
        "2.5",
    ]


def test_price_without_an_end_is_good_until_the_next_one_begins(prices: PriceLists) -> None:
    prices.supplier("3")
    prices.supplier("2", minQuantity=100)
    prices.supplier("4", validFrom="2026-07-01")
    assert [prices.cost(day=day) for day in ("2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01")] == [
        None,
        "3",
        "3",
        "4",
    ]
    # The next list replaces the one before with all of its breaks that begin no higher.
    assert (prices.cost(100), prices.cost(100, day="2026-07-01")) == ("2", "4")


def test_price_with_an_end_lies_over_one_without(prices: PriceLists) -> None:
    prices.supplier("3")
    prices.supplier("2", validFrom="2026-06-01", validTo="2026-06-30")
    prices.supplier("4", validFrom="2026-06-15")
    days = ("2026-05-31", "2026-06-01", "2026-06-30", "2026-07-01")
    assert [prices.cost(day=day) for day in days] == ["3", "2", "2", "4"]


def test_price_of_the_customer_comes_before_its_parents_its_segments_and_everybodys(prices: PriceLists) -> None:
    org = prices.organization.id
    grand = factories.make_customer(org)
    db.execute_sql("UPDATE customer SET parent_customer_id = %s WHERE id = %s", (grand, prices.parent))
    assert prices.price() is None
    for price, payer in (
        ("9", {}),
        ("8", {"customerSegmentId": prices.segment}),
        ("7", {"customerId": grand}),
        ("6", {"customerId": prices.parent}),
        ("5", {"customerId": prices.customer}),
    ):
        # The dearer the narrower is asked for: the narrowest wins, not the cheapest.
        assert prices.to_customers(price, minQuantity=5, **payer).status_code == 201
        assert (prices.price(5), prices.price(4)) == (price, None)
    assert prices.price(5, customerId=prices.parent) == "6"
    assert prices.price(5, customerId=grand) == "7"
    assert prices.price(5, customerId=factories.make_customer(org)) == "9"
    prices.to_customers("10")
    assert (prices.price(4), prices.price(5)) == ("10", "5")


def test_look_up_says_all_that_belongs_to_the_price(prices: PriceLists, viewer: Api) -> None:
    bought = prices.supplier("2.123456", minQuantity=100, supplierItemCode="OLV", validTo="2026-12-31").json()
    query = {
        "vendorId": prices.vendor,
        "itemType": "material",
        "itemId": prices.material,
        "quantity": "500.5",
        "date": "2026-02-03",
    }
    assert viewer.get(f"{SUPPLIERS}/look-up", **query).json() == {
        "vendorId": prices.vendor,
        "materialId": prices.material,
        "skuId": None,
        "quantity": "500.5",
        "date": "2026-02-03",
        "unitCost": "2.123456",
        "amount": "1062.789728",
        "supplierPriceId": bought["id"],
        "minQuantity": "100",
        "supplierItemCode": "OLV",
        "validFrom": "2026-01-01",
        "validTo": "2026-12-31",
        "unit": None,
        "pricePerUnit": None,
    }
    sold = prices.to_customers("1.5", customerSegmentId=prices.segment).json()
    query = {"skuId": prices.sku, "customerId": prices.customer, "quantity": "3"}
    assert viewer.get(f"{CUSTOMERS}/look-up", **query).json() == {
        "skuId": prices.sku,
        "customerId": prices.customer,
        "quantity": "3",
        "date": str(today()),
        "unitPrice": "1.5",
        "amount": "4.5",
        "customerPriceId": sold["id"],
        "minQuantity": "0",
        "forCustomerId": None,
        "forCustomerSegmentId": prices.segment,
        "validFrom": "2026-01-01",
        "validTo": None,
        "unit": None,
        "pricePerUnit": None,
    }


def test_look_up_without_a_price_has_nulls_and_a_price_of_zero_is_one(prices: PriceLists) -> None:
    query = {"skuId": prices.sku, "quantity": "1"}
    found = prices.api.get(f"{CUSTOMERS}/look-up", **query).json()
    assert {key: found[key] for key in ("customerId", "unitPrice", "amount", "customerPriceId", "validFrom")} == {
        "customerId": None,
        "unitPrice": None,
        "amount": None,
        "customerPriceId": None,
        "validFrom": None,
    }
    prices.to_customers("0")
    found = prices.api.get(f"{CUSTOMERS}/look-up", **query).json()
    assert (found["unitPrice"], found["amount"]) == ("0", "0")


def test_look_up_refuses_what_it_cannot_look_up(prices: PriceLists) -> None:
    query = {"vendorId": prices.vendor, "itemType": "material", "itemId": prices.material, "quantity": "1"}
    path = f"{SUPPLIERS}/look-up"
    assert prices.api.get(path, **query).status_code == 200
    for quantity in ("0", "-1", "1e3", "0.0000001", ""):
        refused = prices.api.get(path, **{**query, "quantity": quantity})
        assert (refused.status_code, pointers(refused)) == (422, ["query/quantity"])
    for wrong in ({"itemType": "sku"}, {"itemId": new_id()}, {"vendorId": new_id()}):
        assert prices.api.get(path, **{**query, **wrong}).status_code == 404
    path = f"{CUSTOMERS}/look-up"
    assert prices.api.get(path, skuId=prices.sku, quantity="1", customerId=new_id()).status_code == 404


# Random lists against a model


@dataclass(frozen=True)
class Entry:
    """A price of a model: of one of two items, for one of some payers, with a price that tells it from all others."""

    item: int
    payer: int
    quantity: Decimal
    begin: int
    days: int | None
    price: Decimal

    @property
    def end(self) -> int | None:
        return None if self.days is None else self.begin + self.days


def refused(entry: Entry, others: Sequence[Entry]) -> bool:
    """Whether one that is for the same has the same beginning, or shares a day."""
    for other in others:
        if (other.item, other.payer, other.quantity) != (entry.item, entry.payer, entry.quantity):
            continue
        if entry.end is None and other.end is None and other.begin == entry.begin:
            return True
        if entry.end is not None and other.end is not None and not (other.end < entry.begin or entry.end < other.begin):
            return True
    return False


def price_of(entries: Sequence[Entry], item: int, payers: Sequence[int], quantity: Decimal, day: int) -> Decimal | None:
    """The rule of docs/rules.md: `payers` are those whose prices count, the narrowest first."""
    for payer in payers:
        fitting = [
            entry
            for entry in entries
            if (entry.item, entry.payer) == (item, payer)
            and entry.quantity <= quantity
            and entry.begin <= day
            and (entry.end is None or day <= entry.end)
        ]
        ending = [entry for entry in fitting if entry.end is not None]
        chosen = ending or fitting
        if chosen:
            newest = max(entry.begin for entry in chosen)
            return max((entry for entry in chosen if entry.begin == newest), key=lambda entry: entry.quantity).price
    return None


quantities = st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1), Decimal(10), Decimal("10.000001")])
days = st.integers(0, 12)


def entries_for(payers: int) -> st.SearchStrategy[list[Entry]]:
    facts = st.tuples(st.integers(0, 1), st.integers(0, payers - 1), quantities, days, st.none() | st.integers(0, 4))
    return st.lists(facts, max_size=25).map(
        lambda drawn: [Entry(*each, Decimal(number + 1)) for number, each in enumerate(drawn)]
    )


asked = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 4), quantities.map(lambda each: each + Decimal("0.000001")), days),
    min_size=1,
    max_size=20,
)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def fill(create: Callable[[Any], object], entries: Sequence[Entry], body: Callable[[Entry], dict[str, Any]]) -> None:
    """Through the operation. What the model refuses is refused."""
    kept: list[Entry] = []
    for entry in list(entries):
        values = {
            **body(entry),
            "minQuantity": entry.quantity,
            "validFrom": str(day(entry.begin)),
            "validTo": None if entry.end is None else str(day(entry.end)),
        }
        if refused(entry, kept):
            with pytest.raises(Conflict), unit_of_work(owner_of(values.pop("org"))):
                create(values)
        else:
            with unit_of_work(owner_of(values.pop("org"))):
                create(values)
            kept.append(entry)
    entries[:] = kept  # type: ignore[index]  # a list, which the test goes on with


@FEW
@given(entries=entries_for(2), lines=asked)
def test_supplier_prices_are_what_the_model_says(
    entries: list[Entry], lines: list[tuple[int, int, Decimal, int]]
) -> None:
    org = factories.make_organization().id
    vendors = [factories.make_vendor(org) for _ in range(2)]
    items = {0: ("materialId", factories.make_material(org)), 1: ("skuId", factories.make_sku(org))}

    def body(entry: Entry) -> dict[str, Any]:
        key, id = items[entry.item]
        return {"org": org, "vendorId": vendors[entry.payer], key: id, "unitCost": entry.price}

    fill(operations.create_supplier_price, entries, body)
    with unit_of_work(owner_of(org)), statements() as executed:
        found = supplier_prices_of(
            [
                Purchase(vendors[vendor % 2], items[item][1], Said(Fraction(quantity)), day(number))
                for item, vendor, quantity, number in lines
            ]
        )
    assert len(executed) == 1
    assert [price and price["unitCost"] for price in found] == [
        price_of(entries, item, [vendor % 2], quantity, number) for item, vendor, quantity, number in lines
    ]


@FEW
@given(entries=entries_for(6), lines=asked)
def test_customer_prices_are_what_the_model_says(
    entries: list[Entry], lines: list[tuple[int, int, Decimal, int]]
) -> None:
    org = factories.make_organization().id
    segments = [factories.make_customer_segment(org) for _ in range(2)]
    # Payers: 0 everybody, 1 and 2 segments, 3 a group, 4 a shop of the group in a segment, 5 one without either.
    group = factories.make_customer(org, customer_segment_id=segments[0])
    shop = factories.make_customer(org, customer_segment_id=segments[1], parent_customer_id=group)
    single = factories.make_customer(org)
    keys: list[dict[str, str]] = [
        {},
        *({"customerSegmentId": segment} for segment in segments),
        *({"customerId": customer} for customer in (group, shop, single)),
    ]
    buyers: list[tuple[str | None, list[int]]] = [
        (None, [0]),
        (group, [3, 1, 0]),
        (shop, [4, 3, 2, 0]),
        (single, [5, 0]),
        (new_id(), [0]),
    ]
    skus = [factories.make_sku(org) for _ in range(2)]

    def body(entry: Entry) -> dict[str, Any]:
        return {"org": org, "skuId": skus[entry.item], "unitPrice": entry.price, **keys[entry.payer]}

    fill(operations.create_customer_price, entries, body)
    with unit_of_work(owner_of(org)), statements() as executed:
        found = customer_prices_of(
            [
                Sale(buyers[buyer][0], skus[item], Said(Fraction(quantity)), day(number))
                for item, buyer, quantity, number in lines
            ]
        )
    assert len(executed) == 1
    assert [price and price["unitPrice"] for price in found] == [
        price_of(entries, item, buyers[buyer][1], quantity, number) for item, buyer, quantity, number in lines
    ]
