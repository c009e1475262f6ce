"""Bulk imports of orders of either kind: thousands of them with as many statements as a few."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from pharus import bulk, own_numbers
from pharus.bulk import RowError
from pharus.errors import Conflict
from pharus.fields import TOO_LARGE
from pharus.records import Values
from pharus.schemas import BulkImportResult
from plugins.inventory import engine, historic_orders, order_rules
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.inventory.postings import ZERO, Amounts, Balance, Key
from plugins.locations.records import locations
from plugins.manufacturing import orders, rules
from plugins.manufacturing.commitments import OrderSnapshot
from plugins.manufacturing.order_kinds import OrderKind
from plugins.manufacturing.orders import New
from plugins.manufacturing.recipes import Line, Recipes
from plugins.products.records import skus
from plugins.units.lines import orders_in_stock_units


def bulk_import(kind: OrderKind, rows: Sequence[Mapping[str, Any]], *, mode: str, dry_run: bool) -> BulkImportResult:
    of_history = historic_orders.historic(rows)
    values = [kind.orders.values_of(rules.without_alias(row)) for row in rows]
    said = [[kind.items.values_of(item) for item in row["items"]] for row in rows]
    of_rows, unsaid = orders_in_stock_units(said, whole=True)
    items = [item for lines in of_rows for item in lines]
    positions = [(index, position) for index, row in enumerate(rows) for position in range(len(row["items"]))]
    row_errors = kind.history.row_errors(rows)
    row_errors += bulk.unknown_references(kind.orders, values, "location_id", locations, of_history)
    for index, row in enumerate(rows):
        row_errors += bulk.wrong_by_itself(index, order_rules.repeated_skus(row["items"]))
    lines, refused = _lines(kind, items, {at for at, (row, _) in enumerate(positions) if row in of_history})
    row_errors += [*unsaid, *bulk.in_lines(refused, positions)]
    new: list[tuple[Values, list[Line]]] = [(order, []) for order in values]
    for (index, _), line in zip(positions, lines, strict=True):
        new[index][1].append(line)

    bad = {error.row for error in row_errors}
    row_errors += own_numbers.row_errors(
        kind.orders, kind.number_key, kind.prefix, values, bad=bad, mode=mode, stores=not dry_run
    )

    def present(good: Sequence[int]) -> list[str]:
        return [snapshot.order["id"] for snapshot in orders.store(kind, [new[index] for index in good])]

    def past(good: Sequence[int]) -> list[str]:
        ids = kind.history.ids([rows[index] for index in good])
        return orders.store_history(kind, [(new[at][0], [line.item for line in new[at][1]]) for at in good], ids)

    result: BulkImportResult = bulk.import_rows(
        len(rows),
        lambda good: historic_orders.insert(good, of_history, present, past),
        mode=mode,
        dry_run=dry_run,
        row_errors=row_errors,
        check=_overflow_check([_draft(kind, each) for each in new]),
    )
    historic_orders.note(result, of_history)
    return result


def _lines(kind: OrderKind, items: Sequence[Values], of_history: Collection[int]) -> tuple[list[Line], list[RowError]]:
    """The lines with what they take, and those that are refused by their index; these take nothing, nor do those of
    orders of history."""
    refused = bulk.unknown_references(kind.items, items, "sku_id", skus, of_history)
    unknown = {error.row for error in refused}
    recipes = Recipes(kind, [item["sku_id"] for at, item in enumerate(items) if at not in of_history], of_import=True)
    lines: list[Line] = []
    for index, item in enumerate(items):
        line = Line(item)
        try:
            line = recipes.line(item) if index not in unknown and index not in of_history else line
        except Conflict as error:
            refused.append(RowError(index, "/skuId", error))
        lines.append(line)
    return lines, refused


def _draft(kind: OrderKind, new: New) -> OrderSnapshot:
    """An order that is not stored yet, as far as it matters for what it will hold."""
    order, lines = new
    return OrderSnapshot(
        kind,
        {"status": order["status"], kind.location_key: order["location_id"], kind.number_key: ""},
        [{"id": "", "skuId": line.item["sku_id"], "quantity": line.item["quantity"]} for line in lines],
        [
            {
                "id": "",
                "materialId": taken["material_id"],
                "inputSkuId": taken.get("input_sku_id"),
                "quantity": taken["quantity"],
                "quantityVariance": ZERO,
            }
            for line in lines
            for taken in line.inputs
        ],
        [
            {
                "id": "",
                "byProductSkuId": each["sku_id"],
                "quantity": each["quantity"],
                "quantityVariance": ZERO,
            }
            for line in lines
            for each in line.by_products
        ],
    )


def _overflow_check(drafts: Sequence[OrderSnapshot]) -> Callable[[int], list[RowError]]:
    """Asked of one row after the other: would a balance grow larger than can be kept by what the order holds, after
    those before it? The balances are locked when the first is asked, and stay so."""
    balances: dict[tuple[Ledger, Key], Balance] = {}

    def check(row: int) -> list[RowError]:
        if not balances:
            for ledger in LEDGERS:
                keys = {key for draft in drafts for key, _ in _amounts_of(draft, ledger)}
                found = engine.lock_existing(ledger, keys)
                balances.update({(ledger, key): found.get(key, Balance()) for key in keys})
        after: dict[tuple[Ledger, Key], Balance] = {}
        for ledger in LEDGERS:
            for key, amounts in _amounts_of(drafts[row], ledger):
                place = (ledger, key)
                after[place] = after.get(place, balances[place]).after(amounts)
        for (_, key), balance in after.items():
            if max(balance.on_order, balance.demand, balance.allocated) >= TOO_LARGE:
                details = {"itemId": key.item_id, "locationId": key.location_id}
                return [
                    RowError(row, "/items", Conflict("a quantity would grow larger than can be kept", details=details))
                ]
        balances.update(after)
        return []

    return check


def _amounts_of(draft: OrderSnapshot, ledger: Ledger) -> list[tuple[Key, Amounts]]:
    location_id = draft.kind.location_id(draft.order)
    return [
        (
            Key(commitment.item_id, location_id),
            Amounts(on_order=commitment.on_order, demand=commitment.demand, allocated=commitment.allocated),
        )
        for commitment in draft.commitments(ledger)
    ]
