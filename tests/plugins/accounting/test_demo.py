"""The demo organization's valuation, cost of goods and journal say the same."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from handlers.cli import demo_organization
from pharus import storage
from pharus.db import unit_of_work
from plugins.accounting import operations
from plugins.inventory import history
from plugins.inventory import operations as stock
from plugins.platform.access import ByToken


def journal() -> dict[str, Decimal]:
    """What is on each account after the whole journal: debits less credits."""
    accounts: dict[str, Decimal] = {}
    cursor: str | None = None
    while True:
        page = operations.list_journal_entries(cursor=cursor)
        for entry in page["data"]:
            for line in entry["lines"]:
                account = accounts.get(line["account"], Decimal(0))
                accounts[line["account"]] = account + line["debit"] - line["credit"]
        cursor = page["nextCursor"]
        if cursor is None:
            return accounts


def in_all(summary: Any) -> Decimal:
    return sum((Decimal(row["value"]) for row in summary["data"]), Decimal(0))


def report(group_by: str) -> Any:
    return operations.get_cost_of_goods(group_by=group_by, limit=500)


def test_reports_of_the_demo_agree(migrated: str, tmp_path: Path) -> None:
    storage.install(storage.LocalStore(tmp_path / "documents", "http://127.0.0.1"))
    made = demo_organization.fill()
    for aggregated in (False, True):
        if aggregated:
            assert history.aggregate() > 0
        with unit_of_work(ByToken(made.token)):
            accounts = journal()
            worth = operations.get_valuation()["total"]
            assert sum(accounts.values()) == 0
            assert accounts["materials"] == worth["materials"] > 0
            assert accounts["finishedGoods"] == worth["finishedGoods"] > 0
            assert accounts.get("goodsInTransit", 0) == worth["inTransitValue"]
            # What went into productions has come out of them.
            assert accounts["production"] == 0
            assert worth["materials"] == in_all(stock.get_materials_summary())
            assert worth["finishedGoods"] == in_all(stock.get_finished_goods_summary())
            for group_by in ("order", "customer", "sku", "month"):
                body = report(group_by)
                assert body["total"]["costOfGoods"] == accounts["costOfGoods"] > 0
                assert sum(row["costOfGoods"] for row in body["data"]) == accounts["costOfGoods"]
