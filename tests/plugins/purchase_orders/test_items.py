"""The lines of purchase orders."""

import pytest

from pharus.fields import new_id
from tests.api import error_code, pointers
from tests.plugins.purchase_orders.buying import Buying


def test_add_item_orders_it_too(buying: Buying) -> None:
    made = buying.order()
    path = f"/api/purchase-orders/{made['purchaseOrder']['id']}/items"
    added = buying.api.post(path, buying.line(1, 0.5, 0.01))
    assert added.status_code == 201
    assert (added.json()["quantity"], added.json()["unitCost"]) == ("0.5", "0.01")
    assert buying.api.get(path).json() == {"data": [*made["items"], added.json()]}
    assert buying.stock(1)[1] == "0.5"


def test_add_item_of_the_other_kind_is_422(buying: Buying) -> None:
    path = f"/api/purchase-orders/{buying.order()['purchaseOrder']['id']}/items"
    assert pointers(buying.api.post(path, {"skuId": buying.skus[0], "quantity": 1})) == ["/skuId"]


def test_update_item_follows_quantity_and_material(buying: Buying) -> None:
    made = buying.order()
    path = f"/api/purchase-order-items/{made['items'][0]['id']}"
    assert buying.api.patch(path, {"quantity": 12.25}).json()["quantity"] == "12.25"
    assert buying.stock(0)[1] == "12.25"
    assert buying.api.patch(path, {"quantity": 3, "unitCost": 1}).json()["unitCost"] == "1"
    changed = buying.api.patch(path, {"materialId": buying.materials[1]}).json()
    assert (changed["materialId"], changed["quantity"]) == (buying.materials[1], "3")
    assert (buying.stock(0)[1], buying.stock(1)[1]) == ("0", "3")
    assert buying.api.patch(path, {}).json() == changed
    assert buying.api.patch(path, {"materialId": buying.materials[1].upper(), "skuId": None}).json() == changed
    assert buying.discrepancies() == []


@pytest.mark.parametrize("body", [{"skuId": "sku"}, {"materialId": None}, {"materialId": None, "skuId": "sku"}])
def test_update_item_keeps_to_the_order_s_kind(buying: Buying, body: dict[str, object]) -> None:
    path = f"/api/purchase-order-items/{buying.order()['items'][0]['id']}"
    body = {key: buying.skus[0] if value == "sku" else value for key, value in body.items()}
    assert pointers(buying.api.patch(path, body)) == ["/skuId"]


def test_remove_item_takes_its_order_back_but_not_the_last(buying: Buying) -> None:
    made = buying.order(buying.line(0), buying.line(1))
    first, last = (f"/api/purchase-order-items/{item['id']}" for item in made["items"])
    assert buying.api.delete(first).json() == {"deletedId": made["items"][0]["id"]}
    assert buying.stock(0)[1] == "0"
    assert buying.api.delete(first).status_code == 404
    refused = buying.api.delete(last)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert buying.stock(1)[1] == "10"


def test_items_of_nothing_are_404(buying: Buying) -> None:
    assert buying.api.get(f"/api/purchase-orders/{new_id()}/items").status_code == 404
    assert buying.api.post(f"/api/purchase-orders/{new_id()}/items", buying.line()).status_code == 404
    assert buying.api.patch(f"/api/purchase-order-items/{new_id()}", {}).status_code == 404


def test_items_across_orders_say_what_has_arrived(buying: Buying) -> None:
    first = buying.order(buying.line(0), buying.line(1))
    second = buying.order(buying.line(0, 3), status="Planning")
    skus = buying.order({"skuId": buying.skus[0], "quantity": 1}, targetType="finished_goods")
    buying.receive(first, 4)
    path = "/api/purchase-order-items"
    rows = buying.api.get(path).json()["data"]
    assert [row["id"] for row in rows] == [
        skus["items"][0]["id"],
        second["items"][0]["id"],
        first["items"][1]["id"],
        first["items"][0]["id"],
    ]
    assert (rows[3]["poNumber"], rows[3]["poStatus"], rows[3]["receivedQuantity"]) == (
        first["purchaseOrder"]["poNumber"],
        "Partial",
        "4",
    )
    of_material = buying.api.get(path, materialId=buying.materials[0]).json()["data"]
    assert [row["purchaseOrderId"] for row in of_material] == [
        second["purchaseOrder"]["id"],
        first["purchaseOrder"]["id"],
    ]
    assert buying.api.get(path, skuId=buying.skus[0]).json()["data"] == [rows[0]]
    assert buying.api.get(path, status="Planning").json()["data"] == [rows[1]]
    page = buying.api.get(path, limit=3).json()
    assert buying.api.get(path, limit=3, cursor=page["nextCursor"]).json() == {"data": [rows[3]], "nextCursor": None}
