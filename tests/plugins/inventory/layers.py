"""A model of a ledger by brute force: each inflow keeps what is left of it, as fractions, and every outflow walks them.

It shares no line with the engine's arithmetic. Quantities and shares are exact; a value is rounded where one leaves a
pool, to the twelve places that are kept.
"""

from dataclasses import dataclass, field
from fractions import Fraction

PLACES = 10**12


def rounded(value: Fraction) -> Fraction:
    """Half away from zero, without a step between that rounds as well."""
    scaled = abs(value) * PLACES
    count = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(count if value >= 0 else -count, PLACES)


@dataclass
class Layer:
    """One inflow: what it brought, and the part of it that is left."""

    quantity: Fraction
    value: Fraction
    left: Fraction = Fraction(1)


@dataclass
class Pool:
    """One item at one location."""

    on_hand: Fraction = Fraction(0)
    value: Fraction = Fraction(0)
    layers: list[Layer] = field(default_factory=list)
    # The unit costs that ever came in since nothing was left.
    lowest: Fraction | None = None
    highest: Fraction | None = None

    def receive(self, quantity: Fraction, value: Fraction) -> Layer:
        layer = Layer(quantity, value)
        self.layers.append(layer)
        self.on_hand += quantity
        self.value += value
        self._note(value / quantity)
        return layer

    def take(self, quantity: Fraction) -> Fraction:
        """The value that leaves."""
        value = self.value if quantity == self.on_hand else rounded(self.value * quantity / self.on_hand)
        self._shrink(self.on_hand - quantity, self.on_hand)
        self.on_hand -= quantity
        self.value -= value
        return value

    def undo(self, layer: Layer, stated: Fraction) -> tuple[Fraction, Fraction]:
        """The value that leaves, and the variance. Where the exact value lies just half-way between two that can be
        kept, the one that is stated: no share has all the digits that decide it."""
        own, own_value = layer.left * layer.quantity, layer.left * layer.value
        rest, rest_value = self.on_hand - own, self.value - own_value
        missing = layer.quantity - own
        if self.on_hand == layer.quantity:
            value = self.value
        elif missing == 0:
            value = own_value
        else:
            exact = own_value + rest_value * missing / rest
            # The last place may be rounded up to more than there is.
            value = min(rounded(exact), self.value)
            if abs(exact - stated) * PLACES == Fraction(1, 2):
                value = stated
        layer.left = Fraction(0)
        self._shrink(self.on_hand - layer.quantity, rest)
        self.on_hand -= layer.quantity
        self.value -= value
        return value, layer.value - value

    def correct(self, layer: Layer, change: Fraction) -> tuple[Fraction, Fraction]:
        """By how much the value of what is there changes, and the variance."""
        value = max(rounded(layer.left * change), -self.value)
        layer.value += change
        self.value += value
        if self.on_hand:
            self._note(layer.value / layer.quantity)
        return value, value - change

    def _shrink(self, left: Fraction, before: Fraction) -> None:
        for layer in self.layers:
            layer.left = layer.left * left / before if left else Fraction(0)
        if not left:
            self.lowest = self.highest = None

    def _note(self, cost: Fraction) -> None:
        self.lowest = cost if self.lowest is None else min(self.lowest, cost)
        self.highest = cost if self.highest is None else max(self.highest, cost)
