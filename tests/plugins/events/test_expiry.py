"""What an organization does not keep is deleted from the beginning of its log, and nothing else is."""

from datetime import timedelta

import peewee
import pytest

from pharus import db
from plugins.events import expiry, integrity
from plugins.events.integrity import Proof
from tests import factories
from tests.api import Api, error_code
from tests.event_log import follow
from tests.factories import Organization
from tests.plugins.events.closing import closed
from tests.waiting import wait_until


def log_of_days(org_id: str, *ages: int) -> None:
    """300 rows of each of so many days ago, before all others. As nobody may write them."""
    for number, days in enumerate(ages):
        db.db.execute_sql(
            "INSERT INTO event (org_id, transaction_id, type, record_id, occurred_at) "
            "SELECT %s, %s, 'vendor.created', gen_random_uuid(), now() - %s FROM generate_series(1, 300)",
            (org_id, number + 1, timedelta(days=days)),
        )


def ages(org_id: str) -> list[tuple[int, int]]:
    """How many rows there are of each age."""
    return db.db.rows(
        "SELECT extract(day FROM now() - occurred_at)::int, count(*) FROM event "
        "WHERE org_id = %s AND transaction_id < 100 GROUP BY 1 ORDER BY 1 DESC",
        (org_id,),
    )


def keep(api: Api, days: int | None) -> None:
    assert api.patch("/api/organizations/current", {"eventRetentionDays": days}).status_code == 200


def expire(org_id: str) -> int:
    count = 0
    while step := expiry.expire(org_id):
        count += step
    return count


def test_what_is_older_than_the_organization_keeps_goes_block_by_block(organization: Organization, admin: Api) -> None:
    log_of_days(organization.id, 400, 100, 90, 20)
    proof = closed(organization.id)
    assert expire(organization.id) == 0
    assert admin.get("/api/organizations/current").json()["settings"]["eventRetentionDays"] is None
    keep(admin, 95)
    # The third block has some of both sides, and stays whole.
    assert expire(organization.id) == 2
    assert ages(organization.id) == [(100, 88), (90, 300), (20, 300)]
    kept = closed(organization.id)
    assert kept.rows > proof.rows
    integrity.compare(proof)
    keep(admin, 30)
    assert expire(organization.id) == 1
    assert ages(organization.id) == [(90, 132), (20, 300)]
    keep(admin, None)
    assert expire(organization.id) == 0
    # Closed anew from what is kept, the log is still the one that the proof is of.
    assert closed(organization.id).rows > kept.rows
    integrity.compare(proof)
    [(checkpoint,)] = db.db.rows(
        "SELECT encode(deleted_hash, 'hex') FROM event_chain WHERE org_id = %s", (organization.id,)
    )
    at_checkpoint = Proof(organization.id, 768, checkpoint, 3, 0, None)
    integrity.compare(at_checkpoint)
    with pytest.raises(integrity.Broken):
        integrity.compare(at_checkpoint._replace(hash=proof.hash))
    with pytest.raises(LookupError, match="not kept any more"):
        integrity.compare(at_checkpoint._replace(rows=767))


def test_one_that_is_older_behind_a_younger_one_stays_with_it(organization: Organization, admin: Api) -> None:
    log_of_days(organization.id, 20, 400, 400)
    closed(organization.id)
    keep(admin, 30)
    assert expire(organization.id) == 0
    assert ages(organization.id) == [(400, 600), (20, 300)]


def test_whole_log_may_be_too_old_and_goes_on(organization: Organization, admin: Api) -> None:
    closed(organization.id)
    with db.db.atomic():
        db.db.execute_sql("ALTER TABLE event DISABLE TRIGGER append_only")
        # As it will be some years from now.
        db.db.execute_sql("UPDATE event_block SET last_at = '2001-01-01' WHERE org_id = %s", (organization.id,))
        db.db.execute_sql("ALTER TABLE event ENABLE ALWAYS TRIGGER append_only")
    keep(admin, 30)
    assert expire(organization.id) == 1
    # Once transactions of other tests no longer hold back what is new.
    wait_until(lambda: closed(organization.id).rows > 1)


def test_feed_says_when_what_would_follow_is_not_kept_any_more(organization: Organization, admin: Api) -> None:
    log_of_days(organization.id, 400, 400, 20)
    closed(organization.id)
    first = admin.get("/api/events", limit=10).json()["next"]
    # The last one that goes, and the first one that stays.
    last, stays = (admin.get("/api/events", limit=500, after=first) for _ in range(2))
    last = admin.get("/api/events", limit=2, after=last.json()["next"]).json()["next"]
    stays = admin.get("/api/events", limit=1, after=last).json()["next"]
    keep(admin, 30)
    assert expire(organization.id) == 2
    refused = admin.get("/api/events", after=first)
    assert (refused.status_code, error_code(refused)) == (410, "gone")
    assert admin.get("/api/events", after=last).status_code == 200
    assert admin.get("/api/events", after=stays).status_code == 200
    # From the beginning of what is there.
    assert len(follow(admin, types="vendor.*", limit=500)[0]) == 900 - 512


def test_nobody_deletes_what_is_kept(organization: Organization, admin: Api) -> None:
    log_of_days(organization.id, 400, 20)
    closed(organization.id)
    keep(admin, 30)
    of_them = "DELETE FROM event WHERE org_id = %s AND occurred_at < now() - interval '100 days'"
    with pytest.raises(peewee.PeeweeException, match="event is append-only"), db.db.atomic():
        db.db.execute_sql(of_them, (organization.id,))
    for role in ("pharus_app", "pharus_platform"):
        for statement in (
            "SELECT expire_events(%s, 1)",
            "UPDATE event_chain SET kept_after_transaction_id = 100 WHERE org_id = %s",
            "DELETE FROM event_chain WHERE org_id = %s",
            "DELETE FROM event WHERE org_id = %s",
        ):
            with db.db.atomic() as transaction:
                db.db.execute_sql("SELECT set_config('pharus.org_id', %s, true)", (organization.id,))
                db.db.execute_sql(f"SET LOCAL ROLE {role}")
                with pytest.raises(peewee.PeeweeException, match="permission denied"), db.db.atomic():
                    db.db.execute_sql(statement, (organization.id,))
                transaction.rollback()
    # The role of the sweep deletes nothing beside what the function does.
    with db.db.atomic():
        db.db.execute_sql("SELECT set_config('pharus.org_id', %s, true)", (organization.id,))
        db.db.execute_sql("SET LOCAL ROLE pharus_purge")
        assert db.db.execute_sql(of_them, (organization.id,)).rowcount == 0
        db.db.execute_sql("RESET ROLE")
    assert ages(organization.id) == [(400, 300), (20, 300)]


def test_sweep_deletes_what_is_due(organization: Organization, admin: Api) -> None:
    other = factories.make_organization()
    for each in (organization, other):
        log_of_days(each.id, 400)
        closed(each.id)
    keep(admin, 365)
    expiry.carry_on()
    assert ages(organization.id) == [(400, 44)]
    assert ages(other.id) == [(400, 300)]


@pytest.mark.parametrize("days", [29, 0, -1, 36501, 30.5, "30"])
def test_number_of_days_has_bounds(admin: Api, days: object) -> None:
    assert admin.patch("/api/organizations/current", {"eventRetentionDays": days}).status_code == 422
