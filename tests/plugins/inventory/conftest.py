"""What tests of the inventory need beside callers."""

import pytest

from tests import factories
from tests.api import Api
from tests.factories import Organization
from tests.plugins.inventory.sides import Side


@pytest.fixture(params=["materials", "finished_goods"])
def side(request: pytest.FixtureRequest, admin: Api, organization: Organization) -> Side:
    places = [factories.make_location(organization.id, sort_order=number) for number in range(2)]
    if request.param == "materials":
        item = factories.make_material(organization.id)
        return Side(admin, "/api/materials-inventory", "materialId", item, places, factories.make_material)
    item = factories.make_sku(organization.id)
    return Side(admin, "/api/finished-goods-inventory", "skuId", item, places, factories.make_sku)


@pytest.fixture
def unswept(migrated: str) -> None:
    """A database in which nobody else counts."""
