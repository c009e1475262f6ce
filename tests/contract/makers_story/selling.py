"""Steps 19 to 25: soap is sent to the depot and to a shop, and some of it comes back."""

from tests.contract.makers_story.books import Books


def sell(books: Books) -> None:
    ids = books.ids
    # 19. 300 bars go to the depot (300 x 1.52 = 456), and 200 of them arrive (304). There: 66 + 304 = 250 x 1.48.
    transfer = books.move(
        "transfers", "BAR", "Workshop", "300", destinationLocationId=ids["Depot"], eventDate="2025-03-14"
    )
    arrive = f"finished-goods-inventory/transfers/{transfer['ref']}/complete"
    books.post(arrive, quantity=200, eventDate="2025-03-15")
    books.stock("BAR", "Workshop", onHand="468", value="711.36")
    books.stock("BAR", "Depot", onHand="250", value="370", averageCost="1.48", inTransit="100", inTransitValue="152")
    # 20. The shop orders 25 cases (600 bars at 4.60) and 6 kg of flakes at 9.50: 2760 + 57 = 2817, the broker's 5
    # percent 140.85. More is promised than there is: 468 - 600.
    order = books.post(
        "sales-orders",
        customerId=ids["Mercato"],
        channelId=ids["Fair"],
        status="Entered",
        fulfillmentStatus="Pending",
        fulfillmentLocationId=ids["Workshop"],
        mabd="2025-04-30",
        items=[
            {"skuId": ids["BAR"], "quantity": None, "unit": "case", "unitQuantity": 25},
            {"skuId": ids["FLAKES"], "quantity": 6},
        ],
    )
    assert [(item["quantity"], item["unitPrice"]) for item in order["items"]] == [(600, "4.6"), (6, "9.5")]
    assert order["salesOrder"]["brokerFees"] == "140.85"
    ids["sale"], ids["sale's number"] = order["salesOrder"]["id"], order["salesOrder"]["soNumber"]
    ids["bars sold"], ids["flakes sold"] = (item["id"] for item in order["items"])
    books.stock("BAR", "Workshop", onHand="468", allocated="600", available="-132")
    shipments = f"sales-orders/{ids['sale']}/shipments"
    # 21. 20 cases at once cannot leave: 480 bars are more than lie there.
    twenty = {"soItemId": ids["bars sold"], "unitQuantity": 20}
    code, details = books.refused(shipments, shippedAt="2025-03-18", items=[twenty])
    assert (code, details["onHand"], details["requested"]) == ("conflict", "468", "480")
    # 22. 9 cases are written down under the date of today (216 x 1.52 = 328.32), and that is undone: they come back
    # with what they had left with. An undo is always dated today, so that of March there is nothing to be seen of it.
    nine = {"soItemId": ids["bars sold"], "unitQuantity": 9}
    wrong = books.post(shipments, items=[nine])
    books.stock("BAR", "Workshop", onHand="252", allocated="384", value="383.04")
    books.delete(f"sales-order-shipments/{wrong['shipment']['id']}")
    books.stock("BAR", "Workshop", onHand="468", allocated="600", value="711.36")
    # Then 10 leave: 240 x 1.52 = 364.80.
    ten = {"soItemId": ids["bars sold"], "unitQuantity": 10}
    shipped = books.post(shipments, shippedAt="2025-03-18", items=[ten])
    assert shipped["salesOrder"]["fulfillmentStatus"] == "Partial"
    books.stock("BAR", "Workshop", onHand="228", allocated="360", value="346.56")
    # 23. 5 cases leave the depot: 120 x 1.48 = 177.60. What is open, 240, stays promised at the workshop.
    five = {"soItemId": ids["bars sold"], "unitQuantity": 5}
    shipped = books.post(shipments, shippedAt="2025-03-20", locationId=ids["Depot"], items=[five])
    ids["second shipment"] = shipped["shipment"]["id"]
    books.stock("BAR", "Depot", onHand="130", allocated="0", value="192.4")
    books.stock("BAR", "Workshop", onHand="228", allocated="240", value="346.56")
    # 24. The other 100 bars arrive at the depot: 192.40 + 152.
    books.post(arrive, eventDate="2025-03-21")
    books.stock("BAR", "Depot", onHand="230", value="344.4", inTransit="0", inTransitValue="0")
    # 25. 25 bars of the second shipment come back: 20 are good (20 x 1.48 = 29.60), 5 are broken (7.40). Credited are
    # 25 x 4.60 = 115, 20 of them in one line, and of the fees 140.85 x 115 / 2817 = 5.75.
    returned = books.post(
        f"sales-order-shipments/{ids['second shipment']}/returns",
        returnedAt="2025-03-25",
        items=[
            {"soItemId": ids["bars sold"], "quantity": 20},
            {"soItemId": ids["bars sold"], "quantity": 5, "writtenOff": True},
        ],
    )
    credit = returned["salesOrderReturn"]
    assert (credit["amount"], credit["brokerFees"]) == ("115", "5.75")
    assert [item["amount"] for item in returned["items"]] == ["92", "23"]
    paper = books.api.get(f"/api/sales-order-returns/{credit['id']}/credit-note")
    assert (paper.status_code, paper.headers["Content-Type"]) == (200, "application/pdf")
    books.stock("BAR", "Depot", onHand="250", value="374", averageCost="1.496")
