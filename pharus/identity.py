"""Who acts: the actor of the running request and what each role may do."""

from enum import IntEnum
from typing import NamedTuple

# The scope of a token that sees what things cost and are sold for.
COSTS = "costs"


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
    scopes                      what the token may be used for; None: for all that the role allows
    skips_confirmation          whether what an agent writes with the token is carried out at once
    """

    uid: str = ""
    email: str | None = None
    email_verified: bool = False
    user_id: str | None = None
    org_id: str | None = None
    role: Role | None = None
    token_id: str | None = None
    scopes: frozenset[str] | None = None
    skips_confirmation: bool = False

    @property
    def sees_costs(self) -> bool:
        return self.scopes is None or COSTS in self.scopes

    def has_scope(self, scope: str) -> bool:
        """Whether the token may be used for `read:Vendors`; one for `read` may be used for all of its kind."""
        return self.scopes is None or scope in self.scopes or scope.partition(":")[0] in self.scopes


ANONYMOUS = Actor()
