"""What tests of customers need beside callers."""

import pytest

from tests import factories
from tests.factories import Organization


@pytest.fixture
def type_id(organization: Organization) -> str:
    """A customer type: no customer is without one."""
    return factories.make_customer_type(organization.id, name="Shop")
