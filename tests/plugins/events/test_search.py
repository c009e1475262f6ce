"""What is asked of the log is found, and without looking through the whole of it."""

import hashlib
import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pharus import db
from plugins.events import reading
from plugins.events.reading import Event, Position
from plugins.events.search import Filter
from tests import event_log, factories
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.plugins.events.closing import closed
from tests.waiting import wait_until

MOMENT = timedelta(microseconds=1)
RARE = "01935d6c-7b1a-7c3e-8f00-00000000aaaa"
_USERS = [f"01935d6c-7b1a-7c3e-8f00-{number:012}" for number in range(4)]


def found(org_id: str, asked: Filter, size: int = 1000, *, newest_first: bool = True) -> list[Event]:
    """All pages."""
    events: list[Event] = []
    with db.unit_of_work(owner_of(org_id)):
        if asked.record_id is not None:
            asked = replace(asked, family=reading.family_of(asked.record_id))
        after: Position | None = None
        while page := reading.read(asked, after, size, newest_first=newest_first).events:
            events += page
            after = page[-1].position
    return events


@pytest.fixture(scope="module")
def filled(database_url: str) -> Organization:
    """Blocks of transactions by several users, some packed, and a tail that is in no block."""
    organization = factories.make_organization()
    chance = random.Random(11)
    for number in range(30):
        origin = (
            f"{chance.choice(_USERS)}||{'ab' * 32}|request-{number}|{chance.choice(['createVendor', 'importVendors'])}"
        )
        with db.unit_of_work(owner_of(organization.id)):
            db.db.send("SELECT set_config('pharus.origin', %s, true)", (origin,))
            db.db.send(
                "INSERT INTO vendor (org_id, id, name) SELECT current_org(), gen_random_uuid(), 'V' || n "
                "FROM generate_series(1, %s) AS n",
                (chance.choice([1, 3, 20, 40, 300]),),
            )
            if number % 8 == 0:
                db.db.send("UPDATE vendor SET city = 'Ulm' WHERE name = 'V1'")
        if number in (8, 21):
            closed(organization.id)
    return organization


