"""What is wrong with the rows of an import beyond their form, and which of them lack stock."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pharus import bulk, own_numbers
from pharus.bulk import RowError
from pharus.records import Records
from plugins.inventory import historic_orders, order_rules
from plugins.inventory.ledgers import FINISHED_GOODS
from plugins.inventory.postings import Key
from plugins.inventory.reconciliation import initial_postings
from plugins.inventory.simulation import Simulation
from plugins.products.records import skus
from plugins.sales_orders import rules
from plugins.sales_orders.drafts import Draft
from plugins.sales_orders.records import items, orders
from plugins.sales_orders.schemas import SalesOrderImport
from plugins.sales_orders.statuses import HISTORY
from plugins.units.lines import orders_in_stock_units


def lines(rows: Sequence[SalesOrderImport]) -> tuple[list[list[dict[str, Any]]], list[RowError]]:
    """The lines of each row as column values in stock units, and the errors of those that cannot be said in them."""
    said = [[items.values_of(item) for item in row["items"]] for row in rows]
    return orders_in_stock_units(said, price="unit_price", whole=True)


def row_errors(
    rows: Sequence[SalesOrderImport],
    drafts: Sequence[Draft],
    references: Mapping[str, Records[Any]],
    *,
    before: Sequence[RowError],
    stores: bool,
    mode: str,
) -> list[RowError]:
    """Everything that can be said of each row without the others, and values that must be unique. Where the import
    `stores` something, nobody else is given the numbers of its rows from now on."""
    values = [draft.order for draft in drafts]
    found = [*before, *HISTORY.row_errors(rows)]
    found += bulk.duplicates(orders, values, "qbo_id")
    of_history = historic_orders.historic(rows)
    for column, records in references.items():
        found += bulk.unknown_references(orders, values, column, records, of_history)
    positions = [(row, position) for row, draft in enumerate(drafts) for position in range(len(draft.items))]
    lines = [item for draft in drafts for item in draft.items]
    past = {number for number, (row, _) in enumerate(positions) if row in of_history}
    found += bulk.in_lines(bulk.unknown_references(items, lines, "sku_id", skus, past), positions)
    for index, (row, draft) in enumerate(zip(rows, drafts, strict=True)):
        found += bulk.wrong_by_itself(index, order_rules.repeated_skus(row["items"]))
        if refused := rules.missing_location(draft.effective_status, draft.location_id, is_history=draft.is_history):
            found.append(RowError(index, "/fulfillmentLocationId", refused))
        if refused := rules.too_large(draft.order["broker_fees"]):
            found.append(RowError(index, "/brokerFees", refused))
    bad = {error.row for error in found}
    return found + own_numbers.row_errors(orders, "soNumber", "SO", values, bad=bad, mode=mode, stores=stores)


def stock_check(drafts: Sequence[Draft]) -> Callable[[int], list[RowError]]:
    """Asked of one row after the other: does it lack stock, after what those before it took? The balances are locked
    when the first is asked, and stay so."""
    simulations: list[Simulation] = []

    def check(row: int) -> list[RowError]:
        if not simulations:
            simulations.append(Simulation(FINISHED_GOODS, _keys(drafts)))
        draft = drafts[row]
        refused = simulations[0].refusal(initial_postings(draft.commitments()))
        if refused is None:
            return []
        position = [item["sku_id"] for item in draft.items].index(refused.details["itemId"])
        return [RowError(row, f"/items/{position}/quantity", refused)]

    return check


def _keys(drafts: Sequence[Draft]) -> set[Key]:
    return {
        Key(item["sku_id"], draft.location_id)
        for draft in drafts
        if draft.location_id is not None and not draft.is_history
        for item in draft.items
    }
