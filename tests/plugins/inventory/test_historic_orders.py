"""What holds for orders of history of every kind."""

from typing import Any

import pytest

from plugins.manufacturing.order_kinds import PRODUCTION, WORK
from plugins.purchase_orders import statuses as purchase_orders
from plugins.sales_orders import statuses as sales_orders
from tests.contract.judging import document

KINDS = {
    "PurchaseOrder": purchase_orders.HISTORY,
    "WorkOrder": WORK.history,
    "ProductionOrder": PRODUCTION.history,
    "SalesOrder": sales_orders.HISTORY,
}


@pytest.mark.no_database
@pytest.mark.parametrize("name", KINDS)
def test_a_row_of_an_import_takes_what_creating_takes_and_what_history_needs(name: str) -> None:
    schemas: dict[str, Any] = document()["components"]["schemas"]
    created, imported = schemas[f"{name}Create"], schemas[f"{name}Import"]
    kind = KINDS[name]
    assert imported["required"] == created["required"]
    own = {"history", kind.number_key, "placedAt", *kind.dates}
    assert imported["properties"].keys() == created["properties"].keys() | own
    assert {key: imported["properties"][key] for key in created["properties"]} == created["properties"]


@pytest.mark.no_database
@pytest.mark.parametrize("name", KINDS)
def test_history_is_at_a_status_of_its_kind(name: str) -> None:
    schemas: dict[str, Any] = document()["components"]["schemas"]
    assert set(KINDS[name].statuses) < set(schemas[f"{name}Status"]["enum"])
