"""Prices of drums and cases, and lines that take them in whatever unit they speak."""

from typing import Any

import httpx
import pytest

from tests.api import error_code, pointers
from tests.plugins.prices.pricelists import SUPPLIERS, Json, PriceLists
from tests.plugins.prices.test_defaults import Orders


@pytest.fixture
def drums(prices: PriceLists) -> PriceLists:
    """The material is kept in litres, comes in drums of 208 l, and 915 g of it are a litre. The SKU comes in cases."""
    material, sku = f"/api/materials/{prices.material}", f"/api/skus/{prices.sku}"
    assert prices.api.patch(material, {"unit": "l", "density": "0.915"}).status_code == 200
    assert prices.api.patch(sku, {"unit": "pcs"}).status_code == 200
    for path, unit, size in ((material, "drum", 208), (sku, "case", 12)):
        units = {"units": [{"unit": unit, "numerator": size}]}
        assert prices.api.request("PUT", f"{path}/units", json=units).status_code == 200
    return prices


def look_up(prices: PriceLists, quantity: object, **query: Any) -> list[Any]:
    query = {"vendorId": prices.vendor, "itemType": "material", "itemId": prices.material, **query}
    found = prices.api.get(f"{SUPPLIERS}/look-up", quantity=quantity, date="2026-06-15", **query).json()
    return [found[key] for key in ("unitCost", "amount", "unit", "pricePerUnit", "minQuantity")]


def line_of(response: httpx.Response) -> Json:
    assert response.status_code == 201, response.text
    return dict(response.json()["items"][0])


def bought(drums: PriceLists, **line: Any) -> list[Any]:
    """What a line costs that names no price: (per stock unit, per unit)."""
    made = line_of(Orders(drums).buy(line, status="Placed", placedAt="2026-06-15"))
    return [made["unitCost"], made["pricePerUnit"]]


def in_drums(quantity: object, unit: str = "drum") -> Json:
    return {"quantity": None, "unit": unit, "unitQuantity": quantity}


def test_price_of_a_drum_shows_what_was_said(drums: PriceLists) -> None:
    made = drums.supplier("655", unit="Drum", minQuantity=2).json()
    assert [made[key] for key in ("unit", "unitFactor", "unitCost", "minQuantity")] == ["Drum", "208", "655", "2"]
    # The stock unit by its name is none of its own.
    made = drums.supplier("3.4", unit="L").json()
    assert [made[key] for key in ("unit", "unitFactor")] == [None, None]


def test_lines_take_it_in_any_unit(drums: PriceLists) -> None:
    drums.supplier("655", unit="drum")
    # By the drum exactly what the vendor charges; by the hectolitre it has no end, nor by the litre.
    assert bought(drums, **in_drums(3)) == ["3.149038", "655"]
    assert bought(drums, **in_drums(1, "hl")) == ["3.149038", None]
    assert bought(drums, quantity=416) == ["3.149038", None]


def test_another_unit_takes_it_where_it_ends(drums: PriceLists) -> None:
    drums.supplier("650", unit="drum")
    assert bought(drums, **in_drums(1, "hl")) == ["3.125", "312.5"]


def test_breaks_are_counted_in_the_unit_exactly(drums: PriceLists) -> None:
    """A third of a litre of 208 l in kilograms never ends, and the break of three drums is reached all the same."""
    api, material = drums.api, f"/api/materials/{drums.material}"
    units = {"units": [{"unit": "can", "numerator": 1, "denominator": 3}]}
    assert api.request("PUT", f"{material}/units", json=units).status_code == 200
    drums.supplier("2", unit="can")
    drums.supplier("1.5", unit="can", minQuantity=2)
    assert bought(drums, **in_drums("1.999999", "can"))[1] == "2"
    assert bought(drums, **in_drums(2, "can"))[1] == "1.5"
    # In litres it is two thirds, which is a little more than what has six places.
    assert bought(drums, quantity="0.666666") == ["6", None]
    assert bought(drums, quantity="0.666667") == ["4.5", None]


