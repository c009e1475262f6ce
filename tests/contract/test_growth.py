"""The work of the large operations grows with what they are given, and not faster: twice as much takes at most about
twice as many calls of functions, also of those that are written in C, and not one statement more.

Counted, not timed.
"""

import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest

from pharus.db import db, maintenance, unit_of_work
from pharus.identity import Actor, Role
from plugins.bom import operations as bom
from plugins.inventory.engine import post
from plugins.inventory.ledgers import MATERIALS
from plugins.inventory.postings import Posting
from plugins.manufacturing import operations as making
from plugins.materials import operations as materials
from plugins.purchase_orders import operations as purchasing
from plugins.sales_orders import operations as selling
from plugins.vendors import operations as vendors
from tests import factories
from tests.statements import statements

# So many lines, inputs, rows: and twice as many.
ROWS = 60
# Twice the work, and a little for what grows in steps.
MOST = 2.15


class Filled:
    """An organization with so many materials, and as many SKUs of each kind: each is made of a material of its own
    (`plain`), of the one before it (`chain`), of all those of the next level (`dense`), of nothing (`bare`)."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.org_id = factories.make_organization().id
        self.location = factories.make_location(self.org_id)
        self.customer, self.vendor = factories.make_customer(self.org_id), factories.make_vendor(self.org_id)
        self.channel = factories.make_order_channel(self.org_id)
        self.material_type, sku_type = factories.make_material_type(self.org_id), factories.make_sku_type(self.org_id)
        self.materials = [factories.make_material(self.org_id, type_id=self.material_type) for _ in range(rows)]
        self.plain, self.chain, self.dense, next_level, self.bare = (
            [factories.make_sku(self.org_id, type_id=sku_type) for _ in range(count)] for count in (rows,) * 4 + (1,)
        )
        for number in range(rows):
            self._bom(self.plain[number : number + 1], "material_id", self.materials[number : number + 1])
        self._bom(self.chain[:1], "material_id", self.materials[:1])
        for above, below in zip(self.chain[1:], self.chain, strict=False):
            self._bom([above], "input_sku_id", [below])
        self._bom(self.dense, "input_sku_id", next_level[:8])
        self._bom(next_level[:8], "material_id", self.materials[:8])
        # Each step: calls of functions, statements.
        self.work: dict[str, tuple[int, int]] = {}

    def _bom(self, outputs: list[str], column: str, inputs: list[str]) -> None:
        with maintenance():
            db.execute_sql(
                f"""
                INSERT INTO bom_item (org_id, id, sku_id, position, quantity, {column})
                SELECT %s, gen_random_uuid(), output, position, 0.5, input
                FROM unnest(%s::uuid[]) AS output, unnest(%s::uuid[]) WITH ORDINALITY AS taken (input, position)
                """,
                (self.org_id, outputs, inputs),
            )

    def step(self, name: str, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the function answers, and how much work that was."""
        calls = 0

        def count(frame: FrameType, event: str, argument: Any) -> None:
            nonlocal calls
            calls += event in ("call", "c_call")

        with unit_of_work(Actor(uid="test", user_id=None, org_id=self.org_id, role=Role.owner)):
            with statements() as executed:
                sys.setprofile(count)
                try:
                    answer = function(*arguments)
                finally:
                    sys.setprofile(None)
            self.work[name] = calls, len(executed)
        return answer


def _lines(skus: Sequence[str], **values: Any) -> list[dict[str, Any]]:
    return [{"skuId": id, "quantity": 10, **values} for id in skus]


def _bom(filled: Filled) -> None:
    (output,) = filled.bare
    lines = [{"materialId": id, "quantity": Decimal(2)} for id in filled.materials]
    filled.step("create", bom.create_bom, {"outputSkuId": output, "items": lines})
    lines = [{"inputSkuId": id, "quantity": Decimal(2)} for id in filled.chain]
    filled.step("replace", bom.replace_bom, output, {"outputSkuId": output, "items": lines})
    filled.step("get", bom.get_sku_bom, output)


def _purchase(filled: Filled) -> None:
    body = {"vendorId": filled.vendor, "shipToLocationId": filled.location, "status": "Placed"}
    lines = [{"materialId": id, "quantity": 10, "unitCost": Decimal(3)} for id in filled.materials]
    made = filled.step("create", purchasing.create_purchase_order, {**body, "targetType": "materials", "items": lines})
    id = made["purchaseOrder"]["id"]
    filled.step("get", purchasing.get_purchase_order, id)
    received = [{"poItemId": item["id"], "quantity": 4, "unitCost": Decimal(3)} for item in made["items"]]
    receipt = filled.step("receive", purchasing.create_purchase_order_receipt, id, {"items": received})
    filled.step("undo", purchasing.delete_purchase_order_receipt, receipt["receipt"]["id"])
    filled.step("cancel", purchasing.update_purchase_order, id, {"status": "Cancelled"})
    filled.step("reopen", purchasing.reopen_purchase_order, id)
    filled.step("delete", purchasing.delete_purchase_order, id)


