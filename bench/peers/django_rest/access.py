"""Who calls, and may they?"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, connections
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission

from bench.peers.django_rest.keys import find

_RANKS = {"viewer": 1, "member": 2, "admin": 3, "owner": 4}

# One statement finds the caller and sets organization and role for the rest of the transaction.
_BY_TOKEN = """
SELECT m.org_id, m.role, t.id, m.user_id, now(),
    m.last_active_at IS NULL OR m.last_active_at < now() - interval '1 minute',
    set_config('pharus.org_id', m.org_id::text, true), set_config('role', 'pharus_app', true)
FROM api_token t
JOIN app_user u ON u.id = t.user_id AND u.is_active
JOIN membership m ON m.org_id = t.org_id AND m.user_id = t.user_id AND m.is_active
WHERE t.token_hash = %s AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())"""

_NOTE_ACTIVITY = """
UPDATE api_token SET last_used_at = now() WHERE org_id = %s AND id = %s
    AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute');
UPDATE membership SET last_active_at = now() WHERE org_id = %s AND user_id = %s
    AND (last_active_at IS NULL OR last_active_at < now() - interval '1 minute')"""

# The commit need not wait for the disk: the one of the record that carries the number does.
_NUMBER = """
SET LOCAL synchronous_commit = off; SET LOCAL ROLE pharus_app; SELECT set_config('pharus.org_id', %s, true);
INSERT INTO number_sequence AS taken (org_id, kind, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (org_id, kind, year) DO UPDATE SET last = taken.last + excluded.last RETURNING last"""


@dataclass(frozen=True, slots=True)
class Caller:
    org_id: UUID
    role: str
    now: datetime
    is_authenticated: bool = True


class BearerAuthentication(BaseAuthentication):
    def authenticate(self, request: Any) -> tuple[Caller, None]:
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise AuthenticationFailed("a bearer token is needed")
        token_hash = hashlib.sha256(token.strip().encode()).digest()
        request.once = find(request, token_hash)
        with connection.cursor() as cursor:
            cursor.execute(_BY_TOKEN, (token_hash,))
            row = cursor.fetchone()
        if row is None:
            raise AuthenticationFailed("the token is unknown, revoked or expired")
        org_id, role, token_id, user_id, now, is_stale, *_ = row
        if is_stale:
            with connections["numbering"].cursor() as cursor:
                cursor.execute(_NOTE_ACTIVITY, (org_id, token_id, org_id, user_id))
        return Caller(org_id, role, now), None

    def authenticate_header(self, request: Any) -> str:
        return "Bearer"


def at_least(minimum: str) -> type[BasePermission]:
    """The permission class of callers with at least this role."""

    class AtLeast(BasePermission):
        message = f"this needs the role {minimum}"

        def has_permission(self, request: Any, view: Any) -> bool:
            return _RANKS[request.user.role] >= _RANKS[minimum]

    return AtLeast


def take_numbers(org_id: UUID, sequence: str, year: int, count: int) -> range:
    """The next numbers of a sequence, committed at once: nobody waits for the transaction that uses them."""
    with connections["numbering"].cursor() as cursor:
        cursor.execute(_NUMBER, (str(org_id), org_id, sequence, year, count))
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)


@cache
def signing_secret() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT installation_secret()")
        return bytes(cursor.fetchone()[0])
