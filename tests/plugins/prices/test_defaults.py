"""Lines of orders that name no price: what they take, and what is said where there is nothing to take."""

from typing import Any

import httpx
import pytest

from pharus.db import unit_of_work
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations as sales_orders
from tests import factories
from tests.api import pointers
from tests.days import today
from tests.pharus.acting import owner_of
from tests.plugins.prices.pricelists import PriceLists
from tests.statements import statements

Json = dict[str, Any]


class Orders:
    """Orders of an organization that has prices, by short words."""

    def __init__(self, prices: PriceLists) -> None:
        self.prices, self.api = prices, prices.api
        org = prices.organization.id
        self.materials = [prices.material, *(factories.make_material(org) for _ in range(2))]
        self.skus = [prices.sku, *(factories.make_sku(org) for _ in range(2))]
        self.channel = factories.make_order_channel(org)

    def buying(self, *lines: Json, **values: Any) -> Json:
        """A request; each line is of the next material."""
        items = [{"materialId": id, "quantity": 1, **line} for id, line in zip(self.materials, lines, strict=False)]
        given = {"vendorId": self.prices.vendor, "targetType": "materials", "status": "Planning", **values}
        return {**given, "items": items}

    def selling(self, *lines: Json, **values: Any) -> Json:
        """A request; each line is of the next SKU."""
        items = [{"skuId": id, "quantity": 1, **line} for id, line in zip(self.skus, lines, strict=False)]
        given = {
            "customerId": self.prices.customer,
            "channelId": self.channel,
            "status": "Received",
            "fulfillmentStatus": "Pending",
            "mabd": "2026-12-01",
            **values,
        }
        return {**given, "items": items}

    def buy(self, *lines: Json, **values: Any) -> httpx.Response:
        return self.api.post("/api/purchase-orders", self.buying(*lines, **values))

    def sell(self, *lines: Json, **values: Any) -> httpx.Response:
        return self.api.post("/api/sales-orders", self.selling(*lines, **values))


@pytest.fixture
def orders(prices: PriceLists) -> Orders:
    return Orders(prices)


def _costs(made: httpx.Response) -> list[str]:
    assert made.status_code == 201, made.text
    return [item.get("unitCost", item.get("unitPrice")) for item in made.json()["items"]]


def test_line_of_a_purchase_order_takes_the_price_of_its_quantity(orders: Orders) -> None:
    orders.prices.supplier("3")
    orders.prices.supplier("2.5", minQuantity=100)
    made = orders.buy({"quantity": "100"}, {"unitCost": "7"}, {"unitCost": 0})
    assert _costs(made) == ["2.5", "7", "0"]
    assert "warnings" not in made.json()
    assert _costs(orders.buy({"quantity": "99.5"})) == ["3"]


def test_line_of_a_sales_order_takes_the_price_of_its_customer(orders: Orders) -> None:
    orders.prices.to_customers("4")
    orders.prices.to_customers("3.5", customerId=orders.prices.parent, minQuantity=12)
    made = orders.sell({"quantity": 12}, {"unitPrice": "7"}, {"unitPrice": "0"})
    assert _costs(made) == ["3.5", "7", "0"]
    assert "warnings" not in made.json()
    assert _costs(orders.sell({"quantity": 11})) == ["4"]


def test_order_has_the_prices_of_its_day(orders: Orders) -> None:
    orders.prices.supplier("3", validFrom="2025-01-01")
    orders.prices.supplier("4", validFrom=str(today()))
    for status in ("Placed", "Planning"):
        assert _costs(orders.buy({}, status=status)) == ["4"]
    old = orders.buy({}, status="Placed", placedAt="2025-06-01")
    assert _costs(old) == ["3"]
    path = f"/api/purchase-orders/{old.json()['purchaseOrder']['id']}/items"
    added = orders.api.post(path, {"materialId": orders.materials[0], "quantity": 5}).json()
    assert added["unitCost"] == "3"


def test_line_without_a_price_is_a_warning(orders: Orders) -> None:
    orders.prices.supplier("3", minQuantity=10)
    orders.prices.to_customers("3", minQuantity=10)
    for made, key in (
        (orders.buy({"quantity": 10}, {}, {"unitCost": "1"}), "unitCost"),
        (orders.sell({"quantity": 10}, {}, {"unitPrice": "1"}), "unitPrice"),
    ):
        assert _costs(made) == ["3", "0", "1"]
        assert made.json()["warnings"] == [
            {
                "code": "price_not_found",
                "message": f"no price holds for this quantity on {today()}, so the line has 0",
                "path": f"/items/1/{key}",
            }
        ]


