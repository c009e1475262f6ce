"""The dependency that reads a request's Idempotency-Key, and looks for its row before the caller's."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.orm import Session

from bench.peers import keys
from bench.peers.fastapi_sqlalchemy.access import Credentials, SessionDependency


@dataclass(frozen=True, slots=True)
class Once:
    """`found` are fingerprint and response of the first request with the key, if there was one."""

    key: keys.Key
    found: Any

    @property
    def is_replay(self) -> bool:
        return self.found is not None

    def replay(self) -> Response:
        fingerprint, content = self.found
        if bytes(fingerprint) != self.key.fingerprint:
            raise _refused(keys.OTHER_REQUEST)
        return Response(bytes(content), 201, keys.REPLAYED, "application/json")

    def keep(self, session: Session, org_id: UUID, content: bytes) -> None:
        """The row of the key, as the last statement before the commit."""
        session.connection().exec_driver_sql(keys.KEEP, self.key.row(str(org_id), content))


async def _content(request: Request) -> bytes:
    return await request.body()


def _once(
    request: Request,
    session: SessionDependency,
    credentials: Credentials,
    content: Annotated[bytes, Depends(_content)],
    idempotency_key: Annotated[str | None, Header()] = None,
) -> Once | None:
    if idempotency_key is None or credentials is None:
        return None
    token_hash = hashlib.sha256(credentials.credentials.encode()).digest()
    key = keys.read(idempotency_key, token_hash, request.url.path, content)
    if key is None:
        raise _refused(keys.NO_KEY)
    return Once(key, session.connection().exec_driver_sql(keys.FIND, (key.digest,)).first())


OnceDependency = Annotated[Once | None, Depends(_once)]


def _refused(message: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("header", keys.HEADER), "msg": message}])
