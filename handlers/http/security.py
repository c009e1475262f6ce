"""Authentication and permissions: who calls, and do they have the minimum role of the operation? From the document.

Order of refusal (docs/rules.md, Roles): 401 for the token, 403 for the organization or the role. Runs in the worker
thread and in the transaction of the operation itself: finding the caller costs no round trip of its own.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from handlers.http import callers
from pharus.db import Acting, Opening
from pharus.errors import Forbidden, Malformed, Unauthorized
from pharus.identity import ANONYMOUS, COSTS, Actor, Role
from pharus.providers import IdentityProvider
from plugins.platform.access import TOKEN_PREFIX, ByIdentity, ByToken


class Security:
    """What one operation demands of its caller: `x-minimum-role`, whether its security names an organization,
    `x-id-token-only`, and of a token that is confined to scopes its scope and `x-costs`."""

    def __init__(self, operation: Mapping[str, Any], scope: str, provider: IdentityProvider) -> None:
        role = operation["x-minimum-role"]
        self.is_public = role == "public"
        self.minimum = Role[role] if role in Role.__members__ else None
        self._reads_organization = any("organization" in scheme for scheme in operation.get("security", []))
        self._id_token_only = bool(operation.get("x-id-token-only"))
        self._scope = scope
        self._shows_costs = bool(operation.get("x-costs"))
        self._provider = provider

    def token(self, headers: Mapping[bytes, bytes]) -> str | None:
        """The bearer token; Unauthorized when there is none and the operation needs one."""
        if self.is_public:
            return None
        scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthorized("a bearer token is needed: Authorization: Bearer <token>")
        return token.strip()

    def caller_key(self, token: str | None, headers: Mapping[bytes, bytes]) -> bytes | None:
        """What names the caller, as far as the request alone says; None for a public operation."""
        if token is None:
            return None
        reads = self._reads_organization and not token.startswith(TOKEN_PREFIX)
        return callers.key(token, headers.get(b"x-org-id", b"") if reads else b"")

    def opening(self, token: str | None, headers: Mapping[bytes, bytes]) -> Opening:
        """How the transaction of this request begins. Verifies an ID token: Unauthorized, ServiceUnavailable."""
        if token is None:
            return Acting(ANONYMOUS)
        if token.startswith(TOKEN_PREFIX):
            return ByToken(token)
        identity = self._provider.verify(token)
        asked = headers.get(b"x-org-id") if self._reads_organization else None
        return ByIdentity(
            identity.uid, identity.email, identity.email_verified, _organization(asked), asked is not None
        )

    def authorize(self, actor: Actor, opening: Opening) -> None:
        """Forbidden unless the actor belongs to the organization asked for, in a high enough role, and came with a
        token that the operation takes and that is good for it.

        An organization that does not exist and one that the caller is no member of answer alike.
        """
        if self._id_token_only and actor.token_id is not None:
            raise Forbidden("a personal access token cannot do this; sign in with an ID token")
        asked = isinstance(opening, ByIdentity) and opening.asked
        if actor.org_id is None and (self.minimum is not None or asked):
            if not asked:
                raise Forbidden("this operation needs an organization: X-Org-Id: <organization id>")
            raise Forbidden("you are no member of this organization")
        if self.minimum is not None and actor.role is not None and actor.role < self.minimum:
            raise Forbidden(f"this needs the role {self.minimum.name}; yours is {actor.role.name}")
        if not actor.has_scope(self._scope):
            raise Forbidden(f"this needs the scope {self._scope}, which the token does not have")
        if self._shows_costs and not actor.sees_costs:
            raise Forbidden(f"this needs the scope {COSTS}, which the token does not have")


def _organization(text: bytes | None) -> str | None:
    """The id in the header; a text that is no id names no organization."""
    try:
        return str(uuid.UUID(text.decode("ascii"))) if text else None
    except ValueError:
        return None


def refuse_repeated(names: Iterable[bytes]) -> None:
    """Malformed when the caller, the organization or the request is named twice: a proxy may have looked at the other
    one."""
    counted = Counter(names)
    for name in (b"authorization", b"x-org-id", b"idempotency-key", b"if-match"):
        if counted[name] > 1:
            raise Malformed(f"the header {name.decode()} is sent {counted[name]} times; once says it")
