"""From a token to an actor: one statement that finds the caller and sets the organization.

An organization that is not active lets nobody in, as if they were no members.
Both openings return one row even for a stranger; whether the stranger may go on is for `handlers/http/security.py`.
"""

import hashlib
import hmac
import secrets
import string
from dataclasses import dataclass
from typing import Any, ClassVar

from pharus import instrumentation, signing
from pharus.errors import Unauthorized
from pharus.identity import Actor, Role

TOKEN_PREFIX = "pharus_pat_"  # noqa: S105 - how a token begins, not a token

_BASE62 = string.digits + string.ascii_letters
_SECRET_CHARACTERS = 32

_ENTER = """
    set_config('pharus.org_id', coalesce(m.org_id::text, ''), true)
        || set_config('pharus.origin', concat(u.id, '|', {by}, '|', %s::text), true),
    {stale},
    o.time_zone, o.closed_through, o.requires_if_match, now()"""

# At most one write a minute notes an activity. A token has its own time: its owner may be active without it.
_MEMBER_IS_STALE = "m.last_active_at IS NULL OR m.last_active_at < now() - interval '1 minute'"
_TOKEN_IS_STALE = f"{_MEMBER_IS_STALE} OR t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute'"

_BY_IDENTITY = f"""
SELECT u.id, u.email, u.is_active, m.org_id, m.role, {_ENTER.format(stale=_MEMBER_IS_STALE, by="''")}
FROM (SELECT) AS one
LEFT JOIN app_user u ON u.firebase_uid = %s
LEFT JOIN (membership m JOIN organization o ON o.id = m.org_id AND o.is_active)
    ON m.org_id = %s AND m.user_id = u.id AND m.is_active AND u.is_active"""

_BY_TOKEN = f"""
SELECT u.id, u.email, m.org_id, m.role, u.firebase_uid, t.id, t.scopes, t.skips_confirmation,
    {_ENTER.format(stale=_TOKEN_IS_STALE, by="t.id")}
FROM (SELECT) AS one
LEFT JOIN api_token t ON t.token_hash = %s AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
LEFT JOIN app_user u ON u.id = t.user_id
LEFT JOIN (membership m JOIN organization o ON o.id = m.org_id AND o.is_active)
    ON m.org_id = t.org_id AND m.user_id = t.user_id AND m.is_active AND u.is_active"""


def new_secret(prefix: str) -> str:
    """The prefix and 32 random base62 characters: 190 bits, which nobody guesses."""
    return prefix + "".join(secrets.choice(_BASE62) for _ in range(_SECRET_CHARACTERS))


def invitation_token(id: str) -> str:
    """The token of the invitation: nobody can tell it without this installation's secret, and with it the link can be
    shown again, though only its hash is kept."""
    number = int.from_bytes(hmac.digest(signing.secret(), f"invitation:{id}".encode(), "sha256"))
    characters = []
    for _ in range(_SECRET_CHARACTERS):
        number, remainder = divmod(number, len(_BASE62))
        characters.append(_BASE62[remainder])
    return "inv_" + "".join(characters)


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@dataclass(slots=True)
class ByIdentity:
    """Opens a unit for a verified ID token. `org_id` is the organization asked for, or None; `asked` says whether the
    caller named one at all.

    `is_stale` says afterwards that nobody has noted this caller's activity within the last minute. `key_hash` is of the
    request's idempotency key.
    """

    uid: str
    email: str | None
    email_verified: bool
    org_id: str | None
    asked: bool = False
    is_stale: bool = False
    key_hash: str = ""
    first: ClassVar[None] = None

    @property
    def sql(self) -> str:
        return _BY_IDENTITY

    @property
    def parameters(self) -> tuple[Any, ...]:
        return (instrumentation.origin(self.key_hash), self.uid, self.org_id)

    def actor(self, row: tuple[Any, ...]) -> Actor:
        user_id, _, is_active, org_id, role, _, stale, *_ = row
        if is_active is False:
            raise Unauthorized("this user has been deactivated")
        self.is_stale = org_id is not None and stale
        return Actor(self.uid, self.email, self.email_verified, user_id, org_id, Role[role] if role else None)


@dataclass(slots=True)
class ByToken:
    """Opens a unit for a personal access token; Unauthorized when it is unknown, revoked, expired, or its owner has
    left the organization."""

    token: str
    is_stale: bool = False
    key_hash: str = ""
    first: ClassVar[None] = None

    @property
    def sql(self) -> str:
        return _BY_TOKEN

    @property
    def parameters(self) -> tuple[Any, ...]:
        return (instrumentation.origin(self.key_hash), token_hash(self.token))

    def actor(self, row: tuple[Any, ...]) -> Actor:
        user_id, email, org_id, role, uid, token_id, scopes, skips_confirmation, _, stale, *_ = row
        if role is None:
            raise Unauthorized("the token is unknown, revoked or expired, or its owner has left the organization")
        self.is_stale = stale
        confined = None if scopes is None else frozenset(scopes)
        return Actor(uid, email, True, user_id, org_id, Role[role], token_id, confined, skips_confirmation)
