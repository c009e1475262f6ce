"""Dependencies: the session of a request, and the caller in it."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated
from uuid import UUID

from fastapi import BackgroundTasks, Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Text, and_, bindparam, cast, func, or_, select, text, update
from sqlalchemy.orm import Session

from bench.peers.fastapi_sqlalchemy.tables import ApiToken, Membership, User, new_session, numbering

_RANKS = {"viewer": 1, "member": 2, "admin": 3, "owner": 4}

_MINUTE = timedelta(minutes=1)

# One statement finds the caller and sets organization and role for the rest of the transaction.
_BY_TOKEN = (
    select(
        Membership.org_id,
        Membership.user_id,
        Membership.role,
        ApiToken.id,
        func.now(),
        or_(Membership.last_active_at.is_(None), Membership.last_active_at < func.now() - _MINUTE),
        func.set_config("pharus.org_id", cast(Membership.org_id, Text), True),
        func.set_config("role", "pharus_app", True),
    )
    .select_from(ApiToken)
    .join(User, and_(User.id == ApiToken.user_id, User.is_active))
    .join(
        Membership,
        and_(Membership.org_id == ApiToken.org_id, Membership.user_id == ApiToken.user_id, Membership.is_active),
    )
    .where(
        ApiToken.token_hash == bindparam("token_hash"),
        ApiToken.revoked_at.is_(None),
        or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > func.now()),
    )
)


# The commit need not wait for the disk: the one of the record that carries the number does.
_NUMBER = text(
    """
    SET LOCAL synchronous_commit = off; SET LOCAL ROLE pharus_app; SELECT set_config('pharus.org_id', :org_id, true);
    INSERT INTO number_sequence AS taken (org_id, kind, year, last) VALUES (:org_id, :kind, :year, :count)
    ON CONFLICT (org_id, kind, year) DO UPDATE SET last = taken.last + excluded.last RETURNING last
    """
)


def get_session() -> Iterator[Session]:
    with new_session() as session:
        yield session


SessionDependency = Annotated[Session, Depends(get_session)]

_bearer = HTTPBearer(auto_error=False)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


@dataclass(frozen=True, slots=True)
class Caller:
    org_id: UUID
    user_id: UUID
    token_id: UUID
    now: datetime


def caller_with(minimum: str) -> Callable[..., Caller]:
    """The dependency that finds the caller and refuses one below the role `minimum`."""

    def caller(session: SessionDependency, credentials: Credentials, background: BackgroundTasks) -> Caller:
        if credentials is None:
            raise HTTPException(401, "a bearer token is needed")
        token_hash = hashlib.sha256(credentials.credentials.encode()).digest()
        row = session.execute(_BY_TOKEN, {"token_hash": token_hash}).first()
        if row is None:
            raise HTTPException(401, "the token is unknown, revoked or expired")
        org_id, user_id, role, token_id, now, is_stale, *_ = row
        found = Caller(org_id, user_id, token_id, now)
        if is_stale:
            background.add_task(_note_activity, found)
        if _RANKS[role] < _RANKS[minimum]:
            raise HTTPException(403, f"this needs the role {minimum}")
        return found

    return caller


def take_numbers(org_id: UUID, sequence: str, year: int, count: int) -> range:
    """The next numbers of a sequence, in a transaction of its own: nobody waits for the one that uses them."""
    parameters = {"org_id": str(org_id), "kind": sequence, "year": year, "count": count}
    with numbering.connect() as connection:
        last = int(connection.execute(_NUMBER, parameters).scalar_one())
    return range(last - count + 1, last + 1)


@cache
def signing_secret() -> bytes:
    with new_session() as session:
        return bytes(session.execute(select(func.installation_secret())).scalar_one())


def _note_activity(caller: Caller) -> None:
    with new_session.begin() as session:
        session.execute(
            update(ApiToken)
            .where(
                ApiToken.org_id == caller.org_id,
                ApiToken.id == caller.token_id,
                or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at < func.now() - _MINUTE),
            )
            .values(last_used_at=func.now()),
            execution_options={"synchronize_session": False},
        )
        session.execute(
            update(Membership)
            .where(
                Membership.org_id == caller.org_id,
                Membership.user_id == caller.user_id,
                or_(Membership.last_active_at.is_(None), Membership.last_active_at < func.now() - _MINUTE),
            )
            .values(last_active_at=func.now()),
            execution_options={"synchronize_session": False},
        )
