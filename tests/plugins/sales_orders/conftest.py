"""What tests of sales orders need beside callers."""

import pytest

from tests.api import Api
from tests.factories import Organization
from tests.plugins.sales_orders.selling import Selling


@pytest.fixture
def selling(organization: Organization, admin: Api) -> Selling:
    """With 100 of the first SKU on hand, at 2.5."""
    made = Selling(organization, admin)
    made.receive(100)
    return made
