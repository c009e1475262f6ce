"""Lines of BOMs in the units of recipes."""

import pytest

from tests.api import Api, error_code, pointers
from tests.plugins.bom.conftest import Named
from tests.plugins.bom.test_boms import create, replace


@pytest.fixture
def oil(member: Api, material: Named) -> str:
    """It is kept in pounds."""
    path = f"/api/materials/{material('OIL')}"
    assert member.patch(path, {"unit": "lb", "density": "0.915"}).status_code == 200
    return material("OIL")


def test_a_line_in_another_unit_keeps_what_was_said(member: Api, sku: Named, oil: str) -> None:
    ounces = {"materialId": oil, "quantity": None, "unit": "oz", "unitQuantity": "4.5"}
    (line,) = create(member, sku("BAR"), ounces).json()["items"]
    assert [line[key] for key in ("quantity", "unit", "unitQuantity", "unitFactor")] == ["0.28125", "oz", "4.5", "1/16"]
    litres = {"materialId": oil, "unit": "ml", "unitQuantity": 100}
    (line,) = replace(member, sku("BAR"), litres).json()["items"]
    # 91.5 g; a pound has 453.59237 g.
    assert line["quantity"] == "0.201723"


def test_a_sub_assembly_has_units_of_its_own(member: Api, sku: Named) -> None:
    path = f"/api/skus/{sku('BAR')}"
    assert member.patch(path, {"unit": "pcs"}).status_code == 200
    units = {"units": [{"unit": "case", "numerator": 12}]}
    assert member.request("PUT", f"{path}/units", json=units).status_code == 200
    half = {"inputSkuId": sku("BAR"), "quantity": None, "unit": "case", "unitQuantity": "0.25"}
    assert create(member, sku("GIFT"), half).json()["items"][0]["quantity"] == "3"


def test_a_line_that_does_not_convert_or_says_too_little_is_refused(member: Api, sku: Named, oil: str) -> None:
    refused = create(member, sku("BAR"), {"materialId": oil, "quantity": None, "unit": "pcs", "unitQuantity": 1})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    for line, place in (
        ({"quantity": None}, "quantity"),
        ({}, "quantity"),
        ({"quantity": 1, "unitQuantity": 1}, "unit"),
    ):
        assert pointers(create(member, sku("BAR"), {"materialId": oil, **line})) == [f"/items/0/{place}"]
