"""A request that is carried out and rolled back. What agents make of it is in tests/handlers/mcp."""

import pytest

from handlers.http.rehearsals import REHEARSAL, Withheld
from tests.api import Api
from tests.factories import Organization
from tests.plugins.platform.tables import rows


def test_nobody_outside_can_ask_for_one(owner: Api, organization: Organization) -> None:
    """It is in the scope that the server itself makes, and in no header, query or body."""
    created = owner.post("/api/vendors", {"name": "Alder"}, headers={REHEARSAL: "true"}, params={})
    assert created.status_code == 201
    assert rows("SELECT name FROM vendor WHERE org_id = %s", organization.id) == [("Alder",)]


@pytest.mark.no_database
def test_withheld_is_no_refusal() -> None:
    assert Withheld.__mro__[1] is Exception
