"""A factory per table. Each makes a real row and returns what a test needs of it; every value can be given.

They write with SQL of their own, not with the code under test.
"""

import itertools
import secrets
import string
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pharus.db import db
from pharus.fields import new_id
from plugins.platform.access import TOKEN_PREFIX, token_hash

_counter = itertools.count()


def unique(prefix: str) -> str:
    """A text that no other test uses."""
    return f"{prefix}-{next(_counter)}-{secrets.token_hex(4)}"


@dataclass(frozen=True)
class User:
    id: str
    uid: str
    email: str


def make_user(*, email: str | None = None, uid: str | None = None, **columns: Any) -> User:
    user = User(new_id(), uid or unique("uid"), email or f"{unique('user')}@example.com")
    _insert("app_user", id=user.id, firebase_uid=user.uid, email=user.email, **columns)
    return user


@dataclass(frozen=True)
class Organization:
    id: str
    name: str
    slug: str


def make_organization(*, name: str | None = None, slug: str | None = None) -> Organization:
    organization = Organization(new_id(), name or unique("Maker"), slug or unique("maker"))
    _insert("organization", id=organization.id, name=organization.name, slug=organization.slug)
    _insert("organization_settings", org_id=organization.id)
    return organization


def make_membership(org_id: str, user_id: str, role: str = "member", **columns: Any) -> str:
    return _insert("membership", org_id=org_id, user_id=user_id, role=role, **columns)


def make_api_token(org_id: str, user_id: str, *, name: str = "test", expires_at: datetime | None = None) -> str:
    """The plaintext."""
    alphabet = string.ascii_letters + string.digits
    plaintext = TOKEN_PREFIX + "".join(secrets.choice(alphabet) for _ in range(32))
    _insert(
        "api_token",
        org_id=org_id,
        user_id=user_id,
        name=name,
        token_prefix=plaintext[:12],
        token_hash=token_hash(plaintext),
        expires_at=expires_at,
    )
    return plaintext


def make_invitation(org_id: str, *, email: str, expires_at: datetime, role: str = "member", **columns: Any) -> str:
    """The invitation's token."""
    token = secrets.token_urlsafe(32)
    _insert("invitation", org_id=org_id, email=email, role=role, token=token, expires_at=expires_at, **columns)
    return token


def make_location(org_id: str, *, name: str | None = None, sort_order: int = 0, **columns: Any) -> str:
    return _insert("location", org_id=org_id, name=name or unique("Location"), sort_order=sort_order, **columns)


def make_vendor(org_id: str, *, name: str | None = None, **columns: Any) -> str:
    return _insert("vendor", org_id=org_id, name=name or unique("Vendor"), **columns)


def _insert(table: str, **columns: Any) -> str:
    """As the owner of the database, who row-level security does not hold back in tests."""
    if table != "organization_settings":
        columns.setdefault("id", new_id())
    names = ", ".join(columns)
    marks = ", ".join(["%s"] * len(columns))
    if db.is_closed():
        db.connect()
    db.execute_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values()))
    return str(columns.get("id", columns.get("org_id")))
