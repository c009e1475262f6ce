"""Orders that are not stored yet: what a request leaves out is filled in, and many are stored as fast as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pharus import own_numbers
from pharus.db import current
from pharus.fields import new_id
from pharus.schemas import AnswerWarning
from pharus.steps import NewOrders
from plugins.customers.records import customers
from plugins.customers.schemas import Customer
from plugins.inventory import historic_orders
from plugins.inventory.ledgers import FINISHED_GOODS
from plugins.inventory.reconciliation import Commitment, reconcile
from plugins.sales_orders import line_prices, rules
from plugins.sales_orders.records import items, orders
from plugins.sales_orders.schemas import SalesOrderCreate, SalesOrderImport
from plugins.sales_orders.statuses import LIFECYCLE


@dataclass(frozen=True, slots=True)
class Draft:
    """The column values of an order and of its lines, and what is to be said of them. The lines have their ids
    already."""

    order: Mapping[str, Any]
    items: Sequence[Mapping[str, Any]]
    warnings: Sequence[AnswerWarning] = ()

    @property
    def effective_status(self) -> str:
        return rules.effective_status(self.order["order_status"], self.order["disputed_from"])

    @property
    def is_history(self) -> bool:
        return bool(self.order.get("is_history"))

    @property
    def location_id(self) -> str | None:
        id: str | None = self.order.get("fulfillment_location_id")
        return id

    def commitments(self, number: str = "") -> list[Commitment]:
        """What its lines should hold; `number` is the order's, once it has one."""
        return [
            rules.commitment(
                item["id"],
                item["sku_id"],
                item["quantity"],
                effective_status=self.effective_status,
                location_id=self.location_id,
                number=number,
                is_history=self.is_history,
            )
            for item in self.items
        ]


def draft(
    bodies: Sequence[SalesOrderCreate | SalesOrderImport], said: Sequence[Sequence[Mapping[str, Any]]]
) -> list[Draft]:
    """Prices, broker and percent are the customer's where they are not sent, but of an order of history; the fees
    follow from the lines. One statement, and one more where a line names no price. `said` are the column values of each
    order's lines, in stock units."""
    rows = [orders.values_of(body) for body in bodies]
    ids = list({row["customer_id"] for row in rows})
    found = {customer["id"]: customer for customer in customers.select("AND id = ANY(%s::uuid[])", (ids,))}
    lines = [[{"id": new_id(), **line} for line in of_order] for of_order in said]
    warnings = line_prices.fill(rows, lines)
    return [
        _draft(row, of_order, found.get(row["customer_id"]), warnings.get(index, ()))
        for index, (row, of_order) in enumerate(zip(rows, lines, strict=True))
    ]


def store(drafts: Sequence[Draft]) -> list[str]:
    """Store orders with their lines and what they hold, in a number of statements that does not grow with them.

    Conflict when goods that should leave are not on hand.
    """
    today = current().today
    numbers = own_numbers.order_numbers("SO", today.year, [draft.order.get("so_number") for draft in drafts])
    ids = orders.insert_many(
        {
            "placed_at": today,
            **draft.order,
            "so_number": number,
            **LIFECYCLE.entering(None, draft.order["order_status"], {}, (), today),
        }
        for draft, number in zip(drafts, numbers, strict=True)
    )
    items.insert_many(
        {**item, "sales_order_id": id} for id, draft in zip(ids, drafts, strict=True) for item in draft.items
    )
    step = NewOrders(orders.table, lambda: orders.select("AND id = ANY(%s::uuid[]) ORDER BY id", (ids,)), "orderStatus")
    step.begin()
    reconcile(
        FINISHED_GOODS,
        [line for draft, number in zip(drafts, numbers, strict=True) for line in draft.commitments(number)],
    )
    step.end()
    return ids


def store_history(drafts: Sequence[Draft], ids: Sequence[str]) -> list[str]:
    """Store orders of history with their lines, and return their ids."""
    columns = ((draft.order, draft.items) for draft in drafts)
    return historic_orders.store(orders, items, "sales_order_id", columns, ids)


def _draft(
    row: dict[str, Any],
    lines: Sequence[Mapping[str, Any]],
    customer: Customer | None,
    warnings: Sequence[AnswerWarning],
) -> Draft:
    if row.get("is_history"):
        # What a customer has today says nothing of an order of years ago, and its fees follow nothing any more.
        fees = rules.broker_fees(lines, row.get("broker_id"), row.get("broker_fee_percent"))
        row = {"broker_fees": fees, **row, "fees_given": True}
        return Draft({**row, "disputed_from": None}, lines)
    if customer is not None:
        row.setdefault("broker_id", customer["brokerId"])
        row.setdefault("broker_fee_percent", customer["brokerFeePercent"])
    row["fees_given"] = "broker_fees" in row
    row.setdefault("broker_fees", rules.broker_fees(lines, row.get("broker_id"), row.get("broker_fee_percent")))
    return Draft({**row, "disputed_from": rules.came_from("Received", row["order_status"])}, lines, warnings)
