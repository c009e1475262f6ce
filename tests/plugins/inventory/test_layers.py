"""The running index against a model that keeps what is left of each inflow: the same numbers after any history."""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from plugins.inventory.postings import REVALUE, Balance, Key, Posted, Posting, apply
from tests.plugins.inventory.layers import Layer, Pool

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HERE, THERE = Key("item", "here"), Key("item", "there")
# What a unit cost can tell apart.
RESOLUTION = Fraction(1, 10**6)


@dataclass
class History:
    """The same events, applied by the engine's arithmetic and by the model."""

    choose: random.Random
    balances: dict[Key, Balance] = field(default_factory=lambda: {HERE: Balance(), THERE: Balance()})
    pools: dict[Key, Pool] = field(default_factory=lambda: {HERE: Pool(), THERE: Pool()})
    inflows: list[tuple[Posted, Layer]] = field(default_factory=list)
    outflows: list[Posted] = field(default_factory=list)
    on_the_way: list[Posted] = field(default_factory=list)
    came: Fraction = Fraction(0)
    gone: Fraction = Fraction(0)

    def step(self) -> None:
        often = (self.receive, self.take, self.undo)
        seldom = (self.send, self.arrive, self.call_back, self.bring_back, self.correct)
        self.choose.choice((*often, *often, *seldom))()
        self.compare()

    def quantity(self, most: Decimal | None = None) -> Decimal:
        drawn = self.choose.choice((Decimal(self.choose.randint(1, 9)), Decimal(self.choose.randint(1, 10**7)) / 10**6))
        return drawn if most is None else min(drawn, most)

    def post(self, key: Key, event_type: str, quantity: Decimal, **values: object) -> Posted:
        return apply(Posting(*key, event_type, quantity, **values), self.balances, NOW)  # type: ignore[arg-type]

    def receive(self) -> None:
        key = self.choose.choice((HERE, THERE))
        quantity, cost = self.quantity(), Decimal(self.choose.choice((0, 1, 3, 3000, 10**6))) / 7
        cost = cost.quantize(Decimal("0.000001"))
        posted = self.post(key, "RECEIVE", quantity, unit_cost=cost)
        self.inflows.append((posted, self.pools[key].receive(Fraction(quantity), Fraction(quantity * cost))))
        self.came += Fraction(quantity * cost)

    def take(self) -> None:
        key = self.choose.choice((HERE, THERE))
        if on_hand := self.balances[key].on_hand:
            quantity = on_hand if self.choose.random() < 0.1 else self.quantity(on_hand)
            posted = self.post(key, "CONSUME", quantity)
            value = self.pools[key].take(Fraction(quantity))
            assert -Fraction(posted.effect.value) == value
            self.gone += value
            self.outflows.append(posted)

    def send(self) -> None:
        if on_hand := self.balances[HERE].on_hand:
            quantity = self.quantity(on_hand)
            posted = self.post(HERE, "TRANSFER", quantity, to_location_id="there", source_type="transfer")
            assert -Fraction(posted.effect.value) == self.pools[HERE].take(Fraction(quantity))
            self.on_the_way.append(posted)

    def arrive(self) -> None:
        if self.on_the_way:
            sent = self.on_the_way.pop()
            value = -sent.effect.value
            self.post(THERE, "RECEIVE", sent.posting.quantity, value=value, source_type="transfer", source_id=sent.id)
            self.pools[THERE].receive(Fraction(sent.posting.quantity), Fraction(value))

    def call_back(self) -> None:
        if self.on_the_way:
            self._come_back(self.on_the_way.pop())

    def bring_back(self) -> None:
        if self.outflows:
            posted = self.outflows.pop(self.choose.randrange(len(self.outflows)))
            self._come_back(posted)
            self.gone += Fraction(posted.effect.value)

    def undo(self) -> None:
        if not self.inflows:
            return
        at = self.choose.randrange(len(self.inflows))
        posted, layer = self.inflows[at]
        key = posted.posting.key
        if self.balances[key].on_hand >= posted.posting.quantity:
            del self.inflows[at]
            undo = apply(posted.reverse(), self.balances, NOW)
            value, variance = self.pools[key].undo(layer, -Fraction(undo.effect.value))
            assert (-Fraction(undo.effect.value), Fraction(undo.variance)) == (value, variance)
            self.came -= layer.value
            self.gone -= variance

    def correct(self) -> None:
        if not self.inflows:
            return
        at = self.choose.randrange(len(self.inflows))
        posted, layer = self.inflows[at]
        key = posted.posting.key
        change = max(Decimal(self.choose.randint(-5, 9)), -posted.brought)
        on_hand = self.balances[key].on_hand or posted.posting.quantity
        entry = self.post(key, REVALUE, on_hand, added_value=change, corrects=posted)
        value, variance = self.pools[key].correct(layer, Fraction(change))
        assert (Fraction(entry.effect.value), Fraction(entry.variance)) == (value, variance)
        self.inflows[at] = (replace(posted, corrected=posted.corrected + change), layer)
        self.came += Fraction(change)
        self.gone -= variance

    def _come_back(self, posted: Posted) -> None:
        apply(posted.reverse(), self.balances, NOW)
        quantity, value = Fraction(posted.posting.quantity), -Fraction(posted.effect.value)
        self.pools[posted.posting.key].receive(quantity, value)

    def compare(self) -> None:
        for key, balance in self.balances.items():
            pool = self.pools[key]
            assert (Fraction(balance.on_hand), Fraction(balance.value)) == (pool.on_hand, pool.value)
            if pool.on_hand:
                assert pool.lowest is not None
                assert pool.highest is not None
                assert pool.lowest - RESOLUTION <= pool.value / pool.on_hand <= pool.highest + RESOLUTION
        there = sum((pool.value for pool in self.pools.values()), Fraction(self.balances[THERE].in_transit_value))
        assert self.came == there + self.gone


def _compare(histories: int, steps: int) -> None:
    for seed in range(histories):
        history = History(random.Random(seed))
        for _ in range(steps):
            history.step()


def test_any_history_costs_what_the_model_says() -> None:
    _compare(histories=400, steps=40)


@pytest.mark.fuzz
def test_twenty_thousand_histories_cost_what_the_model_says() -> None:
    _compare(histories=20_000, steps=40)


def test_undo_after_ten_thousand_turnovers_is_as_exact_as_ever() -> None:
    """The pool is never empty, so the index becomes as small as 10 ** -3000."""
    balances = {HERE: Balance()}

    def post(event_type: str, quantity: str, cost: str | None = None) -> Posted:
        unit_cost = None if cost is None else Decimal(cost)
        return apply(Posting(*HERE, event_type, Decimal(quantity), unit_cost=unit_cost), balances, NOW)

    first = post("RECEIVE", "1", "5")
    for _ in range(10_000):
        post("RECEIVE", "1", "5")
        post("CONSUME", "1")
    assert balances[HERE].index.exponent > 3000
    yesterday = post("RECEIVE", "6", "8")
    post("CONSUME", "0.1")
    undo = apply(yesterday.reverse(), balances, NOW)
    # 5.914285… of the 6 were left, at 8, and the rest went at 5.
    left = Fraction(69, 70) * 6
    assert Fraction(undo.effect.value) == -Fraction(round((left * 8 + (6 - left) * 5) * 10**12), 10**12)
    assert first.share_left(balances[HERE]) == 0
