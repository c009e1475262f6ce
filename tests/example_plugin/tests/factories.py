"""Real rows for tests, each with values of its own where the test gives none."""

import itertools
from typing import Any

from contract.fixtures import Caller

_counter = itertools.count(1)


def make_location(owner: Caller) -> str:
    return _made(owner, "/api/locations", name=f"Location {next(_counter)}")


def make_material(owner: Caller, *, name: str = "Sample oil") -> str:
    type_id = _made(owner, "/api/material-types", name=f"Type {next(_counter)}")
    return _made(owner, "/api/materials", code=f"M-{next(_counter)}", name=name, typeId=type_id)


def make_sku(owner: Caller) -> str:
    type_id = _made(owner, "/api/sku-types", name=f"Type {next(_counter)}")
    return _made(owner, "/api/skus", code=f"S-{next(_counter)}", name="Sample soap", typeId=type_id)


def make_arrival(owner: Caller, item_id: str, *, item_type: str = "material", **values: Any) -> str:
    return _made(owner, "/api/x/batches/arrivals", itemType=item_type, itemId=item_id, **values)


def adjust(owner: Caller, material_id: str, location_id: str, quantity: float) -> dict[str, Any]:
    """Count so much more of a material: the new entry of the ledger."""
    return _posted(owner, "adjustments", material_id, location_id, quantity)


def dispose(owner: Caller, material_id: str, location_id: str, quantity: float) -> dict[str, Any]:
    return _posted(owner, "disposals", material_id, location_id, quantity)


def batches_of(owner: Caller, item_id: str, **query: object) -> list[dict[str, Any]]:
    """The batches of a material or SKU, the oldest first."""
    response = owner.get("/api/x/batches/batches", itemId=item_id, **query)
    return list(reversed(response.json()["data"]))


def batch_balances(owner: Caller, item_id: str) -> dict[str, dict[str, str]]:
    """How much of each batch is where, by the batch's number and the location."""
    found = {}
    for batch in batches_of(owner, item_id):
        locations = owner.get(f"/api/x/batches/batches/{batch['id']}").json()["locations"]
        found[batch["number"]] = {each["locationId"]: each["quantity"] for each in locations}
    return found


def _made(owner: Caller, path: str, **body: Any) -> str:
    response = owner.post(path, body)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


def _posted(owner: Caller, kind: str, material_id: str, location_id: str, quantity: float) -> dict[str, Any]:
    body = {"materialId": material_id, "locationId": location_id, "quantity": quantity}
    response = owner.post(f"/api/materials-inventory/{kind}", body)
    assert response.status_code == 201, response.text
    return dict(response.json())
