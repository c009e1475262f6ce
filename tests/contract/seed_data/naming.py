"""Generated requests name records that are there: Alice's most of the time, now and then one of Bob's or of nobody.

What the examples of openapi.yaml name is always replaced; so is, most of the time, what schemathesis has read in
answers, because it does not know which entity an id is of.
"""

import copy
import re
import zlib
from collections import Counter
from collections.abc import Hashable
from datetime import UTC, datetime
from typing import Any

from schemathesis.core.parameters import ParameterLocation

from contract.document import Operation
from contract.false_positives import NAMES
from pharus import texts
from pharus.db import db
from tests import factories
from tests.contract.seed_data import records, slots
from tests.contract.seed_data.pool import Pool
from tests.contract.seed_data.slots import Slot
from tests.contract.seed_data.tenants import Tenant

EXAMPLE_REF = "TFR-MI-001"

# Tables that others refer to: every second deletion names one in use, and is refused.
_REFERRED_TO = frozenset(
    [
        "location",
        "customer",
        "customer_type",
        "customer_segment",
        "broker",
        "material",
        "material_type",
        "sku",
        "sku_type",
        "order_channel",
    ]
)
# The parts of orders: what may happen to one depends on its status and on its receipts.
_ORDERS = frozenset(
    f"{order}{part}"
    for order in ("purchase_order", "work_order", "production_order", "sales_order")
    for part in ("", "_item", "_receipt", "_shipment", "_return")
)
_MAKES = re.compile(r"(?:create|bulkImport|add)(WorkOrder|ProductionOrder)(s|Item|Receipt)?")
# Whose lines name lots, by the record in the path.
_OF_LOTS = {
    "createPurchaseOrderReceipt": "purchase_order",
    "createWorkOrderReceipt": "work_order",
    "createProductionOrderReceipt": "production_order",
    "createSalesOrderShipment": "sales_order",
    "createSalesOrderReturn": "sales_order_shipment",
}
_PRICES = re.compile(r"(?:create|bulkImport)(?:Supplier|Customer)Prices?")
# What must be unique: the operation, the key in its body (or in each row of it), the table and its column.
_UNIQUE = [
    ("createLocation", "name", "location", "name"),
    ("bulkImportLocations", "name", "location", "name"),
    ("createCustomerType", "name", "customer_type", "name"),
    ("bulkImportCustomerTypes", "name", "customer_type", "name"),
    ("createCustomerSegment", "name", "customer_segment", "name"),
    ("bulkImportCustomerSegments", "name", "customer_segment", "name"),
    ("createBroker", "name", "broker", "name"),
    ("bulkImportBrokers", "name", "broker", "name"),
    ("createMaterialType", "name", "material_type", "name"),
    ("bulkImportMaterialTypes", "name", "material_type", "name"),
    ("createSkuType", "name", "sku_type", "name"),
    ("bulkImportSkuTypes", "name", "sku_type", "name"),
    ("createVendor", "qboId", "vendor", "qbo_id"),
    ("bulkImportVendors", "qboId", "vendor", "qbo_id"),
    ("createCustomer", "qboId", "customer", "qbo_id"),
    ("bulkImportCustomers", "qboId", "customer", "qbo_id"),
    ("createMaterial", "code", "material", "material_code"),
    ("bulkImportMaterials", "code", "material", "material_code"),
    ("createSku", "code", "sku", "sku_code"),
    ("createSku", "qboId", "sku", "qbo_id"),
    ("bulkImportSkus", "code", "sku", "sku_code"),
    ("bulkImportSkus", "qboId", "sku", "qbo_id"),
    ("createOrderChannel", "name", "order_channel", "name"),
    ("bulkImportOrderChannels", "name", "order_channel", "name"),
    ("createSalesOrder", "qboId", "sales_order", "qbo_id"),
    ("updateSalesOrder", "qboId", "sales_order", "qbo_id"),
    ("bulkImportSalesOrders", "qboId", "sales_order", "qbo_id"),
    ("bulkImportPurchaseOrders", "poNumber", "purchase_order", "po_number"),
    ("bulkImportWorkOrders", "woNumber", "work_order", "number"),
    ("bulkImportProductionOrders", "prodNumber", "production_order", "number"),
    ("bulkImportSalesOrders", "soNumber", "sales_order", "so_number"),
    ("createSalesOrderShipment", "externalId", "sales_order_shipment", "external_id"),
    ("createSalesOrderReturn", "externalId", "sales_order_return", "external_id"),
]
_NUMBERS = {name: key for name, key, _, _ in _UNIQUE if key.endswith("Number")}
_MOVES = re.compile(
    r"(createMaterials|createFinishedGoods)Transfer|(adjust|dispose|revalue)(Materials|FinishedGoods)Inventory"
)
_ENDS_TRANSFER = re.compile(r"(?:complete|cancel)(Materials|FinishedGoods)Transfer")

