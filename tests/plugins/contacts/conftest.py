"""What tests of contacts need beside callers."""

import pytest

from tests import factories
from tests.factories import Organization


@pytest.fixture
def contact_id(organization: Organization) -> str:
    return factories.make_contact(organization.id, first_name="Kim", display_name="Kim Buyer")


@pytest.fixture
def customer_id(organization: Organization) -> str:
    return factories.make_customer(organization.id, name="Sample Corner Shop")


@pytest.fixture
def vendor_id(organization: Organization) -> str:
    return factories.make_vendor(organization.id, name="Example Oils")
