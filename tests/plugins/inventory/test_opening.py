"""Opening balances: what was on hand when the organization came here, in both ledgers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from pharus.db import unit_of_work
from pharus.fields import new_id
from plugins.inventory import opening, records
from tests.api import Api, pointers
from tests.factories import Organization
from tests.pharus.acting import at_once, owner_of
from tests.plugins.inventory.sides import Side
from tests.statements import statements


def send(side: Side, *rows: dict[str, Any], **params: str) -> Any:
    path = f"{side.root}/opening-balances/bulk-import"
    return side.api.request("POST", path, json={"rows": rows}, params=params)


def test_opening_balances_have_quantity_cost_and_date(side: Side) -> None:
    rows = [
        side.body("120.5", unitCost="4.6", eventDate="2026-01-01", notes="Counted"),
        side.body(3, 1, unitCost="0.3"),
    ]
    imported = send(side, *rows)
    assert imported.status_code == 200, imported.text
    entries = {entry["id"]: entry for entry in side.ledger()}
    first, second = (entries[id] for id in imported.json()["ids"])
    assert (first["eventType"], first["sourceType"], first["notes"]) == ("ADJUST", "opening", "Counted")
    assert (first["quantity"], first["unitCost"], first["value"]) == ("120.5", "4.6", "554.3")
    assert first["eventDate"] == "2026-01-01T00:00:00Z"
    assert second["value"] == "0.9"
    assert (side.summary(0)["onHand"], side.summary(0)["value"]) == ("120.5", "554.3")
    path = f"{side.root}/summary"
    before = side.api.request("GET", path, params={"asOf": "2025-12-31"}).json()["data"]
    assert [row["onHand"] for row in before if row["onHand"] != "0"] == []
    after = side.api.request("GET", path, params={"asOf": "2026-01-01"}).json()["data"]
    assert [(row["onHand"], row["value"]) for row in after if row["onHand"] != "0"] == [("120.5", "554.3")]
    assert side.discrepancies() == []


def test_a_balance_is_not_opened_twice_unawares(side: Side) -> None:
    row = side.body(5, unitCost=2)
    assert pointers(send(side, row, row)) == ["/rows/1/locationId"]
    assert side.ledger() == []
    assert send(side, row).status_code == 200
    partial = send(side, row, side.body(7, 1, unitCost=1), {**row, "acceptAgain": True}, mode="partial").json()
    assert [result["status"] for result in partial["results"]] == ["error", "ok", "ok"]
    assert partial["results"][0]["error"]["code"] == "conflict"
    assert (side.summary(0)["onHand"], side.summary(1)["onHand"]) == ("10", "7")
    assert side.discrepancies() == []


def test_a_refused_row_leaves_the_balance_to_the_next(side: Side) -> None:
    late = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    rows = [side.body(5, unitCost=2, eventDate=late), side.body(6, unitCost=2)]
    partial = send(side, *rows, mode="partial").json()
    assert [result["status"] for result in partial["results"]] == ["error", "ok"]
    assert side.summary(0)["onHand"] == "6"


def test_every_bad_row_is_named_and_none_is_stored(side: Side) -> None:
    unknown = new_id()
    rows = [
        side.body(1, unitCost=1),
        {**side.body(1, unitCost=1), side.key: unknown},
        {**side.body(1, unitCost=1), "locationId": unknown},
        side.body(1, 1, unitCost=1, eventDate=(datetime.now(UTC) + timedelta(days=3)).isoformat()),
        side.body(0, unitCost=1),
        side.body(1),
    ]
    assert pointers(send(side, *rows)) == [
        f"/rows/1/{side.key}",
        "/rows/2/locationId",
        "/rows/3/eventDate",
        "/rows/4/quantity",
        "/rows/5/unitCost",
    ]
    assert side.ledger() == []


def test_nothing_is_opened_in_a_closed_period(side: Side, admin: Api) -> None:
    admin.patch("/api/accounting/settings", {"closedThrough": "2026-01-31"})
    rows = [side.body(1, unitCost=1, eventDate="2026-01-31"), side.body(1, 1, unitCost=1, eventDate="2026-02-01")]
    partial = send(side, *rows, mode="partial").json()
    assert [result.get("error", {}).get("code") for result in partial["results"]] == ["period_closed", None]


def test_nothing_is_opened_where_nothing_may_lie_any_more(side: Side, admin: Api) -> None:
    assert admin.patch(f"/api/locations/{side.places[0]}", {"isActive": False}).status_code == 200
    assert pointers(send(side, side.body(1, unitCost=1))) == ["/rows/0/locationId"]


def test_dry_run_posts_nothing(side: Side) -> None:
    tried = send(side, side.body(1, unitCost=1), dryRun="true").json()
    assert tried == {"ids": [], "results": [{"index": 0, "status": "ok"}]}
    assert side.ledger() == []


def test_a_quantity_that_could_not_be_kept_is_refused(side: Side) -> None:
    much = side.body(600000000000, unitCost=1)
    assert pointers(send(side, much, {**much, "acceptAgain": True})) == ["/rows/1/quantity"]


def test_of_many_who_open_one_balance_one_does(side: Side) -> None:
    responses = at_once(4, lambda _: send(side, side.body(5, unitCost=2)))
    assert sorted(response.status_code for response in responses) == [200, 422, 422, 422]
    assert side.summary(0)["onHand"] == "5"
    assert side.discrepancies() == []


def test_opening_balances_send_as_many_statements_for_many_rows(side: Side, organization: Organization) -> None:
    counted = []
    for count in (2, 2, 40):
        items = [side.make_item(organization.id) for _ in range(count)]
        rows = [{**side.body(1, unitCost=1), side.key: item} for item in items]
        movements = records.material_movements if side.key == "materialId" else records.finished_goods_movements
        with unit_of_work(owner_of(organization.id)), statements() as executed:
            result = opening.bulk_import(movements, rows, mode="atomic", dry_run=False)
        assert len(result["ids"]) == count
        counted.append(len(executed))
    assert 0 < counted[1] == counted[2] <= 16
