"""Random histories of lots: bought, moved, made, sold, sent back, held, and all of it undone, in any order.

After each step the lots of each item and place are what the balance says (`pharus check`), each lot's mass balance is
even, and what was done and undone at once is as it was; at the end the log of events gives the same. LOT_HISTORIES is
how many histories there are: 1,000 by hand.
"""

import os
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pharus.db import db
from pharus.errors import PharusError
from plugins.events.reading import LEDGER_ENTRIES, Event
from plugins.inventory import operations as inventory
from plugins.lots import operations as lots
from plugins.manufacturing import operations as manufacturing
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations as sales_orders
from tests import event_log
from tests.plugins.lots.making import Json, Maker

numbers = st.integers(0, 50)
few = st.integers(1, 4)
# Which lots a request names: none, or one or two of those with these numbers.
choices = st.lists(numbers, max_size=2)


class Histories(RuleBasedStateMachine):
    tried = done = 0

    @initialize()
    def begin(self) -> None:
        self.maker = Maker()
        self.refs: list[str] = []
        self.receipts: list[tuple[Callable[..., Any], str]] = []
        self.sales: list[Json] = []
        self.shipments: list[tuple[str, Json]] = []
        self.returns: list[str] = []
        self.codes = ["a", "b"]
        self.order = self.maker.buy(10_000)
        self.plans = [self.maker.plan(1000), self.maker.plan(1000, self.maker.set)]
        self.maker.receive(self.order, 24, lots=[{"code": "a", "quantity": 12}, {"code": "b", "quantity": 12}])

    @rule(quantity=few, split=st.booleans(), number=numbers)
    def receive(self, quantity: int, split: bool, number: int) -> None:
        code = self._code(number)
        parts = [{"code": code, "quantity": quantity}]
        if split:
            parts.append({"code": self._code(number + 1), "quantity": quantity})
        given = {"lots": parts} if number % 3 else {}
        found = self._try(self.maker.receive, self.order, quantity * len(parts), **given)
        if found:
            self.receipts.append((purchase_orders.delete_purchase_order_receipt, found["receipt"]["id"]))

    @rule(which=st.sampled_from([0, 1]), quantity=few, number=numbers, used=choices)
    def make(self, which: int, quantity: int, number: int, used: list[int]) -> None:
        said: Json = {"lots": [{"code": f"{'st'[which]}{number % 4}", "quantity": quantity}]} if number % 3 else {}
        taken = quantity * (2, 1)[which]
        if used:
            said["inputs"] = [{"materialId": self.maker.material, "used": taken, "lots": self._named(used, taken)}]
            if number % 2:
                said["inputs"][0] |= {"scrapped": 1, "scrapReason": "Spilled"}
        found = self._try(self.maker.make, self.plans[which], quantity, **said)
        if found:
            self.receipts.append((manufacturing.delete_work_order_receipt, found["receipt"]["id"]))

    @rule(number=numbers)
    def undo_receipt(self, number: int) -> None:
        if self.receipts:
            place = number % len(self.receipts)
            if self._try(self.maker.do, *self.receipts[place]):
                del self.receipts[place]

    @rule(quantity=few, named=choices)
    def send(self, quantity: int, named: list[int]) -> None:
        given = {"lots": self._named(named, quantity)} if named else {}
        ref = self._try(self.maker.move, quantity, **given)
        if ref:
            self.refs.append(ref)

    @rule(number=numbers, part=st.one_of(st.none(), few), named=choices)
    def arrive(self, number: int, part: int | None, named: list[int]) -> None:
        if self.refs:
            body: Json = {} if part is None else {"quantity": part}
            if part is not None and named:
                body["lots"] = self._named(named, part)
            self._try(self.maker.do, inventory.complete_materials_transfer, self.refs[number % len(self.refs)], body)

    @rule(number=numbers)
    def call_back(self, number: int) -> None:
        if self.refs:
            self._try(self.maker.do, inventory.cancel_materials_transfer, self.refs[number % len(self.refs)], {})

    @rule(quantity=few, named=choices, place=st.sampled_from([0, 1]))
    def dispose(self, quantity: int, named: list[int], place: int) -> None:
        body: Json = {"materialId": self.maker.material, "locationId": self.maker.places[place], "quantity": quantity}
        if named:
            body["lots"] = self._named(named, quantity)
        self._try(self.maker.do, inventory.dispose_materials_inventory, body)

    @rule(quantity=few, of_set=st.booleans())
    def sell(self, quantity: int, of_set: bool) -> None:
        self.sales.append(self.maker.sell(quantity, self.maker.set if of_set else None))

    @rule(number=numbers, quantity=few, named=choices)
    def ship(self, number: int, quantity: int, named: list[int]) -> None:
        if self.sales:
            sale = self.sales[number % len(self.sales)]
            given = {"lots": self._named(named, quantity, "st")} if named else {}
            found = self._try(self.maker.ship, sale, quantity, **given)
            if found:
                self.shipments.append((found["shipment"]["id"], sale))

    @rule(number=numbers)
    def undo_shipment(self, number: int) -> None:
        if self.shipments:
            place = number % len(self.shipments)
            if self._try(self.maker.do, sales_orders.delete_sales_order_shipment, self.shipments[place][0]):
                del self.shipments[place]

    @rule(number=numbers, status=st.sampled_from(["Shipped", "Rejected", "Entered", "reopen"]))
    def follow(self, number: int, status: str) -> None:
        if self.sales:
            sale = self.sales[number % len(self.sales)]
            id = sale["salesOrder"]["id"]
            if status == "reopen":
                self._try(self.maker.do, sales_orders.reopen_sales_order, id)
            elif self._try(self.maker.do, sales_orders.update_sales_order, id, {"status": status}):
                self.shipments += [(id, sale)] if status == "Shipped" else []

    @rule(number=numbers, quantity=few, named=choices, written_off=st.booleans())
    def send_back(self, number: int, quantity: int, named: list[int], written_off: bool) -> None:
        if self.shipments:
            shipment, sale = self.shipments[number % len(self.shipments)]
            given = {"lots": self._named(named, quantity, "st")} if named else {}
            found = self._try(self.maker.send_back, shipment, sale, quantity, writtenOff=written_off, **given)
            if found:
                self.returns.append(found["salesOrderReturn"]["id"])

    @rule(number=numbers)
    def undo_return(self, number: int) -> None:
        if self.returns:
            place = number % len(self.returns)
            if self._try(self.maker.do, sales_orders.delete_sales_order_return, self.returns[place]):
                del self.returns[place]

    @rule(number=numbers, operation=st.sampled_from([lots.hold_lot, lots.release_lot, lots.reject_lot]))
    def decide(self, number: int, operation: Callable[..., Any]) -> None:
        known = self._lots()
        id, _ = known[number % len(known)]
        self._try(self.maker.do, operation, id, {"reason": "Looked at"})

    @invariant()
    def nothing_is_out_of_balance(self) -> None:
        if not hasattr(self, "maker"):
            return
        assert self.maker.discrepancies() == []
        for id, code in self._lots():
            assert self.maker.do(lots.get_lot_mass_balance, id)["difference"] == Decimal(0), code

    def teardown(self) -> None:
        """The log from its beginning gives what there is of each lot, too."""
        if hasattr(self, "maker"):
            assert replayed(event_log.feed(self.maker.org_id)) == self.maker.stock()

    def _try(self, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """None where it is refused, and then nothing has changed."""
        before = self.maker.stock()
        type(self).tried += 1
        try:
            found = work(*arguments, **named)
        except PharusError:
            assert self.maker.stock() == before
            return None
        type(self).done += 1
        return found or True

    def _code(self, number: int) -> str:
        return "abcd"[number % 4]

    def _named(self, chosen: list[int], quantity: int, first: str = "abcd") -> list[Json]:
        """Lots with codes that begin so, which are together the quantity."""
        known = sorted(code for _, code in self._lots() if code[0] in first) or ["a"]
        codes = list(dict.fromkeys(known[number % len(known)] for number in chosen))
        if len(codes) > 1 and quantity > 1:
            return [{"code": codes[0], "quantity": quantity - 1}, {"code": codes[1], "quantity": 1}]
        return [{"code": codes[0], "quantity": quantity}]

    def _lots(self) -> list[tuple[str, str]]:
        return self.maker.do(db.rows, "SELECT id, code FROM lot WHERE org_id = %s ORDER BY id", (self.maker.org_id,))


def replayed(events: list[Event]) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """What there is of each lot, by its code and the place, by what the events say and nothing else."""
    codes: dict[str, str] = {}
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for event in events:
        after = event.after or {}
        if event.type == "lot.created":
            codes[event.record_id] = after["code"]
        for lot in after.get("lots", []) if event.table in LEDGER_ENTRIES else []:
            sums[lot["lotId"], after["locationId"]][0] += Decimal(lot["onHand"])
            sums[lot["lotId"], after.get("toLocationId", after["locationId"])][1] += Decimal(lot["inTransit"])
    # The event of a new lot follows that of the entry which made it.
    return {
        (codes[lot_id], location_id): (on_hand, in_transit)
        for (lot_id, location_id), (on_hand, in_transit) in sums.items()
        if on_hand or in_transit
    }


@pytest.mark.usefixtures("migrated")
def test_no_history_leaves_a_lot_out_of_balance() -> None:
    Histories.tried = Histories.done = 0
    examples = int(os.environ.get("LOT_HISTORIES", "8"))
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Histories,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            # Without a number of them they are the same each time: what is tried is then known to be enough.
            derandomize="LOT_HISTORIES" not in os.environ,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Much of what was tried was done.
    assert Histories.done > max(3 * examples, Histories.tried / 4)
