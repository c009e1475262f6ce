from datetime import UTC, datetime, timedelta

import pytest

from pharus import db
from pharus.db import unit_of_work
from pharus.fields import new_id
from pharus.references import References
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of

references = References(
    {
        "app_user": {
            "memberCount": [("membership", "user_id")],
            "allCount": [("membership", "user_id"), ("invitation", "invited_by")],
        },
        "location": {"nameCount": [("location", "id")]},
    }
)


def invite(organization: Organization, user: factories.User, count: int) -> None:
    for _ in range(count):
        factories.make_invitation(
            organization.id,
            email=f"{factories.unique('guest')}@example.com",
            expires_at=datetime.now(UTC) + timedelta(days=1),
            invited_by=user.id,
        )


def test_count_adds_up_the_columns_of_each_name(organization: Organization) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id)
    invite(organization, user, 3)
    with unit_of_work(owner_of(organization.id)):
        counts = references.count(kind="app_user", id=user.id)
    assert counts == {"memberCount": 1, "allCount": 4}
    assert list(counts) == ["memberCount", "allCount"]


def test_count_of_a_record_that_nothing_refers_to_is_zero_for_every_name(unit: db.Unit) -> None:
    assert references.count(kind="app_user", id=new_id()) == {"memberCount": 0, "allCount": 0}


def test_count_of_a_kind_that_nothing_here_refers_to_is_empty(unit: db.Unit) -> None:
    assert references.count(kind="vendor", id=new_id()) == {}


def test_count_sees_the_current_organization_only(organization: Organization) -> None:
    other, user = factories.make_organization(), factories.make_user()
    factories.make_membership(other.id, user.id)
    invite(other, user, 2)
    with unit_of_work(owner_of(organization.id)):
        assert references.count(kind="app_user", id=user.id) == {"memberCount": 0, "allCount": 0}


def test_count_takes_one_statement(unit: db.Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    executed: list[str] = []
    execute = db.Database.execute_sql

    def execute_sql(self: db.Database, sql: str, params: object = None) -> object:
        executed.append(sql)
        return execute(self, sql, params)  # type: ignore[arg-type]

    monkeypatch.setattr(db.Database, "execute_sql", execute_sql)
    references.count(kind="app_user", id=new_id())
    assert len(executed) == 1
