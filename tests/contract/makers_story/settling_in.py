"""Steps 1 to 8: the organization, what it has, and what things cost."""

from tests.api import Api
from tests.contract.makers_story.books import Books


def settle_in(books: Books) -> None:
    ids = books.ids
    # 1. Mara signs in and founds the organization.
    books.post("user", email="mara@example.com")
    organization = books.post("organizations", name="Mara's Soaps", slug="maras-soaps")["organization"]
    books.api = Api(books.api.address, books.api.token, organization["id"])
    # 2. She has a workshop, a depot in the next town, and a cellar.
    for name in ("Workshop", "Depot", "Cellar"):
        ids[name] = books.post("locations", name=name)["id"]
    # 3. Materials, kept in kilograms. A drum of oil is 208 l; at 0.915 kg/l that is 190.32 kg = 4758/25.
    raw = books.post("material-types", name="Raw")["id"]
    for code, density in (("OIL", "0.915"), ("LYE", None), ("LAVENDER", None), ("PALM", None)):
        ids[code] = books.post("materials", code=code, name=code, typeId=raw, unit="kg", density=density)["id"]
    drum = books.put(f"materials/{ids['OIL']}/units", units=[{"unit": "drum", "numerator": 208, "baseUnit": "l"}])
    assert [each["factor"] for each in drum["units"]] == ["4758/25"]
    books.put(f"materials/{ids['LYE']}/units", units=[{"unit": "sack", "numerator": 25, "baseUnit": "kg"}])
    # 4. Bars of soap, sold in cases of 24, and flakes, sold by the kilogram.
    soap = books.post("sku-types", name="Soap")["id"]
    for code, unit in (("BAR", "bar"), ("FLAKES", "kg")):
        ids[code] = books.post("skus", code=code, name=code, typeId=soap, itemsPerUnit=1, ozPerItem=4, unit=unit)["id"]
        books.skus.add(code)
    books.put(f"skus/{ids['BAR']}/units", units=[{"unit": "case", "numerator": 24, "baseUnit": "bar"}])
    # 5. Vendors, a shop with a broker who gets 5 percent, and a private customer.
    for name in ("Oleificio", "Herbs & Co"):
        ids[name] = books.post("vendors", name=name)["id"]
    shops = books.post("customer-types", name="Shops")["id"]
    broker = books.post("brokers", name="Bruno")["id"]
    shop = {"name": "Mercato", "typeId": shops, "brokerId": broker, "brokerFeePercent": 5}
    ids["Mercato"] = books.post("customers", **shop)["id"]
    ids["Anna"] = books.post("customers", name="Anna", typeId=shops)["id"]
    ids["Fair"] = books.post("order-channels", name="Fair")["id"]
    # 6. What was there when she came. Oil 95.16 kg (half a drum) x 5 = 475.80; lye 40 x 1.95 = 78; palm oil
    # 12 x 3 = 36; together 589.80. Bars 50 x 1.32 = 66.
    counted = {"eventDate": "2025-02-28"}
    opening = [("OIL", "Workshop", "95.16", "5"), ("LYE", "Workshop", "40", "1.95"), ("PALM", "Cellar", "12", "3")]
    rows = [
        {"materialId": ids[item], "locationId": ids[where], "quantity": quantity, "unitCost": cost, **counted}
        for item, where, quantity, cost in opening
    ]
    books.post("materials-inventory/opening-balances/bulk-import", rows=rows)
    bars = {"skuId": ids["BAR"], "locationId": ids["Depot"], "quantity": "50", "unitCost": "1.32", **counted}
    books.post("finished-goods-inventory/opening-balances/bulk-import", rows=[bars])
    total = books.get("accounting/valuation")["total"]
    assert total == {"materials": "589.8", "finishedGoods": "66", "inTransitValue": "0", "total": "655.8"}


def name_prices(books: Books) -> None:
    ids = books.ids
    new_year = {"validFrom": "2025-01-01"}
    # 7. What vendors charge for a kilogram; oil is cheaper from 500 kg on.
    for vendor, item, least, cost in (
        ("Oleificio", "OIL", 0, "5"),
        ("Oleificio", "OIL", 500, "4.75"),
        ("Oleificio", "LYE", 0, "2.4"),
        ("Herbs & Co", "LAVENDER", 0, "96"),
    ):
        price = {"vendorId": ids[vendor], "materialId": ids[item], "minQuantity": least, "unitCost": cost}
        books.post("supplier-prices", **price, **new_year)
    # 8. What customers pay: 5.20 for a bar, 4.60 from 200 bars on, 9.50 for a kilogram of flakes.
    for item, least, unit_price in (("BAR", 0, "5.2"), ("BAR", 200, "4.6"), ("FLAKES", 0, "9.5")):
        books.post("customer-prices", skuId=ids[item], minQuantity=least, unitPrice=unit_price, **new_year)
