"""The cost of goods sold in a period, by order, customer, SKU or month (docs/rules.md, Accounting).

The cost of a sale is the value of what left for a line of a sales order, less that with which left what came back. What
SKUs and months sum up comes from the history of the balances; orders and customers, of which a page shows so many, from
their own entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from pharus.cursors import read_cursor, write_cursor
from pharus.db import current, db
from pharus.fields import canonical
from pharus.shown import Shown
from plugins.accounting import rules
from plugins.accounting.schemas import CostOfGoods, CostOfGoodsRow
from plugins.inventory import history
from plugins.inventory.history import TIMES, AsOf
from plugins.inventory.ledgers import FINISHED_GOODS
from plugins.inventory.postings import ZERO

_SUMS = "sum(past.sold), sum(past.cost_of_goods), sum(past.variance)"
_NOTHING = (ZERO, ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class Period:
    """From one moment, the beginning if it is None, to another one."""

    start: AsOf | None
    end: AsOf

    @property
    def moments(self) -> list[AsOf]:
        return [self.end] if self.start is None else [self.start, self.end]


def report(period: Period, group_by: str, cursor: str | None, limit: int) -> CostOfGoods:
    page = _PAGES[group_by]
    rows, next_cursor = page(period, cursor, limit)
    totals = _totals(period.moments)
    before = _NOTHING if period.start is None else totals[0]
    sold, cost, variance = (after - earlier for after, earlier in zip(totals[-1], before, strict=True))
    return {
        "dateFrom": None if period.start is None else period.start.end,
        "asOf": period.end.end,
        "basis": period.end.basis,
        "groupBy": cast(Any, group_by),
        "data": cast(list[Shown[CostOfGoodsRow]], rows),
        "total": {
            "quantity": sold,
            "costOfGoods": cost,
            "variance": variance,
            "netCostOfGoods": cost - variance,
        },
        "nextCursor": next_cursor,
    }


def _totals(several: Sequence[AsOf]) -> list[Any]:
    """Quantity, cost and variance of all finished goods since the beginning, as of each of the moments."""
    past, parameters = history.past(FINISHED_GOODS, several)
    rows = db.rows(f"{past} SELECT number, {_SUMS} FROM past GROUP BY number", parameters)
    found = {number: tuple(sums) for number, *sums in rows}
    return [found.get(number, _NOTHING) for number in range(1, len(several) + 1)]


def _months(period: Period, cursor: str | None, limit: int) -> tuple[list[CostOfGoodsRow], str | None]:
    calendar, basis = current().calendar, period.end.basis
    last = calendar.day_of(period.end.end - timedelta(microseconds=1))
    first = period.start.end if period.start is not None else _beginning(basis)
    if first is None or first >= period.end.end:
        return [], None
    days = rules.months(calendar.day_of(first), last)
    ends = [AsOf(first, basis), *(AsOf(calendar.start_of(day), basis) for day in days[1:]), period.end]
    totals = _totals(ends)
    return [
        _row({"month": day.isoformat()[:7]}, *(after - before for after, before in zip(later, earlier, strict=True)))
        for day, earlier, later in zip(days, totals, totals[1:], strict=False)
        if later != earlier
    ], None


def _beginning(basis: history.Basis) -> Any:
    """The time of the first entry."""
    time = TIMES[basis]
    return db.row(f"SELECT min({time}) FROM {FINISHED_GOODS.entries} WHERE org_id = %s", (current().org_id,))[0]


def _skus(period: Period, cursor: str | None, limit: int) -> tuple[list[CostOfGoodsRow], str | None]:
    past, parameters = history.past(FINISHED_GOODS, period.moments)
    condition, after = "", []
    if cursor:
        condition, after = "AND (sku.sort_key, sku.id) > (%s, %s)", read_cursor("cost of skus", cursor, 2)
    rows = db.rows(
        f"""
        {past} SELECT sku.sort_key, sku.id, sku.sku_code, sum(sign * past.sold), sum(sign * past.cost_of_goods),
            sum(sign * past.variance)
        FROM (SELECT past.*, CASE WHEN number = %s THEN 1 ELSE -1 END AS sign FROM past) AS past
        JOIN sku ON sku.org_id = past.org_id AND sku.id = past.item_id
        WHERE sku.org_id = %s {condition}
        GROUP BY sku.sort_key, sku.id, sku.sku_code
        HAVING (sum(sign * past.sold), sum(sign * past.cost_of_goods), sum(sign * past.variance)) <> (0, 0, 0)
        ORDER BY sku.sort_key, sku.id LIMIT %s
        """,
        (*parameters, len(period.moments), current().org_id, *after, limit + 1),
    )
    next_cursor = _next("cost of skus", rows, limit)
    return [_row({"skuId": id, "skuCode": code}, *sums) for _, id, code, *sums in rows], next_cursor


def _orders(period: Period, cursor: str | None, limit: int) -> tuple[list[CostOfGoodsRow], str | None]:
    lines = "sold_order.id = holder.id"
    return _of_lines("sales_order", "so_number", "orderId", "orderNumber", lines, period, cursor, limit)


def _customers(period: Period, cursor: str | None, limit: int) -> tuple[list[CostOfGoodsRow], str | None]:
    lines = "sold_order.customer_id = holder.id"
    return _of_lines("customer", "name", "customerId", "customerName", lines, period, cursor, limit)


def _of_lines(
    table: str, name: str, id_key: str, name_key: str, lines: str, period: Period, cursor: str | None, limit: int
) -> tuple[list[CostOfGoodsRow], str | None]:
    """A page of the holders of the lines, each with what its lines took. Variance belongs to no sale."""
    time = TIMES[period.end.basis]
    condition, after = "", []
    if cursor:
        condition, after = "AND id > %s", read_cursor(f"cost of {table}", cursor, 1)
    rows = db.rows(
        f"""
        SELECT holder.id, holder.{name}, coalesce(taken.sold, 0), coalesce(taken.cost, 0)
        FROM (
            SELECT id, {name} FROM {table} WHERE org_id = %s {condition} ORDER BY id LIMIT %s
        ) AS holder CROSS JOIN LATERAL (
            SELECT sum({history.sold("entry")}) AS sold, sum({history.cost_of_goods("entry")}) AS cost
            FROM sales_order AS sold_order
            JOIN sales_order_item AS line
                ON line.org_id = sold_order.org_id AND line.sales_order_id = sold_order.id
            JOIN {FINISHED_GOODS.entries} AS entry ON entry.org_id = line.org_id AND entry.line_id = line.id
            WHERE sold_order.org_id = %s AND {lines} AND entry.{time} < %s
                AND (%s::timestamptz IS NULL OR entry.{time} >= %s)
        ) AS taken ORDER BY holder.id
        """,
        (
            current().org_id,
            *after,
            limit + 1,
            current().org_id,
            period.end.end,
            *([None if period.start is None else period.start.end] * 2),
        ),
    )
    next_cursor = None
    if len(rows) > limit:
        del rows[limit:]
        next_cursor = write_cursor(f"cost of {table}", [rows[-1][0]])
    return [_row({id_key: id, name_key: shown}, sold, cost, None) for id, shown, sold, cost in rows], next_cursor


def _next(name: str, rows: list[Any], limit: int) -> str | None:
    if len(rows) <= limit:
        return None
    del rows[limit:]
    return write_cursor(name, rows[-1][:2])


def _row(group: dict[str, str], sold: Any, cost: Any, variance: Any) -> CostOfGoodsRow:
    keys = dict.fromkeys(("orderId", "orderNumber", "customerId", "customerName", "skuId", "skuCode", "month"))
    return cast(
        CostOfGoodsRow,
        {
            **keys,
            **group,
            "quantity": sold,
            "costOfGoods": cost,
            "variance": None if variance is None else canonical(variance),
        },
    )


_PAGES = {"order": _orders, "customer": _customers, "sku": _skus, "month": _months}
