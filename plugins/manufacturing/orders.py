"""Writing orders of either kind: everything but the names in requests and answers is the same."""

from collections.abc import Mapping, Sequence
from typing import Any

from pharus import bulk
from pharus.bulk import Fault
from pharus.db import current
from pharus.errors import Conflict, Invalid, refuse
from pharus.numbering import order_numbers
from pharus.records import Values
from pharus.required import require_active
from pharus.schemas import BulkImportResult
from plugins.inventory.rules import receipt_date
from plugins.locations.views import locations
from plugins.manufacturing import commitments, receiving, rules
from plugins.manufacturing.commitments import Sheet
from plugins.manufacturing.kinds import Kind, Record
from plugins.manufacturing.recipes import Recipes, rescale
from plugins.products.views import skus

# An order to be stored: its column values, and those of its lines, each with those of its inputs.
_Line = tuple[Values, Sequence[Values]]
_New = tuple[Values, Sequence[_Line]]


def create(kind: Kind, body: Mapping[str, Any]) -> Sheet:
    refuse(rules.repeated_skus(body["items"]))
    values = kind.orders.values_of(body)
    rows = [kind.items.values_of(item) for item in body["items"]]
    locations.require([values["location_id"]])
    (sheet,) = _store(kind, [(values, _with_inputs(kind, rows))])
    return sheet


def update(kind: Kind, id: str, body: Mapping[str, Any]) -> Any:
    before = kind.orders.get(id, lock=True)
    values = kind.orders.values_of(rules.without_alias(body))
    status = values.get("status", before["status"])
    location_id = values.get("location_id", kind.location_id(before))
    moves = location_id != kind.location_id(before)
    received = (moves or status == rules.REFUSED_AFTER_RECEIPTS) and receiving.has_receipts(kind, id)
    rules.LIFECYCLE.refuse_step(before["status"], status, refused=(rules.REFUSED_AFTER_RECEIPTS,) if received else ())
    if moves and received:
        raise Conflict("something of the order was received: where it is made cannot change")
    if moves:
        require_active((locations, location_id))
    dates = rules.LIFECYCLE.dates(before["status"], status, before, values.keys(), current().now.date())
    after = kind.orders.update(id, {**values, **dates})
    if moves or status != before["status"]:
        commitments.settle(commitments.read(kind, after))
    return after


def delete(kind: Kind, id: str) -> None:
    kind.orders.get(id, lock=True)
    lines = commitments.lines_of(kind, id)
    commitments.give_up(lines, commitments.inputs_of(kind, lines))
    kind.orders.delete(id)


def get(kind: Kind, id: str) -> Sheet:
    """The order with its lines and inputs; of what was done for it nothing."""
    order = kind.orders.get(id)
    lines = commitments.lines_of(kind, id)
    return Sheet(kind, order, lines, commitments.inputs_of(kind, lines))


def bulk_import(kind: Kind, rows: Sequence[Mapping[str, Any]], *, mode: str, dry_run: bool) -> BulkImportResult:
    values = [kind.orders.values_of(row) for row in rows]
    items = [kind.items.values_of(item) for row in rows for item in row["items"]]
    places = [(index, place) for index, row in enumerate(rows) for place in range(len(row["items"]))]
    faults = bulk.unknown_references(kind.orders, values, "location_id", locations)
    for index, row in enumerate(rows):
        repeated = rules.repeated_skus(row["items"])
        faults += [Fault(index, problem.path, Invalid([problem], problem.message)) for problem in repeated]
    lines, refused = _lines_to_import(kind, items)
    faults += bulk.in_lines(refused, places)
    new: list[tuple[Values, list[_Line]]] = [(order, []) for order in values]
    for (index, _), line in zip(places, lines, strict=True):
        new[index][1].append(line)

    def insert(good: Sequence[int]) -> list[str]:
        return [sheet.order["id"] for sheet in _store(kind, [new[index] for index in good])]

    return bulk.import_rows(len(rows), insert, mode=mode, dry_run=dry_run, faults=faults)


