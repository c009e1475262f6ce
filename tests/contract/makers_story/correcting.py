"""Steps 27 to 33: a receipt is undone whose goods are partly gone; the last batch is made."""

from tests.contract.makers_story.books import Books


def undo_the_first_receipt(books: Books) -> None:
    ids = books.ids
    # 27. The first receipt was not hers. Of its oil 532.896 / 666.12 = 4/5 is left, of its lye 191.25 / 200 = 153/160.
    books.delete(f"purchase-order-receipts/{ids['first receipt']}")
    number = ids["oil order's number"]
    # It goes with its freight. Of 190.32 kg for 904.02 + 47.58 = 951.60 first 4/5: 152.256 kg for 761.28. Of the
    # 380.64 kg for 2930.928 - 761.28 = 2169.648 (5.70 each) that remain, the other 38.064 kg for 216.9648. Taken are
    # 978.2448, and 951.60 - 978.2448 is the variance.
    assert books.entries("OIL", "REVERSE_RECEIVE", ref=number) == [
        ("REVERSE_RECEIVE", "190.32", "-978.2448", "-26.6448")
    ]
    # Of 50 kg for 120 + 12.50: 47.8125 kg for 126.703125. Of 143.4375 kg for 332.296875 the other 2.1875 kg for
    # 5.067708333333(33...). Taken are 131.770833333333.
    assert books.entries("LYE", "REVERSE_RECEIVE", ref=number) == [
        ("REVERSE_RECEIVE", "50", "-131.770833333333", "0.729166666667")
    ]
    # As if it had never been: oil (475.80 + 2236.26) x 4/5 - 216.9648, of which a kilogram is 5.70; lye 347.50 / 150.
    books.stock("OIL", "Workshop", onHand="342.576", onOrder="380.64", value="1952.6832", averageCost="5.7")
    books.stock("LYE", "Workshop", onHand="141.25", onOrder="90", value="327.229166666667", averageCost="2.316667")
    # 28. Its freight is gone with it, and the order is as before it.
    assert books.get(f"purchase-orders/{ids['oil order']}")["purchaseOrder"]["status"] == "Partial"
    assert books.get(f"purchase-orders/{ids['oil order']}/cost-changes")["data"] == []
    # 29. Now comes the freight of the second receipt: oil 47.58, lye 12. Of its oil 4/5 x 342.576 / 380.64 = 18/25 is
    # left, of its lye 141.25 / 150 = 113/120: the stock takes 34.2576 and 11.30, and 13.3224 and 0.70 came too late.
    # The bill is 59.58 in all, less than the 120 that were expected: nothing else is allocated of it any more.
    lines = [("second oil", "47.58"), ("second lye", "12")]
    books.post(
        f"purchase-orders/{ids['oil order']}/cost-allocations",
        cost="shippingCosts",
        basis="hand",
        items=[{"receiptItemId": ids[name], "amount": amount} for name, amount in lines],
    )
    books.patch(f"purchase-orders/{ids['oil order']}", shippingCosts="59.58")
    assert books.entries("OIL", "REVALUE", ref=number)[-1] == ("REVALUE", "342.576", "34.2576", "-13.3224")
    assert books.entries("LYE", "REVALUE", ref=number)[-1] == ("REVALUE", "141.25", "11.3", "-0.7")
    books.stock("OIL", "Workshop", onHand="342.576", value="1986.9408", averageCost="5.8")
    books.stock("LYE", "Workshop", onHand="141.25", value="338.529166666667", averageCost="2.396667")


def make_the_last_batch(books: Books) -> None:
    ids = books.ids
    order = f"purchase-orders/{ids['lavender order']}"
    # 30. There is lavender after all: the order is reopened, and what was closed is open again.
    assert books.post(f"{order}/reopen")["status"] == "Partial"
    books.stock("LAVENDER", "Workshop", onHand="3.8", onOrder="4", value="364.8")
    # 31. 1.2 kg at 101 come: 364.80 + 121.20 = 5 x 97.20. Then it is closed short again.
    more = {"poItemId": ids["lavender line"], "quantity": "1.2", "unitCost": "101"}
    assert books.post(f"{order}/receipts", items=[more])["purchaseOrder"]["status"] == "Partial"
    books.patch(order, status="Received")
    books.stock("LAVENDER", "Workshop", onHand="5", onOrder="0", value="486", averageCost="97.2")
    # 32. The last batch, as planned: oil 65.6 x 5.80 = 380.48, lye 4.5 x 338.529... / 141.25 = 10.785, lavender
    # 1.133981 x 97.20 = 110.2229532: 501.4879532. With 384 x 0.35 = 134.40 that is 635.8879532, of which the flakes
    # bear 4 percent, 25.435518128, and the bars the rest, 610.452435072.
    made = books.post(f"production-orders/{ids['production']}/receipts", items=[{"skuId": ids["BAR"], "quantity": 384}])
    assert made["productionOrder"]["status"] == "Received"
    books.stock("OIL", "Workshop", onHand="276.976", allocated="0", value="1606.4608")
    books.stock("LYE", "Workshop", onHand="136.75", allocated="0", value="327.744166666667")
    books.stock("LAVENDER", "Workshop", onHand="3.866019", allocated="0", value="375.7770468")
    # 346.56 + 610.452435072; 48.64 + 25.435518128.
    books.stock("BAR", "Workshop", onHand="612", onOrder="0", value="957.012435072")
    books.stock("FLAKES", "Workshop", onHand="13", onOrder="0", value="74.075518128")
    # 33. The order is done.
    books.patch(f"production-orders/{ids['production']}", status="Completed")
