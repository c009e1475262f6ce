"""What the lines of orders take: the recipe of a SKU by the BOMs as they are when the line is written.

The line keeps it: for one unit exactly, in a column that is not shown, and for its whole quantity in six places. A
change of the quantity scales the exact one anew, so that nothing drifts; it is rounded once, however deep the BOM was.
"""

from collections.abc import Sequence

from pharus.db import current, db
from pharus.errors import Conflict
from pharus.records import Values
from plugins.bom import explosion
from plugins.manufacturing import rules
from plugins.manufacturing.order_kinds import OrderKind

# So many inputs the lines of one order take at most, and those of one import.
MOST_INPUTS = 20_000
MOST_INPUTS_OF_IMPORT = 100_000


class Recipes:
    """The recipes of lines with these SKUs, as deep as the kind of order takes them: one statement. Conflict when the
    lines take too many inputs: each is a row, and an entry in the ledger."""

    def __init__(self, kind: OrderKind, sku_ids: Sequence[str], *, of_import: bool = False) -> None:
        explode = explosion.raw_materials if kind.from_raw_materials else explosion.one_level
        self._found = explode(sku_ids)
        most = MOST_INPUTS_OF_IMPORT if of_import else MOST_INPUTS
        if sum(len(self._found.recipes.get(id, ())) for id in sku_ids) > most:
            raise Conflict(f"the lines take more than {most} inputs: write fewer of them at once")

    def inputs(self, item: Values) -> list[Values]:
        """The inputs of a line, as column values. Conflict when the SKU, or one it is made of, has no BOM, and when a
        quantity grows too large."""
        sku_id, quantity = item["sku_id"], item["quantity"]
        recipe = self._found.recipes.get(sku_id)
        if recipe is None:
            missing = self._found.missing[sku_id]
            made_of = "" if missing == sku_id else f" is made of the sku {missing}, which"
            raise Conflict(f"the sku {sku_id}{made_of} has no BOM")
        return [
            {
                # A kind that takes raw materials only has no column for SKUs.
                **({} if taken.sku_id is None else {"input_sku_id": taken.sku_id}),
                "material_id": taken.material_id,
                "per_unit": per_unit,
                "quantity": rules.scaled(per_unit, quantity),
            }
            for taken, per_unit in recipe.items()
        ]


def rescale(kind: OrderKind, item_id: str, quantity: int) -> None:
    """Make the line's inputs those of another quantity, as `rules.scaled` does. Conflict when one grows too large."""
    db.execute_sql(
        f"""
        UPDATE {kind.inputs.table} SET quantity = greatest(round(per_unit * %s, 6), 0.000001)
        WHERE org_id = %s AND item_id = %s
        """,
        (quantity, current().org_id, item_id),
    )
