"""More arrives than was ordered: how much of it the organization tolerates (docs/rules.md, Orders, in common)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pharus.errors import Conflict
from pharus.fields import canonical


@dataclass(frozen=True, slots=True)
class Arrival:
    """One line of a receipt. `named` is how it names the line of the order; `received` is what the receipts before it
    have brought of that line."""

    named: str
    ordered: Decimal
    received: Decimal
    quantity: Decimal
    accept_over: bool


def refuse_over_receipt(arrivals: Iterable[Arrival], key: str, percent: Decimal | None) -> None:
    """Conflict with what is open of each line of which the receipt brings more than the tolerance allows. `key` is the
    one under which a receipt names a line."""
    if percent is None:
        return
    brought: dict[str, Decimal] = {}
    refused: dict[str, Arrival] = {}
    for arrival in arrivals:
        so_far = brought[arrival.named] = brought.get(arrival.named, arrival.received) + arrival.quantity
        if so_far > most(arrival.ordered, percent) and not arrival.accept_over:
            refused[arrival.named] = arrival
    if refused:
        raise Conflict(
            f"more than {canonical(percent)} % over what was ordered: say acceptOver for the line to take it",
            details={
                "lines": [_details(arrival, key, percent, brought[arrival.named]) for arrival in refused.values()]
            },
        )


def most(ordered: Decimal, percent: Decimal) -> Decimal:
    """How much may arrive in all.

    >>> most(Decimal(200), Decimal("2.5"))
    Decimal('205.0')
    """
    return ordered * (100 + percent) / 100


def _details(arrival: Arrival, key: str, percent: Decimal, brought: Decimal) -> Mapping[str, Any]:
    accepted = max(Decimal(0), most(arrival.ordered, percent) - arrival.received)
    return {
        key: arrival.named,
        "ordered": canonical(arrival.ordered),
        "received": canonical(arrival.received),
        "open": canonical(max(Decimal(0), arrival.ordered - arrival.received)),
        "accepted": canonical(accepted),
        "requested": canonical(brought - arrival.received),
    }
