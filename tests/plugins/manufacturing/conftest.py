"""What tests of manufacturing need beside callers: a world of either kind of order, or of one of them."""

import pytest

from plugins.manufacturing.order_kinds import KINDS, PRODUCTION, WORK
from tests.api import Api
from tests.factories import Organization
from tests.plugins.manufacturing.making import Making


@pytest.fixture(params=KINDS, ids=lambda kind: kind.source)
def making(request: pytest.FixtureRequest, organization: Organization, admin: Api) -> Making:
    """The same test for both kinds."""
    return Making(organization, admin, request.param)


@pytest.fixture
def assembling(organization: Organization, admin: Api) -> Making:
    return Making(organization, admin, WORK)


@pytest.fixture
def manufacturing(organization: Organization, admin: Api) -> Making:
    return Making(organization, admin, PRODUCTION)
