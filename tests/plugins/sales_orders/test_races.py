"""Many clients at the same orders and the same stock, against the real server."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from tests.api import Api
from tests.factories import Organization
from tests.plugins.sales_orders.selling import Selling
from tests.server import Server

CLIENTS = 8
LACKING = "there is not enough on hand"


def together(*calls: Any) -> list[Any]:
    with ThreadPoolExecutor(CLIENTS) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def outcome(response: Any) -> object:
    """The status, or what is in the way. A deadlock that gets through says that too many change the same records."""
    return response.json()["error"]["message"] if response.status_code == 409 else response.status_code


def test_eight_clients_ship_no_more_than_there_is(selling: Selling) -> None:
    ship_too_many(selling)


@pytest.mark.fuzz
def test_eight_clients_of_two_processes_ship_no_more_than_there_is(
    organization: Organization, environment: dict[str, str], tmp_path: Path
) -> None:
    server = Server(environment, tmp_path / "log", "--workers", "2")
    try:
        user = factories.make_user()
        factories.make_membership(organization.id, user.id, "admin")
        api = Api(server.address, factories.make_api_token(organization.id, user.id), organization.id)
        for _ in range(10):
            selling = Selling(organization, api)
            selling.receive(100)
            ship_too_many(selling)
    finally:
        assert server.stop() == 0


def ship_too_many(selling: Selling) -> None:
    """40 orders of 7 and of two SKUs in either order; 100 of each are there, enough for 14."""
    selling.receive(100, sku=1)
    lines = cycle([(0, 1), (1, 0)])
    made = [selling.order(*(selling.line(sku, 7) for sku in next(lines)), status="Entered") for _ in range(40)]
    responses = together(*(partial(selling.update, order, status="Shipped") for order in made))
    assert sorted(response.status_code for response in responses) == [200] * 14 + [409] * 26
    assert {outcome(response) for response in responses} == {200, LACKING}
    assert (selling.stock(), selling.stock(1)) == (("2", "0", "182"),) * 2
    assert selling.discrepancies() == []


def test_eight_clients_ship_reject_and_delete_at_random(selling: Selling) -> None:
    """Whatever happened to each order, the sum is right and what was shipped was there."""
    selling.receive(40, sku=1)

    def work(number: int) -> list[object]:
        seen: list[object] = []
        for turn in range(6):
            first, second = (0, 1) if (number + turn) % 2 else (1, 0)
            created = selling.create(selling.line(first, 5), selling.line(second, 5), status="Entered")
            seen.append(outcome(created))
            order = created.json()
            seen.append(outcome(selling.update(order, status="Shipped")))
            if turn % 3 == 0:
                seen.append(outcome(selling.update(order, status="Rejected")))
            elif turn % 3 == 1:
                seen.append(outcome(selling.api.delete(selling.path(order))))
        return seen

    with ThreadPoolExecutor(CLIENTS) as pool:
        outcomes = {outcome for seen in pool.map(work, range(CLIENTS)) for outcome in seen}
    assert outcomes == {200, 201, LACKING}
    shipped = len(selling.api.get("/api/sales-orders", status="Shipped", limit=500).json()["data"])
    assert (selling.stock()[0], selling.stock(1)[0]) == (str(100 - 5 * shipped), str(40 - 5 * shipped))
    assert selling.discrepancies() == []


def test_one_order_that_all_ship_at_once_ships_once(selling: Selling) -> None:
    made = selling.order(selling.line(0, 60), status="Entered")
    responses = together(*[lambda: selling.update(made, status="Shipped")] * CLIENTS)
    assert {response.status_code for response in responses} == {200}
    assert selling.stock() == ("40", "0", "0")


def test_shipping_against_deleting_and_changing_lines_holds(selling: Selling) -> None:
    for _ in range(8):
        made = selling.order(selling.line(0, 1), selling.line(1, 1), status="Entered")
        line = f"/api/sales-order-items/{made['items'][0]['id']}"
        responses = together(
            partial(selling.update, made, status="Shipped"),
            partial(selling.api.patch, line, {"quantity": 3}),
            partial(selling.api.delete, line),
            partial(selling.api.delete, selling.path(made)),
            partial(selling.update, made, status="In-Dispute"),
            partial(selling.api.post, f"{selling.path(made)}/items", selling.line(2, 1)),
        )
        assert {response.status_code for response in responses} <= {200, 201, 404, 409}
        assert selling.discrepancies() == []
    assert selling.stock()[0] == "100"


def test_the_same_sku_is_added_once(selling: Selling) -> None:
    made = selling.order()
    path = f"{selling.path(made)}/items"
    responses = together(*[lambda: selling.api.post(path, selling.line(1))] * CLIENTS)
    assert sorted(response.status_code for response in responses) == [201] + [409] * (CLIENTS - 1)
    assert selling.stock(1) == ("0", "10", "0")


def test_imports_and_shipments_share_the_stock(selling: Selling, admin: Api) -> None:
    """Rows lock more than one balance, in whatever order they name them."""
    selling.receive(100, sku=1)
    made = [selling.order(selling.line(1, 3), selling.line(0, 3), status="Entered") for _ in range(12)]

    def ingest(turn: int) -> Any:
        skus = (0, 1) if turn % 2 else (1, 0)
        rows = [selling.body(*(selling.line(sku, 4) for sku in skus), status="Shipped") for _ in range(5)]
        return admin.request("POST", "/api/sales-orders/bulk-import", json={"rows": rows}, params={"mode": "partial"})

    responses = together(
        *(partial(ingest, turn) for turn in range(6)),
        *(partial(selling.update, order, status="Shipped") for order in made),
    )
    assert {outcome(response) for response in responses[:6]} == {200}
    assert {outcome(response) for response in responses[6:]} <= {200, LACKING}
    imported = sum(len(response.json()["ids"]) for response in responses[:6])
    shipped = sum(response.status_code == 200 for response in responses[6:])
    left = str(100 - 4 * imported - 3 * shipped)
    assert (selling.stock()[0], selling.stock(1)[0]) == (left, left)
    assert int(left) < 4
    assert selling.discrepancies() == []
