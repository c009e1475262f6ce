"""Users and their API tokens: rows that belong to a person, across organizations.

Every function here runs as the platform role; the operations step out to it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import peewee

from pharus.db import current, db, unit_of_work
from pharus.errors import Forbidden, NotFound
from pharus.fields import new_id
from pharus.identity import ANONYMOUS, Actor
from pharus.sweeping import requested
from plugins.platform import quotas, rules, schemas
from plugins.platform.access import TOKEN_PREFIX, new_secret, token_hash
from plugins.platform.activity import note_login
from plugins.platform.models import ApiToken, Membership, Organization, User
from plugins.platform.records import API_TOKEN, USER, USER_ORGANIZATION

_SHOWN_CHARACTERS = 12
# Invitations that lose their sender in one transaction.
_MOST_SENT = 1000


def save(actor: Actor, email: str, display_name: str | None, *, fill_name: bool = False) -> schemas.User:
    """The caller's user, made when it is absent, also when two requests make it at once.

    A known user gets the address that the provider vouches for now. Its name stays; with `fill_name` an empty one is
    filled.
    """
    now = current().now
    new: Any = peewee.EXCLUDED
    name = peewee.fn.coalesce(User.display_name, new.display_name) if fill_name else User.display_name
    is_changed = (User.email != new.email) | (User.display_name.is_null() & name.is_null(False))
    query = User.insert(
        id=new_id(),
        firebase_uid=actor.uid,
        email=email,
        display_name=display_name,
        is_active=True,
        created_at=now,
        updated_at=now,
    ).on_conflict(
        conflict_target=[User.firebase_uid],
        update={
            User.email: new.email,
            User.display_name: name,
            User.updated_at: peewee.Case(None, [(is_changed, now)], User.updated_at),
        },
    )
    return _known(USER.one(query.returning(*USER.columns)))


def signed_in(user_id: str, email: str | None) -> schemas.User:
    """The user, who is here now, with the address that the provider vouches for now.

    The time is noted beside the request: asking who one is waits for nobody who holds the row, and works where nothing
    can be written.
    """
    unit = current()
    user = _known(USER.one(User.select(*USER.columns).where(User.id == user_id)))
    if email is not None and email != user["email"]:
        change = User.update(email=email, updated_at=unit.now).where(User.id == user_id)
        user = _known(USER.one(change.returning(*USER.columns)))
    unit.after_commit(lambda: note_login(user_id))
    return {**user, "lastLoginAt": unit.now}


def update(user_id: str, body: schemas.UserUpdate) -> schemas.User:
    """Set or clear the name; a body without it changes nothing."""
    if "displayName" not in body:
        return _known(USER.one(User.select(*USER.columns).where(User.id == user_id)))
    query = User.update(display_name=body["displayName"], updated_at=current().now).where(User.id == user_id)
    return _known(USER.one(query.returning(*USER.columns)))


def delete(user_id: str) -> None:
    """The memberships and tokens go with the row; invitations that the user sent lose their sender. Who sent more
    than a request should wait for is nobody from now on, and the row goes later."""
    Membership.delete().where(Membership.user_id == user_id).execute()
    ApiToken.delete().where(ApiToken.user_id == user_id).execute()
    if not _remove(user_id):
        nobody = {"firebase_uid": f"purged:{user_id}", "email": "", "display_name": None, "is_active": False}
        User.update(**nobody, purge_requested_at=current().now).where(User.id == user_id).execute()
        current().after_commit(requested.set)


def finish_deletions(is_ended: Callable[[], bool] = lambda: False) -> None:
    """Remove the users that were deleted and could not go at once. Runs outside of any unit of work."""
    with unit_of_work(ANONYMOUS):
        due = [id for (id,) in db.rows("SELECT id FROM app_user WHERE purge_requested_at IS NOT NULL ORDER BY id")]
    for user_id in due:
        is_removed = False
        while not is_removed and not is_ended():
            with unit_of_work(ANONYMOUS):
                is_removed = _remove(user_id)


def _remove(user_id: str) -> bool:
    """Take the sender from a number of invitations, and if those were all, the user."""
    sql = """
        UPDATE invitation SET invited_by = NULL
        WHERE ctid = ANY(ARRAY(SELECT ctid FROM invitation WHERE invited_by = %s LIMIT %s FOR UPDATE))
        """
    if db.execute_sql(sql, (user_id, _MOST_SENT)).rowcount == _MOST_SENT:
        return False
    User.delete().where(User.id == user_id).execute()
    return True


def organizations_of(user_id: str) -> list[schemas.UserOrganization]:
    """Those the user is an active member of, the oldest membership first."""
    return USER_ORGANIZATION.all(
        Organization.select(*USER_ORGANIZATION.columns)
        .join(Membership, on=(Membership.org_id == Organization.id))
        .where(Membership.user_id == user_id, Membership.is_active, Organization.is_active)
        .order_by(Membership.joined_at, Membership.id)
    )


# API tokens


def create_token(user_id: str | None, body: schemas.ApiTokenCreate) -> schemas.ApiTokenCreated:
    """A new token and, this once, its secret. Forbidden unless the user is an active member of the organization,
    Conflict when it has as many tokens as it may, Invalid for a scope that there is not."""
    scopes = rules.scopes(body.get("scopes"))
    org_id = body["orgId"]
    now = current().now
    secret = new_secret(TOKEN_PREFIX)
    _hold_membership(user_id, org_id)
    quotas.require_room_for_token(org_id)
    query = ApiToken.insert(
        org_id=org_id,
        id=new_id(),
        user_id=user_id,
        name=body["name"],
        token_prefix=secret[:_SHOWN_CHARACTERS],
        token_hash=token_hash(secret),
        expires_at=_expiry(now, body.get("expiresInDays", rules.lifetime_days(scopes))),
        created_at=now,
        scopes=scopes,
        skips_confirmation=body.get("skipsConfirmation", False),
    )
    token = API_TOKEN.one(query.returning(*API_TOKEN.columns))
    assert token is not None
    return {"token": token, "plaintext": secret}


def tokens_of(user_id: str | None, org_id: str | None) -> list[schemas.ApiToken]:
    """Those not revoked, newest first; of one organization or of all."""
    return API_TOKEN.all(
        ApiToken.select(*API_TOKEN.columns)
        .where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_null(), *_within(org_id))
        .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
    )


def revoke_token(user_id: str | None, id: str, org_id: str | None) -> str:
    """The token's id. NotFound when there is none, when it is another user's, when it is revoked already, and when it
    belongs to another organization than the one named."""
    query = _revoke(ApiToken.user_id == user_id, ApiToken.id == id, *_within(org_id))
    token = API_TOKEN.one(query.returning(*API_TOKEN.columns))
    if token is None:
        raise NotFound(f"no API token with the id {id}")
    return token["id"]


def revoke_tokens_of_member(user_id: str, org_id: str) -> None:
    """A token dies with the membership for good: one who comes back later does not find an old secret at work."""
    _revoke(ApiToken.user_id == user_id, ApiToken.org_id == org_id).execute()


def _within(org_id: str | None) -> list[Any]:
    return [] if org_id is None else [ApiToken.org_id == org_id]


def _revoke(*conditions: Any) -> Any:
    return ApiToken.update(revoked_at=current().now).where(*conditions, ApiToken.revoked_at.is_null())


def _known(user: schemas.User | None) -> schemas.User:
    """NotFound when the user was deleted by another request after this one had begun."""
    if user is None:
        raise NotFound("you have no user any more")
    return user


def _hold_membership(user_id: str | None, org_id: str) -> None:
    """Forbidden unless there is an active membership; it cannot end before the transaction does."""
    query = (
        Membership.select(Membership.id)
        .join(Organization, on=(Organization.id == Membership.org_id))
        .where(Membership.org_id == org_id, Membership.user_id == user_id, Membership.is_active, Organization.is_active)
        .for_update("FOR SHARE", of=Membership)  # type: ignore[arg-type]
    )
    if not list(query.tuples()):
        raise Forbidden("you are no member of this organization")


def _expiry(now: datetime, lifetime_days: int | None) -> datetime | None:
    return None if lifetime_days is None else now + timedelta(days=lifetime_days)
