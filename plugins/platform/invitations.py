"""Invitations: written inside the organization that invites, found from outside by their token or address."""

from datetime import datetime
from typing import Any, NamedTuple

import peewee

from pharus.db import current
from pharus.errors import NotFound
from pharus.fields import new_id
from plugins.platform import mail, members, quotas, rules, schemas
from plugins.platform.access import invitation_token, token_hash
from plugins.platform.models import Invitation, Membership, Organization, User
from plugins.platform.records import INVITATION

_IS_OPEN = Invitation.accepted_at.is_null() & Invitation.revoked_at.is_null()


class Found(NamedTuple):
    """An invitation as those see it who are not in the organization."""

    id: str
    org_id: str
    email: str
    role: schemas.Role
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None
    org_name: str
    inviter_name: str | None


# Inside the organization


def save(email: str, role: str) -> schemas.Invitation:
    """The one open invitation of this address, new or renewed; one statement, so that two senders at once share it."""
    unit, id = current(), new_id()
    query = Invitation.insert(
        org_id=unit.org_id,
        id=id,
        invited_by=unit.actor.user_id,
        email=email,
        role=role,
        token_hash=token_hash(invitation_token(id)),
        expires_at=unit.now + rules.INVITATION_LIFETIME,
        created_at=unit.now,
    ).on_conflict(
        conflict_target=[Invitation.org_id, Invitation.email],
        conflict_where=_IS_OPEN,
        preserve=[Invitation.invited_by, Invitation.role, Invitation.expires_at],
    )
    invitation = INVITATION.one(query.returning(*INVITATION.columns))
    assert invitation is not None
    return _with_link(invitation)


def renew(id: str) -> schemas.Invitation:
    """An open invitation with a new expiry. NotFound, InvalidTransition."""
    return _with_link(change_open(id, expires_at=current().now + rules.INVITATION_LIFETIME))


def all_of_organization() -> list[schemas.Invitation]:
    """Newest first."""
    return INVITATION.all(
        Invitation.select(*INVITATION.columns)
        .where(Invitation.org_id == current().org_id)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    )


def change_open(id: str, **changes: Any) -> schemas.Invitation:
    """Change an invitation that was neither accepted nor revoked. NotFound, InvalidTransition."""
    mine = (Invitation.org_id == current().org_id) & (Invitation.id == id)
    return _change(mine, f"no invitation with the id {id}", changes)


def has_member(email: str) -> bool:
    """Whether an active member of the organization has this address."""
    query = (
        User.select(User.id)
        .join(Membership, on=(Membership.user_id == User.id))
        .where(Membership.org_id == current().org_id, Membership.is_active, User.email == email)
    )
    return bool(list(query.limit(1).tuples()))


def post(invitation: schemas.Invitation, inviter_name: str | None) -> None:
    """Have the invitation's mail sent once the transaction has committed. Nobody waits for it. RateLimited."""
    quotas.count_mail(invitation["email"])
    mail.request(invitation, inviter_name)


# From outside: as the platform role, to which the operations step out


def find(token: str) -> Found:
    """The invitation that the token names; NotFound."""
    return _only(_found().where(Invitation.token_hash == token_hash(token)))


def lock(token: str) -> Found:
    """The same, locked: nobody accepts, revokes or renews it before the transaction ends, nor joins or leaves the
    organization. The organization comes first, as everywhere."""
    members.lock_organizations([find(token).org_id])
    return _only(_found().where(Invitation.token_hash == token_hash(token)).for_update(of=Invitation))


def pending_of(email: str | None) -> list[Found]:
    """Those that this verified address can accept now, newest first."""
    query = _found().where(Invitation.email == email, _IS_OPEN, Invitation.expires_at > current().now)
    return [Found(*row) for row in query.order_by(Invitation.created_at.desc(), Invitation.id.desc()).tuples()]


def decline(id: str, email: str | None) -> None:
    """Stamp an open invitation to this verified address as revoked. NotFound, InvalidTransition."""
    theirs = (Invitation.id == id) & (Invitation.email == email)
    _change(theirs, f"no invitation to you with the id {id}", {"revoked_at": current().now})


def mark_accepted(id: str) -> None:
    Invitation.update(accepted_at=current().now).where(Invitation.id == id).execute()


def _with_link(invitation: schemas.Invitation) -> schemas.Invitation:
    """One that an earlier version sent gets a token that can be shown; its old link ends."""
    if invitation["token"]:
        return invitation
    id = invitation["id"]
    return change_open(id, token_hash=token_hash(invitation_token(id)))


def _found() -> Any:
    return (
        Invitation.select(
            Invitation.id,
            Invitation.org_id,
            Invitation.email,
            Invitation.role,
            Invitation.expires_at,
            Invitation.accepted_at,
            Invitation.revoked_at,
            Organization.name,
            User.display_name,
        )
        .join(Organization, on=((Organization.id == Invitation.org_id) & Organization.is_active))
        .join(User, peewee.JOIN.LEFT_OUTER, on=(User.id == Invitation.invited_by))
    )


def _only(query: Any) -> Found:
    for row in query.tuples():
        return Found(*row)
    raise NotFound("no invitation with this token")


def _change(condition: Any, missing: str, changes: dict[str, Any]) -> schemas.Invitation:
    """Update if open, in one statement; only when that found nothing, ask why."""
    query = Invitation.update(**changes).where(condition, _IS_OPEN).returning(*INVITATION.columns)
    invitation = INVITATION.one(query)
    if invitation is not None:
        return invitation
    ended = INVITATION.one(Invitation.select(*INVITATION.columns).where(condition))
    if ended is None:
        raise NotFound(missing)
    rules.refuse_ended(ended["acceptedAt"], ended["revokedAt"])
    raise NotFound(missing)
