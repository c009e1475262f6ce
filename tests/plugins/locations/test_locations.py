"""What locations have beside the operations of all lookup lists (tests/plugins/test_lookups.py)."""

from tests import factories
from tests.api import Api, pointers
from tests.factories import Organization

NO_REFERENCES = {"poCount": 0, "woCount": 0, "soCount": 0, "ledgerCount": 0, "productionOrderCount": 0}


def test_check_location_in_use_counts_every_table_that_refers_to_it(viewer: Api, organization: Organization) -> None:
    id = factories.make_location(organization.id)
    assert viewer.get(f"/api/locations/{id}/in-use").json() == {"inUse": False, "references": NO_REFERENCES}


def test_location_says_whom_to_ask_there(admin: Api) -> None:
    contact = {"contactName": "Sam Example", "contactEmail": "dock@example.com", "contactPhone": "+1 555 0101"}
    made = admin.post("/api/locations", {"name": "Dock", **contact}).json()
    assert {key: made[key] for key in contact} == contact
    changed = admin.patch(f"/api/locations/{made['id']}", {"contactName": None, "contactPhone": "555"}).json()
    assert (changed["contactName"], changed["contactEmail"], changed["contactPhone"]) == (
        None,
        "dock@example.com",
        "555",
    )
    refused = admin.patch(f"/api/locations/{made['id']}", {"contactEmail": "nobody"})
    assert pointers(refused) == ["/contactEmail"]
