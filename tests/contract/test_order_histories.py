"""Random histories of orders of every kind against a model of the rules in plain Python.

After each step the statuses and every quantity of every balance are what the model says; what the model refuses is
refused and changes nothing. After each history `pharus check` finds nothing, no value was lost, and each entry moved
the value and has the variance that an accountant computes from what came in.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pharus.errors import PharusError
from tests.contract.orders.model import STEPS, Kind, Line, Model, Order, Place, Receipt, Refused, Return, Shipment
from tests.contract.orders.server import (
    BY_PRODUCT_NAMES,
    BY_PRODUCTS,
    COSTS,
    MATERIAL_NAMES,
    PLACES,
    RAW,
    RECIPES,
    SKU_NAMES,
    Server,
    make_server,
)
from tests.contract.orders.values import Accountant

KINDS: tuple[Kind, ...] = ("purchase_order", "work_order", "production_order", "sales_order")

kinds = st.sampled_from(KINDS)
numbers = st.integers(0, 50)
locations = st.integers(0, PLACES - 1)
wholes = st.integers(1, 12).map(Decimal)
quantities = st.one_of(wholes, st.sampled_from([Decimal("0.25"), Decimal("2.5"), Decimal("7.75")]))


# What was really used or came out, of some of the inputs and by-products of an order.
actuals = st.lists(st.one_of(quantities, st.just(Decimal(0)), st.none(), st.none()), min_size=4, max_size=4)


class Histories(RuleBasedStateMachine):
    server: Server
    steps = 0

    @initialize(statuses=st.lists(numbers, min_size=len(KINDS), max_size=len(KINDS)))
    def begin(self, statuses: list[int]) -> None:
        self.server = make_server()
        self.model = Model()
        before = type(self).steps
        # Enough to begin with, so that not every second step is refused for want of stock.
        for location in range(PLACES):
            for item in (*MATERIAL_NAMES, *SKU_NAMES, *BY_PRODUCT_NAMES):
                self._both("adjust", lambda _, item=item, location=location: (Place(item, location), Decimal(30)))
            for kind, status in zip(KINDS, statuses, strict=True):
                self.create(kind, status, location, [(0, Decimal(4)), (2, Decimal(3))])
        type(self).steps = before

    @rule(
        kind=kinds,
        number=numbers,
        location=st.one_of(locations, st.none()),
        items=st.lists(st.tuples(numbers, wholes), min_size=1, max_size=3),
    )
    def create(self, kind: Kind, number: int, location: int | None, items: list[tuple[int, Decimal]]) -> None:
        order = self._new(kind, number, location, items)
        self._both("create", lambda _: (order,))

    @rule(
        kind=kinds,
        number=numbers,
        location=st.one_of(locations, st.none()),
        items=st.lists(st.tuples(numbers, wholes), min_size=1, max_size=3),
    )
    def import_history(self, kind: Kind, number: int, location: int | None, items: list[tuple[int, Decimal]]) -> None:
        """An order of the years before."""
        order = replace(self._new(kind, number, location, items), is_history=True)
        self._both("import_history", lambda _: (order,))

    @rule(number=numbers, step=numbers)
    def change_status(self, number: int, step: int) -> None:
        order = self._order(number)
        if order is not None:
            statuses = list(STEPS[order.kind])
            self._of_order("change_status", order, statuses[step % len(statuses)])

    @rule(number=numbers, step=numbers)
    def go_on(self, number: int, step: int) -> None:
        """To a status that the map allows, so that orders come far."""
        order = self._order(number)
        if order is not None and STEPS[order.kind][order.status]:
            allowed = STEPS[order.kind][order.status]
            self._of_order("change_status", order, allowed[step % len(allowed)])

    @rule(number=numbers)
    def reopen(self, number: int) -> None:
        order = self._order(number)
        if order is not None:
            self._of_order("reopen", order)

    @rule(number=numbers, location=st.one_of(locations, st.none()))
    def change_location(self, number: int, location: int | None) -> None:
        order = self._order(number)
        if order is None or (location is None and order.kind in ("work_order", "production_order")):
            return
        self._of_order("change_location", order, location)

    @rule(number=numbers, line=numbers, quantity=wholes)
    def change_quantity(self, number: int, line: int, quantity: Decimal) -> None:
        order = self._order(number)
        if order is not None:
            self._of_order("change_quantity", order, line % len(order.lines), quantity)

    @rule(number=numbers, item=numbers, quantity=wholes)
    def add_line(self, number: int, item: int, quantity: Decimal) -> None:
        order = self._order(number)
        if order is not None:
            names = MATERIAL_NAMES if order.lines[0].item in MATERIAL_NAMES else SKU_NAMES
            line = self._line(order.kind, names[item % len(names)], quantity)
            self._of_order("add_line", order, line)

    @rule(number=numbers, line=numbers)
    def remove_line(self, number: int, line: int) -> None:
        order = self._order(number)
        if order is not None:
            self._of_order("remove_line", order, line % len(order.lines))

    @rule(
        number=numbers,
        amounts=st.lists(st.one_of(quantities, st.none()), min_size=3, max_size=3),
        accept_over=st.booleans(),
    )
    def receive(self, number: int, amounts: list[Decimal | None], accept_over: bool) -> None:
        order = self._order(number, "purchase_order", "work_order", "production_order")
        if order is None:
            return
        came = {
            line: amount for line, amount in zip(range(len(order.lines)), amounts, strict=False) if amount is not None
        }
        if came:
            self._of_order("receive", order, Receipt(came, accept_over))

    @rule(
        number=numbers,
        amounts=st.lists(st.one_of(quantities, st.none()), min_size=3, max_size=3),
        used=actuals,
        scrapped=actuals,
        came=actuals,
    )
    def receive_beside_the_plan(
        self,
        number: int,
        amounts: list[Decimal | None],
        used: list[Decimal | None],
        scrapped: list[Decimal | None],
        came: list[Decimal | None],
    ) -> None:
        order = self._order(number, "work_order", "production_order")
        if order is None:
            return
        given = {at: amount for at, amount in enumerate(amounts[: len(order.lines)]) if amount is not None}
        inputs = [(at, item) for at in given for item in order.lines[at].inputs]
        by_products = [(at, item) for at in given for item in order.lines[at].by_products]
        if given:
            lost = {part: amount for part, amount in _given(inputs, scrapped).items() if amount}
            receipt = Receipt(given, True, _given(inputs, used), lost, _given(by_products, came))
            self._of_order("receive", order, receipt)

    @rule(number=numbers)
    def receive_all(self, number: int) -> None:
        order = self._order(number, "purchase_order", "work_order", "production_order")
        if order is not None:
            self._of_order("receive", order, Receipt({at: line.quantity for at, line in enumerate(order.lines)}))

    @rule(number=numbers, receipt=numbers)
    def delete_receipt(self, number: int, receipt: int) -> None:
        orders = [order for order in self.model.orders if order.receipts]
        if orders:
            order = orders[number % len(orders)]
            self._of_order("delete_receipt", order, order.receipts[receipt % len(order.receipts)])

    @rule(number=numbers, receipt=numbers, quantity=wholes)
    def delete_receipt_after_a_part_of_it_is_gone(self, number: int, receipt: int, quantity: Decimal) -> None:
        orders = [order for order in self.model.orders if order.receipts and order.location is not None]
        if orders:
            order = orders[number % len(orders)]
            came = order.receipts[receipt % len(order.receipts)].quantities
            for line in came:
                at = Place(order.lines[line].item, order.location or 0)
                self._both("adjust", lambda _, at=at: (at, -quantity))
            self._of_order("delete_receipt", order, order.receipts[receipt % len(order.receipts)])

    @rule(
        number=numbers,
        location=st.one_of(locations, st.none(), st.none()),
        amounts=st.lists(st.one_of(st.integers(1, 6).map(Decimal), st.none()), min_size=3, max_size=3),
    )
    def ship(self, number: int, location: int | None, amounts: list[Decimal | None]) -> None:
        order = self._order(number, "sales_order")
        if order is None:
            return
        left = {line.item: amount for line, amount in zip(order.lines, amounts, strict=False) if amount is not None}
        if left:
            self._of_order("ship", order, Shipment(left, location))

    @rule(number=numbers)
    def ship_all(self, number: int) -> None:
        order = self._order(number, "sales_order")
        if order is not None and order.is_open:
            rest = {line.item: line.quantity - order.shipped(line.item) for line in order.lines}
            self._of_order("ship", order, Shipment({item: each for item, each in rest.items() if each}))

    @rule(number=numbers, shipment=numbers)
    def undo_shipment(self, number: int, shipment: int) -> None:
        orders = [order for order in self.model.orders if order.shipments]
        if orders:
            order = orders[number % len(orders)]
            self._of_order("undo_shipment", order, order.shipments[shipment % len(order.shipments)])

    @rule(number=numbers)
    def undo_status(self, number: int) -> None:
        order = self._order(number, "sales_order")
        if order is not None:
            self._of_order("undo_status", order)

    @rule(
        number=numbers,
        shipment=numbers,
        location=st.one_of(locations, st.none()),
        kept=st.lists(st.integers(0, 3).map(Decimal), min_size=3, max_size=3),
        written_off=st.lists(st.integers(0, 2).map(Decimal), min_size=3, max_size=3),
    )
    def return_goods(
        self, number: int, shipment: int, location: int | None, kept: list[Decimal], written_off: list[Decimal]
    ) -> None:
        orders = [order for order in self.model.orders if order.shipments or order.is_shipped]
        if not orders:
            return
        order = orders[number % len(orders)]
        named = [*order.shipments, None][shipment % (len(order.shipments) + 1)]
        items = [line.item for line in order.lines if named is None or line.item in named.quantities]
        quantities = [
            {item: quantity for item, quantity in zip(items, each, strict=False) if quantity}
            for each in (kept, written_off)
        ]
        if any(quantities):
            self._of_order("return_goods", order, Return(named, *quantities, location))

    @rule(number=numbers, back=numbers)
    def undo_return(self, number: int, back: int) -> None:
        orders = [order for order in self.model.orders if order.returns]
        if orders:
            order = orders[number % len(orders)]
            self._of_order("undo_return", order, order.returns[back % len(order.returns)])

    @rule(number=numbers)
    def delete_order(self, number: int) -> None:
        order = self._order(number)
        if order is not None and len(self.model.orders) > 3:
            self._of_order("delete_order", order)

    @rule(percent=st.sampled_from([None, Decimal(0), Decimal("12.5"), Decimal(100)]))
    def tolerate(self, percent: Decimal | None) -> None:
        self._both("tolerate", lambda _: (percent,))

    @rule(item=numbers, location=locations, quantity=wholes)
    def dispose(self, item: int, location: int, quantity: Decimal) -> None:
        names = (*MATERIAL_NAMES, *SKU_NAMES, *BY_PRODUCT_NAMES)
        self._both("adjust", lambda _: (Place(names[item % len(names)], location), -quantity))

    @invariant()
    def is_as_the_model_says(self) -> None:
        assert self.server.balances() == self.model.balances()

    def teardown(self) -> None:
        if not hasattr(self, "server"):
            return
        for order in self.model.orders:
            assert self.server.status(order) == order.status
        assert self.server.discrepancies() == []
        assert self.server.lost_value() == []
        accountant = Accountant(
            {"wo_receipt": COSTS["work_order"], "prod_receipt": COSTS["production_order"]},
            {self.server.ids[name]: {self.server.ids[part]: share} for name, (part, _, share) in BY_PRODUCTS.items()},
        )
        for entries in self.server.entries():
            accountant.read(entries)
        assert accountant.found == []

    # Private

    def _new(self, kind: Kind, number: int, location: int | None, items: list[tuple[int, Decimal]]) -> Order:
        if location is None and kind in ("work_order", "production_order"):
            location = 0
        names = MATERIAL_NAMES if kind == "purchase_order" and number % 2 else SKU_NAMES
        lines = {names[item % len(names)]: quantity for item, quantity in items}
        statuses = list(STEPS[kind])
        status = statuses[number % len(statuses)]
        return Order(kind, status, location, [self._line(kind, item, each) for item, each in lines.items()])

    def _line(self, kind: Kind, item: str, quantity: Decimal) -> Line:
        inputs = {"work_order": RECIPES, "production_order": RAW}.get(kind, {}).get(item, {})
        besides, each, _ = BY_PRODUCTS.get(item, ("", Decimal(0), Decimal(0))) if inputs else ("", 0, 0)
        return Line(item, quantity, inputs, {besides: Decimal(each)} if besides else {})

    def _order(self, number: int, *of_kinds: Kind) -> Order | None:
        orders = [order for order in self.model.orders if not of_kinds or order.kind in of_kinds]
        return orders[number % len(orders)] if orders else None

    def _of_order(self, step: str, order: Order, *values: object) -> None:
        at = self.model.orders.index(order)
        self._both(step, lambda model: (model.orders[at], *self._of_copy(model.orders[at], order, values)))

    def _of_copy(self, copy: Order, order: Order, values: tuple[object, ...]) -> list[object]:
        """A receipt, a shipment or a return of the order is one of its copy; what is new is copied."""
        found: list[object] = []
        for value in values:
            if isinstance(value, Receipt) and value in order.receipts:
                found.append(copy.receipts[order.receipts.index(value)])
            elif isinstance(value, Shipment) and value in order.shipments:
                found.append(copy.shipments[order.shipments.index(value)])
            elif isinstance(value, Return) and value in order.returns:
                found.append(copy.returns[order.returns.index(value)])
            elif isinstance(value, Return):
                named = None if value.shipment is None else copy.shipments[order.shipments.index(value.shipment)]
                found.append(replace(value, shipment=named))
            else:
                found.append(deepcopy(value))
        return found

    def _both(self, step: str, arguments: Callable[[Model], tuple[object, ...]]) -> None:
        """The step in a copy of the model, and on the server. When it succeeds, the copy takes the model's place."""
        type(self).steps += 1
        after = self.model.copy()
        given = arguments(after)
        before = arguments(self.model)
        try:
            getattr(after, step)(*given)
        except Refused:
            with pytest.raises(PharusError):
                getattr(self.server, step)(*before)
            return
        # The server gives ids to what it makes, which the copy must have.
        getattr(self.server, step)(*before)
        for made, known in zip(given, before, strict=True):
            _take_ids(made, known)
        self.model = after


def _given(parts: list[tuple[int, str]], amounts: list[Decimal | None]) -> dict[tuple[int, str], Decimal]:
    return {part: amount for part, amount in zip(parts, amounts, strict=False) if amount is not None}


_WITH_IDS = (Order, Line, Receipt, Shipment, Return)


def _take_ids(made: object, known: object) -> None:
    if isinstance(made, _WITH_IDS) and isinstance(known, _WITH_IDS):
        made.id = made.id or known.id
    if isinstance(made, Order) and isinstance(known, Order):
        for line, same in zip(made.lines, known.lines, strict=False):
            line.id = line.id or same.id


def run(examples: int, steps: int) -> int:
    """How many steps were taken."""
    Histories.steps = 0
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Histories,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            database=None,
            derandomize=True,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Histories.steps


@pytest.mark.long
def test_histories_of_orders_are_as_the_model_says() -> None:
    assert run(examples=40, steps=40) > 800


@pytest.mark.fuzz
def test_long_histories_of_orders_are_as_the_model_says() -> None:
    assert run(examples=400, steps=100) > 20_000
