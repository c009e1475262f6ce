"""Bulk imports of orders with their lines and what these take."""

import time
from decimal import Decimal

import pytest

from pharus.fields import new_id
from plugins.manufacturing import imports, integrity
from tests import factories
from tests.api import pointers
from tests.plugins.manufacturing.making import Making
from tests.statements import statements


def path(making: Making) -> str:
    return f"{making.root}/bulk-import"


def test_bulk_import_stores_orders_with_lines_inputs_and_what_they_hold(making: Making) -> None:
    rows = [
        making.body(making.line("bar", 10), making.line("box", 2), status="Production"),
        making.body(making.line("bar", 4), status="Completed", orderDate="2024-05-06"),
        making.body(making.line("box", 3, ""), status="Entered"),
    ]
    response = making.api.post(path(making), {"rows": rows})
    assert response.status_code == 200
    shown = [making.api.get(f"{making.root}/{id}").json() for id in response.json()["ids"]]
    numbers = [order[making.order_key][making.kind.number_key][-4:] for order in shown]
    assert numbers == ["0001", "0002", "0003"]
    assert [[item["quantity"] for item in order["items"]] for order in shown] == [[10, 2], [4], [3]]
    assert shown[1][making.order_key]["placedAt"] == "2024-05-06"
    alone = making.order(*rows[0]["items"], status="Draft")
    for order in (shown[0], alone):
        order["inputs"] = [(each["materialId"], each["quantity"]) for each in order["inputs"]]
    assert shown[0]["inputs"] == alone["inputs"]
    assert making.stock("carton") == {"allocated": "2", "demand": "3"}
    assert making.discrepancies() == []


def test_bulk_import_names_every_bad_row_and_stores_none(making: Making) -> None:
    unknown = new_id()
    making.sku("plain")
    making.sku("heavy", oil="999999999999")
    rows = [
        making.body(),
        making.body(**{making.location_key: unknown}),
        making.body(making.line(), {"skuId": unknown, "quantity": 1}),
        making.body(making.line("plain")),
        making.body(making.line(), making.line("box"), making.line()),
        making.body(making.line("heavy", 9)),
        making.body(**{making.location_key: factories.make_location(making.org_id, is_active=False)}),
    ]
    refused = making.api.post(path(making), {"rows": rows})
    assert refused.status_code == 422
    assert pointers(refused) == [
        f"/rows/1/{making.location_key}",
        "/rows/2/items/1/skuId",
        "/rows/3/items/0/skuId",
        "/rows/4/items/2/skuId",
        "/rows/5/items/0/skuId",
        f"/rows/6/{making.location_key}",
    ]
    assert making.api.get(making.root).json()["data"] == []
    partial = making.api.request("POST", path(making), json={"rows": rows}, params={"mode": "partial"}).json()
    assert [result.get("error", {}).get("code") for result in partial["results"]] == [
        None,
        "not_found",
        "not_found",
        "conflict",
        "validation_failed",
        "conflict",
        "conflict",
    ]
    assert [order["id"] for order in making.api.get(making.root).json()["data"]] == partial["ids"]
    assert making.discrepancies() == []


def test_bulk_import_refuses_the_row_after_which_a_balance_could_not_be_kept(making: Making) -> None:
    """Each of them could be kept alone; a refused one takes no room from those behind it."""
    making.sku("heavy", oil="400000000000", carton="1")
    heavy = making.body(making.line("heavy", 1), status="Entered")
    rows = [heavy, making.body(making.line(), making.line("heavy", 2), status="Entered"), heavy, heavy, making.body()]
    refused = making.api.post(path(making), {"rows": rows})
    assert (refused.status_code, pointers(refused)) == (422, ["/rows/1/items", "/rows/3/items"])
    partial = making.api.request("POST", path(making), json={"rows": rows}, params={"mode": "partial"}).json()
    assert [result.get("error", {}).get("code") for result in partial["results"]] == [
        None,
        "conflict",
        None,
        "conflict",
        None,
    ]
    assert making.stock("oil") == {"demand": "800000000005"}
    again = making.api.request("POST", path(making), json={"rows": [heavy]}, params={"mode": "partial"}).json()
    assert again["ids"] == []
    assert making.discrepancies() == []


def test_bulk_import_dry_run_stores_nothing(making: Making) -> None:
    response = making.api.request(
        "POST", path(making), json={"rows": [making.body()]}, params={"dryRun": "true"}
    ).json()
    assert response == {"ids": [], "results": [{"index": 0, "status": "ok"}]}
    assert making.api.get(making.root).json()["data"] == []
    assert making.stock("oil") == {}


def test_bulk_import_sends_as_many_statements_for_many_as_for_few(making: Making) -> None:
    """The orders share BOMs and stock, as those of a maker do."""
    counted = []
    making.order(making.line("bar"), making.line("box"))
    for count in (2, 60):
        lines = [making.line(sku, cost=Decimal("0.75")) for sku in ("bar", "box")]
        rows = [making.body(*lines) for _ in range(count)]
        with statements() as executed:
            result = making.do(
                lambda rows=rows: imports.bulk_import(making.kind, rows, mode="atomic", dry_run=False)  # type: ignore[misc]
            )
        assert len(result["ids"]) == count
        counted.append(len(executed))
    assert counted[0] == counted[1] <= 40


@pytest.mark.fuzz
def test_bulk_import_of_two_thousand_orders_takes_seconds(making: Making) -> None:
    making.sku("crate", box=3, bar=1)
    rows = [
        making.body(making.line("bar"), making.line("box"), making.line("crate"), status="Production")
        for _ in range(2000)
    ]
    started = time.monotonic()
    response = making.api.post(path(making), {"rows": rows})
    seconds = time.monotonic() - started
    assert len(response.json()["ids"]) == 2000
    assert seconds < 60, f"{seconds:.0f} s"
    assert integrity.of_organization(making.org_id) == []
