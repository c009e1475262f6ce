"""Real rows for tests, each with values of its own where the test gives none."""

from typing import Any

from contract.fixtures import Caller
from contract.making import make

Json = dict[str, Any]


def make_order(owner: Caller, quantity: int = 10) -> Json:
    """A purchase order of one material, as the server answered it."""
    material = make(owner, "/api/materials", name="Sample oil")
    return make(
        owner,
        "/api/purchase-orders",
        targetType="materials",
        status="Placed",
        shipToLocationId=make(owner, "/api/locations")["id"],
        items=[{"materialId": material["id"], "quantity": quantity, "unitCost": 2}],
    )


def receive(owner: Caller, order: Json, certificate: str | None = "C-1") -> Any:
    """The response to a receipt of all of it."""
    (line,) = order["items"]
    body: Json = {"items": [{"poItemId": line["id"], "quantity": float(line["quantity"])}]}
    if certificate is not None:
        body["x-inspections"] = {"certificate": certificate}
    return owner.post(f"/api/purchase-orders/{order['purchaseOrder']['id']}/receipts", body)


def inspections(owner: Caller, **query: object) -> list[Json]:
    return list(owner.get("/api/x/inspections/inspections", **query).json()["data"])


def decide(owner: Caller, *, passed: bool) -> Json:
    """Decide the newest inspection."""
    path = f"/api/x/inspections/inspections/{inspections(owner)[0]['id']}/decision"
    response = owner.post(path, {"passed": passed})
    assert response.status_code == 200, response.text
    return dict(response.json())
