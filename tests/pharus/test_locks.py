import threading
from concurrent.futures import ThreadPoolExecutor

from pharus import db
from pharus.db import unit_of_work
from pharus.locks import take_turn
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of


def taken(org_id: str, subject: str) -> None:
    """Take the turn in a thread and a transaction of its own."""
    try:
        with unit_of_work(owner_of(org_id)):
            take_turn(subject)
    finally:
        db.disconnect()


def test_take_turn_waits_until_the_one_before_has_committed(organization: Organization) -> None:
    began, order = threading.Event(), []

    def second() -> None:
        began.set()
        taken(organization.id, "sku")
        order.append("second")

    with ThreadPoolExecutor(1) as pool:
        with unit_of_work(owner_of(organization.id)):
            take_turn("sku")
            waiting = pool.submit(second)
            assert began.wait(timeout=30)
            db.db.execute_sql("SELECT pg_sleep(0.2)")
            order.append("first")
        waiting.result(timeout=30)
    assert order == ["first", "second"]


def test_take_turn_of_another_subject_or_organization_does_not_wait(organization: Organization) -> None:
    other = factories.make_organization()
    with unit_of_work(owner_of(organization.id)), ThreadPoolExecutor(1) as pool:
        take_turn("sku")
        pool.submit(taken, organization.id, "material").result(timeout=10)
        pool.submit(taken, other.id, "sku").result(timeout=10)


def test_take_turn_twice_in_one_transaction_does_not_wait_for_itself(unit: db.Unit) -> None:
    take_turn("sku")
    take_turn("sku")
