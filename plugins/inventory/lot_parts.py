"""Lots as arithmetic: which may leave, and which of them go. No database, no clock (docs/rules.md, Lots)."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pharus.errors import Conflict
from pharus.fields import canonical

ZERO = Decimal(0)
# So many lots are shown of a place that lacks something; the others can be listed.
_MOST_SHOWN = 20
NOT_NAMED = "nobody says which lots these are: name them in lots, or let the item or the organization have a policy"


@dataclass(frozen=True, slots=True)
class LotPart:
    """So much of a lot, as a request names it: by its id or by its code. The rest is said of a lot that is new."""

    quantity: Decimal
    lot_id: str | None = None
    code: str | None = None
    supplier_lot: str | None = None
    made_on: date | None = None
    best_before: date | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot as far as it decides where its goods may go."""

    id: str
    item_id: str
    code: str
    status: str = "released"
    best_before: date | None = None
    allowed_until: date | None = None
    made_on: date | None = None
    supplier_lot: str | None = None
    is_opening: bool = False

    def expired(self, day: date) -> bool:
        """The last day on which it may leave is past. On the day itself it is good."""
        if self.best_before is None:
            return False
        return max(self.best_before, self.allowed_until or self.best_before) < day

    def may_leave(self, day: date) -> bool:
        return self.status == "released" and not self.expired(day)

    def state(self, day: date) -> str:
        """In words, for people."""
        return "expired" if self.status == "released" and self.expired(day) else self.status.replace("_", " ")


# A lot and how much of it there is.
Stock = tuple[Lot, Decimal]


def in_turn(stock: Iterable[Stock], policy: str) -> list[Stock]:
    """In the order in which they go: what expires first (what never does, last), or what came first."""
    return sorted(stock, key=_first_expiry if policy == "fefo" else _first_in)


def take(stock: Iterable[Stock], quantity: Decimal) -> list[Stock]:
    """So much of them, one after the other; less where there is less."""
    taken: list[Stock] = []
    for lot, there in stock:
        part = min(quantity, there)
        if part > 0:
            taken.append((lot, part))
            quantity -= part
    return taken


def choose(stock: Sequence[Stock], quantity: Decimal, policy: str, refused: Callable[[], Conflict]) -> list[Stock]:
    """Which lots go where nobody names them. Conflict where there is less, or where lots have to be chosen and nothing
    says how."""
    there = sum((each for _, each in stock), ZERO)
    if there < quantity:
        raise refused()
    if there == quantity or len(stock) == 1:
        return take(stock, quantity)
    if policy == "none":
        raise Conflict(NOT_NAMED, details={"lots": shown(stock)})
    return take(in_turn(stock, policy), quantity)


def shown(stock: Iterable[Stock]) -> list[dict[str, Any]]:
    """For the details of a refusal."""
    return [
        {
            "lotId": lot.id,
            "code": lot.code,
            "status": lot.status,
            "bestBefore": lot.best_before,
            "quantity": canonical(quantity),
        }
        for lot, quantity in sorted(stock, key=_first_expiry)[:_MOST_SHOWN]
    ]


def code_key(code: str) -> str:
    """By which codes of lots are compared, as the database does."""
    return unicodedata.normalize("NFKC", code).lower().replace("\u03c2", "\u03c3")


def _first_expiry(stock: Stock) -> tuple[date, str]:
    return stock[0].best_before or date.max, stock[0].id


def _first_in(stock: Stock) -> str:
    # Ids are ordered by time.
    return stock[0].id
