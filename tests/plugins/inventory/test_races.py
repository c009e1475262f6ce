"""Many clients at the same stock, against the real server."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from tests import factories
from tests.api import Api
from tests.conftest import AsRole
from tests.plugins.inventory.stock import Stock, make_stock
from tests.server import Server

ROOT = "/api/materials-inventory"


@pytest.fixture
def stock() -> Stock:
    return make_stock(items=3, places=3)


@pytest.fixture
def api(stock: Stock, as_role: AsRole) -> Api:
    return as_role(factories.Organization(stock.org_id, "", ""), "admin")


def body(stock: Stock, quantity: int, item: int = 0, place: int = 0) -> dict[str, object]:
    return {"materialId": stock.items[item], "locationId": stock.places[place], "quantity": quantity}


def test_the_last_unit_goes_to_exactly_one_of_two(stock: Stock, api: Api) -> None:
    duel(stock, api, times=200)


def duel(stock: Stock, api: Api, times: int) -> None:
    """Two clients at the last unit: one gets it, and the other learns that there is none."""
    for _ in range(times):
        assert api.post(f"{ROOT}/adjustments", body(stock, 1)).status_code == 201
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda _: api.post(f"{ROOT}/disposals", body(stock, 1)), range(2)))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert stock.balance().on_hand == 0
    assert stock.discrepancies() == []


def test_a_transfer_that_two_complete_at_once_arrives_once(stock: Stock, api: Api) -> None:
    api.post(f"{ROOT}/adjustments", body(stock, 20))
    for _ in range(20):
        sent = api.post(
            f"{ROOT}/transfers",
            {
                "materialId": stock.items[0],
                "sourceLocationId": stock.places[0],
                "destinationLocationId": stock.places[1],
                "quantity": 1,
            },
        ).json()
        path = f"{ROOT}/transfers/{sent['ref']}/complete"
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(api.post, [path] * 2, [{}] * 2))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert stock.balance(place=1).on_hand == 20
    assert stock.discrepancies() == []


def test_first_postings_at_once_share_one_balance(stock: Stock, api: Api) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: api.post(f"{ROOT}/adjustments", body(stock, 1, item=2)), range(32)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["code"] for answer in answers}) == 32
    assert stock.balance(item=2).on_hand == 32


def test_random_postings_by_sixteen_clients_lose_nothing(stock: Stock, api: Api) -> None:
    """The short form of what `make fuzz` does for half a minute."""
    hammer(stock, [api] * 16, postings=25)


@pytest.mark.fuzz
@pytest.mark.parametrize("workers", ["1", "2"])
def test_sixteen_clients_for_half_a_minute(
    stock: Stock, environment: dict[str, str], tmp_path: Path, workers: str
) -> None:
    """Against a server of its own, also one of several processes."""
    server = Server(environment, tmp_path / "log", "--workers", workers)
    try:
        user = factories.make_user()
        factories.make_membership(stock.org_id, user.id, "admin")
        client = Api(server.address, factories.make_api_token(stock.org_id, user.id), stock.org_id)
        duel(stock, client, times=200)
        wide = Stock(stock.org_id, [*stock.items, *make_items(stock.org_id, 2)], stock.places)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            hammer(wide, [client] * 16, postings=20)
    finally:
        assert server.stop() == 0


def make_items(org_id: str, count: int) -> list[str]:
    return [factories.make_material(org_id) for _ in range(count)]


def hammer(stock: Stock, clients: list[Api], postings: int) -> None:
    """Each client posts at random. Only a lack of goods may be refused, and the sum is what was acknowledged."""

    before = sum(balance.on_hand for balance in stock.balances().values())

    def one(number: int) -> Decimal:
        chance = random.Random()
        api, added = clients[number], Decimal(0)
        for _ in range(postings):
            item, place, quantity = chance.randrange(len(stock.items)), chance.randrange(3), chance.randint(1, 5)
            kind = chance.choice(("adjustments", "disposals", "transfers"))
            if kind == "transfers":
                sent = api.post(
                    f"{ROOT}/transfers",
                    {
                        "materialId": stock.items[item],
                        "sourceLocationId": stock.places[place],
                        "destinationLocationId": stock.places[(place + 1) % 3],
                        "quantity": quantity,
                    },
                )
                assert sent.status_code in (201, 409), sent.text
                if sent.status_code == 201:
                    done = api.post(f"{ROOT}/transfers/{sent.json()['ref']}/complete", {})
                    assert done.status_code == 201, done.text
                continue
            answer = api.post(f"{ROOT}/{kind}", body(stock, quantity, item, place))
            if kind == "adjustments":
                assert answer.status_code == 201, answer.text
                added += quantity
            else:
                assert answer.status_code in (201, 409), answer.text
                added -= quantity if answer.status_code == 201 else 0
        return added

    with ThreadPoolExecutor(len(clients)) as pool:
        added = sum(pool.map(one, range(len(clients))), Decimal(0))
    balances = stock.balances().values()
    assert sum(balance.on_hand for balance in balances) == before + added
    assert all(balance.in_transit == 0 for balance in balances)
    assert stock.discrepancies() == []
