"""A database of the module's own, on which no server delivers anything, and receivers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests import database
from tests.plugins.webhooks import receiver
from tests.plugins.webhooks.receiver import Receiver


@pytest.fixture(scope="module")
def own_database(database_url: str) -> Iterator[str]:
    url = database.migrated(database_url)
    with database.kernel_on(url, database_url):
        yield url
    database.drop_scratch(database_url, url)


@pytest.fixture
def receivers() -> Iterator[Callable[..., Receiver]]:
    with ExitStack() as stack:

        def run(**options: Any) -> Receiver:
            return stack.enter_context(receiver.running(**options))

        yield run
