"""Steps 9 to 18: materials come, and two batches of soap are made of them."""

from tests.contract.makers_story.books import Books


def buy_oil(books: Books) -> None:
    ids = books.ids
    # 9. Four drums of oil (4 x 190.32 = 761.28 kg, so the price is 4.75) and eight sacks of lye (200 kg at 2.40).
    order = books.post(
        "purchase-orders",
        vendorId=ids["Oleificio"],
        targetType="materials",
        status="Placed",
        placedAt="2025-03-03",
        shipToLocationId=ids["Workshop"],
        shippingCosts="120",
        items=[
            {"materialId": ids["OIL"], "quantity": None, "unit": "drum", "unitQuantity": 4},
            {"materialId": ids["LYE"], "quantity": None, "unit": "sack", "unitQuantity": 8},
        ],
    )
    assert "warnings" not in order or order["warnings"] == []
    oil, lye = order["items"]
    assert (oil["quantity"], oil["unitCost"]) == ("761.28", "4.75")
    assert (lye["quantity"], lye["unitCost"]) == ("200", "2.4")
    ids["oil order"], ids["oil line"], ids["lye line"] = order["purchaseOrder"]["id"], oil["id"], lye["id"]
    ids["oil order's number"] = order["purchaseOrder"]["poNumber"]
    books.stock("OIL", "Workshop", onHand="95.16", onOrder="761.28", value="475.8")
    receipts = f"purchase-orders/{ids['oil order']}/receipts"
    # 10. One drum comes (190.32 x 4.75 = 904.02), and two sacks (50 x 2.40 = 120).
    drum = {"poItemId": ids["oil line"], "unitQuantity": 1}
    sacks = {"poItemId": ids["lye line"], "unitQuantity": 2}
    first = books.post(receipts, receiptDate="2025-03-05", items=[drum, sacks])
    assert first["purchaseOrder"]["status"] == "Partial"
    ids["first receipt"] = first["receipt"]["id"]
    # 95.16 + 190.32; 475.80 + 904.02. Still to come: three drums, 570.96.
    books.stock("OIL", "Workshop", onHand="285.48", onOrder="570.96", value="1379.82")
    books.stock("LYE", "Workshop", onHand="90", onOrder="150", value="198")
    # 11. Its freight, 60.08, by weight: 240.32 kg came, so a kilogram bears 0.25. Oil 47.58, lye 12.50.
    freight = books.post(
        f"purchase-orders/{ids['oil order']}/cost-allocations",
        cost="shippingCosts",
        basis="quantity",
        amount="60.08",
        eventDate="2025-03-06",
        items=[{"receiptItemId": item["id"]} for item in first["receiptItems"]],
    )
    assert [item["amount"] for item in freight["items"]] == ["47.58", "12.5"]
    ids["freight"] = freight["costChange"]["id"]
    # 1379.82 + 47.58 = 285.48 x 5; 198 + 12.50.
    books.stock("OIL", "Workshop", onHand="285.48", value="1427.4", averageCost="5")
    books.stock("LYE", "Workshop", onHand="90", value="210.5")
    # 12. Two drums come dearer than the list, 1118.13 each (5.875 a kilogram), and 110 kg of lye at 2.45 = 269.50.
    drums = {"poItemId": ids["oil line"], "unitQuantity": 2, "pricePerUnit": "1118.13"}
    loose = {"poItemId": ids["lye line"], "quantity": 110, "unitCost": "2.45"}
    second = books.post(receipts, receiptDate="2025-03-07", items=[drums, loose])
    assert [(item["quantity"], item["unitCost"]) for item in second["receiptItems"]] == [
        ("380.64", "5.875"),
        ("110", "2.45"),
    ]
    ids["second oil"], ids["second lye"] = (item["id"] for item in second["receiptItems"])
    # 1427.40 + 2236.26 = 666.12 x 5.50; 210.50 + 269.50 = 200 x 2.40. To come: a drum, and 200 - 50 - 110.
    books.stock("OIL", "Workshop", onHand="666.12", onOrder="190.32", value="3663.66", averageCost="5.5")
    books.stock("LYE", "Workshop", onHand="200", onOrder="40", value="480", averageCost="2.4")


def buy_lavender(books: Books) -> None:
    ids = books.ids
    # 13. Ten kilograms of lavender at 96; six come, 576.
    order = books.post(
        "purchase-orders",
        vendorId=ids["Herbs & Co"],
        targetType="materials",
        status="Placed",
        placedAt="2025-03-08",
        shipToLocationId=ids["Workshop"],
        items=[{"materialId": ids["LAVENDER"], "quantity": 10}],
    )
    ids["lavender order"], ids["lavender line"] = order["purchaseOrder"]["id"], order["items"][0]["id"]
    six = {"poItemId": ids["lavender line"], "quantity": 6}
    books.post(f"purchase-orders/{ids['lavender order']}/receipts", receiptDate="2025-03-10", items=[six])
    books.stock("LAVENDER", "Workshop", onHand="6", onOrder="4", value="576")
    # 14. The harvest was bad: the order is closed short.
    assert books.patch(f"purchase-orders/{ids['lavender order']}", status="Received")["status"] == "Received"
    books.stock("LAVENDER", "Workshop", onHand="6", onOrder="0", value="576")


