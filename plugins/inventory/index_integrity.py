"""Is the running index what the events say? Part of the integrity check (docs/rules.md, Inventory: undoing an inflow).

The part of each inflow that is left is computed anew, balance by balance, and held against the index that was stored.
The arithmetic is another one than the engine's: plain fractions of a pool that begins at 1, with more digits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from itertools import groupby
from typing import Any

from pharus.db import current, db
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import REVALUE, REVERSE

_UNDOING = (f"{REVERSE}RECEIVE", f"{REVERSE}PRODUCE")
_REVALUING = (REVALUE, f"{REVERSE}{REVALUE}")

ONE, ZERO = Decimal(1), Decimal(0)
# A share below this counts as gone; all of an earlier pool is, as the exponents are so far apart.
_GONE = Decimal("1e-12")
_APART = 20
# Two ways to round the same fraction differ by less.
_ROUNDING = Decimal("1e-15")
_CONTEXT = Context(prec=60, Emin=MIN_EMIN, Emax=MAX_EMAX)


def find(ledger: Ledger) -> Iterator[str]:
    """One sentence for each entry, and each balance, with another index, in the current organization."""
    kept = {
        (item_id, location_id): index
        for item_id, location_id, *index in db.rows(
            f"SELECT item_id, location_id, index_mantissa, index_exponent FROM {ledger.balances} WHERE org_id = %s",
            (current().org_id,),
        )
    }
    for item_id in sorted({item_id for item_id, _ in kept}):
        for location_id, rows in groupby(_moves(ledger, item_id), key=lambda row: row[0]):
            pool = _Pool()
            for _, code, *move, mantissa, exponent in rows:
                with localcontext(_CONTEXT):
                    pool = pool.after(*move)
                    if (mantissa is not None) != pool.is_marked or not pool.agrees(mantissa, exponent):
                        yield f"{code} has the running index {_shown(mantissa, exponent)}, which its events do not give"
            with localcontext(_CONTEXT):
                mantissa, exponent = kept.get((item_id, location_id), (None, None))
                if not pool.agrees(mantissa, exponent):
                    index = _shown(mantissa, exponent)
                    yield f"the running index of {item_id} at {location_id} is {index}, which its events do not give"


def _moves(ledger: Ledger, item_id: str) -> list[tuple[Any, ...]]:
    """What moves goods or revalues them, in the order in which it was written."""
    return db.rows(
        f"""
        SELECT location_id, code, id, event_type, on_hand, reverses_id, corrects_id, index_mantissa, index_exponent
        FROM {ledger.entries} WHERE org_id = %s AND item_id = %s AND (on_hand <> 0 OR event_type = ANY(%s))
        ORDER BY location_id, length(code), code
        """,
        (current().org_id, item_id, list(_REVALUING)),
    )


@dataclass(slots=True)
class _Pool:
    """Goods of one balance since it was last empty, or revalued by hand.

    left         the part that is still there of what was there at the beginning
    since        that part as it was at each inflow
    began        the stored index at the beginning, as soon as one is known
    exponent     the largest that was stored so far, `before` the largest of earlier pools
    is_marked    whether the last entry must have an index of its own
    """

    on_hand: Decimal = ZERO
    left: Decimal = ONE
    since: dict[str, Decimal] = field(default_factory=dict)
    began: Decimal | None = None
    exponent: int | None = None
    before: int | None = None
    is_marked: bool = False

    def after(
        self, id: str, event_type: str, change: Decimal, reverses_id: str | None, corrects_id: str | None
    ) -> "_Pool":
        before, self.on_hand = self.on_hand, self.on_hand + change
        pool = self
        if event_type in _REVALUING:
            pool = self if corrects_id is not None else self._ended()
        elif change < 0 and self.on_hand <= 0:
            pool = self._ended()
        elif change < 0:
            # An undo takes its own pieces first: of the others fewer go.
            undone = self._share_since(reverses_id) if event_type in _UNDOING else ZERO
            self.left *= self.on_hand / (before + undone * change)
        else:
            self.since[id] = self.left
        pool.is_marked = change > 0 or event_type == REVALUE
        return pool

    def agrees(self, mantissa: Decimal | None, exponent: int | None) -> bool:
        """Whether this may be the index now. True for none."""
        if mantissa is None or exponent is None:
            return True
        index = mantissa.scaleb(-exponent)
        self.exponent = exponent if self.exponent is None else max(exponent, self.exponent)
        if self.began is None:
            self.began = index / self.left
            return self.before is None or exponent - self.before >= _APART
        return abs(index - self.began * self.left) <= index * _ROUNDING

    def _ended(self) -> "_Pool":
        return _Pool(self.on_hand, exponent=self.exponent, before=self.exponent)

    def _share_since(self, id: str | None) -> Decimal:
        if id not in self.since:
            return ZERO
        share = self.left / self.since[id]
        return min(share, ONE) if share >= _GONE else ZERO


def _shown(mantissa: Decimal | None, exponent: int | None) -> str:
    return "none" if mantissa is None else f"{mantissa.normalize()}e-{exponent}"
