"""Real rows for tests, each with values of its own where the test gives none."""

import itertools
from typing import Any

from contract.fixtures import Caller

_counter = itertools.count(1)
Json = dict[str, Any]


def make_order(owner: Caller, quantity: int = 10) -> Json:
    """A purchase order of one material, as the server answered it."""
    type_id = _made(owner, "/api/material-types", name=f"Type {next(_counter)}")["id"]
    material = _made(owner, "/api/materials", code=f"M-{next(_counter)}", name="Sample oil", typeId=type_id)
    return _made(
        owner,
        "/api/purchase-orders",
        vendorId=_made(owner, "/api/vendors", name=f"Vendor {next(_counter)}")["id"],
        targetType="materials",
        status="Placed",
        shipToLocationId=_made(owner, "/api/locations", name=f"Location {next(_counter)}")["id"],
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


def _made(owner: Caller, path: str, **body: Any) -> Json:
    response = owner.post(path, body)
    assert response.status_code == 201, response.text
    return dict(response.json())
