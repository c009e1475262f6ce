"""The bulk import of BOMs, and the list of BOMs with their lines, which is what it takes."""

from typing import Any

from pharus.fields import new_id
from tests import factories
from tests.api import Api, pointers
from tests.factories import Organization
from tests.plugins.bom.conftest import Named

PATH = "/api/boms/bulk-import"
Json = dict[str, Any]


def test_import_stores_what_create_bom_would(
    admin: Api, sku: Named, material: Named, organization: Organization
) -> None:
    factories.make_material(organization.id, code="SHEA", unit="kg")
    shea = next(each["id"] for each in admin.get("/api/materials").json()["data"] if each["materialCode"] == "SHEA")
    lines: list[Json] = [
        {"materialId": material("OIL"), "quantity": "12.5", "scrapPercent": 2.5, "inputSkuId": None},
        {"materialId": shea, "unit": "g", "unitQuantity": 500},
        {"byProductSkuId": sku("CRUMBS"), "quantity": 3, "costSharePercent": "12.5"},
    ]
    rows: list[Json] = [
        {"outputSkuId": sku("SET"), "lines": [{"inputSkuId": sku("BAR"), "quantity": 2}]},
        {"outputSkuId": sku("BAR"), "batchSize": 50, "yieldPercent": "96", "lines": lines},
    ]
    imported = admin.post(PATH, {"rows": rows})
    assert imported.status_code == 200, imported.text
    assert imported.json()["ids"] == [sku("SET"), sku("BAR")]
    bar = admin.get(f"/api/skus/{sku('BAR')}/bom").json()
    assert (bar["batchSize"], bar["yieldPercent"], bar["costSharePercent"]) == ("50", "96", "87.5")
    assert [(each["quantity"], each["unit"], each["unitQuantity"]) for each in bar["items"]] == [
        ("12.5", None, None),
        ("0.5", "g", "500"),
    ]
    assert [(each["byProductSkuId"], each["quantity"]) for each in bar["byProducts"]] == [(sku("CRUMBS"), "3")]
    first, second = admin.get("/api/bom-lines", expand="names").json()["data"]
    assert (first["outputSkuCode"], second["outputSkuCode"]) == ("BAR", "SET")
    assert [
        (line["materialCode"], line["byProductSkuCode"], line["quantity"], line["stockQuantity"], line["scrapPercent"])
        for line in first["lines"]
    ] == [("OIL", None, "12.5", "12.5", "2.5"), ("SHEA", None, None, "0.5", "0"), (None, "CRUMBS", "3", "3", None)]
    assert "outputSkuCode" not in admin.get("/api/bom-lines").json()["data"][0]
    page = admin.get("/api/bom-lines", limit="1").json()
    assert admin.get("/api/bom-lines", limit="1", cursor=page["nextCursor"]).json()["nextCursor"] is None


def test_rows_that_are_wrong_are_each_named_by_their_lines(
    admin: Api, sku: Named, material: Named, organization: Organization
) -> None:
    oil: Json = {"materialId": material("OIL"), "quantity": 1}
    admin.post("/api/boms", {"outputSkuId": sku("OLD"), "items": [oil]})
    off = factories.make_material(organization.id, is_active=False)
    rows: list[Json] = [
        {"outputSkuId": sku("OLD"), "lines": [oil]},
        {"outputSkuId": sku("A"), "lines": [oil]},
        {"outputSkuId": sku("A"), "lines": [oil]},
        {"outputSkuId": sku("B"), "lines": [{"byProductSkuId": sku("C"), "quantity": 1, "costSharePercent": 1}]},
        {"outputSkuId": sku("B"), "lines": [oil, {"byProductSkuId": sku("C"), "scrapPercent": 1}]},
        {"outputSkuId": sku("B"), "lines": [oil, {**oil, "costSharePercent": 5}]},
        {"outputSkuId": sku("B"), "lines": [oil, {"inputSkuId": sku("B"), "quantity": 1}]},
        {"outputSkuId": sku("B"), "lines": [{"materialId": off, "quantity": 1}]},
        {"outputSkuId": sku("B"), "lines": [{"materialId": new_id(), "quantity": 1}]},
        {"outputSkuId": new_id(), "lines": [oil]},
        {"outputSkuId": sku("D"), "lines": [{"materialId": material("OIL"), "unit": "parsec", "unitQuantity": 1}]},
        {"outputSkuId": sku("D"), "lines": [{"materialId": material("OIL")}]},
    ]
    partly = admin.post(f"{PATH}?mode=partial", {"rows": rows}).json()["results"]
    assert [each["index"] for each in partly if each["status"] == "ok"] == [1]
    named = [admin.post(PATH, {"rows": [row]}) for row in rows]
    assert [pointers(each)[0].removeprefix("/rows/0") for each in named] == [
        "/outputSkuId",
        "/outputSkuId",
        "/outputSkuId",
        "/lines",
        "/lines/1/costSharePercent",
        "/lines/1/costSharePercent",
        "/lines/1/inputSkuId",
        "/lines/0/materialId",
        "/lines/0/materialId",
        "/outputSkuId",
        "/lines/0/unit",
        "/lines/0/quantity",
    ]
    accepted = admin.post(f"{PATH}?acceptDeactivated=true", {"rows": [rows[7]]})
    assert accepted.status_code == 200


def test_rows_close_no_loop_with_what_there_is_or_with_one_another(admin: Api, sku: Named, material: Named) -> None:
    def made_of(output: str, *inputs: str, besides: str = "") -> Json:
        lines: list[Json] = [{"inputSkuId": sku(each), "quantity": 1} for each in inputs]
        lines += [{"byProductSkuId": sku(besides), "quantity": 1, "costSharePercent": 1}] if besides else []
        return {"outputSkuId": sku(output), "lines": lines}

    assert admin.post(PATH, {"rows": [made_of("A", "B", besides="X")]}).status_code == 200
    rows = [made_of("B", "C"), made_of("C", "D"), made_of("D", "X"), made_of("E", "A")]
    refused = admin.post(PATH, {"rows": rows})
    assert (pointers(refused), refused.json()["error"]["details"][0]["message"]) == (
        ["/rows/2/lines"],
        "the BOM would close a loop",
    )
    partly = admin.post(f"{PATH}?mode=partial", {"rows": rows}).json()["results"]
    assert [each["status"] for each in partly] == ["ok", "ok", "error", "ok"]
