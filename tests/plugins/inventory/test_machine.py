"""Random histories of postings, reversals and projections against a model in plain Python.

After each step every quantity of every balance is what the model says, and whatever was refused changed nothing. After
each history the ledger adds up: balances, effects, reversals, transfers, and value to the last digit.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pharus.errors import Conflict
from pharus.fields import new_id
from plugins.inventory import reconciliation
from plugins.inventory.postings import Amounts, Key, Posted
from plugins.inventory.reconciliation import Commitment
from tests.plugins.inventory.stock import Stock, make_stock

ITEMS, PLACES, LINES = 2, 2, 3

items = st.integers(0, ITEMS - 1)
places = st.integers(0, PLACES - 1)
lines = st.integers(0, LINES - 1)
quantities = st.one_of(
    st.integers(1, 20).map(Decimal), st.decimals("0.000001", "50", places=6), st.just(Decimal("0.333333"))
)
costs = st.decimals("0", "10", places=6)
held = st.one_of(st.just(Decimal(0)), st.integers(0, 10).map(Decimal), st.decimals("0", "10", places=6))


@dataclass
class Line:
    """What the model knows of one line: where it holds what."""

    id: str
    key: Key | None = None
    on_order: Decimal = Decimal(0)
    demand: Decimal = Decimal(0)
    allocated: Decimal = Decimal(0)
    consumed: Decimal = Decimal(0)


class Histories(RuleBasedStateMachine):
    """`quantity[key]` is what the model expects of a balance, without its value."""

    stock: Stock
    steps = 0

    @initialize()
    def begin(self) -> None:
        self.stock = make_stock(ITEMS, PLACES)
        self.quantity: dict[Key, Amounts] = defaultdict(Amounts)
        self.lines = [Line(new_id()) for _ in range(LINES)]
        self.reversible: list[Posted] = []
        self.on_their_way: list[Posted] = []

    # Goods come and go

    @rule(item=items, place=places, quantity=quantities, cost=costs)
    def receive(self, item: int, place: int, quantity: Decimal, cost: Decimal) -> None:
        posted = self.stock.post("RECEIVE", quantity, item, place, unit_cost=cost)
        assert posted.effect.value == quantity * cost
        self.quantity[self.stock.key(item, place)] += Amounts(on_hand=quantity)
        self.reversible.append(posted)

    @rule(item=items, place=places, quantity=quantities, value=costs)
    def produce(self, item: int, place: int, quantity: Decimal, value: Decimal) -> None:
        posted = self.stock.post("PRODUCE", quantity, item, place, value=value, added_value=value)
        assert posted.effect.value == value
        self.quantity[self.stock.key(item, place)] += Amounts(on_hand=quantity)
        self.reversible.append(posted)

    @rule(item=items, place=places, quantity=quantities)
    def adjust(self, item: int, place: int, quantity: Decimal) -> None:
        self.stock.post("ADJUST", quantity, item, place)
        self.quantity[self.stock.key(item, place)] += Amounts(on_hand=quantity)

    @rule(item=items, place=places, quantity=quantities, kind=st.sampled_from(["CONSUME", "DISPOSE"]))
    def take(self, item: int, place: int, quantity: Decimal, kind: str) -> None:
        key = self.stock.key(item, place)
        if quantity > self.quantity[key].on_hand:
            with pytest.raises(Conflict):
                self.stock.post(kind, quantity, item, place)
            return
        posted = self.stock.post(kind, quantity, item, place)
        self.quantity[key] += Amounts(on_hand=-quantity)
        if kind == "CONSUME":
            self.reversible.append(posted)

    @rule(item=items, place=places)
    def take_all(self, item: int, place: int) -> None:
        key = self.stock.key(item, place)
        if self.quantity[key].on_hand > 0:
            self.take(item, place, self.quantity[key].on_hand, "DISPOSE")

    # Transfers

    @rule(item=items, place=places, quantity=quantities)
    def send(self, item: int, place: int, quantity: Decimal) -> None:
        source, destination = self.stock.key(item, place), self.stock.key(item, 1 - place)
        if quantity > self.quantity[source].on_hand:
            return
        sent = self.stock.post(
            "TRANSFER", quantity, item, place, to_location_id=destination.location_id, source_type="transfer"
        )
        self.quantity[source] += Amounts(on_hand=-quantity)
        self.quantity[destination] += Amounts(in_transit=quantity)
        self.on_their_way.append(sent)

    @rule(data=st.data())
    def arrive(self, data: st.DataObject) -> None:
        if not self.on_their_way:
            return
        sent = self.on_their_way.pop(data.draw(st.integers(0, len(self.on_their_way) - 1)))
        destination = sent.posting.destination
        assert destination is not None
        place = self.stock.places.index(destination.location_id)
        item = self.stock.items.index(destination.item_id)
        self.stock.post(
            "RECEIVE",
            sent.posting.quantity,
            item,
            place,
            value=-sent.effect.value,
            source_type="transfer",
            source_id=sent.id,
        )
        self.quantity[destination] += Amounts(on_hand=sent.posting.quantity, in_transit=-sent.posting.quantity)

    @rule(data=st.data())
    def call_back(self, data: st.DataObject) -> None:
        if not self.on_their_way:
            return
        sent = self.on_their_way.pop(data.draw(st.integers(0, len(self.on_their_way) - 1)))
        self.stock.reverse(sent)
        assert sent.posting.destination is not None
        self.quantity[sent.posting.key] += Amounts(on_hand=sent.posting.quantity)
        self.quantity[sent.posting.destination] += Amounts(in_transit=-sent.posting.quantity)

    # Taking back

    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        if not self.reversible:
            return
        at = data.draw(st.integers(0, len(self.reversible) - 1))
        posted = self.reversible[at]
        change = -posted.effect.on_hand
        if self.quantity[posted.posting.key].on_hand + change < 0:
            with pytest.raises(Conflict):
                self.stock.reverse(posted)
            return
        self.stock.reverse(posted)
        self.quantity[posted.posting.key] += Amounts(on_hand=change)
        del self.reversible[at]

    # Commitments of lines

    @rule(line=lines, item=items, place=places, on_order=held, demand=held, allocated=held, consumed=held)
    def reconcile(
        self,
        line: int,
        item: int,
        place: int,
        on_order: Decimal,
        demand: Decimal,
        allocated: Decimal,
        consumed: Decimal,
    ) -> None:
        before, key = self.lines[line], self.stock.key(item, place)
        commitment = Commitment(before.id, *key, "so_item", "SO-1", on_order, demand, allocated, consumed)
        after = {**self.quantity}
        if before.key is not None:
            after[before.key] = self.quantity[before.key] + Amounts(
                before.consumed, -before.on_order, -before.demand, -before.allocated
            )
        after[key] = after.get(key, Amounts()) + Amounts(-consumed, on_order, demand, allocated)
        if after[key].on_hand < 0:
            with pytest.raises(Conflict):
                self.stock.do(lambda: reconciliation.reconcile(self.stock.ledger, [commitment]))
            return
        self.stock.do(lambda: reconciliation.reconcile(self.stock.ledger, [commitment]))
        self.quantity = defaultdict(Amounts, after)
        self.lines[line] = Line(before.id, key, on_order, demand, allocated, consumed)
        assert self.stock.do(lambda: reconciliation.reconcile(self.stock.ledger, [commitment])) == []

    @invariant()
    def balances_are_what_the_model_says(self) -> None:
        if not hasattr(self, "stock"):
            return
        Histories.steps += 1
        kept = {
            key: Amounts(each.on_hand, each.on_order, each.demand, each.allocated, each.in_transit)
            for key, each in self.stock.balances().items()
        }
        assert {key: each for key, each in kept.items() if each != Amounts()} == {
            key: each for key, each in self.quantity.items() if each != Amounts()
        }

    def teardown(self) -> None:
        if hasattr(self, "stock"):
            assert self.stock.discrepancies() == []


def _run(histories: int, steps: int) -> None:
    Histories.steps = 0
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=histories,
            stateful_step_count=steps,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        ),
    )


def test_any_history_adds_up() -> None:
    # What hypothesis generates depends on the source of the tree: a few more than the steps asked for need.
    _run(histories=100, steps=50)
    assert Histories.steps >= 4_000


@pytest.mark.fuzz
def test_any_long_history_adds_up() -> None:
    _run(histories=1000, steps=200)
