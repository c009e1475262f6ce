"""What a purchase order writes into the ledger of materials: balances under a lock, then all in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import uuid_utils

from bench.peers.floor.transactions import Caller, take_numbers

_LOCK = """
SELECT item_id FROM materials_balance
WHERE org_id = %s AND location_id = %s AND item_id = ANY(%s::uuid[]) ORDER BY item_id FOR UPDATE"""
_OPEN = """
INSERT INTO materials_balance (org_id, item_id, location_id) SELECT %s, unnest(%s::uuid[]), %s ON CONFLICT DO NOTHING"""

_CHANGE = """
UPDATE materials_balance AS balance
SET on_hand = balance.on_hand + written.on_hand, on_order = balance.on_order + written.on_order,
    value = balance.value + written.value
FROM (VALUES {rows}) AS written (item_id, on_hand, on_order, value)
WHERE balance.org_id = %s AND balance.location_id = %s AND balance.item_id = written.item_id;
"""
_ENTRIES = """
INSERT INTO materials_ledger_entry (org_id, id, code, item_id, location_id, event_type, quantity, unit_cost, ref,
    notes, event_date, source_type, source_id, line_id, on_hand, on_order, demand, allocated, in_transit, value,
    created_at)
VALUES {rows};
"""
_ENTRY = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0, 0, 0, %s, %s)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger. A line's material is bought once, so that each row has a balance of its own."""

    item_id: str
    event_type: str
    quantity: Decimal
    unit_cost: Decimal | None
    source_type: str
    source_id: str
    line_id: str
    on_hand: Decimal = Decimal(0)
    on_order: Decimal = Decimal(0)
    value: Decimal = Decimal(0)


def lock(cursor: Any, caller: Caller, location_id: str, items: Sequence[str]) -> None:
    ids = sorted(set(items))
    cursor.execute(_LOCK, (caller.org_id, location_id, ids))
    if cursor.rowcount < len(ids):
        cursor.execute(_OPEN, (caller.org_id, ids, location_id))
        cursor.execute(_LOCK, (caller.org_id, location_id, ids))


def statements(
    cursor: Any, caller: Caller, location_id: str, ref: str, notes: str | None, entries: Sequence[Entry]
) -> bytes:
    """The SQL that writes the entries and changes the locked balances."""
    org_id, now = caller.org_id, caller.now
    codes = take_numbers(org_id, "MIL", 0, len(entries))
    changes = b", ".join(
        cursor.mogrify("(%s::uuid, %s, %s, %s)", (entry.item_id, entry.on_hand, entry.on_order, entry.value))
        for entry in entries
    )
    rows = b", ".join(
        cursor.mogrify(
            _ENTRY,
            (
                *(org_id, str(uuid_utils.uuid7()), f"MIL-{code:06d}", entry.item_id, location_id, entry.event_type),
                *(entry.quantity, entry.unit_cost, ref, notes, now, entry.source_type, entry.source_id),
                *(entry.line_id, entry.on_hand, entry.on_order, entry.value, now),
            ),
        )
        for code, entry in zip(codes, entries, strict=True)
    )
    changed = cursor.mogrify(_CHANGE.replace("{rows}", "{}"), (org_id, location_id)).replace(b"{}", changes, 1)
    return changed + _ENTRIES.encode().replace(b"{rows}", rows)  # type: ignore[no-any-return]
