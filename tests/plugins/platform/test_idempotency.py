"""The rows of idempotency keys: with work that is begun anew, and with work that goes on behind its commit."""

import contextlib
from collections.abc import Callable
from typing import Any

import psycopg2
import pytest

from pharus import instrumentation
from pharus.db import Unit, as_platform, current, db, run, unit_of_work
from pharus.errors import Conflict
from pharus.fields import new_id
from plugins.platform.access import ByIdentity
from plugins.platform.idempotency import Kept, Key, Keyed
from tests import factories
from tests.factories import Organization


class Caller:
    """A member of the organization who sends the same request again and again."""

    def __init__(self, organization: Organization) -> None:
        self.user = factories.make_user()
        self.org_id = organization.id
        factories.make_membership(organization.id, self.user.id, "member")

    def keyed(self, text: str = "k") -> Keyed:
        opening = ByIdentity(self.user.uid, None, False, self.org_id, asked=True)
        return Keyed(opening, Key(text.encode(), opening, "createVendor", b"fingerprint"))

    def look(self) -> Kept | None:
        keyed = self.keyed()
        with unit_of_work(keyed):
            assert keyed.is_free
            return keyed.found

    def keep(self, *, behind: Callable[[], None] | None = None) -> Key:
        keyed = self.keyed()
        with unit_of_work(keyed) as unit:
            if behind is not None:
                unit.after_commit(behind, required=True)
            keyed.key.keep(unit, 201, b'{"id": 1}')
        return keyed.key

    def age(self) -> None:
        """As if the process that carries it out had died."""
        db.execute_sql(
            "UPDATE idempotency_key SET created_at = now() - interval '61 seconds' WHERE digest = %s",
            (self.keyed().key.digest,),
        )


@pytest.fixture
def caller(organization: Organization) -> Caller:
    return Caller(organization)


def test_key_commits_and_rolls_back_with_its_work(caller: Caller) -> None:
    keyed = caller.keyed()
    with pytest.raises(Conflict), unit_of_work(keyed) as unit:
        assert (keyed.is_free, keyed.found) == (True, None)
        keyed.key.keep(unit, 201, b"{}")
        db.flush()
        raise Conflict("no")
    assert caller.look() is None
    key = caller.keep()
    found = caller.look()
    assert found is not None
    assert found[:3] == ("createVendor", b"fingerprint", 201)
    with unit_of_work(caller.keyed()):
        assert found.body is not None
        assert key.open(found.body) == b'{"id": 1}'


def test_body_can_be_read_with_the_key_alone(caller: Caller) -> None:
    caller.keep()
    found = caller.look()
    assert found is not None
    assert found.body is not None
    assert b"id" not in found.body
    other = caller.keyed("another")
    with unit_of_work(other), pytest.raises(Exception, match=r"^$"):
        other.key.open(found.body)


def test_unit_that_is_begun_anew_keeps_its_key_once(caller: Caller) -> None:
    keyed = caller.keyed()
    tries: list[tuple[bool, Any]] = []

    def work(unit: Unit) -> None:
        tries.append((keyed.is_free, keyed.found))
        keyed.key.keep(unit, 201, b"{}")
        if len(tries) < 3:
            db.send("DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '40P01'; END $$")

    run(keyed, work)
    assert tries == [(True, None)] * 3
    found = caller.look()
    assert found is not None
    assert found.status == 201


def test_key_costs_no_round_trip(caller: Caller) -> None:
    def round_trips(opening: ByIdentity | Keyed) -> int:
        work = instrumentation.Work("")
        token = instrumentation.current.set(work)
        try:
            with unit_of_work(opening) as unit:
                if isinstance(opening, Keyed):
                    opening.key.keep(unit, 201, b"{}")
        finally:
            instrumentation.current.reset(token)
        return work.round_trips

    keyed = caller.keyed()
    # The secret of the installation is read once.
    round_trips(caller.keyed("first"))
    assert round_trips(keyed) == round_trips(keyed.inner) == 2


def test_key_is_taken_while_a_unit_has_it(caller: Caller) -> None:
    number = int.from_bytes(caller.keyed().key.digest[:8], signed=True)
    keyed = caller.keyed()
    with contextlib.closing(psycopg2.connect(db.database)) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (number,))
        with unit_of_work(keyed):
            assert not keyed.is_free
        other.rollback()
    assert caller.look() is None


def test_work_behind_the_commit_leaves_the_key_open_until_it_is_done(caller: Caller) -> None:
    seen: list[Kept | None] = []
    key = caller.keep(behind=lambda: seen.append(caller.look()))
    (while_at_it,) = seen
    assert while_at_it is not None
    assert (while_at_it.status, while_at_it.is_abandoned) == (None, False)
    with unit_of_work(caller.keyed()):
        assert key.complete()
        # The role of the organization is back.
        assert db.row("SELECT current_user")[0] == "pharus_app"
    found = caller.look()
    assert found is not None
    assert found.status == 201


def test_work_that_was_broken_off_is_taken_over_and_can_be_completed_no_more(caller: Caller) -> None:
    first = caller.keep(behind=lambda: None)
    caller.age()
    found = caller.look()
    assert found is not None
    assert found.is_abandoned
    second = caller.keep(behind=lambda: None)
    with unit_of_work(caller.keyed()):
        assert not first.complete()
        first.forget()
        assert second.complete()
    found = caller.look()
    assert found is not None
    assert (found.status, found.is_abandoned) == (201, False)


def test_work_that_was_undone_forgets_its_key(caller: Caller) -> None:
    key = caller.keep(behind=lambda: None)
    key.forget_alone()
    assert caller.look() is None


def test_row_belongs_to_no_organization_once_its_caller_has_changed(caller: Caller) -> None:
    keyed = caller.keyed()
    with unit_of_work(keyed) as unit:
        db.execute_sql("UPDATE membership SET role = 'viewer' WHERE user_id = %s", (caller.user.id,))
        keyed.key.keep(unit, 200, b"{}")
    found = caller.look()
    assert found is not None
    assert found.org_id is None


def test_keys_go_with_their_organization(caller: Caller, organization: Organization) -> None:
    caller.keep()
    db.execute_sql("DELETE FROM organization WHERE id = %s", (organization.id,))
    assert db.row("SELECT count(*) FROM idempotency_key WHERE org_id = %s", (organization.id,)) == (0,)


def test_handlers_reach_no_row_of_a_key(caller: Caller) -> None:
    caller.keep()
    with pytest.raises(Exception, match="permission denied"), unit_of_work(caller.keyed()):
        assert current().org_id == caller.org_id
        db.rows("SELECT * FROM idempotency_key")
    as_platform("SELECT * FROM idempotency_key WHERE digest = %s", (new_id().encode(),))
