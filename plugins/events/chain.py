"""The log in blocks and the hash chain over them, closed behind the writes (docs/adr/0050).

What is closed is in the order of the log and complete: nothing can be added before it any more. So the chain at its end
says of all rows until there what they were; `pharus check` computes it anew from the rows.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from pharus import sweeping
from pharus.db import db, unit_of_work
from pharus.identity import ANONYMOUS

# Rows of one step, a transaction of its own.
_MOST_ROWS = 2048
# The sweeper's other work waits no longer than this.
_TURN_SECONDS = 10.0
# What fills no block waits so long for more.
_MOST_AGE = timedelta(minutes=5)


def carry_on(is_ended: Callable[[], bool] = lambda: False) -> int:
    """Put into blocks what is complete by now; how many rows that were. What is more than a turn's work is left for the
    next one. Runs outside of any unit of work."""
    with unit_of_work(ANONYMOUS):
        db.defer("SET LOCAL ROLE pharus_purge")
        organizations = [org_id for (org_id,) in db.rows("SELECT events_to_close(%s)", (_MOST_AGE,))]
    steps = (partial(close, org_id) for org_id in organizations)
    return sweeping.carry_out(steps, _MOST_ROWS, _TURN_SECONDS, is_ended)


def close(org_id: str) -> int:
    """One step for one organization."""
    with unit_of_work(ANONYMOUS):
        db.defer("SET LOCAL ROLE pharus_purge")
        (closed,) = db.row("SELECT close_events(%s, %s)", (org_id, _MOST_ROWS))
    return int(closed)