def make_two_batches(books: Books) -> None:
    ids = books.ids
    # 15. A batch begins 400 bars, of which 96 percent, 384, come out. 40 oz of lavender are 40 x 0.028349523125 kg.
    bom = books.post(
        "boms",
        outputSkuId=ids["BAR"],
        batchSize=400,
        yieldPercent=96,
        items=[
            {"materialId": ids["OIL"], "quantity": 64, "scrapPercent": "2.5"},
            {"materialId": ids["LYE"], "quantity": "4.5"},
            {"materialId": ids["LAVENDER"], "quantity": None, "unit": "oz", "unitQuantity": 40},
        ],
        byProducts=[{"byProductSkuId": ids["FLAKES"], "quantity": 5, "costSharePercent": 4}],
    )
    assert [item["quantity"] for item in bom["items"]] == ["64", "4.5", "1.133981"]
    assert bom["costSharePercent"] == "96"
    # 16. 48 cases are 1152 bars, three batches: oil 3 x 64 x 1.025, lye 3 x 4.5, lavender 3 x 1.133981, flakes 3 x 5.
    order = books.post(
        "production-orders",
        status="Entered",
        locationId=ids["Workshop"],
        orderDate="2025-03-11",
        items=[{"skuId": ids["BAR"], "quantity": 1152, "productionCost": "0.35"}],
    )
    ids["production"] = order["productionOrder"]["id"]
    planned = {item["materialId"]: item["quantity"] for item in order["inputs"]}
    assert planned == {ids["OIL"]: "196.8", ids["LYE"]: "13.5", ids["LAVENDER"]: "3.401943"}
    assert [item["quantity"] for item in order["byProducts"]] == ["15"]
    books.stock("OIL", "Workshop", demand="196.8", allocated="0", available="666.12")
    # 17. It begins: 666.12 - 196.8 = 469.32 kg of oil are free.
    books.patch(f"production-orders/{ids['production']}", status="Production")
    books.stock("OIL", "Workshop", demand="0", allocated="196.8", available="469.32")
    books.stock("BAR", "Workshop", onHand="0", onOrder="1152")
    books.stock("FLAKES", "Workshop", onHand="0", onOrder="15")
    # 18. Two batches are done, 768 bars. Planned were oil 131.2, lye 9, lavender 2.267962, flakes 10.
    # Used: oil 130 x 5.50 = 715, lye 9 - 0.25 = 8.75 x 2.40 = 21, lavender 2.2 x 96 = 211.20: together 947.20.
    # Spilled: oil 3.224 x 5.50 = 17.732, a write-off and no cost of the soap.
    # Cost: 947.20 + 768 x 0.35 = 1216. Flakes bear 4 percent, 48.64 (8 x 6.08), bars 1167.36 (768 x 1.52).
    made = books.post(
        f"production-orders/{ids['production']}/receipts",
        receiptDate="2025-03-12",
        items=[
            {
                "skuId": ids["BAR"],
                "quantity": 768,
                "inputs": [
                    {"materialId": ids["OIL"], "used": 130, "scrapped": "3.224", "scrapReason": "A can fell over"},
                    {"materialId": ids["LYE"], "returned": "0.25"},
                    {"materialId": ids["LAVENDER"], "used": "2.2"},
                ],
                "byProducts": [{"byProductSkuId": ids["FLAKES"], "quantity": 8}],
            }
        ],
    )
    assert made["productionOrder"]["status"] == "Partial"
    assert [item["unitCost"] for item in made["receiptItems"] + made["byProducts"]] == ["1.52", "6.08"]
    assert sorted((usage["planned"], usage["used"], usage["scrappedValue"]) for usage in made["usages"]) == [
        ("131.2", "130", "17.732"),
        ("2.267962", "2.2", "0"),
        ("9", "8.75", "0"),
    ]
    # 666.12 - 133.224 x 5.50; 191.25 x 2.40; 3.8 x 96. For the third batch stays allocated what was planned for it.
    books.stock("OIL", "Workshop", onHand="532.896", allocated="65.6", value="2930.928", averageCost="5.5")
    books.stock("LYE", "Workshop", onHand="191.25", allocated="4.5", value="459")
    books.stock("LAVENDER", "Workshop", onHand="3.8", allocated="1.133981", value="364.8")
    books.stock("BAR", "Workshop", onHand="768", onOrder="384", value="1167.36")
    books.stock("FLAKES", "Workshop", onHand="8", onOrder="5", value="48.64")
