"""What tests of purchase orders need beside callers."""

import pytest

from tests.api import Api
from tests.factories import Organization
from tests.plugins.purchase_orders.buying import Buying


@pytest.fixture
def buying(organization: Organization, admin: Api) -> Buying:
    return Buying(organization, admin)
