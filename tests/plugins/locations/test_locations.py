"""What locations have beside the operations of all lookup lists (tests/plugins/test_lookups.py)."""

from tests import factories
from tests.api import Api
from tests.factories import Organization

NO_REFERENCES = {"poCount": 0, "woCount": 0, "soCount": 0, "ledgerCount": 0, "productionOrderCount": 0}


def test_check_location_in_use_counts_every_table_that_refers_to_it(viewer: Api, organization: Organization) -> None:
    id = factories.make_location(organization.id)
    assert viewer.get(f"/api/locations/{id}/in-use").json() == {"inUse": False, "references": NO_REFERENCES}
