"""What `pharus check` finds wrong with orders: lines, inputs and by-products whose ledger entries differ from what the
status commits, goods that were produced without a receipt, what lines that are gone have left behind, and by-products
that do not bear their part of the cost.

Each organization is checked on its own, as a request of it would see it. It is one statement for each kind of order and
ledger, and two for what receipts say beside the plan.
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

# `done` is what was received of an output or a by-product; what was consumed of an input, only the ledger knows.
_OUTPUTS = """
SELECT item.id, item.sku_id, location_id, number, status, item.quantity, (
    SELECT coalesce(sum(made.quantity), 0) FROM {receipt_items} AS made
    WHERE made.org_id = item.org_id AND made.order_id = item.order_id AND made.sku_id = item.sku_id
), 0::numeric
FROM {items} AS item JOIN {orders} AS placed ON placed.org_id = item.org_id AND placed.id = item.order_id
"""
_BY_PRODUCTS = """
SELECT besides.id, besides.sku_id, location_id, number, status, besides.quantity, (
    SELECT coalesce(sum(came.quantity), 0) FROM {receipt_by_products} AS came
    WHERE came.org_id = besides.org_id AND came.by_product_id = besides.id
), besides.quantity_variance
FROM {by_products} AS besides
JOIN {items} AS item ON item.org_id = besides.org_id AND item.id = besides.item_id
JOIN {orders} AS placed ON placed.org_id = item.org_id AND placed.id = item.order_id
"""
_INPUTS = """
SELECT taken.id, taken.{column}, location_id, number, status, taken.quantity, NULL::numeric, taken.quantity_variance
FROM {inputs} AS taken
JOIN {items} AS item ON item.org_id = taken.org_id AND item.id = taken.item_id
JOIN {orders} AS placed ON placed.org_id = item.org_id AND placed.id = item.order_id
WHERE taken.{column} IS NOT NULL
"""
_COMPARED = """
WITH line (line_id, item_id, location_id, number, status, quantity, done, variance) AS ({lines}),
balance AS (
    SELECT line_id, item_id, location_id, min(ref) AS ref, sum(on_order) AS on_order, sum(demand) AS demand,
        sum(allocated) AS allocated, sum(on_hand) AS on_hand
    FROM {entries} WHERE source_type = ANY(%s) GROUP BY line_id, item_id, location_id
),
compared AS (
    SELECT coalesce(number, ref) AS number, line_id, status, done,
        greatest(quantity - coalesce(done, -on_hand, 0) + coalesce(variance, 0), 0) AS left_over,
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
# What receipts say of inputs and by-products beside the plan, held against what these keep of it.
_VARIED = """
WITH part AS (
    SELECT org_id, id, item_id, quantity_variance FROM {inputs}
    UNION ALL SELECT org_id, id, item_id, quantity_variance FROM {by_products}
), said AS (
    SELECT input_id AS id, used + scrapped - planned AS variance FROM {receipt_usages}
    UNION ALL SELECT by_product_id, quantity - planned FROM {receipt_by_products}
)
SELECT number, part.id, quantity_variance, coalesce(total, 0) FROM part
LEFT JOIN (SELECT id, sum(variance) AS total FROM said GROUP BY id) AS receipts ON receipts.id = part.id
JOIN {items} AS item ON item.org_id = part.org_id AND item.id = part.item_id
JOIN {orders} AS placed ON placed.org_id = item.org_id AND placed.id = item.order_id
WHERE quantity_variance <> coalesce(total, 0) ORDER BY number, part.id
"""
# The value of all that an item of a receipt made, with what each by-product bears of it. What is left after the last
# digit is the output's, so that of several that bear all of it the last may bear a bit less.
_SHARED = f"""
WITH made AS (SELECT source_id, value FROM {rules.OUTPUTS.entries} WHERE event_type = 'PRODUCE'),
came AS (
    SELECT came.id, came.receipt_item_id, besides.item_id, cost_share_percent, coalesce(value, 0) AS value
    FROM {{receipt_by_products}} AS came
    JOIN {{by_products}} AS besides ON besides.org_id = came.org_id AND besides.id = came.by_product_id
    LEFT JOIN made ON made.source_id = came.id
    WHERE came.quantity > 0
),
parted AS (
    SELECT came.*, round(cost_share_percent / 100 * (
        sum(value) OVER (PARTITION BY receipt_item_id) + (SELECT value FROM made WHERE source_id = receipt_item_id)
    ), 12) AS part
    FROM came
)
SELECT number, parted.id, value, part FROM parted
JOIN {{items}} AS item ON item.id = parted.item_id
JOIN {{orders}} AS placed ON placed.org_id = item.org_id AND placed.id = item.order_id
WHERE part IS NULL OR abs(value - part) > 0.0000000001 ORDER BY number, parted.id
"""


def find() -> list[str]:
    """One sentence for each difference, in all organizations."""
    return organizations.discrepancies(of_organization)


def of_organization(org_id: str) -> list[str]:
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        compared = [discrepancy for kind in KINDS for ledger in LEDGERS for discrepancy in _compared(kind, ledger)]
        return compared + [discrepancy for kind in KINDS for discrepancy in _beside_the_plan(kind)]


def _compared(kind: OrderKind, ledger: Ledger) -> Iterator[str]:
    rows = db.execute_sql(
        _COMPARED.format(lines=" UNION ALL ".join(_lines(kind, ledger)), entries=ledger.entries),
        (
            [f"{kind.source}_{part}" for part in ("item", "input", "by_product", "receipt")],
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


def _beside_the_plan(kind: OrderKind) -> Iterator[str]:
    tables = _tables(kind)
    for number, id, is_, should in db.rows(_VARIED.format(**tables)):
        yield f"{number}: beside the plan {_shown(is_)} of {id} was taken or made, receipts say {_shown(should)}"
    for number, id, is_, part in db.rows(_SHARED.format(**tables)):
        should = "not known" if part is None else _shown(part)
        yield f"{number}: the by-product {id} of a receipt bears {_shown(is_)}, its part of the cost is {should}"


def _tables(kind: OrderKind) -> dict[str, str]:
    return {
        "orders": kind.orders.table,
        "items": kind.items.table,
        "inputs": kind.inputs.table,
        "by_products": kind.by_products.table,
        "receipt_items": kind.receipt_items.table,
        "receipt_usages": kind.receipt_usages.table,
        "receipt_by_products": kind.receipt_by_products.table,
    }


def _lines(kind: OrderKind, ledger: Ledger) -> Iterator[str]:
    """What may hold something in the ledger."""
    tables = _tables(kind)
    if ledger is rules.OUTPUTS:
        yield _OUTPUTS.format(**tables)
        yield _BY_PRODUCTS.format(**tables)
    if ledger is not rules.OUTPUTS:
        yield _INPUTS.format(**tables, column="material_id")
    elif not kind.from_raw_materials:
        yield _INPUTS.format(**tables, column="input_sku_id")


def _shown(amount: Decimal) -> str:
    return canonical(Decimal(amount))
