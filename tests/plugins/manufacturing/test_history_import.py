"""Work and production orders of the years before, imported with their numbers, dates and ends."""

from typing import Any

from pharus.db import unit_of_work
from plugins.manufacturing import imports
from tests import factories
from tests.api import pointers
from tests.pharus.acting import owner_of
from tests.plugins.manufacturing.making import Json, Making
from tests.statements import statements


def past(making: Making, number: str, *lines: Json, **values: Any) -> Json:
    own = {"history": True, "status": "Completed", making.kind.number_key: number, "orderDate": "2021-03-04"}
    return making.body(*lines, **own | values)


def send(making: Making, *rows: Json, **params: str) -> Any:
    return making.api.request("POST", f"{making.root}/bulk-import", json={"rows": rows}, params=params)


def test_history_keeps_number_dates_and_end_and_has_no_inputs(making: Making) -> None:
    number = f"{making.kind.prefix}-2021-0007"
    imported = send(making, past(making, number, making.line("box", 3), completedAt="2021-04-01"))
    assert imported.status_code == 200, imported.text
    [result] = imported.json()["results"]
    assert result["history"] is True
    shown = making.api.get(f"{making.root}/{result['id']}").json()
    order = shown[making.order_key]
    assert (order[making.kind.number_key], order["isHistory"], order["status"]) == (number, True, "Completed")
    assert (order["placedAt"], order["completedAt"], order["receivedAt"]) == ("2021-03-04", "2021-04-01", None)
    assert [item["quantity"] for item in shown["items"]] == [3]
    assert shown["inputs"] == []
    assert making.stock("carton") == {}
    assert making.discrepancies() == []


def test_history_needs_no_bom_and_names_what_is_deactivated(making: Making) -> None:
    making.ids["old"] = factories.make_sku(making.org_id, is_active=False)
    place = factories.make_location(making.org_id, is_active=False)
    row = past(making, "1", making.line("old")) | {making.location_key: place}
    assert send(making, row).status_code == 200
    assert pointers(send(making, making.body(making.line("old")))) == ["/rows/0/items/0/skuId"]


def test_history_has_what_it_needs(making: Making) -> None:
    rows = [
        past(making, "1", status="Production"),
        making.body(history=True, status="Completed"),
        making.body(completedAt="2021-01-01"),
        past(making, f"{making.kind.prefix}-2021-12".lower()),
        making.body(making.line("box"), **{making.kind.number_key: "2"}),
    ]
    key = making.kind.number_key
    assert pointers(send(making, *rows)) == [
        "/rows/0/status",
        "/rows/1/orderDate",
        f"/rows/1/{key}",
        "/rows/2/completedAt",
        f"/rows/3/{key}",
    ]
    partial = send(making, *rows, mode="partial").json()
    assert [result["status"] for result in partial["results"]] == ["error"] * 4 + ["ok"]
    # It brought its number along, and is no history.
    shown = making.api.get(f"{making.root}/{partial['ids'][0]}").json()[making.order_key]
    assert (shown[key], shown["isHistory"]) == ("2", False)


def test_numbers_go_on_behind_history(making: Making) -> None:
    key = making.kind.number_key
    given = making.order(making.line())[making.order_key][key]
    prefix = given[:-4]
    assert send(making, past(making, f"{prefix}0100"), past(making, f"{prefix}0007")).status_code == 200
    assert making.order(making.line())[making.order_key][key] == f"{prefix}0101"
    assert pointers(send(making, past(making, given), past(making, f"{prefix}0101"))) == [
        f"/rows/0/{key}",
        f"/rows/1/{key}",
    ]


def test_what_would_move_goods_of_history_is_refused(making: Making) -> None:
    [id] = send(making, past(making, "1", making.line("bar", 3), status="Received")).json()["ids"]
    order = f"{making.root}/{id}"
    for refused in (
        making.api.post(f"{order}/receipts", {"items": [{"skuId": making.ids["bar"], "quantity": 1}]}),
        making.api.post(f"{order}/reopen"),
        making.api.patch(order, {"status": "Production"}),
        making.api.post(f"{order}/items", making.line("box")),
    ):
        assert refused.status_code == 409, refused.text
    assert making.api.patch(order, {"status": "Completed"}).json()["isHistory"] is True
    assert making.discrepancies() == []
    assert making.api.delete(order).status_code == 200
    assert send(making, past(making, "1")).status_code == 200


def test_history_sends_as_many_statements_for_many_rows(making: Making) -> None:
    counted = []
    for number, count in enumerate((2, 2, 60)):
        rows = [past(making, f"{number}/{each}", making.line("bar", 3, "")) for each in range(count)]
        with unit_of_work(owner_of(making.org_id)), statements() as executed:
            result = imports.bulk_import(making.kind, rows, mode="atomic", dry_run=False)
        assert len(result["ids"]) == count
        counted.append(len(executed))
    assert 0 < counted[1] == counted[2] <= 16
