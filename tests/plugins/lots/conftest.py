"""What tests of lots need beside callers."""

import pytest

from tests import factories
from tests.api import Api
from tests.factories import Organization
from tests.plugins.inventory.sides import Side
from tests.plugins.lots.shelves import Shelves


@pytest.fixture(params=["materials", "finished_goods"])
def shelves(request: pytest.FixtureRequest, admin: Api, organization: Organization) -> Shelves:
    """A tracked item at two places, in both ledgers one after the other."""
    return make_shelves(request.param, admin, organization)


@pytest.fixture
def materials(admin: Api, organization: Organization) -> Shelves:
    return make_shelves("materials", admin, organization)


def make_shelves(ledger: str, api: Api, organization: Organization) -> Shelves:
    places = [factories.make_location(organization.id, sort_order=number) for number in range(2)]
    if ledger == "materials":
        item = factories.make_material(organization.id, lot_tracking="lots")
        side = Side(api, "/api/materials-inventory", "materialId", item, places, factories.make_material)
    else:
        item = factories.make_sku(organization.id, lot_tracking="lots")
        side = Side(api, "/api/finished-goods-inventory", "skuId", item, places, factories.make_sku)
    return Shelves(side)
