"""What the platform allows (docs/rules.md, Platform). No HTTP, no commit."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from pharus.currency import is_currency
from pharus.db import current
from pharus.email_addresses import canonical_email
from pharus.errors import Conflict, Forbidden, Invalid, InvalidTransition, NotFound, Problem
from pharus.identity import Actor

INVITATION_LIFETIME = timedelta(days=7)
# Of a token that is made for certain scopes, unless its maker says otherwise.
_DAYS_OF_CONFINED = 90
# No address is longer (RFC 5321), and no column of ours holds more.
LONGEST_EMAIL = 320


_tags: Collection[str] = ()


def configure(tags: Iterable[str]) -> None:
    """Take the domains that a scope may name, the tags of the document. Done once at start."""
    global _tags
    _tags = frozenset(tags)


# Organizations


def refuse_currency(code: str | None) -> None:
    """Invalid for what is no currency of ISO 4217."""
    if code is not None and not is_currency(code):
        raise Invalid([Problem("/currency", "must be the code of a currency (ISO 4217), such as EUR")])


# Callers


def require_user(actor: Actor) -> str:
    """The id of the caller's user; NotFound for a verified identity that has none yet."""
    if actor.user_id is None:
        raise NotFound("you have no user yet; create the user first")
    return actor.user_id


def refuse_token(actor: Actor, why: str) -> None:
    """Forbidden for one who came with a personal access token. Where nobody may, the document says `x-id-token-only`;
    this is for what depends on the records."""
    if actor.token_id is not None:
        raise Forbidden(f"a personal access token cannot do this: {why}; sign in with an ID token")


def scopes(asked: Collection[str] | None) -> list[str] | None:
    """Each scope once, in their order; None for a token that is good for everything. Invalid for one of a domain that
    there is not: it would never let anybody do anything."""
    if asked is None:
        return None
    unknown = [
        Problem(f"/scopes/{index}", f"names no domain; there are {', '.join(sorted(_tags))}")
        for index, scope in enumerate(asked)
        if ":" in scope and scope.partition(":")[2] not in _tags
    ]
    if unknown:
        raise Invalid(unknown)
    return sorted(set(asked))


def lifetime_days(scopes: Collection[str] | None) -> int | None:
    """Of a token whose maker names none; None: it does not expire."""
    return None if scopes is None else _DAYS_OF_CONFINED


def reach(actor: Actor) -> str | None:
    """The organization to which a personal access token is confined; None for one who has signed in."""
    return actor.org_id if actor.token_id is not None else None


def verified_email(actor: Actor) -> str | None:
    """The address that the identity provider has seen proof of; None when there is none."""
    if not actor.email_verified or not actor.email:
        return None
    email = canonical_email(actor.email)
    return email if 0 < len(email) <= LONGEST_EMAIL else None


def require_own_email(actor: Actor, claimed: str) -> str:
    """The caller's verified address; Invalid when there is none, or when the caller claims another."""
    email = verified_email(actor)
    if email is None:
        raise Invalid([Problem("/email", "the identity token carries no verified email address")])
    if canonical_email(claimed) != email:
        raise Invalid([Problem("/email", "must be the email address of the identity token")])
    return email


# Members


def refuse_change_of(roles: Mapping[str, str], actor: Actor, user_id: str, new_role: str | None) -> None:
    """May the caller give this member another role, or with None end the membership?

    NotFound for somebody who is no member, Conflict for oneself, InvalidTransition when no owner would be left.
    """
    if user_id not in roles:
        raise NotFound(f"no member with the user id {user_id}")
    if user_id == actor.user_id:
        raise Conflict("you cannot change your own membership; another owner can, and you can leave")
    if new_role != "owner" and not _has_owner_besides(roles, user_id):
        raise InvalidTransition("an organization keeps at least one owner, and this one is the last")
    if actor.user_id is None or roles.get(actor.user_id) != "owner":
        raise Forbidden("you are no owner of this organization any more")


def is_last_to_leave(roles: Mapping[str, str], user_id: str) -> bool:
    """Whether nobody is left once the caller has left.

    InvalidTransition when others are left without an owner; Forbidden when somebody has just removed the caller.
    """
    if user_id not in roles:
        raise Forbidden("you are no member of this organization any more")
    if len(roles) == 1:
        return True
    if not _has_owner_besides(roles, user_id):
        raise InvalidTransition("you are the last owner; make another member an owner first")
    return False


# Invitations


def require_invited(actor: Actor, invited: str) -> str:
    """The caller's verified address; Forbidden unless it is the invited one."""
    email = verified_email(actor)
    if email is None or email != invited:
        raise Forbidden("this invitation is for another email address, or yours is not verified")
    return email


def refuse_ended(accepted_at: datetime | None, revoked_at: datetime | None) -> None:
    """InvalidTransition for an invitation that was accepted, revoked or declined; an expired one can be renewed."""
    if accepted_at is not None:
        raise InvalidTransition("the invitation has been accepted already")
    if revoked_at is not None:
        raise InvalidTransition("the invitation has been revoked or declined")


def refuse_unusable(accepted_at: datetime | None, revoked_at: datetime | None, expires_at: datetime) -> None:
    """InvalidTransition for an invitation that cannot be accepted: it has ended, or it has expired."""
    refuse_ended(accepted_at, revoked_at)
    if expires_at <= current().now:
        raise InvalidTransition("the invitation has expired; ask for it to be sent again")


def _has_owner_besides(roles: Mapping[str, str], user_id: str) -> bool:
    return any(role == "owner" for other, role in roles.items() if other != user_id)
