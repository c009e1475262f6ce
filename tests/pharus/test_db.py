import logging
import threading
from datetime import UTC

import peewee
import pytest

from pharus import db
from pharus.db import current, current_actor, platform_role, unit_of_work
from pharus.errors import Conflict, NotFound, ServiceUnavailable
from pharus.identity import ANONYMOUS
from pharus.records import Records
from plugins.vendors import models, schemas
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of

vendors = Records(models.Vendor, schemas.Vendor)


def names_of(organization: Organization) -> list[str]:
    with unit_of_work(owner_of(organization.id)):
        return sorted(vendor["name"] for vendor in vendors.select())


def test_unit_that_returns_commits(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        vendors.insert({"name": "Example Oils"})
    assert names_of(organization) == ["Example Oils"]


@pytest.mark.parametrize("error", [NotFound("gone"), RuntimeError("a defect"), KeyboardInterrupt()])
def test_unit_that_raises_rolls_back(organization: Organization, error: BaseException) -> None:
    with pytest.raises(type(error)), unit_of_work(owner_of(organization.id)):
        vendors.insert({"name": "Example Oils"})
        # It has been sent: what is deferred is dropped before there is anything to roll back.
        assert len(vendors.select()) == 1
        raise error
    assert names_of(organization) == []


def test_atomic_inside_a_unit_rolls_back_to_its_own_beginning(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        vendors.insert({"name": "kept"})
        with pytest.raises(peewee.IntegrityError), db.db.atomic():
            vendors.insert({"name": "lost", "qbo_id": "1"})
            with db.db.atomic():
                vendors.insert({"name": "lost, too", "qbo_id": "2"})
            vendors.insert({"name": "refused", "qbo_id": "1"})
        with db.db.atomic():
            vendors.insert({"name": "kept, too"})
    assert names_of(organization) == ["kept", "kept, too"]


def test_unit_with_a_duplicate_is_a_conflict_that_names_the_field(organization: Organization) -> None:
    with pytest.raises(Conflict, match=r"^another vendor has this qboId$"), unit_of_work(owner_of(organization.id)):
        vendors.insert({"name": "first", "qbo_id": "1"})
        vendors.insert({"name": "second", "qbo_id": "1"})
    assert names_of(organization) == []


def test_unit_with_a_defect_of_ours_shows_the_database_error(organization: Organization) -> None:
    with pytest.raises(peewee.ProgrammingError), unit_of_work(owner_of(organization.id)):
        db.db.execute_sql("SELECT no_such_column FROM vendor")
    assert names_of(organization) == []


def test_after_commit_runs_once_the_transaction_has_committed(organization: Organization) -> None:
    seen: list[object] = []
    with unit_of_work(owner_of(organization.id)) as unit:
        unit.after_commit(lambda: seen.append(names_of(organization)))
        unit.after_commit(lambda: seen.append("second"))
        vendors.insert({"name": "Example Oils"})
        assert seen == []
    assert seen == [["Example Oils"], "second"]


def test_after_commit_does_not_run_when_the_unit_rolls_back(organization: Organization) -> None:
    seen: list[str] = []
    with pytest.raises(NotFound), unit_of_work(owner_of(organization.id)) as unit:
        unit.after_commit(lambda: seen.append("ran"))
        raise NotFound("gone")
    assert seen == []


def test_after_commit_that_is_required_reaches_the_caller_though_the_transaction_stands(
    organization: Organization,
) -> None:
    def fail() -> None:
        raise ServiceUnavailable("not now")

    with pytest.raises(ServiceUnavailable, match="not now"), unit_of_work(owner_of(organization.id)) as unit:
        unit.after_commit(fail, required=True)
        vendors.insert({"name": "kept"})
    assert names_of(organization) == ["kept"]


def test_after_commit_that_raises_is_logged_and_the_others_run(
    organization: Organization, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    def fail() -> None:
        raise RuntimeError("the mail server is away")

    with unit_of_work(owner_of(organization.id)) as unit:
        unit.after_commit(fail)
        unit.after_commit(lambda: seen.append("ran"))
    assert seen == ["ran"]
    [record] = [record for record in caplog.records if record.name == "pharus.db"]
    assert record.levelno == logging.ERROR
    assert "the mail server is away" in str(record.exc_info)


def test_now_is_one_instant_in_utc_for_the_whole_unit(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)) as unit:
        first = vendors.insert({"name": "first"})
        db.db.execute_sql("SELECT pg_sleep(0.01)")
        second = vendors.insert({"name": "second"})
        assert first["createdAt"] == second["createdAt"] == first["updatedAt"] == unit.now
        assert unit.now.utcoffset() == UTC.utcoffset(None)
    with unit_of_work(owner_of(organization.id)) as later:
        assert later.now > unit.now


def test_current_is_the_running_unit_and_nothing_outside(organization: Organization) -> None:
    actor = owner_of(organization.id)
    with unit_of_work(actor) as unit:
        assert current() is unit
        assert current_actor() is actor
        assert unit.org_id == organization.id
    with pytest.raises(LookupError):
        current()
    with unit_of_work(ANONYMOUS) as unit, pytest.raises(RuntimeError, match="no organization"):
        _ = unit.org_id


def test_query_outside_of_a_unit_raises(organization: Organization) -> None:
    with pytest.raises(LookupError):
        vendors.select()

    raised: list[BaseException] = []

    def query() -> None:
        try:
            db.db.execute_sql("SELECT 1")
        except peewee.InterfaceError as error:
            raised.append(error)

    thread = threading.Thread(target=query)
    thread.start()
    thread.join()
    assert len(raised) == 1, "a thread that has opened no unit has a connection"


def test_role_and_organization_do_not_leak_to_the_next_unit(organization: Organization) -> None:
    state = "SELECT current_user, current_setting('pharus.org_id', true)"
    with unit_of_work(owner_of(organization.id)):
        assert db.db.execute_sql(state).fetchone() == ("pharus_app", organization.id)
    with unit_of_work(ANONYMOUS):
        assert db.db.execute_sql(state).fetchone() == ("pharus_platform", "")
    with pytest.raises(NotFound), unit_of_work(owner_of(organization.id)):
        raise NotFound("gone")
    user, org_id = db.db.execute_sql(state).fetchone()
    assert user not in ("pharus_app", "pharus_platform")
    assert not org_id


def test_platform_role_steps_out_and_back_in(organization: Organization) -> None:
    user = factories.make_user()
    with unit_of_work(owner_of(organization.id)):
        count = "SELECT count(*) FROM app_user WHERE id = %s"
        assert db.db.execute_sql(count, (user.id,)).fetchone() == (0,)
        with platform_role():
            assert db.db.execute_sql(count, (user.id,)).fetchone() == (1,)
        assert db.db.execute_sql(count, (user.id,)).fetchone() == (0,)


def test_platform_role_steps_back_in_when_its_block_refuses(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        with pytest.raises(Conflict), platform_role():
            raise Conflict("no")
        assert db.db.row("SELECT current_user") == ("pharus_app",)
