"""Steps 34 to 39: everything is shipped, paid and counted."""

from tests.contract.makers_story.books import Books


def ship_the_rest(books: Books) -> None:
    ids = books.ids
    # 34. The third shipment, all that is open: 240 / 612 x 957.012435072 = 375.298994145882(35...), and 6 / 13 x
    # 74.075518128 = 34.188700674461(53...).
    rest = [{"soItemId": ids["bars sold"], "unitQuantity": 10}, {"soItemId": ids["flakes sold"], "quantity": 6}]
    shipped = books.post(f"sales-orders/{ids['sale']}/shipments", items=rest)["salesOrder"]
    assert (shipped["orderStatus"], shipped["fulfillmentStatus"]) == ("Shipped", "Fulfilled")
    books.stock("BAR", "Workshop", onHand="372", allocated="0", value="581.713440926118")
    books.stock("FLAKES", "Workshop", onHand="7", allocated="0", value="39.886817453538")
    lines = books.get(f"sales-orders/{ids['sale']}")["items"]
    assert [(line["shippedQuantity"], line["returnedQuantity"], line["openQuantity"]) for line in lines] == [
        (600, 25, 0),
        (6, 0, 0),
    ]
    # 35. It is invoiced and paid.
    for status in ("Invoiced", "Paid"):
        books.patch(f"sales-orders/{ids['sale']}", status=status)
    # 36. Anna's ten bars leave the depot whole, 10 x 1.496 = 14.96; she refuses them, and they are back as they left.
    annas = books.post(
        "sales-orders",
        customerId=ids["Anna"],
        channelId=ids["Fair"],
        status="Shipped",
        fulfillmentStatus="Pending",
        fulfillmentLocationId=ids["Depot"],
        mabd="2025-04-30",
        items=[{"skuId": ids["BAR"], "quantity": 10}],
    )
    assert annas["items"][0]["unitPrice"] == "5.2"
    books.stock("BAR", "Depot", onHand="240", value="359.04")
    books.patch(f"sales-orders/{annas['salesOrder']['id']}", status="Rejected")
    books.stock("BAR", "Depot", onHand="250", value="374")


def tidy_up(books: Books) -> None:
    ids = books.ids
    order = f"purchase-orders/{ids['oil order']}"
    # 37. A drum comes that is hers, at the price of the list: 1606.4608 + 904.02. Of the order's four drums three have
    # come; it is closed short and paid, and takes no more.
    drum = {"poItemId": ids["oil line"], "unitQuantity": 1}
    received = books.post(f"{order}/receipts", items=[drum])
    assert received["receiptItems"][0]["quantity"] == "190.32"
    books.stock("OIL", "Workshop", onHand="467.296", onOrder="190.32", value="2510.4808")
    for status in ("Received", "Paid"):
        books.patch(order, status=status)
    books.stock("OIL", "Workshop", onHand="467.296", onOrder="0", value="2510.4808")
    books.stock("LYE", "Workshop", onHand="136.75", onOrder="0", value="327.744166666667")
    assert books.refused(f"{order}/receipts", items=[drum])[0] == "invalid_transition"
    # 38. Palm oil is used no more. What there is of it can leave (4 x 3 and, by way of the workshop, 8 x 3), and
    # nothing new comes.
    held = books.patch(f"materials/{ids['PALM']}", isActive=False)["stillHolds"]
    assert [(each["onHand"], each["value"]) for each in held["stock"]] == [("12", "36")]
    line = {"materialId": ids["PALM"], "quantity": 1, "unitCost": 3}
    new = {"vendorId": ids["Oleificio"], "targetType": "materials", "status": "Placed", "items": [line]}
    assert books.refused("purchase-orders", **new)[0] == "conflict"
    assert books.move("disposals", "PALM", "Cellar", "4")["value"] == "-12"
    moved = books.move("transfers", "PALM", "Cellar", "8", destinationLocationId=ids["Workshop"])
    books.post(f"materials-inventory/transfers/{moved['ref']}/complete")
    assert books.move("disposals", "PALM", "Workshop", "8")["value"] == "-24"
    assert "stillHolds" not in books.patch(f"materials/{ids['PALM']}", notes="None left")
    # 39. Somebody counts the bars of the depot and finds two more: 2 x 1.496.
    assert books.move("adjustments", "BAR", "Depot", "2")["value"] == "2.992"
    books.stock("BAR", "Depot", onHand="252", value="376.992", averageCost="1.496")
