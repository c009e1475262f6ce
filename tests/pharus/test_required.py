import pytest

from pharus import db
from pharus.db import unit_of_work
from pharus.errors import Conflict, NotFound
from pharus.fields import new_id
from pharus.records import Records
from pharus.required import newly_named, require_active
from plugins.locations.models import Location
from plugins.locations.schemas import Location as LocationShape
from plugins.vendors.models import Vendor
from plugins.vendors.schemas import Vendor as VendorShape
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of

vendors = Records(Vendor, VendorShape)
locations = Records(Location, LocationShape)


def test_require_active_accepts_active_records_of_several_tables_and_none(unit: db.Unit) -> None:
    vendor = vendors.insert({"name": "Example Oils"})["id"]
    location = locations.insert({"name": "Workshop", "sort_order": 0})["id"]
    require_active((vendors, vendor), (locations, location), (vendors, None), (vendors, vendor))
    require_active((vendors, None))
    require_active()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_require_active_names_what_does_not_exist_before_what_is_deactivated(
    unit: db.Unit, order: tuple[int, int]
) -> None:
    off = vendors.insert({"name": "Example Oils", "is_active": False})["id"]
    unknown = new_id()
    named = [(vendors, off), (locations, unknown)]
    with pytest.raises(NotFound, match=f"no location with the id {unknown}"):
        require_active(*(named[place] for place in order))
    with pytest.raises(Conflict, match=f"the vendor {off} is deactivated"):
        require_active((vendors, off))


def test_require_active_sees_one_organization_only(organization: Organization) -> None:
    theirs = factories.make_vendor(factories.make_organization().id)
    with unit_of_work(owner_of(organization.id)), pytest.raises(NotFound):
        require_active((vendors, theirs))


def test_newly_named_is_what_the_record_does_not_have_already() -> None:
    record = {"vendorId": "a", "shipToLocationId": None, "notes": "x"}
    values = {"vendor_id": "a", "ship_to_location_id": "b", "notes": None}
    assert newly_named(values, record) == {"ship_to_location_id": "b", "notes": None}
