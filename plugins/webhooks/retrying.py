"""When what was not taken is tried again, and when nothing is any more."""

import logging
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pharus.config import Settings
from pharus.db import current, db
from plugins.platform import mail
from plugins.webhooks import pause_notice
from plugins.webhooks.claims import Claim
from plugins.webhooks.pause_notice import Paused
from plugins.webhooks.sending import Outcome

log = logging.getLogger("pharus.webhooks")

# An event that was not taken for so long is given up. It stays in the list of those, and can be sent again by hand.
GIVE_UP_AFTER = timedelta(days=3)
# After the first attempts; after the others, the last of them. Each a fifth more or less, so that what failed at one
# time does not come again at one time.
_DELAYS = (5, 30, 120, 600, 1800, 3600)
_JITTER = 0.2

_random = random.SystemRandom()
_pause_after = timedelta(days=Settings.webhook_pause_days)


def configure(settings: Settings) -> None:
    """Take from the settings after how many days an endpoint is paused. Done once at start."""
    global _pause_after
    _pause_after = timedelta(days=settings.webhook_pause_days)


class State(NamedTuple):
    """Of an endpoint: how many requests in a row were not taken, and since when."""

    failures: int
    failing_since: datetime | None

    def after(self, outcome: Outcome, now: datetime) -> "State":
        if outcome.is_delivered:
            return State(0, None)
        return State(self.failures + 1, self.failing_since or now)


def due_at(attempts: int, now: datetime) -> datetime:
    """When what was tried so often is tried again."""
    delay = _DELAYS[min(attempts, len(_DELAYS)) - 1]
    return now + timedelta(seconds=delay * _random.uniform(1 - _JITTER, 1 + _JITTER))


def wait_no_longer(org_id: str, endpoint_id: str) -> None:
    """What waits for its time is tried now. It goes along with the next statement."""
    db.defer(
        "UPDATE webhook_delivery SET due_at = now() "
        "WHERE org_id = %s AND endpoint_id = %s AND gave_up_at IS NULL AND due_at > now()",
        (org_id, endpoint_id),
    )


def pause_if_due(claim: Claim, state: State, outcomes: Sequence[Outcome]) -> bool:
    """Stop sending to an endpoint that has taken nothing for days, or that says that it wants nothing any more. Whether
    it is so. In the unit that notes the outcomes; the mail about it commits with the pause."""
    unit = current()
    since = state.failing_since
    for_days = bool(outcomes and _pause_after and since is not None and unit.now - since >= _pause_after)
    gone = [outcome for outcome in outcomes if outcome.is_gone]
    if not for_days and not gone:
        return False
    # Not one that somebody has switched off meanwhile.
    paused = db.rows(
        "UPDATE webhook_endpoint SET is_active = false, paused_at = now(), updated_at = now() "
        "WHERE org_id = %s AND id = %s AND is_active RETURNING id, url, description",
        (claim.org_id, claim.endpoint_id),
    )
    if paused:
        [(id, url, description)] = paused
        mail.notify(*pause_notice.write(Paused(id, url, description, since or unit.now, (gone or outcomes)[-1])))
        unit.after_commit(lambda: log.warning("the webhook endpoint %s is paused", claim.endpoint_id))
    return True
