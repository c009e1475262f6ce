"""Makes clients/python importable, as it lies in the checkout; and what a server delivers to webhooks."""

import sys
from pathlib import Path

import pytest

from tests.clients.published import deliveries
from tests.clients.published.deliveries import Delivered

PYTHON = Path(__file__).parents[3] / "clients" / "python"

sys.path.insert(0, str(PYTHON / "src"))


@pytest.fixture
def delivered(migrated: str) -> Delivered:
    """On a database of its own: on that of all tests, others are delivered to as well."""
    return deliveries.deliver()
