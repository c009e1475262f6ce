"""What expires when and where, what it is worth, and that it is told when it has."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from plugins.lots import expiry
from plugins.lots import operations as lots
from tests.days import today
from tests.plugins.lots.making import Json, Maker


@pytest.fixture
def maker(migrated: str) -> Iterator[Maker]:
    made = Maker()
    yield made
    assert made.discrepancies() == []


def in_days(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def until(**days: int) -> list[Json]:
    return [{"code": code, "quantity": 2, "bestBefore": in_days(after)} for code, after in days.items()]


def test_what_expires_first_comes_first_with_what_it_is_worth(maker: Maker) -> None:
    maker.adjust(4, lots=until(late=30, soon=3), unitCost=Decimal("2.5"))
    maker.adjust(4, 1, lots=[*until(gone=-3), {"code": "never", "quantity": 2}], unitCost=4)
    rows = maker.do(lots.list_expiring_lots)["data"]
    assert [(row["code"], row["onHand"], row["value"]) for row in rows] == [
        ("gone", 2, 8),
        ("soon", 2, 5),
        ("late", 2, 5),
    ]
    assert [row["code"] for row in maker.do(lots.list_expiring_lots, before=in_days(3))["data"]] == ["gone", "soon"]
    here = maker.do(lots.list_expiring_lots, location_id=maker.places[1])["data"]
    assert [row["code"] for row in here] == ["gone"]
    first = maker.do(lots.list_expiring_lots, limit=2)
    rest = maker.do(lots.list_expiring_lots, limit=2, cursor=first["nextCursor"])
    assert [row["code"] for row in (*first["data"], *rest["data"])] == ["gone", "soon", "late"]
    assert rest["nextCursor"] is None


def test_the_sweep_tells_of_each_lot_once_that_it_has_expired(maker: Maker) -> None:
    maker.adjust(6, lots=until(gone=-1, today=0, later=5))
    assert expiry.carry_on() >= 1
    told = {code: maker.lot(code)["expiredAt"] for code in ("gone", "today", "later")}
    assert (told["gone"] is None, told["today"], told["later"]) == (False, None, None)
    assert expiry.expire(maker.org_id) == 0
    # Allowed for longer, it has not expired; and does so again.
    maker.do(lots.allow_expired_lot, maker.lot("gone")["id"], {"until": in_days(2), "reason": "Tested"})
    assert maker.lot("gone")["expiredAt"] is None
    assert expiry.expire(maker.org_id) == 0
