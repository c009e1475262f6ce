"""The journal: every entry balances, and its inventory accounts are the valuation, on every date."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharus.db import db, unit_of_work
from pharus.errors import Conflict
from pharus.fields import new_id
from plugins.accounting import journal, rules, valuation
from plugins.accounting.rules import Movement, debits
from plugins.inventory import engine, history
from plugins.inventory.history import AsOf
from plugins.inventory.postings import REVALUE, REVERSIBLE, Posted, Posting
from tests.api import Api
from tests.plugins.inventory.stock import Stock, make_stock
from tests.plugins.purchase_orders.buying import Buying

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["RECEIVE", "sell", "DISPOSE", "TRANSFER", "arrive", "ADJUST", "produce", "correct", "revalue", "undo"]
        ),
        st.integers(1, 9),
        st.integers(0, 1),
        st.integers(-60, 0),
    ),
    min_size=1,
    max_size=25,
)


class History:
    """Random movements of one stock, of every sort."""

    def __init__(self) -> None:
        self.stock: Stock = make_stock()
        self.posted: list[Posted] = []

    def take(self, sort: str, number: int, place: int, hours: int) -> None:
        values: dict[str, Any] = {"place": place, "event_date": NOW + timedelta(hours=hours)}
        with suppress(Conflict):
            getattr(self, f"_{sort.lower()}")(number, values)

    def _post(self, event_type: str, quantity: object, values: dict[str, Any], **more: Any) -> Posted:
        self.posted.append(self.stock.post(event_type, quantity, **values, **more))
        return self.posted[-1]

    def _receive(self, number: int, values: dict[str, Any]) -> None:
        self._post("RECEIVE", number, values, unit_cost=Decimal(number) / 7, source_type="po_receipt")

    def _adjust(self, number: int, values: dict[str, Any]) -> None:
        self._post("ADJUST", number, values)

    def _dispose(self, number: int, values: dict[str, Any]) -> None:
        self._post("DISPOSE", number, values)

    def _sell(self, number: int, values: dict[str, Any]) -> None:
        self._post("CONSUME", number, values, source_type="so_item", source_id=new_id())

    def _transfer(self, number: int, values: dict[str, Any]) -> None:
        self._post(
            "TRANSFER", number, values, source_type="transfer", to_location_id=self.stock.places[1 - values["place"]]
        )

    def _arrive(self, number: int, values: dict[str, Any]) -> None:
        for sent in [each for each in self.posted if each.posting.event_type == "TRANSFER"][:1]:
            self.posted.remove(sent)
            place = self.stock.places.index(sent.posting.to_location_id or "")
            self.stock.post(
                "RECEIVE",
                sent.posting.quantity,
                place=place,
                value=-sent.effect.value,
                event_date=values["event_date"],
                source_type="transfer",
                source_id=sent.id,
            )

    def _produce(self, number: int, values: dict[str, Any]) -> None:
        source = {"source_type": "wo_receipt", "source_id": new_id()}
        taken = self._post("CONSUME", number, values, **source)
        added = Decimal(number) / 3
        added = added.quantize(Decimal("0.000001"))
        self._post("PRODUCE", number * 2, values, value=added - taken.effect.value, added_value=added, **source)

    def _correct(self, number: int, values: dict[str, Any]) -> None:
        inflows = [each for each in self.posted if each.posting.event_type in ("RECEIVE", "PRODUCE")]
        for inflow in inflows[-number:][:1]:
            place = self.stock.places.index(inflow.posting.location_id)
            self.stock.post(
                REVALUE,
                1,
                place=place,
                added_value=Decimal(number) / 8,
                corrects=inflow,
                source_type=inflow.posting.source_type,
                event_date=values["event_date"],
            )
            # Undoing it would have to know of the correction, which this copy does not.
            self.posted.remove(inflow)

    def _revalue(self, number: int, values: dict[str, Any]) -> None:
        self.stock.post(REVALUE, 1, added_value=Decimal(number) / 8, source_type="manual", **values)

    def _undo(self, number: int, values: dict[str, Any]) -> None:
        left = [each for each in self.posted if each.posting.event_type in REVERSIBLE]
        if left:
            chosen = left[number % len(left)]
            reversal = chosen.reverse(event_date=values["event_date"])
            self.stock.do(lambda: engine.post(self.stock.ledger, [reversal]))
            self.posted.remove(chosen)


def entries(stock: Stock) -> list[Any]:
    found: list[Any] = []
    cursor: str | None = None
    with unit_of_work(stock.owner):
        while True:
            page = journal.page(None, None, cursor, 7)
            found += page["data"]
            cursor = page["nextCursor"]
            if cursor is None:
                return found


def balance_of(found: Iterable[Any], account: str) -> Decimal:
    lines = [line for entry in found for line in entry["lines"] if line["account"] == account]
    return sum((line["debit"] - line["credit"] for line in lines), Decimal(0))


@settings(max_examples=25)
@given(steps=STEPS)
def test_entries_balance_and_inventory_accounts_are_the_valuation_on_every_date(steps: Any) -> None:
    made = History()
    for step in steps:
        made.take(*step)
    found = entries(made.stock)
    assert [(entry["eventDate"], entry["id"]) for entry in found] == sorted(
        (entry["eventDate"], entry["id"]) for entry in found
    )
    for entry in found:
        assert entry["lines"]
        assert sum(line["debit"] for line in entry["lines"]) == sum(line["credit"] for line in entry["lines"])
        assert all(min(line["debit"], line["credit"]) == 0 for line in entry["lines"])
    history.aggregate()
    for end in sorted({entry["eventDate"] for entry in found}):
        until = [entry for entry in found if entry["eventDate"] <= end]
        with unit_of_work(made.stock.owner):
            worth = valuation.report(AsOf(end + timedelta(microseconds=1)), None)["total"]
        assert balance_of(until, "materials") == worth["materials"]
        assert balance_of(until, "goodsInTransit") == worth["inTransitValue"]


@pytest.mark.parametrize(
    ("movement", "expected"),
    [
        (
            Movement("materials", "RECEIVE", "po_receipt", Decimal(10), Decimal(0)),
            {"materials": 10, "goodsReceived": -10},
        ),
        (
            Movement("materials", "REVERSE_RECEIVE", "po_receipt", Decimal(-68), Decimal(32)),
            {"materials": -68, "variance": -32, "goodsReceived": 100},
        ),
        (
            Movement("finished_goods", "PRODUCE", "wo_receipt", Decimal(12), Decimal(0), Decimal(9)),
            {"finishedGoods": 12, "production": -9, "conversionCosts": -3},
        ),
        (
            Movement("finished_goods", "REVERSE_PRODUCE", "wo_receipt", Decimal(-8), Decimal(4), Decimal(9)),
            {"finishedGoods": -8, "variance": -4, "production": 9, "conversionCosts": 3},
        ),
        (
            Movement("materials", "CONSUME", "prod_receipt", Decimal(-5), Decimal(0)),
            {"materials": -5, "production": 5},
        ),
        (
            Movement("finished_goods", "CONSUME", "so_item", Decimal(-5), Decimal(0)),
            {"finishedGoods": -5, "costOfGoods": 5},
        ),
        (
            Movement("materials", "REVALUE", "po_receipt", Decimal(2), Decimal(-4)),
            {"materials": 2, "variance": 4, "goodsReceived": -6},
        ),
        (
            Movement("materials", "REVALUE", "wo_receipt", Decimal(2), Decimal(0)),
            {"materials": 2, "conversionCosts": -2},
        ),
        (Movement("materials", "REVALUE", "manual", Decimal(-2), Decimal(0)), {"materials": -2, "adjustments": 2}),
        (Movement("materials", "ADJUST", "opening", Decimal(5), Decimal(0)), {"materials": 5, "openingBalances": -5}),
        (Movement("materials", "DISPOSE", "manual", Decimal(-2), Decimal(0)), {"materials": -2, "writeOffs": 2}),
        (
            Movement("materials", "TRANSFER", "transfer", Decimal(-2), Decimal(0)),
            {"materials": -2, "goodsInTransit": 2},
        ),
        (Movement("materials", "RECEIVE", "transfer", Decimal(2), Decimal(0)), {"materials": 2, "goodsInTransit": -2}),
    ],
    ids=lambda value: value.event_type if isinstance(value, Movement) else "",
)
def test_what_each_event_does_to_the_accounts(movement: Movement, expected: dict[str, int]) -> None:
    assert debits(movement) == expected


def test_every_account_has_a_name() -> None:
    assert set(rules.INVENTORY.values()) < set(rules.ACCOUNTS)


def test_journal_names_accounts_and_days_as_the_settings_do(admin: Api, viewer: Api, organization: Any) -> None:
    admin.patch("/api/accounting/settings", {"timeZone": "Pacific/Auckland", "accounts": {"materials": "1310 Stock"}})
    buying = Buying(organization, admin)
    buying.receive(buying.order(), 4, receiptDate="2026-01-01T08:00:00+13:00")
    (entry,) = viewer.get("/api/accounting/journal", dateFrom="2026-01-01", dateTo="2026-01-01").json()["data"]
    assert (entry["date"], entry["eventDate"], entry["sourceType"]) == (
        "2026-01-01",
        "2025-12-31T19:00:00Z",
        "po_receipt",
    )
    assert entry["lines"] == [
        {"account": "materials", "name": "1310 Stock", "debit": "10", "credit": "0"},
        {"account": "goodsReceived", "name": "Goods received, not invoiced", "debit": "0", "credit": "10"},
    ]
    assert viewer.get("/api/accounting/journal", dateTo="2025-12-31").json()["data"] == []


def test_journal_of_both_ledgers_pages_without_gaps_or_repeats(admin: Api, viewer: Api, organization: Any) -> None:
    buying = Buying(organization, admin)
    for day in (3, 1, 2):
        order = {"targetType": "finished_goods", "items": [{"skuId": buying.skus[0], "quantity": 9, "unitCost": 2}]}
        buying.receive(buying.order(), 1, receiptDate=f"2026-01-0{day}")
        buying.receive(buying.order(**order), 1, receiptDate=f"2026-01-0{day}")
    seen, cursor = [], {}
    while True:
        page = viewer.get("/api/accounting/journal", limit="4", **cursor).json()
        seen += page["data"]
        if page["nextCursor"] is None:
            break
        cursor = {"cursor": page["nextCursor"]}
    assert [entry["date"] for entry in seen] == [f"2026-01-0{day}" for day in (1, 1, 2, 2, 3, 3)]
    assert len({entry["id"] for entry in seen}) == 6
    assert {entry["ledger"] for entry in seen} == {"materials", "finished_goods"}


def test_production_of_an_entry_is_looked_up_by_its_key() -> None:
    """Behind row-level security an index is used for columns, and not for what is computed of them."""
    stock = make_stock()
    stock.do(lambda: engine.post(stock.ledger, [Posting(*stock.key(), "ADJUST", Decimal(1))] * 200))
    db.execute_sql(f"ANALYZE {stock.ledger.entries}")
    with unit_of_work(stock.owner):
        db.send("SET LOCAL enable_seqscan = off")
        text, parameters = journal._query(None, None, None, 100)
        plan = "\n".join(line for (line,) in db.rows(f"EXPLAIN {text}", parameters))
    by_key = r"using materials_ledger_entry_pkey .*\n *Index Cond: \(\(org_id = \S*org_id\) AND \(id = "
    assert re.search(by_key, plan), plan
