"""A small world for tests of the engine: an organization with items, places, and a way to look at its balances."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role
from plugins.inventory import engine, integrity
from plugins.inventory.ledgers import MATERIALS, Ledger
from plugins.inventory.postings import Amounts, Key, Posted, Posting
from tests import factories

T = TypeVar("T")


@dataclass(frozen=True)
class Stock:
    org_id: str
    items: list[str]
    places: list[str]
    ledger: Ledger = MATERIALS

    @property
    def owner(self) -> Actor:
        return Actor(uid="test", org_id=self.org_id, role=Role.owner)

    def key(self, item: int = 0, place: int = 0) -> Key:
        return Key(self.items[item], self.places[place])

    def do(self, work: Callable[[], T]) -> T:
        with unit_of_work(self.owner):
            return work()

    def post(self, event_type: str, quantity: Any, item: int = 0, place: int = 0, **values: Any) -> Posted:
        posting = Posting(*self.key(item, place), event_type, Decimal(quantity), **values)
        return self.do(lambda: engine.post(self.ledger, [posting]))[0].posted

    def reverse(self, posted: Posted) -> Posted:
        return self.do(lambda: engine.post(self.ledger, [posted.reverse()]))[0].posted

    def balances(self) -> dict[Key, Amounts]:
        rows = self.do(
            lambda: db.execute_sql(
                f"SELECT item_id, location_id, on_hand, on_order, demand, allocated, in_transit, value "
                f"FROM {self.ledger.balances} WHERE org_id = %s",
                (self.org_id,),
            ).fetchall()
        )
        return {Key(row[0], row[1]): Amounts(*row[2:]) for row in rows}

    def balance(self, item: int = 0, place: int = 0) -> Amounts:
        return self.balances().get(self.key(item, place), Amounts())

    def discrepancies(self) -> list[str]:
        return integrity.of_organization(self.org_id, self.ledger)


def make_stock(items: int = 1, places: int = 2) -> Stock:
    organization = factories.make_organization()
    type_id = factories.make_material_type(organization.id)
    return Stock(
        organization.id,
        [factories.make_material(organization.id, type_id=type_id) for _ in range(items)],
        [factories.make_location(organization.id, sort_order=number) for number in range(places)],
    )
