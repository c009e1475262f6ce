"""What people do with stock by hand: transfers, adjustments, disposals, revaluations. The same for both ledgers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from pharus import numbering
from pharus.db import current
from pharus.errors import Conflict, Invalid, InvalidTransition, NotFound, Problem
from pharus.fields import canonical
from pharus.records import Records
from pharus.steps import Transfer
from plugins.inventory import deactivated, engine, entries, external_ids, lot_requests, rules
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import REVALUE, Balance, Key, Posted, Posting, value_of_part

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StockMovements(Generic[T]):
    """The movements of one ledger. `entries` shows its rows, `items` are the materials or the SKUs."""

    ledger: Ledger
    entries: Records[T]
    items: Records[Any]

    def transfer(self, body: Mapping[str, Any]) -> tuple[T, str]:
        """Goods leave one place for another. They arrive when the transfer is completed."""
        # A request may write an id in capitals.
        item_id, source, destination = (
            body[key] for key in (self.ledger.item_key, "sourceLocationId", "destinationLocationId")
        )
        if source == destination:
            raise Invalid([Problem("/destinationLocationId", "must differ from the source")])
        event_date = rules.event_date(body.get("eventDate"), current().now)
        lots = lot_requests.named(body, Decimal(body["quantity"]))
        deactivated.require(emptied=source, filled=destination, item_id=item_id, items=self.items)
        external_ids.refuse_second(self.entries, body.get("externalId"))
        step = Transfer(self.ledger.item, item_id, source, destination, "sent", body)
        step.begin()
        (number,) = numbering.take(self.ledger.transfer_prefix)
        ref = f"{self.ledger.transfer_prefix}-{number:03d}"
        posting = Posting(
            item_id,
            source,
            "TRANSFER",
            Decimal(body["quantity"]),
            to_location_id=destination,
            ref=ref,
            notes=body.get("notes"),
            event_date=event_date,
            source_type="transfer",
            external_id=body.get("externalId"),
            lots=lots,
        )
        entry = self._post(posting)
        step.end(ref, entry)
        return entry, ref

    def complete(self, ref: str, body: Mapping[str, Any]) -> T:
        """What is on its way arrives, or a part of it, with its part of the value that left. InvalidTransition when
        nothing is on its way any more, Conflict when less is than the body says."""
        given = body.get("quantity")
        lots = lot_requests.named(body, None if given is None else Decimal(given))
        transfer = self._sent(ref)
        event_date = self._date(transfer, body)
        # Entries cannot be locked, because they never change. Two who complete at once meet at the balance.
        destination = _destination(transfer)
        engine.lock(self.ledger, [destination])
        left = self._on_its_way(transfer)
        quantity = lot_requests.total(lots) if lots else Decimal(body.get("quantity", left.quantity))
        if quantity > left.quantity:
            raise Conflict(
                "less than that is on its way",
                details={
                    "itemId": destination.item_id,
                    "locationId": destination.location_id,
                    "inTransit": canonical(left.quantity),
                    "requested": canonical(quantity),
                },
            )
        step = self._step(transfer, "completed", body)
        entry = self._post(
            Posting(
                *destination,
                "RECEIVE",
                quantity,
                value=value_of_part(left.value, quantity, left.quantity),
                ref=ref,
                notes=body.get("notes"),
                event_date=event_date,
                source_type="transfer",
                source_id=transfer.id,
                lots=lots,
            )
        )
        step.end(ref, entry)
        return entry

    def cancel(self, ref: str, body: Mapping[str, Any]) -> T:
        """What has not arrived comes back to where it left, with the value that it has. InvalidTransition when nothing
        is on its way any more."""
        transfer = self._sent(ref)
        event_date = self._date(transfer, body)
        engine.lock(self.ledger, [transfer.posting.key, _destination(transfer)])
        left = self._on_its_way(transfer)
        back = transfer.reverse(left.quantity, event_date, value=left.value)
        step = self._step(transfer, "cancelled", body)
        entry = self._post(replace(back, notes=body.get("notes")))
        step.end(ref, entry)
        return entry

    def revalue(self, body: Mapping[str, Any]) -> T:
        """What is on hand has another unit cost from now on. Conflict when nothing is there, or nothing changes."""
        item_id, location_id = body[self.ledger.item_key], body["locationId"]
        event_date = rules.event_date(body.get("eventDate"), current().now)
        external_ids.refuse_second(self.entries, body.get("externalId"))
        key = Key(item_id, location_id)
        locked = engine.lock(
            self.ledger,
            [key],
            lambda: deactivated.require(emptied=location_id, item_id=item_id, items=self.items),
        )
        on_hand, value = locked[key].on_hand, locked[key].value
        if on_hand == 0:
            raise Conflict("there is nothing on hand to be revalued")
        change = on_hand * Decimal(body["unitCost"]) - value
        if change == 0:
            raise Conflict("what is on hand costs that already")
        return self._post(
            Posting(
                item_id,
                location_id,
                REVALUE,
                on_hand,
                added_value=change,
                notes=body["reason"],
                event_date=event_date,
                source_type="manual",
                external_id=body.get("externalId"),
            ),
            locked=locked,
        )

    def reverse_revaluation(self, id: str, body: Mapping[str, Any]) -> T:
        """Take a revaluation by hand back. NotFound when there is none with this id, InvalidTransition when it was
        reversed already."""
        event_date = rules.event_date(body.get("eventDate"), current().now)
        found = self._revaluation(id)
        engine.lock(self.ledger, [found.posting.key])
        # Another one may have reversed it while this one waited for the balance.
        found = self._revaluation(id)
        if found.reversed:
            raise InvalidTransition("the revaluation is reversed already")
        return self._post(replace(found.reverse(event_date=event_date), notes=body.get("notes")))

    def by_hand(self, event_type: str, body: Mapping[str, Any]) -> T:
        """ADJUST or DISPOSE. What lies there has to be counted, and correcting a mistake is posting the opposite: so
        deactivated records may be named, but not to ADJUST what never lay there."""
        item_id, location_id = body[self.ledger.item_key], body["locationId"]
        event_date = rules.event_date(body.get("eventDate"), current().now)
        unit_cost = body.get("unitCost")
        is_filled = event_type == "ADJUST"
        lots = lot_requests.named(body, Decimal(body["quantity"]))
        external_ids.refuse_second(self.entries, body.get("externalId"))
        return self._post(
            Posting(
                item_id,
                location_id,
                event_type,
                Decimal(body["quantity"]),
                unit_cost=None if unit_cost is None else Decimal(unit_cost),
                notes=body.get("notes"),
                event_date=event_date,
                source_type="manual",
                external_id=body.get("externalId"),
                lots=lots,
            ),
            lambda: deactivated.require(
                emptied=None if is_filled else location_id,
                filled=location_id if is_filled else None,
                item_id=item_id,
                items=self.items,
            ),
        )

    def _sent(self, ref: str) -> Posted:
        """The TRANSFER with this ref. NotFound."""
        sent = entries.read(self.ledger, "ref = %s AND event_type = 'TRANSFER'", (ref,))
        if not sent:
            raise NotFound(f"no transfer with the ref {ref}")
        return sent[0]

    def _step(self, sent: Posted, stage: Literal["completed", "cancelled"], body: Mapping[str, Any]) -> Transfer:
        """What ends a transfer, begun."""
        places = (sent.posting.location_id, _destination(sent).location_id)
        step = Transfer(self.ledger.item, sent.posting.item_id, *places, stage, body, sent.posting.ref)
        step.begin()
        return step

    def _date(self, transfer: Posted, body: Mapping[str, Any]) -> datetime:
        """When goods of the transfer arrived or came back. Invalid before they left."""
        left_at = transfer.posting.event_date
        assert left_at is not None
        event_date = rules.arrival_date(body.get("eventDate"), left_at, current().now)
        if event_date < left_at:
            raise Invalid([Problem("/eventDate", "is before the transfer's")])
        return event_date

    def _on_its_way(self, transfer: Posted) -> "_OnItsWay":
        """What of the transfer has neither arrived nor come back. InvalidTransition when that is nothing."""
        ended = entries.read(
            self.ledger, "(source_id = %s AND event_type = 'RECEIVE' OR reverses_id = %s)", (transfer.id, transfer.id)
        )
        left = _OnItsWay(
            transfer.posting.quantity - sum(entry.posting.quantity for entry in ended),
            -transfer.effect.value - sum(entry.effect.value for entry in ended),
        )
        if left.quantity == 0:
            raise InvalidTransition(f"nothing of the transfer {transfer.posting.ref} is on its way any more")
        return left

    def _revaluation(self, id: str) -> Posted:
        found = entries.read(self.ledger, "(id = %s OR reverses_id = %s) AND source_type = 'manual'", (id, id))
        if not found or (found[0].id, found[0].posting.event_type) != (id, REVALUE):
            raise NotFound(f"no revaluation by hand with the id {id}")
        return found[0]

    def _post(
        self,
        posting: Posting,
        unknown: Callable[[], None] | None = None,
        locked: Mapping[Key, Balance] | None = None,
    ) -> T:
        (entry,) = engine.post(self.ledger, [posting], unknown=unknown, locked=locked)
        return self.entries.record(entry.stored)


class _OnItsWay(NamedTuple):
    quantity: Decimal
    value: Decimal


def _destination(transfer: Posted) -> Key:
    destination = transfer.posting.destination
    assert destination is not None
    return destination
