import threading
from concurrent.futures import ThreadPoolExecutor

from pharus import db
from pharus.db import unit_of_work
from pharus.locks import advisory_lock
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of


def taken(org_id: str, subject: str) -> None:
    """Take the turn in a thread and a transaction of its own."""
    try:
        with unit_of_work(owner_of(org_id)):
            advisory_lock(subject)
    finally:
        db.disconnect()


def test_advisory_lock_waits_until_the_one_before_has_committed(organization: Organization) -> None:
    began, order = threading.Event(), []

    def second() -> None:
        began.set()
        taken(organization.id, "sku")
        order.append("second")

    with ThreadPoolExecutor(1) as pool:
        with unit_of_work(owner_of(organization.id)):
            advisory_lock("sku")
            waiting = pool.submit(second)
            assert began.wait(timeout=30)
            db.db.execute_sql("SELECT pg_sleep(0.2)")
            order.append("first")
        waiting.result(timeout=30)
    assert order == ["first", "second"]


def test_advisory_lock_of_another_subject_or_organization_does_not_wait(organization: Organization) -> None:
    other = factories.make_organization()
    with unit_of_work(owner_of(organization.id)), ThreadPoolExecutor(1) as pool:
        advisory_lock("sku")
        pool.submit(taken, organization.id, "material").result(timeout=10)
        pool.submit(taken, other.id, "sku").result(timeout=10)


def test_advisory_lock_twice_in_one_transaction_does_not_wait_for_itself(unit: db.Unit) -> None:
    advisory_lock("sku")
    advisory_lock("sku")
