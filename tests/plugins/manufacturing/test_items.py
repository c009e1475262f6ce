"""Lines are added, changed and removed while nothing was received."""

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import error_code
from tests.plugins.manufacturing.making import Making


def items(making: Making, order_id: str) -> str:
    return f"{making.root}/{order_id}/items"


def test_added_line_takes_its_inputs_and_commits_what_the_status_says(making: Making) -> None:
    made = making.order(status="Production")
    response = making.api.post(items(making, made["order"]["id"]), making.line("box", 2))
    assert response.status_code == 201
    detail = response.json()
    shown = making.get(made)
    assert shown["items"] == [*made["items"], detail["item"]]
    assert shown["inputs"] == [*made["inputs"], *detail["inputs"]]
    assert {each[making.kind.item_key] for each in detail["inputs"]} == {detail["item"]["id"]}
    assert making.stock("carton") == {"allocated": "2"}
    assert making.stock("box") == {"onOrder": "2"}
    # Two boxes of two bars, as bars or as oil, beside that of the ten bars.
    from_bars = making.kind.from_raw_materials
    assert making.stock("oil") == {"allocated": "7" if from_bars else "5"}
    assert making.stock("bar") == ({"onOrder": "10"} if from_bars else {"onOrder": "10", "allocated": "4"})
    assert making.discrepancies() == []


def test_line_of_a_sku_that_is_on_the_order_is_409(making: Making) -> None:
    made = making.order()
    again = {**making.line(), "skuId": making.ids["bar"].upper()}
    refused = making.api.post(items(making, made["order"]["id"]), again)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_line_of_what_cannot_be_made_is_refused(making: Making) -> None:
    path = items(making, making.order()["order"]["id"])
    making.sku("plain")
    making.ids["old"] = factories.make_sku(making.org_id, is_active=False)
    making.bom("old", oil=1)
    making.ids["nowhere"] = new_id()
    for name, status in (("plain", 409), ("old", 409), ("nowhere", 404)):
        assert making.api.post(path, making.line(name)).status_code == status
    assert making.api.post(items(making, new_id()), making.line("box")).status_code == 404


def test_changed_quantity_rescales_the_inputs_and_what_is_held(making: Making) -> None:
    made = making.order(status="Placed")
    path = making.item_path(made["items"][0])
    detail = making.api.patch(path, {"quantity": 4}).json()
    assert detail["item"]["quantity"] == 4
    assert [each["quantity"] for each in detail["inputs"]] == ["2", "1"]
    assert [each["id"] for each in detail["inputs"]] == [each["id"] for each in made["inputs"]]
    assert (making.stock("oil"), making.stock("bar")) == ({"demand": "2"}, {"onOrder": "4"})
    making.api.patch(path, {"quantity": 40})
    assert (making.stock("oil"), making.stock("bar")) == ({"demand": "20"}, {"onOrder": "40"})
    assert making.discrepancies() == []


def test_changed_cost_leaves_the_inputs(making: Making) -> None:
    made = making.order()
    path, key = making.item_path(made["items"][0]), making.kind.cost_key
    detail = making.api.patch(path, {key: 12.5}).json()
    assert detail == {"item": {**made["items"][0], key: "12.5"}, "inputs": made["inputs"], "byProducts": []}
    assert making.api.patch(path, {}).json() == detail


def test_cost_of_production_can_be_taken_away(manufacturing: Making) -> None:
    made = manufacturing.order()
    path = manufacturing.item_path(made["items"][0])
    assert manufacturing.api.patch(path, {"productionCost": None}).json()["item"]["productionCost"] is None


@pytest.mark.parametrize("status", ["Draft", "Placed", "In Transit"])
def test_removed_line_gives_back_what_it_held(making: Making, status: str) -> None:
    made = making.order(making.line(), making.line("box"), status=status)
    bar, box = made["items"]
    assert making.api.delete(making.item_path(bar)).json() == {"deletedId": bar["id"]}
    assert making.get(made)["items"] == [box]
    assert {each[making.kind.item_key] for each in making.get(made)["inputs"]} == {box["id"]}
    assert making.api.delete(making.item_path(bar)).status_code == 404
    refused = making.api.delete(making.item_path(box))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert making.discrepancies() == []


def test_removed_line_makes_room_for_its_sku(making: Making) -> None:
    made = making.order(making.line(), making.line("box"))
    making.api.delete(making.item_path(made["items"][0]))
    assert making.api.post(items(making, made["order"]["id"]), making.line("bar", 3)).status_code == 201
    assert making.stock("bar")["onOrder"] == "3"
    assert making.discrepancies() == []
