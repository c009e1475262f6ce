from pathlib import Path

import pytest

from pharus import storage
from pharus.storage import LocalStore
from tests.contract.conftest import say  # noqa: F401 - a fixture
from tests.factories import Organization
from tests.plugins.documents.orders import make_order


@pytest.fixture
def store(data_folder: Path) -> LocalStore:
    """The store of the server, which the kernel of this process uses as well."""
    store = LocalStore(data_folder / "documents", "http://127.0.0.1:8000")
    storage.install(store)
    return store


@pytest.fixture
def order(organization: Organization) -> str:
    """The id of a purchase order."""
    return make_order("purchase_order", organization.id)
