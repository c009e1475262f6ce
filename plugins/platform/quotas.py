"""How much a person and an organization may have, and how many mails leave under our name: settings of the server.

What is too much is refused with 409 and `details`: the limit, and how much there is. Mails are counted by the day and
refused with 429.
"""

from datetime import timedelta

from pharus.config import Settings
from pharus.db import current, db, platform_role
from pharus.errors import Conflict, RateLimited

# To one address from one organization in a day, however often it is invited and the invitation is sent again.
_MOST_MAILS_TO_ONE = 10

_COUNT_MAIL = """
INSERT INTO rate_limit AS counted (key, window_start, requests)
VALUES (%s, date_trunc('day', now()), 1), (%s, date_trunc('day', now()), 1)
ON CONFLICT (key, window_start) DO UPDATE SET requests = counted.requests + 1
RETURNING requests"""

_settings = Settings()


def configure(settings: Settings) -> None:
    """Take the limits from the settings. Done once at start."""
    global _settings
    _settings = settings


def require_room_for_organization(user_id: str) -> None:
    """Conflict when the person owns as many organizations as may be. As the platform role."""
    if _settings.max_organizations:
        _advisory_lock(f"organizations:{user_id}")
        [(count,)] = db.rows(
            """
            SELECT count(*) FROM membership JOIN organization ON organization.id = org_id
            WHERE user_id = %s AND role = 'owner' AND membership.is_active AND purge_requested_at IS NULL
            """,
            (user_id,),
        )
        _refuse(count + 1, count, _settings.max_organizations, "you own as many organizations as one person may")


def require_room_for_token(org_id: str) -> None:
    """Conflict when the organization has as many valid tokens as may be. As the platform role."""
    if _settings.max_tokens:
        _advisory_lock(f"tokens:{org_id}")
        [(count,)] = db.rows(
            """
            SELECT count(*) FROM api_token
            WHERE org_id = %s AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
            """,
            (org_id,),
        )
        _refuse(count + 1, count, _settings.max_tokens, "the organization has as many API tokens as it may")


def require_room_for_file(size_bytes: int) -> None:
    """Conflict when the current organization's files would take more than they may. Inside the organization."""
    if _settings.max_storage_bytes:
        org_id = current().org_id
        _advisory_lock(f"files:{org_id}")
        [(used,)] = db.rows("SELECT coalesce(sum(size_bytes), 0)::bigint FROM document WHERE org_id = %s", (org_id,))
        limit = _settings.max_storage_bytes
        _refuse(used + size_bytes, used, limit, "the organization's files would take more than they may")


def count_mail(address: str) -> None:
    """RateLimited when too many mails have gone today from the current organization, or from it to this address."""
    if not _settings.rate_limits:
        return
    unit = current()
    with platform_role():
        keys = (f"mail:{unit.org_id}:{address}"[:200], f"mails:{unit.org_id}")
        [(to_one,), (to_all,)] = db.rows(_COUNT_MAIL, keys)
    if to_one > _MOST_MAILS_TO_ONE or (_settings.max_mails and to_all > _settings.max_mails):
        tomorrow = (unit.now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        seconds = int((tomorrow - unit.now).total_seconds()) + 1
        whose = "to this address" if to_one > _MOST_MAILS_TO_ONE else "from this organization"
        raise RateLimited(f"too many invitation mails {whose} today; try again tomorrow", seconds)


def _refuse(needed: int, used: int, limit: int, sentence: str) -> None:
    if needed > limit:
        raise Conflict(sentence, details={"limit": limit, "used": used})


def _advisory_lock(subject: str) -> None:
    """Of two who ask at once, the second sees what the first has made."""
    db.send("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"quota:{subject}",))
