"""What is of no interest any more some time after its end, and would else grow for ever: deleted in bounded steps.

How long each is kept is a setting; 0 days is for ever. Records of the business are never among it: they go with their
organization (plugins/platform/purge.py).
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from pharus import sweeping
from pharus.config import Settings
from pharus.db import db, unit_of_work
from pharus.identity import ANONYMOUS

# Rows of one step, each a transaction of its own.
_MOST_ROWS = 1000
# The sweeper's other work waits no longer than this.
_TURN_SECONDS = 10.0
# No window of a limit is longer than a day.
_RATE_LIMIT_DAYS = 2


class Kept(NamedTuple):
    """A table, when its rows came to their end (an expression with an index; NULL: they have not), and for how many
    days they are kept then."""

    table: str
    end: str
    days: int


_settings = Settings()


def configure(settings: Settings) -> None:
    """Take from the settings how long things are kept. Done once at start."""
    global _settings
    _settings = settings


def kept() -> list[Kept]:
    return [
        Kept("api_token", "least(revoked_at, expires_at)", _settings.keep_tokens_days),
        Kept("outgoing_mail", "greatest(due_at, sent_at, failed_at)", _settings.keep_mails_days),
        Kept("outgoing_notice", "greatest(due_at, sent_at, failed_at)", _settings.keep_mails_days),
        Kept("invitation", "coalesce(accepted_at, revoked_at, expires_at)", _settings.keep_invitations_days),
        Kept("idempotency_key", "created_at", _settings.keep_idempotency_keys_days),
        Kept("webhook_attempt", "created_at", _settings.keep_webhooks_days),
        Kept("webhook_delivery", "gave_up_at", _settings.keep_webhooks_days),
        Kept("rate_limit", "window_start", _RATE_LIMIT_DAYS),
    ]


def carry_on(is_ended: Callable[[], bool] = lambda: False) -> int:
    """Delete what is older; how many rows that were. What is more than a turn's work is left for the next one. Runs
    outside of any unit of work."""
    steps = (partial(_remove, each) for each in kept() if each.days)
    return sweeping.carry_out(steps, _MOST_ROWS, _TURN_SECONDS, is_ended)


def _remove(each: Kept) -> int:
    """What somebody else is at is passed over."""
    with unit_of_work(ANONYMOUS):
        return db.execute_sql(
            f"""
            DELETE FROM {each.table} WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM {each.table} WHERE {each.end} < now() - %s LIMIT %s FOR UPDATE SKIP LOCKED
            ))
            """,
            (timedelta(days=each.days), _MOST_ROWS),
        ).rowcount
