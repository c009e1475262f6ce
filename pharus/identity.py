"""Who acts: the actor of the running request and what each role may do."""

from enum import IntEnum
from typing import NamedTuple


class Role(IntEnum):
    """viewer < member < admin < owner (docs/rules.md, Roles)."""

    viewer = 1
    member = 2
    admin = 3
    owner = 4


class Actor(NamedTuple):
    """The caller of one request.

    uid, email, email_verified  what the identity provider vouches for (uid is empty for a public operation)
    user_id                     id of the user row, or None before createUser
    org_id, role                organization the request acts in and the caller's role there; both None outside of one
    token_id                    id of the personal access token, or None when an ID token was used
    """

    uid: str = ""
    email: str | None = None
    email_verified: bool = False
    user_id: str | None = None
    org_id: str | None = None
    role: Role | None = None
    token_id: str | None = None


ANONYMOUS = Actor()
