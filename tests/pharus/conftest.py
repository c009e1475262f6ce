"""What tests of the kernel need beside the run's database: an empty one of their own."""

from collections.abc import Iterator

import pytest

from pharus import db
from tests import database


@pytest.fixture
def scratch_url(database_url: str) -> Iterator[str]:
    url = database.scratch(database_url)
    yield url
    database.drop_scratch(database_url, url)


@pytest.fixture
def scratch(database_url: str, scratch_url: str) -> Iterator[str]:
    """The kernel of this process works on the empty database; a connection is open."""
    db.configure(scratch_url)
    db.db.connect()
    yield scratch_url
    db.configure(database_url, application_name="pharus-tests")