def _stock(filled: Filled) -> None:
    post(
        MATERIALS,
        [Posting(id, filled.location, "ADJUST", Decimal(10**6), unit_cost=Decimal(1)) for id in filled.materials],
    )


def _work_order(filled: Filled) -> None:
    filled.step("stock", _stock, filled)
    items = _lines(filled.plain, conversionCost=Decimal(1))
    body = {"workSiteLocationId": filled.location, "status": "Placed", "items": items}
    made = filled.step("create", making.create_work_order, body)
    id = made["workOrder"]["id"]
    filled.step("get", making.get_work_order, id)
    filled.step("start", making.update_work_order, id, {"status": "Production"})
    receipt = filled.step("receive", making.create_work_order_receipt, id, {"items": _lines(filled.plain)})
    filled.step("undo", making.delete_work_order_receipt, receipt["receipt"]["id"])
    filled.step("delete", making.delete_work_order, id)


def _production_order(filled: Filled) -> None:
    """Each of the SKUs takes the same eight, by as many others."""
    filled.step("stock", _stock, filled)
    items = _lines(filled.dense, productionCost=Decimal(1))
    body = {"locationId": filled.location, "status": "Placed", "items": items}
    made = filled.step("create", making.create_production_order, body)
    assert len(made["inputs"]) == 8 * filled.rows
    id = made["productionOrder"]["id"]
    filled.step("get", making.get_production_order, id)
    receipt = filled.step("receive", making.create_production_order_receipt, id, {"items": _lines(filled.dense)})
    filled.step("undo", making.delete_production_order_receipt, receipt["receipt"]["id"])
    filled.step("delete", making.delete_production_order, id)


def _chain(filled: Filled) -> None:
    """Each line is made of the one before it: as many stages of one receipt as it has lines."""
    filled.step("stock", _stock, filled)
    items = _lines(filled.chain, conversionCost=Decimal(1))
    body = {"workSiteLocationId": filled.location, "status": "Placed", "items": items}
    made = filled.step("create", making.create_work_order, body)
    lines = _lines(filled.chain)
    filled.step("receive in stages", making.create_work_order_receipt, made["workOrder"]["id"], {"items": lines})


def _sales(filled: Filled) -> None:
    body: dict[str, Any] = {"customerId": filled.customer, "orderChannelId": filled.channel, "status": "Entered"}
    body |= {"fulfillmentStatus": "Pending", "mabd": "2026-05-06"}
    lines = _lines(filled.plain, unitPrice=Decimal(9))
    body |= {"fulfillmentLocationId": filled.location, "items": lines}
    made = filled.step("create", selling.create_sales_order, body)
    id = made["salesOrder"]["id"]
    filled.step("get", selling.get_sales_order, id)
    filled.step("back", selling.update_sales_order, id, {"status": "Received"})
    filled.step("delete", selling.delete_sales_order, id)


def _imports(filled: Filled) -> None:
    rows = range(filled.rows)
    named = [{"name": f"Vendor {number}"} for number in rows]
    filled.step("vendors", vendors.bulk_import_vendors, {"rows": named}, "atomic", "false")
    coded = [{"materialCode": f"NEW-{number}", "name": "New", "typeId": filled.material_type} for number in rows]
    filled.step("materials", materials.bulk_import_materials, {"rows": coded}, "atomic", "false")
    orders = [
        {"workSiteLocationId": filled.location, "status": "Placed", "items": _lines([id], conversionCost=Decimal(1))}
        for id in filled.plain
    ]
    filled.step("work orders", making.bulk_import_work_orders, {"rows": orders}, "atomic", "false")
    sold = [
        {
            "customerId": filled.customer,
            "orderChannelId": filled.channel,
            "fulfillmentLocationId": filled.location,
            "status": "Entered",
            "fulfillmentStatus": "Pending",
            "mabd": "2026-05-06",
            "items": _lines([id], unitPrice=Decimal(9)),
        }
        for id in filled.plain
    ]
    filled.step("sales orders", selling.bulk_import_sales_orders, {"rows": sold}, "atomic", "false")


# A receipt in stages sends statements for each stage: what is made first has its cost before it is taken.
STAGED = {"receive in stages"}


@pytest.mark.parametrize("history", [_bom, _purchase, _work_order, _production_order, _chain, _sales, _imports])
def test_twice_as_much_takes_twice_the_work(history: Callable[[Filled], None]) -> None:
    if db.is_closed():
        db.connect()
    few, many = Filled(ROWS), Filled(2 * ROWS)
    # The first call of a process reads what a process reads once.
    for filled in (Filled(8), few, many):
        history(filled)
    assert few.work.keys() == many.work.keys()
    for name, (calls, sent) in few.work.items():
        more, sent_more = many.work[name]
        assert more <= MOST * calls, f"{name}: {calls} calls, then {more}"
        assert sent_more <= (MOST * sent if name in STAGED else sent), f"{name}: {sent} statements, then {sent_more}"
