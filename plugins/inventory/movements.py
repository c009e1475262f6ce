"""What people do with stock by hand: transfers, adjustments, disposals. The same for both ledgers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from pharus import numbering
from pharus.db import current
from pharus.errors import Invalid, InvalidTransition, NotFound, Problem
from pharus.records import Records
from plugins.inventory import engine, entries, rules
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import Key, Posting
from plugins.locations.records import locations

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
        self.items.require([item_id])
        locations.require([source, destination])
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
        )
        return self._post(posting), ref

    def complete(self, ref: str, body: Mapping[str, Any]) -> T:
        """The whole quantity arrives, with the value that left. InvalidTransition when it has arrived already."""
        sent = entries.read(self.ledger, "ref = %s AND event_type IN ('TRANSFER', 'REVERSE_TRANSFER')", (ref,))
        if not sent:
            raise NotFound(f"no transfer with the ref {ref}")
        transfer = sent[0]
        assert transfer.posting.to_location_id is not None
        assert transfer.posting.event_date is not None
        event_date = rules.arrival_date(body.get("eventDate"), transfer.posting.event_date, current().now)
        if event_date < transfer.posting.event_date:
            raise Invalid([Problem("/eventDate", "is before the transfer's")])
        # Entries cannot be locked, because they never change. Two who complete at once meet at the balance.
        destination = Key(transfer.posting.item_id, transfer.posting.to_location_id)
        engine.lock(self.ledger, [destination])
        if transfer.reversed or entries.read(self.ledger, "source_id = %s AND event_type = 'RECEIVE'", (transfer.id,)):
            raise InvalidTransition(f"the transfer {ref} is completed already")
        return self._post(
            Posting(
                *destination,
                "RECEIVE",
                transfer.posting.quantity,
                value=-transfer.effect.value,
                ref=ref,
                notes=body.get("notes"),
                event_date=event_date,
                source_type="transfer",
                source_id=transfer.id,
            )
        )

    def by_hand(self, event_type: str, body: Mapping[str, Any]) -> T:
        """ADJUST or DISPOSE. Correcting a mistake is posting the opposite, so deactivated records may be named."""
        item_id, location_id = body[self.ledger.item_key], body["locationId"]
        event_date = rules.event_date(body.get("eventDate"), current().now)
        unit_cost = body.get("unitCost")

        def unknown() -> None:
            self.items.require([item_id], active=False)
            locations.require([location_id], active=False)

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
            ),
            unknown,
        )

    def _post(self, posting: Posting, unknown: Callable[[], None] | None = None) -> T:
        (entry,) = engine.post(self.ledger, [posting], unknown=unknown)
        return self.entries.record(entry.stored)
