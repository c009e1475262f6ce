"""Recalls: who has what, with whom to call, what is still where, and that nothing of it leaves any more."""

from collections.abc import Iterator

import pytest

from pharus.errors import Conflict, NotFound
from plugins.lots import operations as lots
from tests import factories
from tests.pharus.acting import at_once
from tests.plugins.lots.making import Json, Maker, named


@pytest.fixture
def maker(migrated: str) -> Iterator[Maker]:
    made = Maker()
    yield made
    assert made.discrepancies() == []


def recall(maker: Maker, code: str, **said: object) -> Json:
    return dict(maker.do(lots.recall_lot, maker.lot(code)["id"], {"reason": "The vendor recalls it", **said}))


def statuses(maker: Maker, *codes: str) -> list[str]:
    return [maker.lot(code)["status"] for code in codes]


def test_all_that_was_made_of_a_lot_stays_and_who_has_it_is_told(maker: Maker) -> None:
    maker.adjust(40, lots=named(a=20, b=20))
    maker.make(maker.plan(6), 6, lots=named(s=6), inputs=[maker.used(a=12)])
    maker.make(maker.plan(3), 3, lots=named(t=3), inputs=[maker.used(b=6)])
    maker.make(maker.plan(1, maker.set), 1, lots=named(set=1), inputs=[maker.used(b=1)])
    sale = maker.sell(3)
    maker.ship(sale, 3, lots=named(s=3))
    org_id = maker.org_id
    contact = factories.make_contact(org_id)
    factories.make_contact_method(
        org_id, contact_id=contact, method_type="email", value="kim@example.com", is_primary=True
    )
    factories.make_contact_link(org_id, contact_id=contact, customer_id=maker.customer, is_primary=True)
    found = recall(maker, "a")
    assert statuses(maker, "a", "b", "s", "t", "set") == ["recalled", "released", "on_hold", "released", "on_hold"]
    assert {lot["code"]: lot["level"] for lot in found["lots"]} == {"a": 0, "s": 1, "set": 2}
    assert [(sale["customerId"], sale["quantity"]) for sale in found["sales"]] == [(maker.customer, 3)]
    (customer,) = found["customers"]
    assert (customer["quantity"], customer["returned"], customer["contacts"][0]["email"]) == (3, 0, "kim@example.com")
    codes = {lot["id"]: lot["code"] for lot in found["lots"]}
    assert {codes[place["lotId"]]: place["onHand"] for place in found["places"]} == {"a": 8, "set": 1}
    assert (found["recall"]["lotCount"], found["recall"]["isMock"]) == (3, False)
    with pytest.raises(Conflict, match="too little"):
        maker.ship(maker.sell(1, maker.set), 1)
    again = maker.do(lots.get_lot_recall, found["recall"]["id"])
    assert again["lots"] == found["lots"]
    assert again["customers"] == found["customers"]


def test_an_exercise_changes_nothing_and_says_how_long_it_took(maker: Maker) -> None:
    maker.adjust(20, lots=named(a=20))
    maker.make(maker.plan(6), 6, lots=named(s=6))
    found = recall(maker, "a", mock=True)
    assert statuses(maker, "a", "s") == ["released", "released"]
    assert (found["recall"]["isMock"], found["recall"]["lotCount"]) == (True, 2)
    assert found["recall"]["milliseconds"] >= 0
    listed = maker.do(lots.list_lot_recalls, maker.lot("a")["id"])["data"]
    assert [each["id"] for each in listed] == [found["recall"]["id"]]


def test_what_is_rejected_stays_rejected(maker: Maker) -> None:
    maker.adjust(20, lots=named(a=20))
    maker.make(maker.plan(6), 6, lots=named(s=6))
    maker.do(lots.reject_lot, maker.lot("s")["id"], {"reason": "Too soft"})
    recall(maker, "a")
    assert statuses(maker, "a", "s") == ["recalled", "rejected"]
    assert maker.lot("s")["statusReason"] == "Too soft"


def test_a_recall_sees_all_that_leaves_or_nothing_leaves(maker: Maker) -> None:
    """Sixteen ship at once with it: what was shipped is in the report, all else was refused."""
    maker.adjust(200, lots=named(a=200))
    maker.make(maker.plan(60), 60, lots=named(s=60))
    sales = [maker.sell(1) for _ in range(16)]

    def work(number: int) -> object:
        if number == 8:
            return recall(maker, "a")["sales"]
        try:
            maker.ship(sales[number], 1)
        except Conflict:
            return False
        return True

    answers = at_once(16, work)
    (reported,) = (each for each in answers if isinstance(each, list))
    assert len(reported) == answers.count(True)


def test_what_there_is_not_is_not_recalled(maker: Maker) -> None:
    with pytest.raises(NotFound):
        maker.do(lots.recall_lot, maker.material, {"reason": "Why not"})
    with pytest.raises(NotFound):
        maker.do(lots.get_lot_recall, maker.material)
