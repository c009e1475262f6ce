"""The hook `stock_posted`: each entry of a ledger moves batches, in the entry's own transaction.

What comes in from outside makes a new batch, with the supplier's batch and expiry date that were announced. What goes
out takes batches by first expiry, first out. Goods that arrive from a transfer are the batches that left on it, and a
reversal moves back what its entry had moved. Goods that were there before this plugin came belong to no batch, and go
last.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pharus.db import current
from pharus.fields import new_id
from pharus.stock import StockEntries, StockEntry

from pharus_batches import rules, store
from pharus_batches.rules import BatchBalance, Part
from pharus_batches.store import Arrival


def post(entries: StockEntries) -> None:
    """Move batches for the entries that move goods, with a number of statements that does not grow with them."""
    moving = [entry for entry in entries if entry.posted.effect.on_hand]
    if moving:
        _Posting(moving).run(moving)


class _Posting:
    def __init__(self, entries: Iterable[StockEntry]) -> None:
        keys = {(entry.posted.posting.item_id, entry.posted.posting.location_id) for entry in entries}
        origins = [id for entry in entries if (id := _origin(entry)) is not None]
        self._balances = store.read_balances(keys)
        self._moved = store.read_moved(origins) if origins else {}
        self._arrivals = store.read_arrivals({item_id for item_id, _ in keys})
        self._batches: list[tuple[Any, ...]] = []
        self._movements: list[tuple[Any, ...]] = []
        self._changes: dict[tuple[str, str], Decimal] = {}
        self._met: dict[str, str] = {}

    def run(self, entries: Iterable[StockEntry]) -> None:
        for entry in entries:
            self._move(entry, self._parts(entry))
        store.write_batches(self._batches)
        store.write_movements(self._movements)
        store.change_stock(self._changes)
        store.meet_arrivals(self._met)

    def _parts(self, entry: StockEntry) -> list[Part]:
        """Which batches the entry moves, and how much of each; what comes in is positive."""
        posting, on_hand = entry.posted.posting, entry.posted.effect.on_hand
        balances = self._balances[posting.item_id, posting.location_id]
        if posting.reverses is not None:
            moved = self._moved.get(posting.reverses.id, [])
            reversed_parts = rules.reverse_parts(moved, posting.reverses.posting.quantity, posting.quantity)
            return rules.available_parts(reversed_parts, balances)
        if on_hand < 0:
            taken = rules.first_expiry_first_out(balances.values(), -on_hand)
            return [Part(each.batch_id, -each.quantity) for each in taken]
        if posting.source_type == "transfer":
            return [Part(each.batch_id, -each.quantity) for each in self._moved.get(posting.source_id or "", [])]
        return [Part(self._new_batch(entry, balances), on_hand)]

    def _new_batch(self, entry: StockEntry, balances: dict[str, BatchBalance]) -> str:
        posting = entry.posted.posting
        arrival = self._arrival(posting.item_id, posting.ref)
        supplier_batch, expires_on = (arrival.supplier_batch, arrival.expires_on) if arrival else (None, None)
        batch_id = new_id()
        self._batches.append((batch_id, entry.code, entry.ledger.item, posting.item_id, supplier_batch, expires_on))
        balances[batch_id] = BatchBalance(batch_id, entry.code, expires_on, rules.ZERO)
        if arrival is not None:
            self._met[arrival.id] = batch_id
        return batch_id

    def _arrival(self, item_id: str, ref: str | None) -> Arrival | None:
        """The oldest announcement that names the order, or else the oldest that names none."""
        waiting = self._arrivals.get(item_id, [])
        found = next((each for each in waiting if ref is not None and each.ref == ref), None)
        found = found or next((each for each in waiting if each.ref is None), None)
        if found is not None:
            waiting.remove(found)
        return found

    def _move(self, entry: StockEntry, parts: Iterable[Part]) -> None:
        posting = entry.posted.posting
        balances = self._balances[posting.item_id, posting.location_id]
        # What a reversal moves back was moved by its first entry, and for that one's reason.
        first = posting.reverses.posting if posting.reverses is not None else posting
        for part in parts:
            known = balances.get(part.batch_id) or BatchBalance(part.batch_id, "", None, rules.ZERO)
            balances[part.batch_id] = replace(known, quantity=known.quantity + part.quantity)
            self._moved.setdefault(entry.posted.id, []).append(part)
            key = (part.batch_id, posting.location_id)
            self._changes[key] = self._changes.get(key, rules.ZERO) + part.quantity
            self._movements.append(
                (
                    *(new_id(), *key, part.quantity, entry.posted.id),
                    *(first.event_type, first.source_type, first.source_id, first.ref),
                    posting.event_date or current().now,
                )
            )


def _origin(entry: StockEntry) -> str | None:
    """The entry whose batches this one moves again."""
    posting = entry.posted.posting
    if posting.reverses is not None:
        return posting.reverses.id
    return posting.source_id if posting.source_type == "transfer" and posting.event_type == "RECEIVE" else None