def test_the_unit_of_the_line_goes_first_and_the_stock_unit_behind_it(drums: PriceLists) -> None:
    drums.supplier("3.4", validFrom="2026-05-01")
    drums.supplier("655", unit="drum")
    drums.supplier("3", minQuantity=400, validFrom="2026-02-01", validTo="2026-12-31")
    assert bought(drums, **in_drums(2)) == ["3.149038", "655"]
    assert bought(drums, quantity=208) == ["3.4", None]
    assert bought(drums, quantity=416) == ["3", None]
    assert bought(drums, **in_drums(1, "hl")) == ["3.4", None]


def test_look_up_says_what_it_costs_in_all(drums: PriceLists) -> None:
    drums.supplier("655", unit="drum", minQuantity=2)
    assert look_up(drums, 3, unit="drum") == ["3.149038", "1965", "drum", "655", "2"]
    assert look_up(drums, 416) == ["3.149038", "1310", "drum", "655", "2"]
    assert look_up(drums, 417) == ["3.149038", "1313.149038461538", "drum", "655", "2"]
    assert look_up(drums, 1, unit="drum") == [None] * 5
    query = {"vendorId": drums.vendor, "itemType": "material", "itemId": drums.material, "quantity": 1}
    refused = drums.api.get(f"{SUPPLIERS}/look-up", **query, unit="barrel")
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_prices_in_different_units_do_not_meet(drums: PriceLists) -> None:
    assert drums.supplier("655", unit="drum").status_code == 201
    assert drums.supplier("3.4").status_code == 201
    for unit in ("drum", "DRUM"):
        again = drums.supplier("600", unit=unit)
        assert (again.status_code, error_code(again)) == (409, "conflict")
    during = {"validFrom": "2026-03-01", "validTo": "2026-03-31"}
    assert [drums.supplier("1", unit=unit, **during).status_code for unit in ("drum", None, "drum")] == [201, 201, 409]


def test_what_drums_are_may_change_and_the_list_stays(drums: PriceLists) -> None:
    drums.supplier("655", unit="drum")
    units = {"units": [{"unit": "drum", "numerator": 200}]}
    path = f"/api/materials/{drums.material}/units"
    assert drums.api.request("PUT", path, json=units).status_code == 200
    assert bought(drums, quantity=416) == ["3.149038", None]
    # A drum of 200 l at the price of the list, which is that of 208 l.
    assert bought(drums, **in_drums(1)) == ["3.149038", None]


def test_units_that_nobody_knows_and_prices_that_cannot_be_kept_are_refused(drums: PriceLists) -> None:
    for cost, unit in (("1", "barrel"), ("999999999999", "mg")):
        refused = drums.supplier(cost, unit=unit)
        assert (refused.status_code, error_code(refused)) == (409, "conflict"), unit
    small = drums.supplier("0.000001", unit="mg").json()
    changed = drums.api.patch(f"{SUPPLIERS}/{small['id']}", {"unitCost": "999999999999"})
    assert (changed.status_code, error_code(changed)) == (409, "conflict")


def test_a_list_is_imported_with_its_units(drums: PriceLists) -> None:
    rows = [
        drums.of_supplier("655", unit="drum"),
        drums.of_supplier("3.4"),
        drums.of_supplier("600", unit="DRUM"),
        drums.of_supplier("1", unit="barrel"),
    ]
    found = drums.api.post(f"{SUPPLIERS}/bulk-import?mode=partial", {"rows": rows}).json()
    assert [result["status"] for result in found["results"]] == ["ok", "ok", "error", "error"]
    refused = drums.api.post(f"{SUPPLIERS}/bulk-import", {"rows": rows[3:]})
    assert pointers(refused) == ["/rows/0/unit"]
    assert bought(drums, **in_drums(1)) == ["3.149038", "655"]


def test_customers_pay_by_the_case(drums: PriceLists) -> None:
    drums.to_customers("40", unit="case")
    drums.to_customers("38", unit="case", minQuantity=10)
    orders = Orders(drums)
    for quantity, expected in ((9, ["3.333333", "40"]), (10, ["3.166667", "38"])):
        line = line_of(orders.sell({"quantity": None, "unit": "case", "unitQuantity": quantity}))
        assert [line["unitPrice"], line["pricePerUnit"]] == expected
    assert drums.price(12) == "3.333333"
    assert drums.price(10, unit="case") == "3.166667"
