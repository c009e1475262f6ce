"""The log from its beginning gives every balance and every status, to the last digit: after random histories of orders
of every kind, and of the stock that they move."""

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from pharus import db
from plugins.events.reading import Event
from plugins.inventory.ledgers import LEDGERS
from tests import event_log
from tests.contract.test_order_histories import KINDS, Histories

AMOUNTS = ("on_hand", "on_order", "demand", "allocated", "in_transit", "value")
# Of a ledger, an item and a location.
Balances = dict[tuple[str, str, str], tuple[Decimal, ...]]
# Of a kind, by id.
Statuses = dict[tuple[str, str], str]


def replayed(events: list[Event]) -> tuple[Balances, Statuses]:
    """By what the events say, and nothing else."""
    sums: dict[tuple[str, str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(AMOUNTS))
    statuses: Statuses = {}
    for event in events:
        values, table = event.after or {}, event.table
        if event.type == f"{table}.deleted":
            statuses.pop((table, event.record_id), None)
        elif table in KINDS and (status := values.get("orderStatus", values.get("status"))):
            statuses[table, event.record_id] = status
        elif table.endswith("_ledger_entry"):
            for at, amount in enumerate(AMOUNTS):
                location = values["toLocationId"] if amount == "in_transit" and "toLocationId" in values else None
                key = (table.removesuffix("_ledger_entry"), values["itemId"], location or values["locationId"])
                first, *others = amount.split("_")
                sums[key][at] += Decimal(values[first + "".join(map(str.capitalize, others))])
    return {key: tuple(each) for key, each in sums.items() if any(each)}, statuses


def stored(org_id: str) -> tuple[Balances, Statuses]:
    balances: Balances = {}
    for ledger in LEDGERS:
        for item, location, *amounts in db.db.rows(
            f"SELECT item_id, location_id, {', '.join(AMOUNTS)} FROM {ledger.balances} WHERE org_id = %s", (org_id,)
        ):
            if any(amounts):
                balances[ledger.name, item, location] = tuple(amounts)
    statuses: Statuses = {}
    for kind in KINDS:
        column = "order_status" if kind == "sales_order" else "status"
        for id, status in db.db.rows(f"SELECT id, {column} FROM {kind} WHERE org_id = %s", (org_id,)):
            statuses[kind, id] = status
    return balances, statuses


class Replays(Histories):
    orders = 0

    def teardown(self) -> None:
        if hasattr(self, "server"):
            balances, statuses = replayed(event_log.feed(self.server.org_id))
            assert (balances, statuses) == stored(self.server.org_id)
            assert len(balances) > 4
            type(self).orders += len(statuses)


@pytest.mark.long
def test_replay_gives_every_balance_and_status_of_any_history() -> None:
    Replays.orders = 0
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Replays,
        settings=settings(
            max_examples=5,
            stateful_step_count=40,
            database=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Replays.orders > 25