def every(organization: Organization) -> list[Event]:
    """By the simplest statement there is."""
    written = len(event_log.events(organization.id))

    def look() -> list[Event]:
        events = found(organization.id, Filter(), 100_000, newest_first=False)
        # Other tests may hold the log back for a while.
        return events if len(events) == written else []

    return wait_until(look)


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("size", [60, 4000])
def test_each_filter_finds_what_a_look_at_every_event_finds(
    filled: Organization, size: int, *, newest_first: bool
) -> None:
    events = every(filled)
    middle = events[len(events) // 2].occurred_at
    cases: list[tuple[Filter, Callable[[Event], bool]]] = [
        (Filter(types=["vendor.updated"]), lambda each: each.type == "vendor.updated"),
        (
            Filter(types=["organization.*", "vendor.updated"]),
            lambda each: each.type.startswith(("organization.", "vendor.u")),
        ),
        (Filter(user_id=_USERS[0]), lambda each: each.user_id == _USERS[0]),
        (
            Filter(user_id=_USERS[0], operation="createVendor"),
            lambda each: (each.user_id, each.operation) == (_USERS[0], "createVendor"),
        ),
        (Filter(request_id="request-17"), lambda each: each.request_id == "request-17"),
        (Filter(since=middle), lambda each: each.occurred_at >= middle),
        (Filter(until=middle), lambda each: each.occurred_at < middle),
        (Filter(since=middle, until=middle + MOMENT), lambda each: each.occurred_at == middle),
        (Filter(user_id=RARE), lambda each: False),
        (Filter(hidden=["vendor"]), lambda each: each.table != "vendor"),
    ]
    for asked, passes in cases:
        expected = [each for each in events if passes(each)]
        if newest_first:
            expected.reverse()
        assert found(filled.id, asked, size, newest_first=newest_first) == expected, asked


def test_history_of_a_record_has_what_belonged_to_it(organization: Organization) -> None:
    material = factories.make_material(organization.id)
    order, other = (factories.make_purchase_order(organization.id) for _ in range(2))
    lines = [
        factories.make_purchase_order_item(organization.id, purchase_order_id=each, material_id=material)
        for each in (order, order, other)
    ][:2]
    receipt = factories.make_purchase_order_receipt(organization.id, purchase_order_id=order)
    item = factories.make_purchase_order_receipt_item(organization.id, receipt_id=receipt, po_item_id=lines[0])
    with db.unit_of_work(owner_of(organization.id)):
        # Packed into one row, and deleted one by one.
        db.db.send(
            "INSERT INTO purchase_order_item (org_id, id, purchase_order_id, material_id, quantity, unit_cost) "
            "SELECT org_id, gen_random_uuid(), purchase_order_id, material_id, n, 1 "
            "FROM purchase_order_item, generate_series(10, 60) AS n WHERE id = %s",
            (lines[1],),
        )
        db.db.send("UPDATE purchase_order SET notes = 'why' WHERE id = %s", (order,))
        db.db.send("DELETE FROM purchase_order_item WHERE id = %s", (lines[1],))
    events = every(organization)
    whole = found(organization.id, Filter(record_id=order))
    mine = [each for each in events if each.record_id == order or each.parent_id in (order, receipt)]
    assert whole == mine[::-1]
    assert {each.record_id for each in whole} >= {order, *lines, receipt, item}
    assert len(whole) > 51
    for size in (1, 10):
        assert found(organization.id, Filter(record_id=order), size) == whole
    of_lines = found(organization.id, Filter(record_id=order, types=["purchase_order_item.*"]))
    assert of_lines == [each for each in whole if each.table == "purchase_order_item"]


# Rows of one.
_BLOCK = 256


def test_what_is_rare_is_found_without_looking_through_the_log(migrated: str) -> None:
    """6,000 rows, three of them by somebody rare, in a database with statistics of its own."""
    organization = factories.make_organization()
    db.db.execute_sql(
        """
        INSERT INTO event (org_id, transaction_id, type, record_id, user_id, token_id, operation, request_id)
        SELECT %s, n, CASE WHEN rare IS NULL THEN 'vendor.created' ELSE 'organization.updated' END,
            md5((n / 2)::text)::uuid, rare, rare, CASE WHEN rare IS NULL THEN 'createVendor' ELSE 'rarely' END, n
        FROM generate_series(1, 6000) AS n, LATERAL (SELECT CASE WHEN n %% 1999 = 0 THEN %s::uuid END AS rare) AS x
        """,
        (organization.id, RARE),
    )
    closed(organization.id)
    with db.maintenance():
        db.db.execute_sql("ANALYZE event, event_block")
    one = str(uuid.UUID(hashlib.md5(b"700").hexdigest()))
    for asked, count in (
        (Filter(types=["organization.updated"]), 3),
        (Filter(types=["organization.updated"], hidden=["invitation"]), 3),
        (Filter(types=["sales_order.*"]), 0),
        (Filter(user_id=RARE), 3),
        (Filter(token_id=RARE), 3),
        (Filter(operation="rarely"), 3),
        (Filter(request_id="1500"), 1),
        (Filter(since=datetime.now(UTC) + timedelta(hours=1)), 0),
        (Filter(record_id=one), 2),
        (Filter(), 101),
    ):
        for way in ("ASC", "DESC"):
            with db.unit_of_work(owner_of(organization.id)):
                assert len(reading.read(asked, None, 101, newest_first=way == "DESC").events) == count
                text, values = asked.rows(None, way, 102)
                (plan,) = db.db.row(f"EXPLAIN (ANALYZE, FORMAT JSON) {text}", values)
            # The blocks that have something of it, and what is in none.
            assert _rows_of(plan[0]["Plan"], "event") <= min(count, 3) * 256 + 256, (asked, plan)


def _rows_of(plan: dict[str, Any], table: str) -> float:
    """Rows that the plan reads of a table, those included that it reads and drops."""
    own = 0.0
    if plan.get("Relation Name") == table:
        own = plan["Actual Loops"] * (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0))
    return own + sum(_rows_of(each, table) for each in plan.get("Plans", ()))
