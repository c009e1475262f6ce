"""What `pharus check` finds wrong with lots: everything is computed anew from what entries did to them."""

from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.platform import organizations


def find() -> list[str]:
    """One sentence for each difference, in all organizations."""
    return organizations.discrepancies(of_organization)


def of_organization(org_id: str) -> list[str]:
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        found = [sentence.format(*row) for sql, sentence in _OF_LOTS for row in db.execute_sql(sql)]
        for ledger in LEDGERS:
            found += [
                sentence.replace("$item", ledger.item).format(*row)
                for sql, sentence in _OF_LEDGERS
                for row in db.execute_sql(_named(sql, ledger))
            ]
        return found


def _named(sql: str, ledger: Ledger) -> str:
    return sql.replace("$entries", ledger.entries).replace("$balances", ledger.balances).replace("$item", ledger.item)


# What a lot has on its way is where a transfer leads.
_EFFECTS = """
    SELECT lot_id, location_id, on_hand, CASE WHEN to_location_id IS NULL THEN in_transit ELSE 0 END AS in_transit
    FROM lot_entry
    UNION ALL
    SELECT lot_id, to_location_id, 0, in_transit FROM lot_entry WHERE to_location_id IS NOT NULL
"""

_OF_LOTS = (
    (
        f"""
        SELECT lot.code, location_id, coalesce(kept.on_hand, 0), coalesce(kept.in_transit, 0),
            coalesce(expected.on_hand, 0), coalesce(expected.in_transit, 0)
        FROM lot_balance AS kept FULL JOIN (
            SELECT lot_id, location_id, sum(on_hand) AS on_hand, sum(in_transit) AS in_transit
            FROM ({_EFFECTS}) AS effect GROUP BY lot_id, location_id
        ) AS expected USING (lot_id, location_id)
        JOIN lot ON lot.id = lot_id
        WHERE (coalesce(kept.on_hand, 0), coalesce(kept.in_transit, 0))
            <> (coalesce(expected.on_hand, 0), coalesce(expected.in_transit, 0))
        ORDER BY lot.code, location_id
        """,
        "the lot {0} has {2} at {1} and {3} on its way there, its entries add up to {4} and {5}",
    ),
)

_OF_LEDGERS = (
    (
        """
        SELECT item_id, location_id, balance.on_hand, balance.in_transit, coalesce(of_lots.on_hand, 0),
            coalesce(of_lots.in_transit, 0)
        FROM $balances AS balance LEFT JOIN (
            SELECT item_id, location_id, sum(on_hand) AS on_hand, sum(in_transit) AS in_transit
            FROM lot_balance GROUP BY item_id, location_id
        ) AS of_lots USING (item_id, location_id)
        JOIN $item AS item ON item.id = item_id
        WHERE (coalesce(of_lots.on_hand, 0), coalesce(of_lots.in_transit, 0))
            <> CASE WHEN item.lot_tracking = 'none' THEN (0::numeric, 0::numeric)
                ELSE (balance.on_hand::numeric, balance.in_transit::numeric) END
        ORDER BY item_id, location_id
        """,
        "of the $item {0} at {1} there is {2}, {3} on its way, and {4}, {5} on its way in lots",
    ),
    (
        """
        SELECT item_id, location_id FROM $balances AS balance JOIN $item AS item ON item.id = item_id
        WHERE (item.lot_tracking = 'none') <> (in_lots IS NULL) ORDER BY item_id, location_id
        """,
        "the balance of the $item {0} at {1} does not know whether it is told apart by lots",
    ),
    (
        """
        SELECT entry.code, coalesce(sum(part.quantity), 0), coalesce(sum(part.on_hand), 0),
            coalesce(sum(part.in_transit), 0)
        FROM $entries AS entry JOIN $item AS item ON item.id = entry.item_id
        LEFT JOIN lot AS opening ON opening.item_id = entry.item_id AND opening.is_opening
        LEFT JOIN lot_entry AS part ON part.entry_id = entry.id AND part.event_type <> 'OPENING'
        WHERE item.lot_tracking <> 'none'
            AND (entry.on_hand <> 0 OR entry.in_transit <> 0 OR entry.event_type IN ('WRITE_OFF', 'REVERSE_WRITE_OFF'))
            AND (opening.id IS NULL OR entry.created_at > opening.created_at)
        GROUP BY entry.id, entry.code, entry.quantity, entry.on_hand, entry.in_transit
        HAVING (coalesce(sum(part.quantity), 0), coalesce(sum(part.on_hand), 0), coalesce(sum(part.in_transit), 0))
            <> (entry.quantity::numeric, entry.on_hand::numeric, entry.in_transit::numeric)
        ORDER BY entry.code
        """,
        "{0} moved {1} of lots, {2} on hand, {3} on its way: not what it says",
    ),
    (
        """
        SELECT entry.code, lot.code FROM lot_entry AS part
        JOIN $entries AS entry ON entry.id = part.entry_id JOIN lot ON lot.id = part.lot_id
        WHERE part.event_type <> 'OPENING' AND (
            lot.$item_id IS DISTINCT FROM entry.item_id OR part.location_id <> entry.location_id
            OR part.to_location_id IS DISTINCT FROM entry.to_location_id OR part.event_type <> entry.event_type
            OR part.source_id IS DISTINCT FROM entry.source_id OR part.ref IS DISTINCT FROM entry.ref
            OR part.event_date <> entry.event_date OR part.reverses_id IS DISTINCT FROM entry.reverses_id
        ) ORDER BY entry.code, lot.code
        """,
        "what {0} did to the lot {1} says something else of the event than the entry",
    ),
)