def test_answer_with_a_warning_has_the_version_of_the_order(orders: Orders) -> None:
    for made, path, key in (
        (orders.buy({}), "/api/purchase-orders", "purchaseOrder"),
        (orders.sell({}), "/api/sales-orders", "salesOrder"),
    ):
        answer = made.json()
        assert [each["code"] for each in answer["warnings"]] == ["price_not_found"]
        at = f"{path}/{answer[key]['id']}"
        read = orders.api.get(at)
        # A long answer is compressed, and has an ETag of its own for that.
        assert len({each.headers["etag"].replace("-gzip", "") for each in (read, made)}) == 1
        assert {**read.json(), "warnings": answer["warnings"]} == answer
        # Sent back whole, it changes what was changed in it, and the warnings say nothing.
        answer[key]["notes"] = "Called."
        changed = orders.api.patch(at, answer, headers={"If-Match": made.headers["etag"]})
        assert (changed.status_code, changed.json()["notes"]) == (200, "Called.")


def test_repeated_request_has_its_warnings_again(orders: Orders) -> None:
    key = {"Idempotency-Key": "order-1"}
    first, again = (orders.api.post("/api/purchase-orders", orders.buying({}), headers=key) for _ in range(2))
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])


def test_added_line_takes_its_price_or_has_a_warning(orders: Orders) -> None:
    orders.prices.to_customers("4")
    bought = orders.buy({"unitCost": 1}).json()["purchaseOrder"]["id"]
    sold = orders.sell({"quantity": 1}).json()["salesOrder"]["id"]
    path = f"/api/purchase-orders/{bought}/items"
    added = orders.api.post(path, {"materialId": orders.materials[1], "quantity": 1})
    assert (added.json()["unitCost"], [each["path"] for each in added.json()["warnings"]]) == ("0", ["/unitCost"])
    path = f"/api/sales-orders/{sold}/items"
    added = orders.api.post(path, {"skuId": orders.skus[1], "quantity": 1})
    assert (added.json()["unitPrice"], [each["path"] for each in added.json()["warnings"]]) == ("0", ["/unitPrice"])
    orders.api.post("/api/customer-prices", {"skuId": orders.skus[2], "unitPrice": "9"})
    added = orders.api.post(path, {"skuId": orders.skus[2], "quantity": 1})
    assert (added.json()["unitPrice"], "warnings" in added.json()) == ("9", False)
    assert orders.api.get(path).json()["data"][2]["unitPrice"] == "9"


def test_change_of_a_line_changes_no_price(orders: Orders) -> None:
    orders.prices.supplier("3")
    orders.prices.supplier("2", minQuantity=100)
    line = orders.buy({}).json()["items"][0]
    changed = orders.api.patch(f"/api/purchase-order-items/{line['id']}", {"quantity": 100}).json()
    assert changed["unitCost"] == "3"


def test_fees_of_a_broker_follow_the_prices_that_lines_take(orders: Orders) -> None:
    orders.prices.to_customers("4")
    broker = factories.make_broker(orders.prices.organization.id)
    made = orders.sell({"quantity": 50}, brokerId=broker, brokerFeePercent=10).json()
    assert made["salesOrder"]["brokerFees"] == "20"


def test_import_takes_prices_and_says_of_each_row_what_has_none(orders: Orders) -> None:
    orders.prices.supplier("3")
    orders.prices.to_customers("4")
    for path, rows, key in (
        ("/api/purchase-orders", [orders.buying({}, {}), orders.buying({}), {}], "unitCost"),
        ("/api/sales-orders", [orders.selling({}, {}), orders.selling({}), {}], "unitPrice"),
    ):
        for dry in ("true", "false"):
            imported = orders.api.post(
                f"{path}/bulk-import", {"rows": rows}, params={"mode": "partial", "dryRun": dry}
            ).json()
            warned, silent, bad = imported["results"]
            assert [each["path"] for each in warned["warnings"]] == [f"/items/1/{key}"]
            assert "warnings" not in silent
            assert (bad["status"], "warnings" in bad) == ("error", False)
        made = orders.api.get(f"{path}/{imported['ids'][0]}").json()
        assert [item[key] for item in made["items"]] == ["3" if key == "unitCost" else "4", "0"]


def test_bad_row_without_a_price_is_refused_for_what_is_wrong(orders: Orders) -> None:
    row = orders.buying({}, targetType="finished_goods")
    refused = orders.api.post("/api/purchase-orders/bulk-import", {"rows": [row]})
    assert pointers(refused) == ["/rows/0/items/0/materialId"]


def test_order_whose_lines_name_all_prices_asks_for_none(orders: Orders) -> None:
    """The default costs a statement, and costs none where there is nothing to fill in."""

    def count(*bodies: tuple[Any, Json]) -> list[int]:
        counted = []
        for create, body in bodies:
            with unit_of_work(owner_of(orders.prices.organization.id)), statements() as executed:
                create(body)
            counted.append(len(executed))
        return counted

    buy, sell = purchase_orders.create_purchase_order, sales_orders.create_sales_order
    # What a connection asks for the first time.
    count((buy, orders.buying({})), (sell, orders.selling({})))
    named = count((buy, orders.buying({"unitCost": 1}, {"unitCost": 2})), (sell, orders.selling({"unitPrice": 1})))
    without = count((buy, orders.buying({}, {})), (sell, orders.selling({}, {})))
    assert [more - less for more, less in zip(without, named, strict=True)] == [1, 1]