# Of eight requests to an operation one keeps what was generated, one names a record of Bob's, and one has ids that do
# not go together; the rest should be served.
_LOTS = 8
_NAMES = frozenset(NAMES.split("|"))
# A record can have this once: each row names another one.
_ONCE_PER_RECORD = {
    "bulkImportContactMethods": {"contactId": "contact"},
    "bulkImportContactLinks": {"contactId": "contact"},
    "bulkImportItemUnits": {"materialId": "material", "skuId": "sku"},
    "bulkImportBoms": {"outputSkuId": "sku"},
}
# What requests of these operations leave as it was: all other records.
_ADDS_OR_READS = re.compile("get|list|create|add[A-Z]")

_AS_GENERATED, _BOBS, _ODD = range(3)
_PLAIN = _LOTS - 1


class Naming:
    def __init__(self, alice: Tenant, bob: Tenant) -> None:
        self._org_id = alice.org_id
        self._pool = Pool(alice.org_id, alice.records)
        self._bobs = bob.records
        self._calls: Counter[Hashable] = Counter()
        self._deletions = 0
        self._last: Operation | None = None

    def prepare(self, operation: Operation, case: Any, *, steady: bool) -> None:
        """Change the case in place. With `steady` it meets the same each time, and ids from answers stay."""
        # Each phase begins with what should be served, so that none of them is without any.
        operation_id, meta = operation.id, case.meta
        if self._last is not None and not _ADDS_OR_READS.match(self._last.id):
            self._pool.forget()
        self._last = operation
        is_wrong = meta is not None and meta.generation.mode.is_negative
        group = (operation_id, meta and meta.phase.name, is_wrong)
        self._calls[group] += 1
        number = self._calls[group]
        lot = _PLAIN if steady else -number % _LOTS
        if isinstance(case.body, dict) and any(True for _ in slots.find(operation, case)):
            # The body may belong to other cases as well.
            case.body = copy.deepcopy(case.body)
        found = [slot for slot in slots.find(operation, case) if not (steady and slot.may_be_real)]
        used: set[tuple[str, str]] = set()
        for slot in found:
            if slot.is_example or lot != _AS_GENERATED:
                self._fill(operation_id, slot, used, steady, is_wrong)
        if isinstance(case.body, dict):
            if found:
                self._agree(operation_id, case, lot, any(slot.is_in_path for slot in found))
            if lot != _AS_GENERATED and not is_negative(case, ParameterLocation.BODY):
                case.body = _visible(case.body)
            self._free(operation_id, case.body, steady or lot != _ODD)
            _date_in_the_past(case, keep=lot == _ODD)
        if found and lot == _BOBS:
            # What goes together now may have fewer places than what was generated.
            found = [slot for slot in slots.find(operation, case) if not (steady and slot.may_be_real)]
        if found and lot == _BOBS:
            slot = found[number // _LOTS % len(found)]
            slot.fill(self._bobs[slot.table][0])
        match = _ENDS_TRANSFER.fullmatch(operation_id)
        if match is not None and not is_negative(case, ParameterLocation.PATH):
            self._name_transfer(case, "material" if match[1] == "Materials" else "sku", lot, steady)

    def _fill(self, operation_id: str, slot: Slot, used: set[tuple[str, str]], steady: bool, is_wrong: bool) -> None:
        value = slot.value
        number = int(value[-1], 16) - 1 if slot.is_example else zlib.crc32(value.encode())
        if slot.is_in_path:
            slot.fill(self._of_path(operation_id, slot.table, number, steady, is_wrong))
            return
        # The lines of a BOM name each input once.
        for attempt in range(10):
            id = self._pool.seeded(slot.table, number + attempt)
            if slot.key not in ("materialId", "inputSkuId", "byProductSkuId") or (slot.table, id) not in used:
                break
        used.add((slot.table, id))
        slot.fill(id)

    def _of_path(self, operation_id: str, table: str, number: int, steady: bool, is_wrong: bool) -> str:
        # What is wrong on purpose is refused, and leaves the record as it was.
        if is_wrong and table in _ORDERS:
            return self._pool.kept(table)
        if operation_id.startswith("delete"):
            self._deletions += 1
            is_refused = table in _REFERRED_TO and self._deletions % 2 == 0 and not steady
            return self._pool.seeded(table, 0) if is_refused else self._pool.new(table)
        if operation_id == "reactivateOrderChannel":
            self._calls[operation_id] += 1
            if steady or self._calls[operation_id] % 3:
                return self._pool.deactivated_channel()
        # A lot gets another status than it has.
        if operation_id.endswith("Lot") and not operation_id.startswith("get"):
            return self._pool.new(table)
        # What was reversed is not reversed again.
        if operation_id.startswith("reverse"):
            return self._pool.new(table)
        # Costs are allocated to what has arrived.
        if operation_id == "createPurchaseOrderCostAllocation":
            return self._pool.received_purchase_order()
        if operation_id.startswith("reopen"):
            return self._pool.ended(table)
        # What an order allows depends on what requests have made of it before.
        if table in _ORDERS and not operation_id.startswith(("get", "list")):
            return self._pool.new(table)
        if operation_id.startswith(("update", "replace")):
            return self._pool.kept(table)
        # One that has a method or a link already could be refused another one.
        if operation_id in ("addContactMethod", "createContactLink"):
            return self._pool.new(table)
        return self._pool.seeded(table, number)

    def _agree(self, operation_id: str, case: Any, lot: int, is_path_ours: bool) -> None:
        """What one id says about another one of the request. With `is_path_ours` the record in the path was put there
        by us, so that another one may take its place."""
        body = case.body
        of_lots = lot != _ODD and not is_negative(case, ParameterLocation.BODY) and _names_lots(body)
        if of_lots and operation_id in _OF_LOTS and is_path_ours and _names_a_record(case):
            case.path_parameters["id"] = self._pool.new(f"{_OF_LOTS[operation_id]}_in_lots")
        if operation_id == "startLotTracking":
            # An item is switched once.
            for key, table in (("materialId", "material"), ("skuId", "sku")):
                if _is_text(body, key):
                    body[key] = self._pool.new(table)
        if operation_id in _ONCE_PER_RECORD and lot != _ODD and not is_negative(case, ParameterLocation.BODY):
            for row in slots.rows_of(body):
                for key, table in _ONCE_PER_RECORD[operation_id].items():
                    if _is_text(row, key):
                        row[key] = self._pool.new(table)
                        if operation_id == "bulkImportItemUnits":
                            # It has no stock unit.
                            row["baseUnit"] = "l"
        if operation_id == "createBom" and _is_text(body, "outputSkuId"):
            body["outputSkuId"] = self._pool.new("sku")
        if operation_id == "replaceBom" and _is_text(body, "outputSkuId") and lot != _ODD:
            body["outputSkuId"] = case.path_parameters["id"]
        if (
            operation_id in ("createBom", "replaceBom")
            and lot != _ODD
            and not is_negative(case, ParameterLocation.BODY)
        ):
            _agree_on_shares(body)
        if operation_id == "createPurchaseOrderReceipt" and lot != _ODD and _names_a_record(case):
            lines = self._pool.lines_of("purchase_order", case.path_parameters["id"])
            for number, item in enumerate(slots.rows_of(body)):
                if lines and isinstance(item, dict) and _is_text(item, "poItemId"):
                    item["poItemId"] = lines[number % len(lines)]
        if (
            operation_id in ("createSalesOrderShipment", "createSalesOrderReturn")
            and lot != _ODD
            and _names_a_record(case)
        ):
            self._agree_on_lines(operation_id, case)
        if operation_id.startswith("createPurchaseOrderCost") and lot != _ODD and _names_a_record(case):
            self._agree_on_receipt(operation_id, case)
        if not is_negative(case, ParameterLocation.BODY) and lot != _ODD:
            self._agree_on_target_type(operation_id, case, is_path_ours)
            self._agree_on_skus(operation_id, body)
            _agree_on_the_past(operation_id, body)
        if _PRICES.fullmatch(operation_id) is not None and lot != _ODD:
            self._agree_on_prices(body)
        makes = _MAKES.fullmatch(operation_id)
        if makes is not None and lot != _ODD:
            self._agree_on_outputs(makes[1], makes[2], case)
        if _MOVES.fullmatch(operation_id) is not None:
            source = "sourceLocationId" if "Transfer" in operation_id else "locationId"
            for key, item in (("materialId", "material"), ("skuId", "sku")):
                if not _is_text(body, key) or not _is_text(body, source):
                    continue
                if of_lots:
                    body |= {key: self._pool.in_lots(item), source: self._pool.seeded("location", 0)}
                elif operation_id.startswith("revalue") and lot != _ODD:
                    # What has the unit cost already is not revalued.
                    body[key] = self._pool.new_in_stock(item, body[source])
                else:
                    body[key] = self._pool.in_stock(item, body[key], body[source])
            if _is_text(body, source) and body[source] == body.get("destinationLocationId") and lot != _ODD:
                body["destinationLocationId"] = self._pool.other_location(body[source])
        if of_lots:
            self._name_lots(operation_id, body)

    def _name_lots(self, operation_id: str, part: Any) -> None:
        """Each line of an item that has lots is of one of them, all of it; a line of another item names none."""
        if isinstance(part, list):
            for each in part:
                self._name_lots(operation_id, each)
            return
        if not isinstance(part, dict):
            return
        found = next(
            (part[key] for key in ("materialId", "skuId", "inputSkuId", "byProductSkuId") if _is_text(part, key)), None
        )
        for key, table in (("poItemId", "purchase_order"), ("soItemId", "sales_order")):
            if _is_text(part, key):
                found = self._pool.item_of(table, part[key])
        ends = _ENDS_TRANSFER.fullmatch(operation_id)
        if ends is not None:
            found = self._pool.in_lots("material" if ends[1] == "Materials" else "sku")
        for key in ("lots", "scrappedLots"):
            named = part.pop(key, None)
            quantity = part.get("scrapped") if key == "scrappedLots" else part.get("used", part.get("quantity"))
            lot_id = self._pool.lot_of(found) if named and found and _is_more_than_nothing(quantity) else None
            if lot_id is not None:
                part[key] = [{"lotId": lot_id, "quantity": quantity}]
        for each in part.values():
            self._name_lots(operation_id, each)

    def _agree_on_prices(self, body: Any) -> None:
        """Each is the first price of its item, and for a customer or a segment."""
        for price in (each for each in (body, *slots.rows_of(body)) if isinstance(each, dict)):
            for key, table in (("materialId", "material"), ("skuId", "sku")):
                if _is_text(price, key):
                    price[key] = self._pool.new(table)
            if _is_text(price, "customerId") and _is_text(price, "customerSegmentId"):
                price["customerSegmentId"] = None

    def _agree_on_lines(self, operation_id: str, case: Any) -> None:
        """A shipment names lines of its order, a return those of its shipment, each once, and no more than there is of
        them."""
        id, items = case.path_parameters["id"], case.body.get("items")
        is_return = operation_id == "createSalesOrderReturn"
        lines = self._pool.lines_of_shipment(id) if is_return else self._pool.lines_of("sales_order", id)
        if not lines or not isinstance(items, list) or is_negative(case, ParameterLocation.BODY):
            return
        del items[len(lines) :]
        for item, line in zip(items, lines, strict=False):
            if isinstance(item, dict) and _is_text(item, "soItemId"):
                item |= {"soItemId": line, "quantity": 1}

    def _agree_on_receipt(self, operation_id: str, case: Any) -> None:
        """The lines of a cost change are those of the receipt, or of the order's receipts, each once."""
        id, items = case.path_parameters["id"], case.body.get("items")
        lines = self._pool.receipt_lines(id, is_order=operation_id == "createPurchaseOrderCostAllocation")
        if not lines or not isinstance(items, list) or is_negative(case, ParameterLocation.BODY):
            return
        del items[len(lines) :]
        for item, line in zip(items, lines, strict=False):
            if isinstance(item, dict) and _is_text(item, "receiptItemId"):
                item["receiptItemId"] = line

    def _agree_on_target_type(self, operation_id: str, case: Any, is_path_ours: bool) -> None:
        """The lines of a purchase order name what its `targetType` says."""
        body = case.body
        if operation_id in ("addPurchaseOrderItem", "updatePurchaseOrderItem"):
            # Most of the pool's orders buy materials.
            if is_path_ours and _is_text(body, "skuId") and not _is_text(body, "materialId"):
                part = "" if operation_id.startswith("add") else "_item"
                case.path_parameters["id"] = self._pool.new(f"purchase_order{part}_of_skus")
            else:
                _name_only(body, "materialId", self._pool.seeded("material", 0))
        for order in [body, *slots.rows_of(body)] if operation_id.endswith(("PurchaseOrder", "PurchaseOrders")) else ():
            table, key = {"materials": ("material", "materialId"), "finished_goods": ("sku", "skuId")}.get(
                order.get("targetType", ""), ("", "")
            )
            for number, item in enumerate(order["items"] if table and isinstance(order.get("items"), list) else ()):
                _name_only(item, key, self._pool.seeded(table, number))

    def _agree_on_outputs(self, order: str, part: str | None, case: Any) -> None:
        """Each line of a work order or production order names another SKU that has a BOM; a receipt those of the
        order, and an added line one that is not on it."""
        body, table = case.body, "work_order" if order == "WorkOrder" else "production_order"
        if part in ("Item", "Receipt") and not _names_a_record(case):
            return
        if part == "Item":
            if _is_text(body, "skuId"):
                body["skuId"] = self._pool.seeded("bom", 2)
            return
        known = self._pool.outputs_of(table, case.path_parameters["id"]) if part == "Receipt" else None
        for each in [body, *slots.rows_of(body)]:
            items = each.get("items") if isinstance(each, dict) else None
            if known is not None and isinstance(items, list) and not is_negative(case, ParameterLocation.BODY):
                # A receipt names each SKU of its order once.
                del items[max(1, len(known)) :]
            for number, item in enumerate(items if isinstance(items, list) else ()):
                if isinstance(item, dict) and _is_text(item, "skuId"):
                    if known is None:
                        item["skuId"] = self._pool.seeded("bom", number)
                    elif number < len(known):
                        # The first line of the pool's orders is made of a SKU and leaves a by-product.
                        item["skuId"] = known[number] if _names_parts(items) else known[-1 - number]
                        _make_few(item)
                        if not is_negative(case, ParameterLocation.BODY):
                            self._agree_on_parts(table, case.path_parameters["id"], item)

    def _agree_on_parts(self, table: str, order_id: str, item: dict[str, Any]) -> None:
        """What was used of the inputs of the item's line, and what came of its by-products, each once; only what was
        scrapped has a reason."""
        for key in ("inputs", "byProducts"):
            known = self._pool.parts_of_line(table, order_id, item["skuId"], key)
            parts = item[key] if isinstance(item.get(key), list) else []
            del parts[len(known) :]
            for part in parts:
                # One of those that it names; of a material and a SKU, the material.
                at = max(range(len(known)), key=lambda at: (bool(part.get(known[at][0])), known[at][0] == "materialId"))
                name, id = known.pop(at)
                for other in ("materialId", "inputSkuId", "byProductSkuId"):
                    part.pop(other, None)
                part[name] = id
            for part in parts if key == "inputs" else ():
                part.pop("scrapReason", None)
                if part.get("scrapped"):
                    part.update(used=1, scrapped=1, scrapReason="Spilled")

    def _agree_on_skus(self, operation_id: str, body: dict[str, Any]) -> None:
        """Each SKU is once on a sales order, and what is sold is in stock."""
        if operation_id in ("addSalesOrderItem", "updateSalesOrderItem") and _is_text(body, "skuId"):
            # The pool's orders have the first two.
            body["skuId"] = self._pool.other_sku([self._pool.seeded("sku", place) for place in range(2)], 2)
        if not operation_id.endswith(("SalesOrder", "SalesOrders")):
            return
        for order in [body, *slots.rows_of(body)]:
            used: set[str] = set()
            for item in order["items"] if isinstance(order.get("items"), list) else ():
                if not _is_text(item, "skuId"):
                    continue
                if _is_text(order, "fulfillmentLocationId"):
                    item["skuId"] = self._pool.in_stock("sku", item["skuId"], order["fulfillmentLocationId"])
                if item["skuId"] in used:
                    item["skuId"] = self._pool.other_sku(used)
                used.add(item["skuId"])

    def _free(self, operation_id: str, body: dict[str, Any], all_of_them: bool) -> None:
        """Generated values repeat, and what must be unique would be refused more and more often: the record that
        has the value gets another one."""
        for name, key, table, column in _UNIQUE:
            if name != operation_id or not all_of_them:
                continue
            rows = body.get("rows") if name.startswith("bulk") else [body]
            for row in rows[:30] if isinstance(rows, list) else []:
                if text := text_of(row, key):
                    db.execute_sql(
                        f"UPDATE {table} SET {column} = %s WHERE org_id = %s AND lower({column}) = lower(%s)",
                        (factories.unique("Freed"), self._org_id, text.strip()),
                    )

    def _name_transfer(self, case: Any, item: str, lot: int, steady: bool) -> None:
        ref = case.path_parameters.get("ref")
        if not isinstance(ref, str) or (steady and ref.startswith("TFR-") and ref != EXAMPLE_REF):
            return
        if lot == _BOBS:
            case.path_parameters["ref"] = self._bobs[records.LEDGER_OF[item].transfer_prefix][1]
        elif lot == _ODD:
            case.path_parameters["ref"] = self._pool.completed_transfer(item)
        elif lot != _AS_GENERATED or ref == EXAMPLE_REF:
            of_lots = isinstance(case.body, dict) and "lots" in case.body
            case.path_parameters["ref"] = self._pool.open_transfer(item, of_lots=of_lots)


def _names_lots(part: Any) -> bool:
    if isinstance(part, list):
        return any(map(_names_lots, part))
    return isinstance(part, dict) and ("lots" in part or "scrappedLots" in part or any(map(_names_lots, part.values())))


def _is_more_than_nothing(quantity: Any) -> bool:
    try:
        return float(quantity) > 0
    except (TypeError, ValueError):
        return False


def _agree_on_the_past(operation_id: str, body: dict[str, Any]) -> None:
    """An order of history has ended, and has its number and its date; no other has dates of history. A balance that
    another request has opened already is opened again."""
    number = _NUMBERS.get(operation_id)
    for row in slots.rows_of(body):
        if not isinstance(row, dict):
            continue
        if operation_id.endswith("OpeningBalances"):
            row["acceptAgain"] = True
            row.pop("eventDate", None)
        elif number is not None and row.get("history") is True:
            row |= {"status": "Rejected" if number == "soNumber" else "Cancelled", "placedAt": "2021-03-04"}
            row[number] = row.get(number) or factories.unique("H")
        elif number is not None:
            for key in [key for key in row if key.endswith("At") and key != "placedAt"]:
                del row[key]


def _visible(value: Any, key: str = "") -> Any:
    """Generated names have characters that nobody sees, and too many would be refused for those alone."""
    if isinstance(value, dict):
        return {name: _visible(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_visible(part, key) for part in value]
    # Of control characters that count as white space nothing would be stored.
    if isinstance(value, str) and key in _NAMES and value and not texts.is_plain(texts.stored(value) or "\0"):
        return "".join(filter(str.isalnum, value)) or "x"
    return value


def text_of(body: object, key: str) -> str | None:
    """The text of a body that can be stored: no NUL, no half of a surrogate pair."""
    value = body.get(key) if isinstance(body, dict) else None
    if not isinstance(value, str) or "\0" in value:
        return None
    return value if value.encode("utf-8", "ignore").decode() == value else None


def is_negative(case: Any, place: ParameterLocation) -> bool:
    """Is this part of the request wrong on purpose?"""
    return case.meta is not None and bool(case.meta.is_negative_at(place))


def _date_in_the_past(case: Any, *, keep: bool) -> None:
    """Any year up to 9999 may be generated, and nearly all of them are ahead. 2024 has every day of a calendar."""
    for key in ("eventDate", "receiptDate"):
        text = text_of(case.body, key)
        if text and re.match(r"[0-9]{4}-", text) and int(text[:4]) >= datetime.now(UTC).year and not keep:
            case.body = {**case.body, key: f"2024{text[4:]}"}


def _names_a_record(case: Any) -> bool:
    return not is_negative(case, ParameterLocation.PATH)


def _name_only(item: dict[str, Any], key: str, id: str) -> None:
    """Let a line that names a material or a SKU name this one."""
    named = [name for name in ("materialId", "skuId") if item.get(name) is not None]
    if named and named != [key]:
        for name in named:
            del item[name]
        item[key] = id


def _agree_on_shares(body: dict[str, Any]) -> None:
    """The by-products of a BOM bear a part of the cost, together less than all of it; the SKU what is left."""
    for by_product in body["byProducts"] if isinstance(body.get("byProducts"), list) else ():
        by_product["costSharePercent"] = "0.5"
    body.pop("costSharePercent", None)


def _names_parts(items: list[Any]) -> bool:
    """Whether a receipt says what was used of a SKU, or what came out besides."""
    return any(
        isinstance(item, dict)
        and (item.get("byProducts") or any(_is_text(each, "inputSkuId") for each in _objects(item.get("inputs"))))
        for item in items
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _make_few(item: dict[str, Any]) -> None:
    """What is made takes its inputs from stock: a quantity that nobody has them for would always be refused."""
    quantity = item.get("quantity")
    if isinstance(quantity, int | float) and not isinstance(quantity, bool) and 100 < quantity < 10**12:
        item["quantity"] = 1


def _is_text(body: dict[str, Any], key: str) -> bool:
    return isinstance(body.get(key), str)
