"""Who belongs to an organization, and in which role."""

from typing import Any

from pharus.db import current, db
from pharus.errors import Conflict, Forbidden
from pharus.fields import new_id
from plugins.platform import schemas
from plugins.platform.models import Membership, Organization, User
from plugins.platform.records import MEMBER, MEMBERSHIP

_SOLELY_OWNED = """
SELECT org_id FROM membership
WHERE role = 'owner' AND is_active
    AND org_id IN (SELECT id FROM organization WHERE purge_requested_at IS NULL)
    AND org_id IN (SELECT org_id FROM membership WHERE user_id = %s AND role = 'owner' AND is_active)
GROUP BY org_id HAVING count(*) = 1 ORDER BY org_id"""


def lock(org_id: str) -> dict[str, str]:
    """The role of each active member by user id. Until the transaction ends nobody else joins, leaves or is promoted.

    The lock is on the organization's row and is taken before the members are read: two owners who demote each other
    at once come one after the other, and the second one sees what the first one did. Writers of the organization's
    other records do not wait for it.
    """
    lock_organizations([org_id])
    members: Any = Membership.select(Membership.user_id, Membership.role).where(
        Membership.org_id == org_id, Membership.is_active
    )
    return dict(members.tuples())


def lock_organizations(org_ids: list[str]) -> None:
    """Serialize changes of membership in these organizations, always locked in the same order: nobody deadlocks."""
    query = Organization.select(Organization.id).where(Organization.id.in_(org_ids)).order_by(Organization.id)
    list(query.for_update("FOR NO KEY UPDATE").tuples())  # type: ignore[arg-type]


def solely_owned(user_id: str) -> list[str]:
    """The organizations in which the user is the only active owner, locked as `lock` does. As the platform role."""
    theirs: Any = Membership.select(Membership.org_id).where(Membership.user_id == user_id)
    # Also those where the user owns nothing yet: an owner who promotes the user and leaves must not come in between.
    lock_organizations([row[0] for row in theirs.tuples()])
    return [row[0] for row in db.execute_sql(_SOLELY_OWNED, (user_id,)).fetchall()]


def all_active() -> list[schemas.Member]:
    """Those of the current organization, by the date they joined."""
    return MEMBER.all(
        Membership.select(*MEMBER.columns)
        .join(User, on=(User.id == Membership.user_id))
        .where(Membership.org_id == current().org_id, Membership.is_active)
        .order_by(Membership.joined_at, Membership.id)
    )


def join(org_id: str, user_id: str, role: str) -> schemas.Membership:
    """A new membership, or the old one active again with this role. Conflict for somebody who is a member now.

    As the platform role: one who joins is not inside yet.
    """
    now = current().now
    query = Membership.insert(
        org_id=org_id,
        id=new_id(),
        user_id=user_id,
        role=role,
        is_active=True,
        joined_at=now,
        created_at=now,
        updated_at=now,
    ).on_conflict(
        conflict_target=[Membership.org_id, Membership.user_id],
        preserve=[Membership.role, Membership.is_active, Membership.updated_at],
        where=~Membership.is_active,
    )
    membership = MEMBERSHIP.one(query.returning(*MEMBERSHIP.columns))
    if membership is None:
        raise Conflict("you are a member of this organization already")
    return membership


def change(user_id: str, **changes: Any) -> schemas.Membership:
    """Change an active membership of the current organization, which the caller has locked."""
    unit = current()
    query = Membership.update(updated_at=unit.now, **changes).where(
        Membership.org_id == unit.org_id, Membership.user_id == user_id, Membership.is_active
    )
    membership = MEMBERSHIP.one(query.returning(*MEMBERSHIP.columns))
    if membership is None:
        raise Forbidden("the membership has ended")
    return membership
