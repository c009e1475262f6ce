"""By the fingerprint of an organization's rows every write is seen, and no look."""

import pytest

from pharus.db import db
from tests import factories
from tests.contract import stored_rows
from tests.factories import Organization


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO vendor (org_id, id, name) VALUES (%s, gen_random_uuid(), 'another')",
        "UPDATE vendor SET name = name WHERE org_id = %s",
        "DELETE FROM vendor WHERE org_id = %s",
        # As many as before.
        (
            "WITH one AS (DELETE FROM vendor WHERE org_id = %s RETURNING org_id, name) "
            "INSERT INTO vendor (org_id, id, name) SELECT org_id, gen_random_uuid(), name FROM one"
        ),
    ],
)
def test_every_write_is_seen_and_is_none_of_another_organization(organization: Organization, statement: str) -> None:
    factories.make_vendor(organization.id)
    beside = stored_rows.Watch(factories.make_organization().id)
    rows = stored_rows.Watch(organization.id)
    db.execute_sql(statement, (organization.id,))
    assert "vendor" in rows.touched()
    assert rows.touched() == []
    assert beside.touched() == []


def test_activity_is_no_write_and_a_new_role_is_one_with_its_event(organization: Organization) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "viewer")
    rows = stored_rows.Watch(organization.id)
    db.execute_sql("UPDATE membership SET last_active_at = now() WHERE org_id = %s", (organization.id,))
    assert rows.touched() == []
    db.execute_sql("UPDATE membership SET role = 'member' WHERE org_id = %s", (organization.id,))
    assert rows.touched() == ["event", "membership"]
