"""Lines of work and production orders in cases: whole pieces are made of them, and a receipt may say cases."""

from typing import Any

import httpx
import pytest

from tests.api import error_code, pointers
from tests.plugins.manufacturing.making import Json, Making


@pytest.fixture
def cased(making: Making) -> Making:
    """Bars come in cases of 12, and in slices, a third of a bar."""
    path = f"/api/skus/{making.ids['bar']}"
    assert making.api.patch(path, {"unit": "pcs"}).status_code == 200
    units = [{"unit": "case", "numerator": 12}, {"unit": "slice", "numerator": 1, "denominator": 3}]
    assert making.api.request("PUT", f"{path}/units", json={"units": units}).status_code == 200
    return making


def cases(making: Making, quantity: object = 2, **values: Any) -> Json:
    return {**making.line(), "quantity": None, "unit": "case", "unitQuantity": quantity, **values}


def receive(making: Making, made: Json, **values: Any) -> httpx.Response:
    line = {"skuId": making.ids["bar"], **values}
    return making.api.post(f"{making.root}/{made['order']['id']}/receipts", {"items": [line]})


def said(line: Json) -> tuple[object, ...]:
    return tuple(line[key] for key in ("quantity", "unit", "unitQuantity", "unitFactor"))


def test_a_line_in_cases_takes_what_its_pieces_take(cased: Making) -> None:
    made = cased.order(cases(cased))
    assert said(made["items"][0]) == (24, "case", "2", "12")
    assert sorted(each["quantity"] for each in made["inputs"]) == ["12", "6"]
    cost = {cased.kind.cost_key: "0.8"}
    changed = cased.api.patch(cased.item_path(made["items"][0]), {"unitQuantity": "0.5", **cost}).json()
    assert changed["item"][cased.kind.cost_key] == "0.8"
    assert said(changed["item"]) == (6, "case", "0.5", "12")
    assert sorted(each["quantity"] for each in changed["inputs"]) == ["1.5", "3"]
    plain = cased.api.patch(cased.item_path(made["items"][0]), {"quantity": 4}).json()["item"]
    assert said(plain) == (4, None, None, None)


def test_a_line_that_is_no_whole_number_is_refused(cased: Making) -> None:
    refused = cased.api.post(cased.root, cased.body(cases(cased, "0.3")))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    for quantity in ({"quantity": None}, {}):
        line = {key: value for key, value in cased.line().items() if key != "quantity"}
        neither = cased.api.post(cased.root, cased.body({**line, **quantity}))
        assert pointers(neither) == ["/items/0/quantity"]
    rows = [cased.body(), cased.body(cases(cased, "0.3"))]
    assert pointers(cased.api.post(f"{cased.root}/bulk-import", {"rows": rows})) == ["/rows/1/items/0/unit"]


def test_a_receipt_may_say_cases(cased: Making) -> None:
    cased.have(oil=1, lye=2)
    made = cased.order(cases(cased))
    first = receive(cased, made, unitQuantity="0.5")
    assert first.status_code == 201, first.text
    (item,) = first.json()["receiptItems"]
    assert (item["quantity"], item["unitQuantity"]) == ("6", "0.5")
    assert receive(cased, made, unitQuantity="1.5").status_code == 201
    assert cased.status(made) == "Received"
    assert cased.discrepancies() == []


def test_a_receipt_that_does_not_end_within_six_places_is_refused(cased: Making) -> None:
    made = cased.order(cases(cased, 3, unit="slice"))
    assert said(made["items"][0])[0] == 1
    refused = receive(cased, made, unitQuantity=1)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert receive(cased, cased.order(), unitQuantity=1).status_code == 409
    assert receive(cased, made, quantity=1, unitQuantity=3).status_code == 422
