"""A plugin of pytest, loaded with `-p tests.pooled`: PgBouncer, in transaction mode, stands before the run's database.

`make test PYTEST_FLAGS='-p tests.pooled'` runs everything so, on the server that it would use otherwise.

Nothing is left out. Tests ask for `database.past_pooler(url)` or `database.is_pooled()` where it must differ:

- backup and restore are refused behind a pooler: what pg_dump sets in its session would meet others (docs/backup.md);
- numbers of processes are the pooler's: who ends a session names it to PostgreSQL itself;
- a session that is ended between two transactions is replaced by the pooler, and nobody notices;
- why PostgreSQL lets nobody in is in the pooler's log, not in ours: it closes the connection without a word.
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
