"""What is wrong with the rows of an import beyond their form, and which of them hold more than can be kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pharus import bulk, own_numbers
from pharus.bulk import RowError
from pharus.fields import new_id
from pharus.records import Records, Values
from plugins.inventory import historic_orders
from plugins.inventory.postings import Key
from plugins.inventory.reconciliation import Commitment, initial_postings
from plugins.inventory.simulation import Simulation
from plugins.purchase_orders import rules
from plugins.purchase_orders.records import items, orders
from plugins.purchase_orders.schemas import PurchaseOrderImport
from plugins.purchase_orders.statuses import HISTORY
from plugins.units.lines import orders_in_stock_units

# The columns of an order, and those of its lines.
Draft = tuple[Values, Sequence[Values]]


def drafts(
    rows: Sequence[PurchaseOrderImport],
) -> tuple[list[tuple[Values, list[dict[str, Any]]]], list[RowError]]:
    """The rows as column values in stock units, and the errors of lines that cannot be said in them."""
    said = [[items.values_of(item) for item in row["items"]] for row in rows]
    lines, refused = orders_in_stock_units(said, price="unit_cost")
    return list(zip(map(orders.values_of, rows), lines, strict=True)), refused


def row_errors(
    rows: Sequence[PurchaseOrderImport],
    drafts: Sequence[Draft],
    references: Mapping[str, Records[Any]],
    item_references: Mapping[str, Records[Any]],
    *,
    before: Sequence[RowError],
    stores: bool,
    mode: str,
) -> list[RowError]:
    """Everything that can be said of each row without the others, and numbers that are taken. Where the import `stores`
    something, nobody else is given the numbers of its rows from now on."""
    found = [*before, *HISTORY.row_errors(rows)]
    of_history = historic_orders.historic(rows)
    values = [order for order, _ in drafts]
    for column, records in references.items():
        found += bulk.unknown_references(orders, values, column, records, of_history)
    positions = [(row, position) for row, (_, of_row) in enumerate(drafts) for position in range(len(of_row))]
    lines = [line for _, of_row in drafts for line in of_row]
    past = {number for number, (row, _) in enumerate(positions) if row in of_history}
    for column, records in item_references.items():
        found += bulk.in_lines(bulk.unknown_references(items, lines, column, records, past), positions)
    for index, row in enumerate(rows):
        found += bulk.wrong_by_itself(index, rules.wrong_item_types(row["targetType"], row["items"]))
    bad = {error.row for error in found}
    return found + own_numbers.row_errors(orders, "poNumber", "PO", values, bad=bad, mode=mode, stores=stores)


def insert_history(drafts: Sequence[Draft], ids: Sequence[str]) -> list[str]:
    """Store orders of history with their lines, and return their ids."""
    return historic_orders.store(orders, items, "purchase_order_id", drafts, ids)


def overflow_check(drafts: Sequence[Draft]) -> Callable[[int], list[RowError]]:
    """Asked of one row after the other: would a balance grow larger than can be kept, after those before it? The
    balances are locked when the first is asked, and stay so."""
    simulations: dict[str, Simulation] = {}

    def check(row: int) -> list[RowError]:
        if not simulations:
            for target, ledger in rules.LEDGERS.items():
                simulations[target] = Simulation(ledger, _keys(drafts, target))
        order, lines = drafts[row]
        if order.get("is_history"):
            return []
        refused = simulations[order["target_type"]].refusal(initial_postings(_commitments(order, lines)))
        return [RowError(row, "/items", refused)] if refused is not None else []

    return check


def _commitments(order: Values, lines: Sequence[Values]) -> list[Commitment]:
    """What the lines will hold. They have no ids yet, and the order has no number: any will do."""
    return [
        rules.commitment_at(
            order["status"], order.get("ship_to_location_id"), "", new_id(), _item_id(line), line["quantity"]
        )
        for line in lines
    ]


def _keys(drafts: Sequence[Draft], target: str) -> set[Key]:
    return {
        Key(_item_id(line), order["ship_to_location_id"])
        for order, lines in drafts
        if order["target_type"] == target
        and order.get("ship_to_location_id") is not None
        and not order.get("is_history")
        for line in lines
    }


def _item_id(line: Values) -> str:
    id: str = line.get("material_id") or line["sku_id"]
    return id
