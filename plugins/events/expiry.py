"""What an organization's log no longer keeps, by a setting of the organization: deleted in bounded steps, block by
block (docs/adr/0051)."""

from collections.abc import Callable
from functools import partial

from pharus import sweeping
from pharus.db import db, unit_of_work
from pharus.identity import ANONYMOUS

# Blocks of one step, a transaction of its own.
_MOST_BLOCKS = 16
# The sweeper's other work waits no longer than this.
_TURN_SECONDS = 10.0


def carry_on(is_ended: Callable[[], bool] = lambda: False) -> int:
    """Delete what is older; how many blocks that were. What is more than a turn's work is left for the next one. Runs
    outside of any unit of work."""
    with unit_of_work(ANONYMOUS):
        db.defer("SET LOCAL ROLE pharus_purge")
        organizations = [org_id for (org_id,) in db.rows("SELECT events_to_expire()")]
    steps = (partial(expire, org_id) for org_id in organizations)
    return sweeping.carry_out(steps, _MOST_BLOCKS, _TURN_SECONDS, is_ended)


def expire(org_id: str) -> int:
    """One step for one organization."""
    with unit_of_work(ANONYMOUS):
        db.defer("SET LOCAL ROLE pharus_purge")
        (deleted,) = db.row("SELECT expire_events(%s, %s)", (org_id, _MOST_BLOCKS))
    return int(deleted)
