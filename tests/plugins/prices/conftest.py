"""What tests of prices need beside callers."""

import pytest

from tests.api import Api
from tests.factories import Organization
from tests.plugins.prices.pricelists import PriceLists


@pytest.fixture
def prices(organization: Organization, admin: Api) -> PriceLists:
    return PriceLists(organization, admin)
