"""Entries of a ledger as the engine needs them again: to reverse them, to see what a line holds."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pharus.db import current, db
from pharus.rowsets import array
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import ZERO, Amounts, Posted, Posting
from plugins.inventory.running_index import RunningIndex

# The columns of an entry's effect.
AMOUNTS = ("on_hand", "on_order", "demand", "allocated", "in_transit", "value")


def read(ledger: Ledger, condition: str, parameters: Sequence[Any]) -> list[Posted]:
    """The entries of the organization that meet the condition, oldest first, with how much of each was reversed and
    by how much its cost was corrected.

    That is counted among the same entries: the condition must be one that an entry, its reversals and its corrections
    meet together, as those of a line or a source do.

    Codes are given while the balances are locked, so their order is the order in which a balance changed."""
    rows = db.prepared(
        f"""
        SELECT id, item_id, location_id, event_type, quantity, unit_cost, ref, to_location_id, event_date,
            source_type, source_id, line_id, {", ".join(AMOUNTS)}, variance, reverses_id, corrects_id, added_value,
            index_mantissa, index_exponent
        FROM {ledger.entries} WHERE org_id = %s AND {condition} ORDER BY length(code), code
        """,
        (current().org_id, *(array(value) if isinstance(value, list) else value for value in parameters)),
    )
    undone: dict[str, Decimal] = {}
    corrected: dict[str, Decimal] = {}
    for row in rows:
        variance, reverses_id, corrects_id = row[18:21]
        if reverses_id is not None:
            undone[reverses_id] = undone.get(reverses_id, ZERO) + row[4]
        if corrects_id is not None:
            corrected[corrects_id] = corrected.get(corrects_id, ZERO) + row[17] - variance
    found: dict[str, Posted] = {}
    for row in rows:
        found[row[0]] = _posted(row, undone.get(row[0], ZERO), corrected.get(row[0], ZERO), found)
    return list(found.values())


def _posted(row: Sequence[Any], undone: Decimal, corrected: Decimal, before: Mapping[str, Posted]) -> Posted:
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
            added_value=row[21],
            corrects=before.get(row[20]),
        ),
        effect=Amounts(*row[12:18]),
        variance=row[18],
        index=None if row[22] is None else RunningIndex(row[22], row[23]),
        reversed=undone,
        corrected=corrected,
    )
