"""A ledger as it was written before migration 0002 of the inventory: by the rules of then, in SQL of its own."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pharus.db import db
from pharus.fields import new_id
from plugins.inventory.postings import ARRIVAL, QUANTITIES, REVERSE

SIX_PLACES, TWELVE_PLACES = Decimal("0.000001"), Decimal("0.000000000001")
_PREFIXES = {"materials": "MIL", "finished_goods": "FIL"}


@dataclass(frozen=True)
class OldEntry:
    id: str
    item: str
    location: str
    event_type: str
    quantity: Decimal
    value: Decimal
    to: str | None
    line: str | None


@dataclass
class OldLedger:
    """`materials` or `finished_goods` of one organization, at migration 0001."""

    org_id: str
    name: str
    on_hand: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    value: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    in_transit: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    count: int = 0

    def write(
        self, event_type: str, item: str, location: str, quantity: object, value: object = None, **columns: Any
    ) -> OldEntry:
        """An entry with its effect; the value of an outflow is its part of what there is."""
        amount = Decimal(str(quantity))
        signs = QUANTITIES[
            ARRIVAL if columns.get("source_type") == "transfer" and event_type == "RECEIVE" else event_type
        ]
        worth = self._out(item, location, amount) if value is None else Decimal(str(value))
        return self._insert(
            event_type, item, location, amount, amount * signs.on_hand, amount * signs.in_transit, worth, columns
        )

    def undo(self, entry: OldEntry) -> OldEntry:
        """As it was: an inflow takes what it brought, as far as there is so much, and all with the last piece."""
        signs = QUANTITIES[entry.event_type]
        key = (entry.item, entry.location)
        value = -entry.value
        if signs.on_hand > 0:
            has_more = self.on_hand[key] > entry.quantity
            value = -(min(entry.value, self.value[key]) if has_more else self.value[key])
        columns = {"reverses_id": entry.id, "to_location_id": entry.to, "line_id": entry.line}
        quantity = entry.quantity
        on_hand, in_transit = -quantity * signs.on_hand, -quantity * signs.in_transit
        return self._insert(
            REVERSE + entry.event_type, entry.item, entry.location, quantity, on_hand, in_transit, value, columns
        )

    def finish(self) -> None:
        """The balances, and where the codes go on."""
        for item, location in self.on_hand.keys() | self.in_transit.keys():
            key = (item, location)
            db.execute_sql(
                f"INSERT INTO {self.name}_balance (org_id, item_id, location_id, on_hand, in_transit, value) "
                "VALUES (%s, %s, %s, %s, %s, %s)",
                (self.org_id, *key, *(of.get(key, 0) for of in (self.on_hand, self.in_transit, self.value))),
            )
        db.execute_sql(
            "INSERT INTO number_sequence (org_id, kind, year, last) VALUES (%s, %s, 0, %s)",
            (self.org_id, _PREFIXES[self.name], self.count),
        )

    def _out(self, item: str, location: str, quantity: Decimal) -> Decimal:
        on_hand, value = self.on_hand[item, location], self.value[item, location]
        return -(value if quantity == on_hand else (value * quantity / on_hand).quantize(TWELVE_PLACES, ROUND_HALF_UP))

    def _insert(
        self,
        event_type: str,
        item: str,
        location: str,
        quantity: Decimal,
        on_hand: Decimal,
        in_transit: Decimal,
        value: Decimal,
        columns: dict[str, Any],
    ) -> OldEntry:
        self.count += 1
        unit_cost = None if on_hand == 0 else (abs(value) / quantity).quantize(SIX_PLACES, ROUND_HALF_UP)
        row = {
            "org_id": self.org_id,
            "id": new_id(),
            "code": f"{_PREFIXES[self.name]}-{self.count:06d}",
            "item_id": item,
            "location_id": location,
            "event_type": event_type,
            "quantity": quantity,
            "unit_cost": unit_cost,
            "event_date": "2026-01-02T00:00:00Z",
            "created_at": "2026-01-02T00:00:00Z",
            "on_hand": on_hand,
            "on_order": 0,
            "demand": 0,
            "allocated": 0,
            "in_transit": in_transit,
            "value": value,
            **columns,
        }
        db.execute_sql(
            f"INSERT INTO {self.name}_ledger_entry ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})",
            tuple(row.values()),
        )
        here, there = (item, location), (item, columns.get("to_location_id") or location)
        self.on_hand[here] = self.on_hand.get(here, Decimal(0)) + on_hand
        self.value[here] = self.value.get(here, Decimal(0)) + value
        self.in_transit[there] = self.in_transit.get(there, Decimal(0)) + in_transit
        to, line = columns.get("to_location_id"), columns.get("line_id")
        return OldEntry(str(row["id"]), item, location, event_type, quantity, value, to, line)
