"""What a verified ID token says, and the rules on its claims that hold for every provider."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pharus.errors import Unauthorized

# A Firebase token is about 1 KB and its custom claims are limited to 1,000 bytes; what is far beyond that is an attack
# on the parser (deep nesting fits into very little JSON) and is refused before anything reads it.
MAXIMUM_TOKEN_CHARACTERS = 8192
MAXIMUM_UID_CHARACTERS = 128
# Clocks of two machines are never quite equal: a token may seem to be issued this little in the future.
CLOCK_SKEW_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Identity:
    """What a verified ID token says.

    uid             1 to 128 printable characters, the same for the same person for ever
    email           as the provider writes it, or None when the person has none
    email_verified  whether the provider has seen proof that the person reads this address
    expires_at      seconds since the epoch; from this moment on the identity is no longer valid
    """

    uid: str
    email: str | None
    email_verified: bool
    expires_at: float


class IdentityProvider(Protocol):
    """What vouches for callers. Called from several threads at once."""

    def verify(self, token: str) -> Identity:
        """The identity that an ID token proves.

        Raises Unauthorized for a bad, expired or foreign token, and ServiceUnavailable when the provider's
        certificates cannot be had: then nothing is known about the token.
        """
        ...

    def known(self, uids: Sequence[str]) -> set[str]:
        """Those of at most 100 people whom the provider knows and has not disabled. ServiceUnavailable."""
        ...

    def delete(self, uid: str) -> None:
        """Delete the identity at the provider; an identity that does not exist is already deleted.

        Raises ServiceUnavailable when the provider did not delete it. Callers log that: the caller's own data is gone
        already and must not come back because a third party is down.
        """
        ...


def refuse_implausible(token: str) -> None:
    """Raise Unauthorized for what cannot be a token: nothing, too much, or characters no JWT has."""
    if not token or len(token) > MAXIMUM_TOKEN_CHARACTERS or not token.isascii():
        raise invalid_token()


def identity_from_claims(claims: Mapping[str, Any]) -> Identity:
    """The identity in claims whose signature, audience and issuer are verified; Unauthorized if they make none.

    Expiry and issue time are judged here for every provider, so that all are equally strict about them.
    """
    uid, email, expires_at = claims.get("sub"), claims.get("email"), _seconds(claims.get("exp"))
    # The uid becomes a key in the database, which stores neither NUL nor half of a surrogate pair.
    if not isinstance(uid, str) or not 0 < len(uid) <= MAXIMUM_UID_CHARACTERS or not uid.isprintable():
        raise invalid_token()
    now = time.time()
    if _seconds(claims.get("iat")) > now + CLOCK_SKEW_SECONDS:
        raise invalid_token()
    if expires_at <= now:
        raise expired_token()
    has_email = isinstance(email, str) and email != "" and email.isprintable()
    return Identity(
        uid=uid,
        email=email if has_email else None,
        email_verified=has_email and claims.get("email_verified") is True,
        expires_at=expires_at,
    )


def invalid_token() -> Unauthorized:
    """One sentence for every defect: which check failed helps nobody but a forger."""
    return Unauthorized("the token is not valid")


def expired_token() -> Unauthorized:
    """Told apart from an invalid token, because the client can act on it: refresh and try again."""
    return Unauthorized("the token has expired")


def _seconds(value: object) -> float:
    """A time in a claim. JSON can also carry true, NaN, 1e999 and integers no float can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise invalid_token()
    try:
        seconds = float(value)
    except OverflowError:
        raise invalid_token() from None
    if not math.isfinite(seconds):
        raise invalid_token()
    return seconds
