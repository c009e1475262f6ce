"""Entries of a ledger as the engine needs them again: to reverse them, to see what a line holds."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pharus.db import current, db
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import ZERO, Amounts, Posted, Posting

AMOUNTS = ("on_hand", "on_order", "demand", "allocated", "in_transit", "value")


def read(ledger: Ledger, condition: str, parameters: Sequence[Any]) -> list[Posted]:
    """The entries of the organization that meet the condition, oldest first, with how much of each was reversed.

    That is counted among the same entries: whoever asks for it names a condition that an entry and its reversals meet
    together, as those of a line or a source do.

    Codes are given while the balances are locked, so their order is the order in which a balance changed."""
    rows = db.rows(
        f"""
        SELECT id, item_id, location_id, event_type, quantity, unit_cost, ref, to_location_id, event_date,
            source_type, source_id, line_id, {", ".join(AMOUNTS)}, reverses_id
        FROM {ledger.entries} WHERE org_id = %s AND {condition} ORDER BY length(code), code
        """,
        (current().org_id, *parameters),
    )
    undone: dict[str, Decimal] = {}
    for row in rows:
        if row[18] is not None:
            undone[row[18]] = undone.get(row[18], ZERO) + row[4]
    return [_posted(row, undone.get(row[0], ZERO)) for row in rows]


def _posted(row: Sequence[Any], undone: Decimal) -> Posted:
    return Posted(
        id=row[0],
        posting=Posting(
            item_id=row[1],
            location_id=row[2],
            event_type=row[3],
            quantity=row[4],
            unit_cost=row[5],
            ref=row[6],
            to_location_id=row[7],
            event_date=row[8],
            source_type=row[9],
            source_id=row[10],
            line_id=row[11],
        ),
        effect=Amounts(*row[12:18]),
        reversed=undone,
    )
