"""A plugin of pytest, loaded with `-p tests.pooled`: PgBouncer, in transaction mode, stands before the run's database.

`make test PYTEST_FLAGS='-p tests.pooled'` runs everything so, on the server that it would use otherwise.
"""

import os
from contextlib import ExitStack

import pytest

from tests import database
from tests.drills.poolers import pooler

# Of each database, and so fewer than all servers of a run would like to have.
_SESSIONS = 8


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the run has the pooler; its parallel workers find the URL in the environment."""
    if hasattr(config, "workerinput"):
        return
    stack = ExitStack()
    # Called when the run's database has been dropped, through the pooler as well.
    config.add_cleanup(stack.close)
    url = database.server_url()
    os.environ["PHARUS_TEST_DATABASE_URL"] = stack.enter_context(pooler(url, size=_SESSIONS))
    # For what is so without a pooler only.
    os.environ["PHARUS_TEST_UNPOOLED_URL"] = url
