"""What the lines of orders take, and what comes out besides: by the BOMs as they are when the line is written.

The line keeps it: for so many units exactly, in columns that are not shown, and for its whole quantity in six places. A
change of the quantity scales the exact one anew, so that nothing drifts; it is rounded once, however deep the BOM was.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from pharus.db import current, db
from pharus.errors import Conflict
from pharus.records import Records, Values
from plugins.bom import explosion
from plugins.bom.explosion import Rate
from plugins.manufacturing import rules
from plugins.manufacturing.order_kinds import OrderKind

# So many inputs the lines of one order take at most, and those of one import.
MOST_INPUTS = 20_000
MOST_INPUTS_OF_IMPORT = 100_000


class Line(NamedTuple):
    """The column values of a line, of its inputs and of its by-products."""

    item: Values
    inputs: Sequence[Values] = ()
    by_products: Sequence[Values] = ()


class Recipes:
    """The recipes of lines with these SKUs, as deep as the kind of order takes them: one statement. Conflict when the
    lines take too many inputs: each is a row, and an entry in the ledger."""

    def __init__(self, kind: OrderKind, sku_ids: Sequence[str], *, of_import: bool = False) -> None:
        explode = explosion.raw_materials if kind.from_raw_materials else explosion.one_level
        self._found = explode(sku_ids)
        most = MOST_INPUTS_OF_IMPORT if of_import else MOST_INPUTS
        if sum(len(self._found.recipes.get(id, ())) for id in sku_ids) > most:
            raise Conflict(f"the lines take more than {most} inputs: write fewer of them at once")

    def line(self, item: Values) -> Line:
        """The line with its inputs and by-products. Conflict when the SKU, or one it is made of, has no BOM, and when a
        quantity grows too large."""
        sku_id, quantity = item["sku_id"], item["quantity"]
        recipe = self._found.recipes.get(sku_id)
        if recipe is None:
            missing = self._found.missing[sku_id]
            made_of = "" if missing == sku_id else f" is made of the sku {missing}, which"
            raise Conflict(f"the sku {sku_id}{made_of} has no BOM")
        batch = self._found.batches.get(sku_id)
        by_products = self._found.by_products.get(sku_id, ())
        return Line(
            item
            if batch is None
            else {
                **item,
                "batch_size": batch.size,
                "yield_percent": batch.yield_percent,
                "by_product_count": len(by_products),
            },
            [
                {
                    # A kind that takes raw materials only has no column for SKUs.
                    **({} if taken.sku_id is None else {"input_sku_id": taken.sku_id}),
                    "material_id": taken.material_id,
                    **_quantities(rate, quantity),
                }
                for taken, rate in recipe.items()
            ],
            [
                {
                    "sku_id": each.sku_id,
                    "cost_share_percent": each.cost_share_percent,
                    **_quantities(each.rate, quantity),
                }
                for each in by_products
            ],
        )


def rescale(kind: OrderKind, item: Values) -> None:
    """Make the line's inputs and by-products those of another quantity, as `rules.scaled` does. Conflict when one grows
    too large."""
    _rescale(kind.inputs, item["id"], item["quantity"])
    if item["byProductCount"]:
        _rescale(kind.by_products, item["id"], item["quantity"])


def _rescale(records: Records[Any], item_id: str, quantity: int) -> None:
    # Half-up: the whole part of twice as much and a half of the last place.
    db.execute_sql(
        f"""
        UPDATE {records.table}
        SET quantity = greatest(div(per_unit * %s * 2000000 + for_units, for_units * 2) * 0.000001, 0.000001)
        WHERE org_id = %s AND item_id = %s
        """,
        (quantity, current().org_id, item_id),
    )


def _quantities(rate: Rate, quantity: int) -> Values:
    scaled = rules.scaled(rate.quantity, quantity, rate.units)
    return {"per_unit": rate.quantity, "for_units": Decimal(rate.units), "quantity": scaled}
