"""The people of the guides."""

import pytest

from pharus.providers import LocalProvider
from tests.guides.people import Newcomers


@pytest.fixture
def newcomers(local_provider: LocalProvider) -> Newcomers:
    return Newcomers(local_provider)
