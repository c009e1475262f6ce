"""What the tests of the kernel share."""

from collections.abc import Iterator

import pytest

from tests import database


@pytest.fixture
def unpooled(database_url: str) -> Iterator[str]:
    """For what is so only where no pooler stands before PostgreSQL: statements are prepared, a session keeps its
    settings, numbers are taken beside the transaction (docs/adr/0027). The kernel of this process goes past the pooler,
    if there is one.
    """
    url = database.past_pooler(database_url)
    with database.kernel_on(url, database_url):
        yield url