def add_item(kind: Kind, order_id: str, body: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    """The new line and its inputs."""
    order = _open_for_lines(kind, order_id)
    item = kind.items.values_of(body)
    if any(line["skuId"] == item["sku_id"] for line in commitments.lines_of(kind, order_id)):
        raise Conflict("the sku stands in a line of the order already")
    ((_, inputs),) = _with_inputs(kind, [item])
    line = kind.items.insert({**item, "order_id": order_id})
    kind.inputs.insert_many({**taken, "item_id": line["id"]} for taken in inputs)
    return line, _settle_line(kind, order, line)


def update_item(kind: Kind, id: str, body: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    """The line as it is now and its inputs."""
    order = _open_for_lines(kind, kind.items.get(id)[kind.order_key])
    before = kind.items.get(id)
    line = kind.items.update(id, kind.items.values_of(body))
    if line["quantity"] != before["quantity"]:
        rescale(kind, id, line["quantity"])
    return line, _settle_line(kind, order, line)


def remove_item(kind: Kind, id: str) -> None:
    order = _open_for_lines(kind, kind.items.get(id)[kind.order_key])
    line = kind.items.get(id)
    if len(commitments.lines_of(kind, order["id"])) == 1:
        raise Conflict("the last line of an order cannot be removed")
    commitments.give_up([line], commitments.inputs_of(kind, [line]))
    kind.items.delete(id)


def receipts_of(kind: Kind, order_id: str) -> list[Any]:
    """Newest first."""
    kind.orders.get(order_id)
    return kind.receipts.select("AND order_id = %s ORDER BY receipt_date DESC, id DESC", (order_id,))


def update_receipt(kind: Kind, id: str, body: Mapping[str, Any]) -> Any:
    """It moves no quantity, and the rows of the ledgers keep their own date."""
    if "receiptDate" not in body:
        return kind.receipts.get(id)
    day, _ = receipt_date(body["receiptDate"], current().now)
    return kind.receipts.update(id, {"receipt_date": day})


def delete_receipt(kind: Kind, id: str) -> None:
    order = kind.orders.get(kind.receipts.get(id)[kind.order_key], lock=True)
    receiving.take_receipt_back(kind, order, kind.receipts.get(id)["id"])


def _with_inputs(kind: Kind, items: Sequence[Values]) -> list[_Line]:
    """The lines with what they take. NotFound, Conflict for a SKU that is deactivated or has no BOM."""
    ids = [item["sku_id"] for item in items]
    skus.require(ids)
    recipes = Recipes(kind, ids)
    return [(item, recipes.inputs(item)) for item in items]


def _lines_to_import(kind: Kind, items: Sequence[Values]) -> tuple[list[_Line], list[Fault]]:
    """The lines with what they take, and those that are refused by their index; these take nothing."""
    faults = bulk.unknown_references(kind.items, items, "sku_id", skus)
    unknown = {fault.row for fault in faults}
    recipes = Recipes(kind, (item["sku_id"] for item in items))
    lines: list[_Line] = []
    for index, item in enumerate(items):
        taken: Sequence[Values] = ()
        try:
            taken = recipes.inputs(item) if index not in unknown else ()
        except Conflict as error:
            faults.append(Fault(index, "/skuId", error))
        lines.append((item, taken))
    return lines, faults


def _store(kind: Kind, new: Sequence[_New]) -> list[Sheet]:
    """Store orders with their lines and inputs and what they hold, in a number of statements that does not grow with
    them."""
    today = current().now.date()
    numbers = order_numbers(kind.prefix, today.year, len(new))
    ids = kind.orders.insert_many(
        {**order, "number": number, **rules.LIFECYCLE.dates(None, order["status"], {}, order.keys(), today)}
        for (order, _), number in zip(new, numbers, strict=True)
    )
    lines = [(id, line) for id, (_, of_order) in zip(ids, new, strict=True) for line in of_order]
    item_ids = kind.items.insert_many({**item, "order_id": id} for id, (item, _) in lines)
    kind.inputs.insert_many(
        {**taken, "item_id": item_id}
        for item_id, (_, (_, inputs)) in zip(item_ids, lines, strict=True)
        for taken in inputs
    )
    sheets = _stored(kind, ids)
    commitments.settle(*sheets)
    return sheets


def _stored(kind: Kind, ids: Sequence[str]) -> list[Sheet]:
    """The orders as they were just stored: nothing was done for them yet."""
    orders = {order["id"]: order for order in kind.orders.select("AND id = ANY(%s::uuid[])", (ids,))}
    lines: dict[str, list[Record]] = {id: [] for id in ids}
    inputs: dict[str, list[Record]] = {id: [] for id in ids}
    order_of: dict[str, str] = {}
    for line in kind.items.select("AND order_id = ANY(%s::uuid[]) ORDER BY id", (ids,)):
        lines[line[kind.order_key]].append(line)
        order_of[line["id"]] = line[kind.order_key]
    for taken in commitments.inputs_of(kind, [line for of_order in lines.values() for line in of_order]):
        inputs[order_of[taken[kind.item_key]]].append(taken)
    return [Sheet(kind, orders[id], lines[id], inputs[id]) for id in ids]


def _settle_line(kind: Kind, order: Record, line: Record) -> list[Record]:
    """Make the ledgers hold what a line wants of which nothing was received, and return its inputs."""
    inputs = commitments.inputs_of(kind, [line])
    commitments.settle(Sheet(kind, order, [line], inputs))
    return inputs


def _open_for_lines(kind: Kind, order_id: str) -> Record:
    """The order, locked, whose lines may change. Conflict once something was received."""
    order: Record = kind.orders.get(order_id, lock=True)
    if receiving.has_receipts(kind, order_id):
        raise Conflict("something of the order was received: its lines cannot change")
    return order
