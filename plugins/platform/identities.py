"""What is asked of the identity provider beside the requests, which never wait for it.

A personal access token needs no sign-in. So that it does not outlive the identity of its owner, the provider is asked
about every person who has valid tokens, once in PHARUS_IDENTITY_CHECK_MINUTES: whom it has disabled, or does not know
any more, loses all tokens. As long as it cannot be asked, nothing changes, and the log says so.

The identity of a deleted user is deleted at the provider, as often as it takes within a day or so.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from pharus import providers
from pharus.config import Settings
from pharus.db import current, db, unit_of_work
from pharus.identity import ANONYMOUS
from pharus.sweeping import requested

log = logging.getLogger("pharus.identities")

# As many as Firebase answers at once.
_BATCH = 100
# When the provider could not be asked, or the process ended before it answered.
_RETRY = timedelta(minutes=5)
_MOST_ATTEMPTS = 10

_CLAIM = """
UPDATE app_user SET identity_check_due_at = now() + %s
WHERE id = ANY(ARRAY(
    SELECT id FROM app_user WHERE identity_check_due_at <= now() AND EXISTS (
        SELECT FROM api_token
        WHERE user_id = app_user.id AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
    ) ORDER BY identity_check_due_at LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
)) RETURNING id, firebase_uid"""

_CLAIM_REMOVALS = """
UPDATE identity_removal SET attempts = attempts + 1, due_at = now() + interval '1 minute' * power(2, attempts)
WHERE uid = ANY(ARRAY(
    SELECT uid FROM identity_removal WHERE due_at <= now() ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED
)) RETURNING uid, attempts"""

_check_minutes = Settings.identity_check_minutes


def configure(settings: Settings) -> None:
    """Take from the settings how often each person is asked about. Done once at start."""
    global _check_minutes
    _check_minutes = settings.identity_check_minutes


def request_removal(uid: str) -> None:
    """Delete the identity at the provider once the transaction has committed. As the platform role."""
    db.send("INSERT INTO identity_removal (uid) VALUES (%s) ON CONFLICT DO NOTHING", (uid,))
    current().after_commit(requested.set)


def carry_on(is_ended: Callable[[], bool] = lambda: False) -> None:
    """Ask and delete what is due. Runs outside of any unit of work."""
    while not is_ended() and _remove():
        pass
    while _check_minutes and not is_ended() and _check():
        pass


def _check() -> bool:
    """Ask about some. False when there was nobody to ask about, or the provider could not be asked."""
    with unit_of_work(ANONYMOUS):
        uids = dict(db.rows(_CLAIM, (_RETRY, _BATCH)))
    if not uids:
        return False
    try:
        known = providers.provider().known(list(uids.values()))
    except Exception:
        log.exception("the identity provider cannot be asked about %d people with API tokens", len(uids))
        return False
    gone = [id for id, uid in uids.items() if uid not in known]
    with unit_of_work(ANONYMOUS):
        db.send(
            "UPDATE app_user SET identity_check_due_at = now() + %s WHERE id = ANY(%s::uuid[])",
            (timedelta(minutes=_check_minutes), list(uids)),
        )
        cursor = db.execute_sql(
            "UPDATE api_token SET revoked_at = now() WHERE user_id = ANY(%s::uuid[]) AND revoked_at IS NULL", (gone,)
        )
        revoked = cursor.rowcount
    if gone:
        log.warning(
            "%d API tokens of %d people were revoked: the provider vouches for them no more", revoked, len(gone)
        )
    return True


def _remove() -> bool:
    """Delete some. False when there were none."""
    with unit_of_work(ANONYMOUS):
        due = db.rows(_CLAIM_REMOVALS, (_BATCH,))
    for uid, attempts in due:
        try:
            providers.provider().delete(uid)
        except Exception:
            log.exception(
                "an identity could not be deleted at the provider (attempt %d of %d)", attempts, _MOST_ATTEMPTS
            )
            if attempts < _MOST_ATTEMPTS:
                continue
        with unit_of_work(ANONYMOUS):
            db.send("DELETE FROM identity_removal WHERE uid = %s", (uid,))
    return bool(due)
