"""Where a request names a record: its path, its query, its body and the rows of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contract.calling import Call
from contract.document import Operation, Place
from contract.entities import Entities, places_in
from tests.contract.judging import declared

# openapi.yaml begins the ids of its examples so.
EXAMPLE_PREFIX = "01935d6c-7b1a-7c3e-8f00-"

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_ENTITIES = Entities(declared())

# The tables of the collections that are not named after them.
_TABLES = {
    "boms": "bom",
    "contacts/{id}/methods": "contact_method",
    "contacts/{id}/links": "contact_link",
    "purchase-orders/{id}/items": "purchase_order_item",
    "purchase-orders/{id}/receipts": "purchase_order_receipt",
    "purchase-orders/{id}/cost-changes": "purchase_order_cost_change",
    "work-orders/{id}/items": "work_order_item",
    "work-orders/{id}/receipts": "work_order_receipt",
    "production-orders/{id}/items": "production_order_item",
    "production-orders/{id}/receipts": "production_order_receipt",
    "sales-orders/{id}/items": "sales_order_item",
    "sales-orders/{id}/shipments": "sales_order_shipment",
    "sales-orders/{id}/returns": "sales_order_return",
    "sales-order-shipments/{id}/returns": "sales_order_return",
    "sales-orders/{id}/timeline-notes": "timeline_note",
    "lots/{id}/recalls": "lot_recall",
    "lots/{id}/entries": "lot_entry",
    # Those of SKUs are in a table of their own; one of a material is one of them all the same.
    "item-units": "material_unit",
    "materials-inventory/ledger": "materials_ledger_entry",
    "finished-goods-inventory/ledger": "finished_goods_ledger_entry",
    # Entries of the same ledgers; not every entry is one.
    "materials-inventory/revaluations": "materials_revaluation",
    "finished-goods-inventory/revaluations": "finished_goods_revaluation",
}
# What is made has a BOM.
_MADE_OF_A_BOM = ("/api/work-orders", "/api/production-orders")
# Not of a domain: who calls, and what they own. `Preparation` knows these.
_OF_THE_PLATFORM = ("/api/organizations/", "/api/user/", "organization")
# Rows beyond these keep what was generated.
_ROWS = 30


@dataclass(frozen=True)
class Slot:
    """The call has the id of a record of this table at the place, or something in its stead."""

    call: Call
    place: Place
    table: str

    @property
    def key(self) -> str:
        return self.place.name

    @property
    def is_in_path(self) -> bool:
        return self.place.part == "path"

    @property
    def value(self) -> str:
        return str(self.call.read(self.place))

    def fill(self, id: str) -> None:
        assert self.call.write(self.place, id)

    @property
    def is_example(self) -> bool:
        return self.value.startswith(EXAMPLE_PREFIX)

    @property
    def may_be_real(self) -> bool:
        """Version 7, as the server makes them: a sequence of steps has it from an answer."""
        found = _UUID.fullmatch(self.value)
        return found is not None and found[1] == "7" and not self.is_example


def find(operation: Operation, case: Any) -> Iterator[Slot]:
    """Those with a UUID in them: what is no UUID is wrong on purpose."""
    call = Call(operation, _object(case.path_parameters), _object(case.query), body=case.body)
    for place in places_in(call):
        is_far = any(isinstance(step, int) and step >= _ROWS for step in place.pointer)
        if is_far or not _UUID.fullmatch(str(call.read(place))):
            continue
        table = _table(call, place)
        if table is not None:
            yield Slot(call, place, table)


def rows_of(body: Any) -> list[Any]:
    """What is in the lists of a body: the rows of an import, the lines of an order, the lines of its rows."""
    if not isinstance(body, dict):
        return []
    found = [
        row for key in ("rows", "items", "lines") if isinstance(rows := body.get(key), list) for row in rows[:_ROWS]
    ]
    return [*found, *(line for row in found for line in rows_of(row))]


def _object(node: Any) -> dict[str, Any]:
    """Schemathesis has a value of its own for what a case has none of."""
    return node if isinstance(node, dict) else {}


def _table(call: Call, place: Place) -> str | None:
    collection = _ENTITIES.of(call, place)
    if collection is None or collection.startswith(_OF_THE_PLATFORM):
        return None
    path, name = call.operation.path, place.name
    if collection == "/api/skus" and (
        name == "outputSkuId"
        or (place.part == "path" and path.endswith("/bom"))
        or (name == "skuId" and path.startswith(_MADE_OF_A_BOM))
    ):
        return "bom"
    if name == "soItemId":
        return "sales_order_item"
    if name == "receiptItemId":
        return "purchase_order_receipt_item"
    known = collection.removeprefix("/api/")
    return _TABLES.get(known) or known.replace("-", "_").removesuffix("s")
