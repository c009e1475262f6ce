"""What `pharus check` finds wrong with sales orders: lines whose ledger entries differ from what the status and the
shipments of their order commit, also those that are gone; counts of lines that are not what was shipped and came back
of them; and returns that brought another cost than that with which the goods left.

Each organization is checked on its own, as a request of it would see it.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pharus.db import db, unit_of_work
from pharus.fields import canonical
from pharus.identity import Actor, Role
from plugins.inventory import integrity
from plugins.platform import organizations
from plugins.sales_orders import commitments, rules

_SOURCE_TYPES = (rules.SOURCE_TYPE, rules.SHIPMENT_SOURCE_TYPE, rules.RETURN_SOURCE_TYPE)

# Of the lines, by what they count: the table with the parts.
_COUNTED = {"shipped_quantity": "sales_order_shipment_item", "returned_quantity": "sales_order_return_item"}
_MISCOUNTED = """
SELECT so_number, line.id, line.{column}, coalesce(part.quantity, 0)
FROM sales_order_item AS line
JOIN sales_order AS placed ON placed.org_id = line.org_id AND placed.id = line.sales_order_id
LEFT JOIN (
    SELECT so_item_id, sum(quantity) AS quantity FROM {parts} WHERE org_id = %s GROUP BY so_item_id
) AS part ON part.so_item_id = line.id
WHERE line.org_id = %s AND line.{column} <> coalesce(part.quantity, 0) ORDER BY line.id
"""

# Of each line of a shipment, what it took and what came back of it, by the ledger.
_RETURNED = """
WITH taken AS (
    SELECT source_id, max(ref) AS ref, sum(-on_hand) AS quantity, sum(-value) AS value
    FROM finished_goods_ledger_entry
    WHERE org_id = %s AND source_type IN ('so_item', 'so_shipment') AND event_type IN ('CONSUME', 'REVERSE_CONSUME')
    GROUP BY source_id
), returned AS (
    SELECT came.shipment_item_id, came.quantity, sum(entry.added_value) AS value, count(entry.id) = 1
        AND max(entry.quantity) = came.quantity AS is_written
    FROM sales_order_return_item AS came
    LEFT JOIN finished_goods_ledger_entry AS entry ON entry.org_id = came.org_id AND entry.source_id = came.id
        AND (entry.event_type = CASE WHEN came.written_off THEN 'WRITE_OFF' ELSE 'RECEIVE' END
            OR entry.reverses_id IS NOT NULL)
    WHERE came.org_id = %s GROUP BY came.org_id, came.id, came.shipment_item_id, came.quantity
), back AS (
    SELECT shipment_item_id, sum(quantity) AS quantity, sum(value) AS value, bool_and(is_written) AS is_written
    FROM returned GROUP BY shipment_item_id
)
SELECT coalesce(ref, 'no order'), shipment_item_id, back.quantity, coalesce(back.value, 0),
    coalesce(taken.quantity, 0), coalesce(taken.value, 0)
FROM back LEFT JOIN taken ON source_id = shipment_item_id
WHERE source_id IS NULL OR NOT is_written OR back.quantity > taken.quantity
    OR (back.quantity = taken.quantity AND back.value <> taken.value)
    OR abs(back.value * taken.quantity - taken.value * back.quantity) > 0.000001 * taken.quantity
ORDER BY shipment_item_id
"""


def find() -> list[str]:
    """One sentence for each difference, in all organizations."""
    return organizations.discrepancies(of_organization)


def of_organization(org_id: str) -> list[str]:
    return [*integrity.of_orders(org_id, commitments.all_commitments, *_SOURCE_TYPES), *_of_parts(org_id)]


def _of_parts(org_id: str) -> Iterator[str]:
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        counts = {
            column: db.rows(_MISCOUNTED.format(column=column, parts=parts), (org_id, org_id))
            for column, parts in _COUNTED.items()
        }
        returned = db.rows(_RETURNED, (org_id, org_id))
    for column, rows in counts.items():
        for number, id, counted, summed in rows:
            yield f"{number} has {counted} for the {column} of the line {id}, its parts add up to {summed}"
    for number, id, quantity, value, taken, cost in _shown(returned):
        yield f"{number}: the line {id} of a shipment took {taken} for {cost}, returns brought {quantity} for {value}"


def _shown(rows: Iterable[Sequence[object]]) -> Iterator[list[object]]:
    for row in rows:
        yield [canonical(value) if isinstance(value, Decimal) else value for value in row]
