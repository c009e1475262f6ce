"""What the ledger holds for lines of orders, entry by entry, kept true while a transaction posts for them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from plugins.inventory import entries
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import REVERSE, ZERO, Amounts, Key, Posted, Posting


class LineBalance:
    """What the ledger holds for one line at one location. `consumed` is what the line itself took, not its receipts or
    shipments; `consumed_by` has both, by the ids of the sources."""

    def __init__(self) -> None:
        self.entries: list[Posted] = []
        self.open = Amounts()
        self.consumed = ZERO
        self.consumed_by: dict[str, Decimal] = {}

    def add(self, posted: Posted) -> None:
        undone = posted.posting.reverses
        if undone is not None:
            self.entries = [
                replace(entry, reversed=entry.reversed + posted.posting.quantity) if entry.id == undone.id else entry
                for entry in self.entries
            ]
        self.entries.append(posted)
        self.open += posted.effect
        source_id, signs = posted.posting.source_id, {"CONSUME": 1, REVERSE + "CONSUME": -1}
        if source_id is not None and (sign := signs.get(posted.posting.event_type)):
            quantity = sign * posted.posting.quantity
            self.consumed_by[source_id] = self.consumed_by.get(source_id, ZERO) + quantity
            # A receipt consumes for a line as well, but it is the receipt that takes it back.
            if source_id == posted.posting.line_id:
                self.consumed += quantity


class LineBalances:
    """By the ids of the lines. Who posts for an order holds its lock, so nobody else changes them meanwhile."""

    def __init__(self) -> None:
        self._of_line: dict[str, dict[Key, LineBalance]] = {}

    @classmethod
    def read(cls, ledger: Ledger, line_ids: Iterable[str | None]) -> "LineBalances":
        ids = [id for id in dict.fromkeys(line_ids) if id is not None]
        line_balances = cls()
        for posted in entries.read(ledger, "line_id = ANY(%s::uuid[])", (ids,)) if ids else ():
            line_balances.note(posted)
        return line_balances

    def of(self, line_id: str) -> Mapping[Key, LineBalance]:
        return self._of_line.get(line_id, {})

    def note(self, posted: Posted) -> None:
        """An entry that has been written."""
        posting = posted.posting
        if posting.line_id is not None:
            self._of_line.setdefault(posting.line_id, {}).setdefault(posting.key, LineBalance()).add(posted)

    def fulfilled_by(self, posting: Posting) -> Decimal:
        """How much of what its line holds open the posting fulfils: a receipt fulfils no more than that."""
        column = posting.fulfils
        if column is None or posting.line_id is None:
            return ZERO
        balance = self.of(posting.line_id).get(posting.key)
        still_open: Decimal = getattr(balance.open, column) if balance is not None else ZERO
        return max(ZERO, min(posting.quantity, still_open))
