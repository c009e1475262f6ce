"""Steps 26 and 40: what the books say of March, and in the end."""

from decimal import Decimal

from tests.contract.makers_story.books import Books

# Materials, finished goods, on the way, together.
MARCH = ("3790.728", "769.2", "0", "4559.928")
MARCH_BOOKS = {
    "materials": Decimal("3790.728"),
    "finishedGoods": Decimal("769.2"),
    # First receipt 1024.02 and its freight 60.08, second receipt 2236.26 + 269.50, lavender 576.
    "goodsReceived": Decimal("-4165.86"),
    # 768 x 0.35
    "conversionCosts": Decimal("-268.8"),
    "costOfGoods": Decimal("505.4"),
    # Oil that was spilled 17.732, broken bars 7.40.
    "writeOffs": Decimal("25.132"),
    "openingBalances": Decimal("-655.8"),
}


def look_back_at_march(books: Books) -> None:
    # 26. On March 5th: oil 1379.82, lye 198, palm oil 36, and the bars of the opening. On the 15th 100 bars were on
    # their way, and bars and flakes for 711.36 + 370 + 48.64 were not. At the end of the month: 2930.928 + 459 +
    # 364.80 + 36, and 346.56 + 374 + 48.64.
    for day, materials, goods, on_the_way, total in (
        ("2025-03-05", "1613.82", "66", "0", "1679.82"),
        ("2025-03-15", "3790.728", "1130", "152", "5072.728"),
        ("2025-03-31", *MARCH),
    ):
        found = books.get("accounting/valuation", asOf=day)["total"]
        assert list(found.values()) == [materials, goods, on_the_way, total], day
    # Sold: 240 + 120 - 25 bars, 364.80 + 177.60 - 29.60 - 7.40.
    sold = books.get("accounting/cost-of-goods", asOf="2025-03-31")["total"]
    assert sold == {"quantity": "335", "costOfGoods": "505.4", "variance": "0", "netCostOfGoods": "505.4"}
    assert books.trial_balance(dateTo="2025-03-31") == MARCH_BOOKS
    # Before the freight, and when two batches were made.
    books.stock("OIL", "Workshop", as_of="2025-03-05", onHand="285.48", value="1379.82")
    books.stock("OIL", "Workshop", as_of="2025-03-12", onHand="532.896", value="2930.928")


def close_the_books(books: Books) -> None:
    ids = books.ids
    # 40. March is closed: nothing is dated in it any more, and its figures stay what they were.
    books.patch("accounting/settings", closedThrough="2025-03-31")
    found = {"materialId": ids["OIL"], "locationId": ids["Workshop"], "quantity": 1, "eventDate": "2025-03-31"}
    assert books.refused("materials-inventory/adjustments", **found)[0] == "period_closed"
    assert tuple(books.get("accounting/valuation", asOf="2025-03-31")["total"].values()) == MARCH
    assert books.trial_balance(dateTo="2025-03-31") == MARCH_BOOKS
    books.stock("OIL", "Workshop", as_of="2025-03-31", onHand="532.896", value="2930.928")

    # What there is: oil 2510.4808 + lye 327.744166666667 + lavender 375.7770468, and bars 581.713440926118 (workshop)
    # + 376.992 (depot) + flakes 39.886817453538.
    materials, goods = Decimal("3214.002013466667"), Decimal("998.592258379656")
    valuation = books.get("accounting/valuation")
    total = [Decimal(figure) for figure in valuation["total"].values()]
    assert total == [materials, goods, 0, materials + goods]
    # What was sold: 505.40 in March, and 375.298994145882 + 34.188700674462 in the third shipment.
    sold = Decimal("914.887694820344")
    by_order = books.get("accounting/cost-of-goods", groupBy="order")
    assert {row["orderNumber"]: Decimal(row["costOfGoods"]) for row in by_order["data"]}[ids["sale's number"]] == sold
    assert Decimal(by_order["total"]["netCostOfGoods"]) == sold
    # 335 in March, 240 bars and 6 kg after it.
    assert by_order["total"]["quantity"] == "581"

    # The undone receipt -26.6448 + 0.729166666667, and the late freight -13.3224 - 0.70.
    variance = Decimal("-39.938033333333")
    # Oil that was spilled 17.732, palm oil 12 + 24, broken bars 7.40.
    lost = Decimal("61.132")
    # Second receipt 2505.76, its freight 59.58, lavender 576 + 121.20, the third drum 904.02. The first is even.
    bought = Decimal("4166.56")
    # 1152 x 0.35
    conversion = Decimal("403.2")
    counted = Decimal("2.992")
    opened = Decimal("655.8")
    assert books.trial_balance() == {
        "materials": materials,
        "finishedGoods": goods,
        "goodsReceived": -bought,
        "conversionCosts": -conversion,
        "costOfGoods": sold,
        "variance": -variance,
        "adjustments": -counted,
        "writeOffs": lost,
        "openingBalances": -opened,
    }
    check_identity(books, materials + goods, sold, lost, variance)


def check_identity(books: Books, on_hand: Decimal, sold: Decimal, lost: Decimal, variance: Decimal) -> None:
    """What came in, less what was undone, is on hand, on its way, sold or written off, less the variance."""
    materials, goods = books.brought("materials"), books.brought("finished goods")
    assert materials == {
        "ADJUST": Decimal("589.8"),
        # Receipts 1024.02, 2505.76, 576, 121.20 and 904.02; palm oil that arrived at the workshop 24.
        "RECEIVE": Decimal(5155),
        "TRANSFER": Decimal(-24),
        # Freight 60.08 and 59.58.
        "REVALUE": Decimal("119.66"),
        # 1024.02 + 60.08
        "REVERSE_RECEIVE": Decimal("-1084.1"),
        # 947.20 + 501.4879532
        "CONSUME": Decimal("-1448.6879532"),
        # 17.732 + 12 + 24
        "DISPOSE": Decimal("-53.732"),
    }
    assert goods == {
        # 66 + 2.992
        "ADJUST": Decimal("68.992"),
        # 1216 + 635.8879532
        "PRODUCE": Decimal("1851.8879532"),
        # 304 + 152, and what came back of the second shipment, 29.60.
        "RECEIVE": Decimal("485.6"),
        "TRANSFER": Decimal(-456),
        # Three shipments 364.80, 177.60 and 409.487694820344, the nine cases 328.32, Anna's bars 14.96.
        "CONSUME": Decimal("-1295.167694820344"),
        "REVERSE_CONSUME": Decimal("343.28"),
    }
    came_in = materials["ADJUST"] + materials["RECEIVE"] + materials["REVALUE"]
    came_in += goods["ADJUST"] + goods["PRODUCE"] + goods["RECEIVE"]
    # What only changed its place, or its ledger, or came back, has not come from outside.
    from_within = Decimal(24) + Decimal(456) + Decimal("29.6") + Decimal("1448.6879532")
    undone, on_the_way = -materials["REVERSE_RECEIVE"], 0
    assert came_in - from_within - undone == on_hand + on_the_way + sold + lost - variance
