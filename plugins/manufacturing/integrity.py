"""What `pharus check` finds wrong with orders: lines and inputs whose ledger entries differ from what the status
commits, goods that were produced without a receipt, and what lines that are gone have left behind.

Each organization is checked on its own, as a request of it would see it. It is one statement for each kind of order and
ledger.
"""

from collections.abc import Iterator
from decimal import Decimal

from pharus.db import db, unit_of_work
from pharus.fields import canonical
from pharus.identity import Actor, Role
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.inventory.order_statuses import Commits
from plugins.manufacturing import rules
from plugins.manufacturing.order_kinds import KINDS, OrderKind
from plugins.manufacturing.statuses import LIFECYCLE
from plugins.platform import organizations

_AMOUNTS = ("on_order", "demand", "allocated", "on_hand")

# `done` is what was received of an output; what was consumed of an input, only the ledger knows.
_OUTPUTS = """
SELECT item.id, item.sku_id, location_id, number, status, item.quantity, (
    SELECT coalesce(sum(made.quantity), 0) FROM {receipt_items} AS made
    WHERE made.org_id = item.org_id AND made.order_id = item.order_id AND made.sku_id = item.sku_id
)
FROM {items} AS item JOIN {orders} AS placed ON placed.org_id = item.org_id AND placed.id = item.order_id
"""
_INPUTS = """
SELECT taken.id, taken.{column}, location_id, number, status, taken.quantity, NULL::numeric
FROM {inputs} AS taken
JOIN {items} AS item ON item.org_id = taken.org_id AND item.id = taken.item_id
JOIN {orders} AS placed ON placed.org_id = item.org_id AND placed.id = item.order_id
WHERE taken.{column} IS NOT NULL
"""
_COMPARED = """
WITH line (line_id, item_id, location_id, number, status, quantity, done) AS ({lines}),
balance AS (
    SELECT line_id, item_id, location_id, min(ref) AS ref, sum(on_order) AS on_order, sum(demand) AS demand,
        sum(allocated) AS allocated, sum(on_hand) AS on_hand
    FROM {entries} WHERE source_type = ANY(%s) GROUP BY line_id, item_id, location_id
),
compared AS (
    SELECT coalesce(number, ref) AS number, line_id, status, done,
        greatest(quantity - coalesce(done, -on_hand, 0), 0) AS left_over,
        coalesce(on_order, 0) AS on_order, coalesce(demand, 0) AS demand, coalesce(allocated, 0) AS allocated,
        -- An input may have been consumed; an output lies there as received; a line that is gone has left nothing.
        CASE WHEN number IS NOT NULL AND done IS NULL THEN 0 ELSE coalesce(on_hand, 0) END AS on_hand
    FROM line FULL JOIN balance USING (line_id, item_id, location_id)
),
expected AS (
    SELECT *,
        CASE WHEN done IS NOT NULL AND status = ANY(%s) THEN left_over ELSE 0 END AS expected_on_order,
        CASE WHEN done IS NULL AND status = ANY(%s) THEN left_over ELSE 0 END AS expected_demand,
        CASE WHEN done IS NULL AND status = ANY(%s) THEN left_over ELSE 0 END AS expected_allocated,
        coalesce(done, 0) AS expected_on_hand
    FROM compared
)
SELECT number, line_id, on_order, demand, allocated, on_hand,
    expected_on_order, expected_demand, expected_allocated, expected_on_hand
FROM expected
WHERE (on_order, demand, allocated, on_hand)
    <> (expected_on_order, expected_demand, expected_allocated, expected_on_hand)
ORDER BY number, line_id
"""


def find() -> list[str]:
    """One sentence for each difference, in all organizations."""
    return organizations.discrepancies(of_organization)


def of_organization(org_id: str) -> list[str]:
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        return [discrepancy for kind in KINDS for ledger in LEDGERS for discrepancy in _compared(kind, ledger)]


def _compared(kind: OrderKind, ledger: Ledger) -> Iterator[str]:
    rows = db.execute_sql(
        _COMPARED.format(lines=" UNION ALL ".join(_lines(kind, ledger)), entries=ledger.entries),
        (
            [f"{kind.source}_{part}" for part in ("item", "input", "receipt")],
            LIFECYCLE.where(lambda status: status.lines is Commits.ON_ORDER),
            LIFECYCLE.where(lambda status: status.inputs is Commits.DEMAND),
            LIFECYCLE.where(lambda status: status.inputs is Commits.ALLOCATED),
        ),
    )
    for number, line_id, *amounts in rows:
        for name, is_, should in zip(_AMOUNTS, amounts[:4], amounts[4:], strict=True):
            if is_ != should:
                found = f"{name} of the line {line_id} is {_shown(is_)}"
                yield f"{number}: {ledger.name.replace('_', ' ')}: {found}, its status commits {_shown(should)}"


def _lines(kind: OrderKind, ledger: Ledger) -> Iterator[str]:
    """What may hold something in the ledger."""
    tables = {
        "orders": kind.orders.table,
        "items": kind.items.table,
        "inputs": kind.inputs.table,
        "receipt_items": kind.receipt_items.table,
    }
    if ledger is rules.OUTPUTS:
        yield _OUTPUTS.format(**tables)
    if ledger is not rules.OUTPUTS:
        yield _INPUTS.format(**tables, column="material_id")
    elif not kind.from_raw_materials:
        yield _INPUTS.format(**tables, column="input_sku_id")


def _shown(amount: Decimal) -> str:
    return canonical(Decimal(amount))
