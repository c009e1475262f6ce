"""Many clients at the same goods, each of whom receives, undoes, corrects, moves and ships what it likes."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from tests import factories
from tests.api import Api
from tests.pharus.acting import at_once
from tests.plugins.purchase_orders.buying import Buying, Json

CLIENTS = 16
ROOT = "/api/finished-goods-inventory"


@dataclass
class Maker:
    """What all clients share: two SKUs at two locations, an order of both, and the records that each may find."""

    buying: Buying
    order: Json
    customer: str
    channel: str
    elsewhere: str
    receipts: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    shipped: list[str] = field(default_factory=list)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)

    def sku(self, chance: random.Random) -> str:
        return chance.choice(self.buying.skus)


def make(buying: Buying) -> Maker:
    org_id = buying.organization.id
    lines = [{"skuId": sku, "quantity": 10**6, "unitCost": 3} for sku in buying.skus]
    made = buying.order(*lines, targetType="finished_goods", shippingCosts=10**6)
    customer = factories.make_customer(org_id)
    channel = factories.make_order_channel(org_id)
    return Maker(buying, made, customer, channel, factories.make_location(org_id, sort_order=1))


def receive(api: Api, maker: Maker, chance: random.Random) -> httpx.Response:
    lines = [
        {"poItemId": item["id"], "quantity": chance.randint(1, 9), "unitCost": chance.choice((0, 0.333333, 3, 700))}
        for item in maker.order["items"]
    ]
    answer = api.post(f"/api/purchase-orders/{maker.order['purchaseOrder']['id']}/receipts", {"items": lines})
    if answer.status_code == 201:
        maker.receipts.append(answer.json()["receipt"]["id"])
    return answer


def delete_receipt(api: Api, maker: Maker, chance: random.Random) -> httpx.Response | None:
    if not maker.receipts:
        return None
    return api.delete(f"/api/purchase-order-receipts/{chance.choice(maker.receipts)}")


def correct(api: Api, maker: Maker, chance: random.Random) -> httpx.Response | None:
    if not maker.receipts:
        return None
    path = f"/api/purchase-order-receipts/{chance.choice(maker.receipts)}"
    found = api.get(path)
    if found.status_code != 200:
        return found
    items = [{"receiptItemId": item["id"], "unitCost": chance.randint(0, 9) / 4} for item in found.json()["items"]]
    return _noted(maker, api.post(f"{path}/cost-corrections", {"items": items}))


def allocate(api: Api, maker: Maker, chance: random.Random) -> httpx.Response:
    body = {
        "cost": "shippingCosts",
        "basis": chance.choice(("value", "quantity")),
        "amount": chance.randint(1, 100) / 8,
    }
    path = f"/api/purchase-orders/{maker.order['purchaseOrder']['id']}/cost-allocations"
    return _noted(maker, api.post(path, body))


def take_change_back(api: Api, maker: Maker, chance: random.Random) -> httpx.Response | None:
    if not maker.changes:
        return None
    return api.delete(f"/api/purchase-order-cost-changes/{chance.choice(maker.changes)}")


def ship(api: Api, maker: Maker, chance: random.Random) -> httpx.Response:
    body = {
        "customerId": maker.customer,
        "channelId": maker.channel,
        "status": "Shipped",
        "fulfillmentStatus": "Fulfilled",
        "fulfillmentLocationId": maker.buying.location,
        "mabd": "2026-06-01",
        "items": [{"skuId": maker.sku(chance), "quantity": chance.randint(1, 9), "unitPrice": 4}],
    }
    answer = api.post("/api/sales-orders", body)
    if answer.status_code == 201:
        maker.shipped.append(answer.json()["salesOrder"]["id"])
    return answer


def reject(api: Api, maker: Maker, chance: random.Random) -> httpx.Response | None:
    if not maker.shipped:
        return None
    return api.patch(f"/api/sales-orders/{chance.choice(maker.shipped)}", {"status": "Rejected"})


def move(api: Api, maker: Maker, chance: random.Random) -> httpx.Response:
    """A transfer arrives in parts, and what is left of it is called back."""
    body = {
        "skuId": maker.sku(chance),
        "sourceLocationId": maker.buying.location,
        "destinationLocationId": maker.elsewhere,
        "quantity": 3,
    }
    sent = api.post(f"{ROOT}/transfers", body)
    if sent.status_code != 201:
        return sent
    path = f"{ROOT}/transfers/{sent.json()['ref']}"
    assert api.post(f"{path}/complete", {"quantity": 0.7}).status_code == 201
    return api.post(f"{path}/{chance.choice(('cancel', 'complete'))}", {})


def revalue(api: Api, maker: Maker, chance: random.Random) -> httpx.Response:
    body = {
        "skuId": maker.sku(chance),
        "locationId": chance.choice((maker.buying.location, maker.elsewhere)),
        "unitCost": chance.randint(0, 9),
        "reason": "Recounted",
    }
    answer = api.post(f"{ROOT}/revaluations", body)
    if answer.status_code == 201 and chance.random() < 0.5:
        return api.post(f"{ROOT}/revaluations/{answer.json()['id']}/reverse", {})
    return answer


def _noted(maker: Maker, answer: httpx.Response) -> httpx.Response:
    if answer.status_code == 201:
        maker.changes.append(answer.json()["costChange"]["id"])
    return answer


STEPS: tuple[Callable[[Api, Maker, random.Random], httpx.Response | None], ...] = (
    receive,
    receive,
    delete_receipt,
    correct,
    allocate,
    take_change_back,
    ship,
    ship,
    reject,
    move,
    revalue,
)


def hammer(api: Api, maker: Maker, seconds: float) -> None:
    """Every client does what it likes. What is refused, the state of the records refuses; nothing else goes wrong."""
    end = time.monotonic() + seconds

    def one(number: int) -> None:
        chance = random.Random(number)
        while time.monotonic() < end:
            step = chance.choice(STEPS)
            answer = step(api, maker, chance)
            if answer is not None:
                assert answer.status_code in (200, 201, 404, 409), f"{step.__name__}: {answer.text}"
                maker.statuses[step.__name__, answer.status_code // 100] += 1

    at_once(CLIENTS, one)
    assert maker.buying.discrepancies() == []
