"""The fingerprint of an effect, and what is told of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers.mcp import effects
from pharus.fields import new_id
from plugins.events.reading import BEGINNING, Event
from plugins.events.records import shown

pytestmark = pytest.mark.no_database


def event(type: str, record_id: str, *, parent_id: str | None = None, before: Any = None, after: Any = None) -> Event:
    now = datetime.now(UTC)
    return Event(
        BEGINNING, new_id(), type, record_id, None, parent_id, None, None, None, None, None, now, before, after
    )


def order(number: str = "PO-2026-0001", quantity: str = "5", at: str = "2026-11-28T10:00:00Z") -> list[Event]:
    """An order with a line, as it is made anew each time."""
    id = new_id()
    line = {"quantity": quantity, "unitCost": "2.5", "purchaseOrderId": id}
    return [
        event("purchase_order.created", id, after={"poNumber": number, "enteredAt": at}),
        event("purchase_order_item.created", new_id(), parent_id=id, after=line),
    ]


def test_fingerprint_is_of_the_effect_and_not_of_the_time() -> None:
    first = effects.fingerprint(order())
    assert effects.fingerprint(order("PO-2026-0044", at="2026-11-29T11:12:13.5Z")) == first
    assert effects.fingerprint(order(quantity="6")) != first
    assert effects.fingerprint(order()[:1]) != first
    assert effects.fingerprint(list(reversed(order()))) != first


def test_fingerprint_knows_records_that_there_are_by_their_ids() -> None:
    one, other = new_id(), new_id()
    changes = [effects.fingerprint([event("vendor.updated", id, after={"name": "x"})]) for id in (one, other, one)]
    assert changes[0] == changes[2] != changes[1]


def test_told_are_records_stock_and_money() -> None:
    entry = {"itemId": "m", "locationId": "l", "eventType": "RECEIVE", "inTransit": "0"}
    events = [
        *order(),
        event(
            "materials_ledger_entry.created", new_id(), after={**entry, "onHand": "5", "onOrder": "-5", "value": "12.5"}
        ),
        event("materials_ledger_entry.created", new_id(), after={**entry, "onHand": "1", "value": "2.75"}),
    ]
    told = effects.told(events, [shown(each) for each in events], with_money=True)
    assert told["records"] == {
        "purchase_order.created": 1,
        "purchase_order_item.created": 1,
        "materials_ledger_entry.created": 2,
    }
    assert told["stock"] == [{"materialId": "m", "locationId": "l", "onHand": "6", "onOrder": "-5"}]
    assert told["money"] == {"stockValue": "15.25", "purchase_order_items": "12.5"}
    assert [change["what"] for change in told["changes"]] == ["purchase_order.created", "purchase_order_item.created"]
    assert "money" not in effects.told(events, [shown(each) for each in events], with_money=False)


def test_many_changes_are_counted_and_the_first_told() -> None:
    events = [event("vendor.created", new_id(), after={"name": str(number)}) for number in range(500)]
    told = effects.told(events, [shown(each) for each in events], with_money=True)
    assert (told["records"], len(told["changes"]), told["changesLeftOut"]) == ({"vendor.created": 500}, 20, 480)
