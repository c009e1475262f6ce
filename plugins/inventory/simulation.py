"""What postings would do, tried in memory on balances that are locked, before anything is written.

An import asks it which of its rows lack stock: the groups of postings are tried one after another, as they would be
posted, and a group that is refused takes nothing from those behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pharus.db import current
from pharus.errors import Conflict
from pharus.fields import TOO_LARGE
from plugins.inventory import engine
from plugins.inventory.ledgers import Ledger
from plugins.inventory.line_balances import LineBalances
from plugins.inventory.postings import Balance, Key, Posting, apply


class Simulation:
    """The balances of these keys stay locked until the transaction ends, so that what is tried can be posted then.

    The lines of the postings are new: the ledger holds nothing for them yet. No group has a line of another one.
    """

    def __init__(self, ledger: Ledger, keys: Iterable[Key]) -> None:
        self._balances = engine.lock_existing(ledger, keys)
        self._line_balances = LineBalances()

    def refusal(self, group: Sequence[Posting]) -> Conflict | None:
        """Why the group cannot be posted after those before it, all or none; None when it can."""
        balances = {
            posting.key: self._balances.get(posting.key, Balance()) for posting in group if posting.destination is None
        }
        try:
            for posting in group:
                fulfilled = replace(posting, fulfilled=self._line_balances.fulfilled_by(posting))
                posted = apply(fulfilled, balances, current().now)
                if posted.effect.on_hand and balances[posting.key].has_lots:
                    return Conflict(
                        "the item is told apart by lots, and an import names none: move its goods one by one",
                        details={"itemId": posting.item_id, "locationId": posting.location_id},
                    )
                self._line_balances.note(posted)
        except Conflict as refused:
            return refused
        for key, balance in balances.items():
            if max(balance.on_hand, balance.on_order, balance.demand, balance.allocated) >= TOO_LARGE:
                return Conflict(
                    "a quantity would grow larger than can be kept",
                    details={"itemId": key.item_id, "locationId": key.location_id},
                )
        self._balances.update(balances)
        return None
