"""Orders of what is made in batches: with loss, with by-products, and with what was really used of the inputs."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from plugins.inventory.ledgers import MATERIALS
from tests import factories
from tests.plugins.manufacturing.making import Json, Making
from tests.plugins.manufacturing.test_printing import sheet


@pytest.fixture
def soap(making: Making) -> Making:
    """A batch of 200 takes 100 of the oil and 20 of the lye, of which a tenth more is lost, and 190 come out, with 9.5
    of crumbs and 3 broken ones, which bear 10 and 2.5 percent of the cost."""
    making.sku("soap")
    for name in ("crumbs", "broken"):
        making.sku(name)
    making.api.post(
        "/api/boms",
        {
            "outputSkuId": making.ids["soap"],
            "batchSize": 200,
            "yieldPercent": 95,
            "items": [
                {"materialId": making.ids["oil"], "quantity": 100},
                {"materialId": making.ids["lye"], "quantity": 20, "scrapPercent": 10},
            ],
            "byProducts": [
                {"byProductSkuId": making.ids["crumbs"], "quantity": "9.5", "costSharePercent": 10},
                {"byProductSkuId": making.ids["broken"], "quantity": 3, "costSharePercent": "2.5"},
            ],
        },
    )
    making.have(oil=3, lye=2)
    return making


def order(soap: Making, quantity: int = 380, cost: object = "0.5") -> Json:
    return soap.order(soap.line("soap", quantity, cost))


def receive(soap: Making, made: Json, quantity: object, **values: object) -> httpx.Response:
    item = {"skuId": soap.ids["soap"], "quantity": quantity, **values}
    return soap.api.post(f"{soap.root}/{made['order']['id']}/receipts", {"items": [item]})


def used(soap: Making, name: str, **quantities: object) -> Json:
    return {"materialId": soap.ids[name], **quantities}


def came(soap: Making, name: str, quantity: object) -> Json:
    return {"byProductSkuId": soap.ids[name], "quantity": quantity}


def quantities(soap: Making, records: list[Json], key: str = "quantity") -> dict[str, str]:
    names = {id: name for name, id in soap.ids.items()}
    return {names[each.get("materialId") or each.get("byProductSkuId") or ""]: each[key] for each in records}


def test_line_takes_what_lets_its_quantity_come_out(soap: Making) -> None:
    made = order(soap)
    assert quantities(soap, made["inputs"]) == {"oil": "200", "lye": "44"}
    assert quantities(soap, made["byProducts"]) == {"crumbs": "19", "broken": "6"}
    assert quantities(soap, made["byProducts"], "costSharePercent") == {"crumbs": "10", "broken": "2.5"}
    (line,) = made["items"]
    assert (line["batchSize"], line["yieldPercent"], line["byProductCount"]) == ("200", "95", 2)
    assert soap.stock("oil") == {"onHand": "1000", "demand": "200", "value": "3000"}
    assert soap.stock("soap") == {"onOrder": "380"}
    assert soap.stock("crumbs") == {"onOrder": "19"}
    assert {key: soap.get(made)[key] for key in ("inputs", "byProducts")} == {
        key: made[key] for key in ("inputs", "byProducts")
    }
    assert soap.discrepancies() == []


def test_line_is_rounded_once_and_scaled_exactly(soap: Making) -> None:
    """One of 190: 100 / 190 is 0.526316, and 190 of them are 100 again."""
    made = order(soap, 1)
    assert quantities(soap, made["inputs"]) == {"oil": "0.526316", "lye": "0.115789"}
    assert quantities(soap, made["byProducts"]) == {"crumbs": "0.05", "broken": "0.015789"}
    changed = soap.api.patch(soap.item_path(made["items"][0]), {"quantity": 190}).json()
    assert quantities(soap, changed["inputs"]) == {"oil": "100", "lye": "22"}
    assert quantities(soap, changed["byProducts"]) == {"crumbs": "9.5", "broken": "3"}
    assert soap.stock("broken") == {"onOrder": "3"}
    assert soap.discrepancies() == []


def test_receipt_produces_by_products_with_their_part_of_the_cost(soap: Making) -> None:
    """200 of oil at 3 and 44 of lye at 2 are 688, and 380 times 0.5 is 190: 878, of which a tenth and a fortieth."""
    made = order(soap)
    received = receive(soap, made, 380).json()
    assert soap.stock("crumbs") == {"onHand": "19", "value": "87.8"}
    assert soap.stock("broken") == {"onHand": "6", "value": "21.95"}
    assert soap.stock("soap") == {"onHand": "380", "value": "768.25"}
    (item,) = received["receiptItems"]
    assert (item["unitCost"], item["usageCount"], item["byProductCount"]) == ("2.021711", 0, 2)
    assert [(each["planned"], each["quantity"], each["unitCost"]) for each in received["byProducts"]] == [
        ("19", "19", "4.621053"),
        ("6", "6", "3.658333"),
    ]
    assert received["usages"] == []
    assert soap.status(made) == "Received"
    assert soap.discrepancies() == []
    path = f"{soap.root[:-1]}-receipts/{received['receipt']['id']}"
    shown = soap.api.get(path).json()
    assert (shown["items"], shown["byProducts"]) == (received["receiptItems"], received["byProducts"])


def test_parts_of_a_receipt_are_exactly_the_whole(soap: Making) -> None:
    """In sevenths, none of which has an end: the last takes the rest, of quantities and of value."""
    before = soap.value()
    made = order(soap, 7, 0)
    for _ in range(7):
        assert receive(soap, made, 1).status_code == 201
        assert soap.discrepancies() == []
    assert soap.value() == before
    for part in (*made["inputs"], *made["byProducts"]):
        name = {id: name for name, id in soap.ids.items()}[part.get("materialId") or part["byProductSkuId"]]
        on_hand = Decimal(soap.stock(name)["onHand"])
        assert (1000 - on_hand if name in ("oil", "lye") else on_hand) == Decimal(part["quantity"])
        assert set(soap.stock(name)) == {"onHand", "value"}


@pytest.mark.parametrize(
    ("given", "consumed", "disposed"),
    [
        ({"used": "103"}, "103", "0"),
        ({"used": "97.25"}, "97.25", "0"),
        ({"used": 0}, "0", "0"),
        ({"returned": 4}, "96", "0"),
        ({"used": 99, "returned": 4}, "99", "0"),
        ({"scrapped": 5, "scrapReason": "Spilled"}, "100", "5"),
        ({"used": 90, "scrapped": "2.5", "scrapReason": "Spilled", "returned": 7.5}, "90", "2.5"),
        ({}, "100", "0"),
    ],
)
def test_receipt_takes_what_was_really_used(
    soap: Making, given: dict[str, object], consumed: str, disposed: str
) -> None:
    """Half of the order; for the other half is kept what was planned for it, whatever was used."""
    made = order(soap)
    received = receive(soap, made, 190, inputs=[used(soap, "oil", **given)])
    assert received.status_code == 201, received.text
    (usage,) = received.json()["usages"]
    assert (usage["planned"], usage["used"], usage["scrapped"]) == ("100", consumed, disposed)
    assert usage["scrappedValue"] == f"{Decimal(disposed) * 3:f}".rstrip("0").rstrip(".") or "0"
    assert (usage["scrapReason"], usage["returned"]) == (given.get("scrapReason"), str(given.get("returned", 0)))
    taken = Decimal(consumed) + Decimal(disposed)
    assert Decimal(soap.stock("oil")["onHand"]) == 1000 - taken
    assert soap.stock("oil")["allocated"] == "100"
    assert soap.stock("lye")["allocated"] == "22"
    # What was lost is no cost of what came out.
    value = sum(Decimal(soap.stock(name)["value"]) for name in ("soap", "crumbs", "broken"))
    assert value == Decimal(consumed) * 3 + 44 + 95
    (shown,) = [each for each in soap.get(made)["inputs"] if each["materialId"] == soap.ids["oil"]]
    assert Decimal(shown["quantityVariance"]) == taken - 100
    assert soap.discrepancies() == []
    receive(soap, made, 190)
    assert Decimal(soap.stock("oil")["onHand"]) == 900 - taken
    assert "allocated" not in soap.stock("oil")
    assert soap.discrepancies() == []


def test_what_was_scrapped_is_disposed_of_with_its_reason(soap: Making) -> None:
    made = order(soap)
    lost = used(soap, "oil", scrapped=5, scrapReason="The drum leaked")
    received = receive(soap, made, 380, inputs=[lost]).json()
    (row,) = [row for row in soap.entries(made, MATERIALS) if row["eventType"] == "DISPOSE"]
    assert (row["quantity"], row["value"], row["notes"]) == ("5", "-15", "The drum leaked")
    assert row["sourceId"] == received["receiptItems"][0]["id"]
    path = f"{soap.root[:-1]}-receipts/{received['receipt']['id']}"
    assert soap.api.get(path).json()["usages"] == received["usages"]


def test_by_products_come_out_as_the_receipt_says(soap: Making) -> None:
    """Of what has not come out nothing bears a part of the cost: the output does."""
    made = order(soap)
    received = receive(soap, made, 190, byProducts=[came(soap, "crumbs", 0), came(soap, "broken", "4.5")]).json()
    assert [(each["planned"], each["quantity"], each["unitCost"]) for each in received["byProducts"]] == [
        ("9.5", "0", None),
        ("3", "4.5", "2.438889"),
    ]
    assert soap.stock("crumbs") == {"onOrder": "9.5"}
    assert soap.stock("broken") == {"onHand": "4.5", "onOrder": "3", "value": "10.975"}
    assert soap.stock("soap") == {"onHand": "190", "onOrder": "190", "value": "428.025"}
    assert soap.discrepancies() == []
    receive(soap, made, 190)
    assert soap.stock("crumbs") == {"onHand": "9.5", "value": "43.9"}
    assert soap.stock("broken")["onHand"] == "7.5"
    assert soap.discrepancies() == []


def test_deleting_a_receipt_undoes_all_of_it(soap: Making) -> None:
    before = soap.value()
    made = order(soap)
    values = {
        "inputs": [used(soap, "oil", used=120, scrapped=10, scrapReason="Spilled"), used(soap, "lye", returned=2)],
        "byProducts": [came(soap, "crumbs", 11), came(soap, "broken", 0)],
    }
    received = receive(soap, made, 190, **values)
    assert received.status_code == 201, received.text
    assert soap.delete_receipt(received).status_code == 200
    assert soap.stock("oil") == {"onHand": "1000", "allocated": "200", "value": "3000"}
    assert soap.stock("lye") == {"onHand": "1000", "allocated": "44", "value": "2000"}
    assert soap.stock("crumbs") == {"onOrder": "19"}
    assert soap.stock("broken") == {"onOrder": "6"}
    assert {each["quantityVariance"] for key in ("inputs", "byProducts") for each in soap.get(made)[key]} == {"0"}
    assert (soap.value(), soap.variance(), soap.status(made)) == (before, 0, "Production")
    assert soap.discrepancies() == []
    # Again, and then the order with it.
    assert receive(soap, made, 190, **values).status_code == 201
    assert soap.delete(made).status_code == 200
    assert soap.stock("oil") == {"onHand": "1000", "value": "3000"}
    assert (soap.stock("crumbs"), soap.stock("soap"), soap.value()) == ({}, {}, before)
    assert soap.discrepancies() == []


def test_by_product_that_is_gone_keeps_its_receipt(soap: Making) -> None:
    made = order(soap)
    received = receive(soap, made, 190)
    gone = {"skuId": soap.ids["crumbs"], "locationId": soap.location, "quantity": 9}
    assert soap.api.post("/api/finished-goods-inventory/disposals", gone).status_code == 201
    refused = soap.delete_receipt(received)
    assert refused.status_code == 409
    assert refused.json()["error"]["details"]["itemId"] == soap.ids["crumbs"]
    assert soap.discrepancies() == []


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"used": 1, "scrapped": 1}, 422),
        ({"used": 1, "scrapReason": "Spilled"}, 422),
        ({"scrapped": 0, "scrapReason": "Spilled"}, 422),
        ({"used": "-1"}, 422),
        ({"returned": "100.000001"}, 409),
        ({"used": 1000000}, 409),
        ({"scrapped": 901, "scrapReason": "Spilled"}, 409),
    ],
)
def test_usage_that_cannot_be_is_refused(soap: Making, given: dict[str, object], status: int) -> None:
    made = order(soap)
    refused = receive(soap, made, 190, inputs=[used(soap, "oil", **given)])
    assert refused.status_code == status, refused.text
    assert soap.stock("oil") == {"onHand": "1000", "demand": "200", "value": "3000"}


def test_what_is_no_part_of_the_line_is_not_found(soap: Making) -> None:
    made = order(soap)
    other = factories.make_organization().id
    for material in (soap.ids["carton"], factories.make_material(other)):
        refused = receive(soap, made, 190, inputs=[{"materialId": material, "used": 1}])
        assert refused.status_code == 404
    for sku in (soap.ids["soap"], soap.ids["bar"], factories.make_sku(other)):
        refused = receive(soap, made, 190, byProducts=[{"byProductSkuId": sku, "quantity": 1}])
        assert refused.status_code == 404
    twice = [used(soap, "oil", used=1)] * 2
    refused = receive(soap, made, 190, inputs=twice, byProducts=[came(soap, "crumbs", 1)] * 2)
    assert [each["path"] for each in refused.json()["error"]["details"]] == [
        "/items/0/inputs/1/materialId",
        "/items/0/byProducts/1/byProductSkuId",
    ]


def test_by_product_feeds_what_is_made_on_the_same_receipt(assembling: Making) -> None:
    """Crumbs are pressed into a block; no crumb is there before."""
    assembling.sku("crumbs")
    assembling.sku("soap")
    body = {
        "outputSkuId": assembling.ids["soap"],
        "items": [{"materialId": assembling.ids["oil"], "quantity": 2}],
        "byProducts": [{"byProductSkuId": assembling.ids["crumbs"], "quantity": 1, "costSharePercent": 25}],
    }
    assert assembling.api.post("/api/boms", body).status_code == 201
    assembling.sku("block", crumbs=3)
    assembling.have(oil=4)
    made = assembling.order(assembling.line("block", 2, 0), assembling.line("soap", 6, 0))
    assert assembling.receive(made, 2, 6).status_code == 201
    assert assembling.stock("crumbs") == {}
    assert assembling.stock("block") == {"onHand": "2", "value": "12"}
    assert assembling.stock("soap") == {"onHand": "6", "value": "36"}
    assert assembling.discrepancies() == []


def test_each_level_of_a_production_order_takes_for_what_it_loses(manufacturing: Making) -> None:
    """Of 4 bars that are begun 3 come out, and of the boxes one in five breaks: 15 bars of 0.5 in 6 boxes."""
    factories.make_bom_header(manufacturing.organization.id, id=manufacturing.ids["bar"], yield_percent=75)
    factories.make_bom_header(manufacturing.organization.id, id=manufacturing.ids["box"], yield_percent=80)
    made = manufacturing.order(manufacturing.line("box", 6, 0))
    assert quantities(manufacturing, made["inputs"]) == {"oil": "10", "lye": "5", "carton": "7.5"}


def test_journal_of_a_receipt_is_whole(soap: Making) -> None:
    """What production took and what making it cost is in what came out; what was lost is written off, until the receipt
    is undone."""
    made = order(soap)
    received = receive(soap, made, 380, inputs=[used(soap, "oil", scrapped=5, scrapReason="Spilled")])
    assert totals(soap) == {
        "materials": Decimal(5000 - 688 - 15),
        "finishedGoods": Decimal(878),
        "conversionCosts": Decimal(-190),
        "writeOffs": Decimal(15),
        "goodsReceived": Decimal(-5000),
    }
    # Each entry of what came out has its part of both.
    bore = [entry for entry in entries(soap) if entry["eventType"] == "PRODUCE"]
    assert len(bore) > 1
    for entry in bore:
        amounts = {line["account"]: Decimal(line["credit"]) - Decimal(line["debit"]) for line in entry["lines"]}
        value = -amounts.pop("finishedGoods")
        assert amounts == {"production": value * 688 / 878, "conversionCosts": value * 190 / 878}
    soap.delete_receipt(received)
    assert totals(soap) == {"materials": Decimal(5000), "goodsReceived": Decimal(-5000)}


def entries(soap: Making) -> list[Any]:
    data: list[Any] = soap.api.get("/api/accounting/journal", limit=500).json()["data"]
    return data


def totals(soap: Making) -> dict[str, Decimal]:
    """Of all accounts that are not even; debits are positive."""
    found: dict[str, Decimal] = {}
    for entry in entries(soap):
        for line in entry["lines"]:
            amount = Decimal(line["debit"]) - Decimal(line["credit"])
            found[line["account"]] = found.get(line["account"], Decimal(0)) + amount
    return {account: amount for account, amount in found.items() if amount}


def test_sheet_has_what_comes_out_besides(soap: Making) -> None:
    text = sheet(soap, order(soap))
    crumbs = soap.api.get(f"/api/skus/{soap.ids['crumbs']}").json()
    assert f"{crumbs['skuCode']}By-product:{crumbs['name'].replace(' ', '')}" in text
