"""Idempotency keys: a request that its caller repeats is carried out once, and answered alike each time
(docs/rules.md, Safe retries).

The row of a key commits with the work of its request. While that is under way the transaction holds an advisory lock
on the key. Both are looked at in the round trip that opens the transaction: the lock by a statement of its own, so that
the one behind it sees what the last holder of the lock has committed.

Work that goes on behind the commit (an upload, whose file follows its row) leaves a row without a status. Whoever ends
that work completes the row, in the same transaction; if nobody does, because the process has died, a later request
takes the row over, and the first one, should it still be at it, can complete it no more.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pharus import signing
from pharus.db import Unit, as_platform, db, platform_role
from pharus.fields import new_id
from pharus.identity import Actor
from plugins.platform.access import ByIdentity, ByToken, token_hash

Inner: TypeAlias = ByIdentity | ByToken

_NONCE_BYTES = 12

# Behind a statement that finds the caller. Work behind a commit that has not ended within a minute was broken off.
_FOUND = """current_setting('pharus.key_is_free'), k.operation, k.fingerprint, k.status, k.body, k.org_id,
    k.status IS NULL AND k.created_at < now() - interval '1 minute'"""
_LOCK = "SELECT set_config('pharus.key_is_free', pg_try_advisory_xact_lock(%s)::text, true)"

# A row of the organization is removed with it. Who has ended what they were in the organization gets the answer to that
# all the same: the row belongs to no organization then.
_KEEP = """
INSERT INTO idempotency_key (digest, org_id, operation, fingerprint, attempt, status, body)
VALUES (
    %s,
    (SELECT m.org_id FROM membership m JOIN organization o ON o.id = m.org_id AND o.is_active
     WHERE m.org_id = %s AND m.user_id = %s AND m.is_active AND m.role = %s),
    %s, %s, %s, %s, %s
)
ON CONFLICT (digest) DO UPDATE SET
    attempt = EXCLUDED.attempt, status = EXCLUDED.status, body = EXCLUDED.body, created_at = EXCLUDED.created_at
    WHERE idempotency_key.status IS NULL"""
_COMPLETE = "UPDATE idempotency_key SET status = %s WHERE digest = %s AND attempt = %s"
_FORGET = "DELETE FROM idempotency_key WHERE digest = %s AND attempt = %s"


class Kept(NamedTuple):
    """The row of a key. `status` is None while the work goes on behind its commit, and when that was broken off."""

    operation: str
    fingerprint: bytes
    status: int | None
    body: bytes | None
    org_id: str | None
    is_abandoned: bool


class Key:
    """A key of one caller in one organization, as one request uses it."""

    __slots__ = ("_text", "attempt", "digest", "fingerprint", "operation", "status")

    def __init__(self, text: bytes, caller: Inner, operation: str, fingerprint: bytes) -> None:
        self._text = text
        caller.key_hash = hashlib.sha256(text).hexdigest()
        self.operation = operation
        self.fingerprint = fingerprint
        self.digest = hashlib.sha256(_caller(caller) + b"\0" + text).digest()
        self.attempt = new_id()
        # Of the response, once there is one.
        self.status: int | None = None

    def keep(self, unit: Unit, status: int, body: bytes | None) -> None:
        """Have the response kept when the unit commits. With work behind the commit it waits for `complete`."""
        self.status = status
        actor = unit.actor
        with platform_role():
            db.defer_prepared(
                _KEEP,
                (
                    self.digest,
                    actor.org_id,
                    actor.user_id,
                    None if actor.role is None else actor.role.name,
                    self.operation,
                    self.fingerprint,
                    self.attempt,
                    None if unit.has_work_behind else status,
                    None if body is None else self._seal(body),
                ),
            )

    def complete(self) -> bool:
        """In a unit behind the commit, with the last part of the work: the response is what a repetition gets. False
        when another request has taken the key over, so that the work must be undone."""
        with platform_role():
            return db.execute_sql(_COMPLETE, (self.status, self.digest, self.attempt)).rowcount == 1

    def forget(self) -> None:
        """In a unit behind the commit: the work was undone."""
        with platform_role():
            db.execute_sql(_FORGET, (self.digest, self.attempt))

    def forget_alone(self) -> None:
        """The same outside of any unit."""
        as_platform(_FORGET, (self.digest, self.attempt))

    def complete_alone(self) -> None:
        """`complete` outside of any unit, for work that has not done it by itself."""
        as_platform(_COMPLETE + " AND status IS NULL", (self.status, self.digest, self.attempt))

    def open(self, sealed: bytes) -> bytes:
        """The body of a row that this key has found. In a unit."""
        return self._cipher().decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], self.digest)

    def _seal(self, body: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher().encrypt(nonce, body, self.digest)

    def _cipher(self) -> AESGCM:
        """A response may show a secret of which the database keeps only a hash. The key itself is not stored either."""
        return AESGCM(hmac.digest(signing.secret(), b"idempotency\0" + self._text, "sha256"))


@dataclass(slots=True)
class Keyed:
    """Opens a unit as `inner` does, and says in the same round trip whether the key is free and what it has found."""

    inner: Inner
    key: Key
    is_free: bool = False
    found: Kept | None = None

    @property
    def first(self) -> tuple[str, tuple[Any, ...]]:
        return _LOCK, (int.from_bytes(self.key.digest[:8], signed=True),)

    @property
    def sql(self) -> str:
        return _with_key(self.inner.sql)

    @property
    def parameters(self) -> tuple[Any, ...]:
        return (*self.inner.parameters, self.key.digest)

    def actor(self, row: tuple[Any, ...]) -> Actor:
        is_free, *found = row[-11:-4]
        self.is_free = is_free == "true"
        operation, fingerprint, status, body, org_id, is_abandoned = found
        self.found = (
            None
            if operation is None
            else Kept(
                operation, bytes(fingerprint), status, None if body is None else bytes(body), org_id, is_abandoned
            )
        )
        return self.inner.actor(row)


@lru_cache
def _with_key(sql: str) -> str:
    columns, _, tables = sql.partition("o.time_zone, ")
    return f"{columns}{_FOUND}, o.time_zone, {tables}\nLEFT JOIN idempotency_key k ON k.digest = %s"


def _caller(opening: Inner) -> bytes:
    if isinstance(opening, ByToken):
        return b"token " + token_hash(opening.token)
    return f"identity {opening.org_id or ''} {opening.uid}".encode()
