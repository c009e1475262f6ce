"""Organizations of their own for measurements: an owner, a token, locations."""

import hashlib
from typing import Any

from pharus.fields import new_id


def token_of(slug: str) -> str:
    return "pharus_pat_" + hashlib.sha256(slug.encode()).hexdigest()[:32]


def make(cursor: Any, slug: str) -> str:
    """The id of a new organization, to which `token_of(slug)` gives access as its owner."""
    org_id, user_id, token = new_id(), new_id(), token_of(slug)
    cursor.execute("INSERT INTO organization (id, name, slug) VALUES (%s, %s, %s)", (org_id, slug, slug))
    cursor.execute(
        "INSERT INTO app_user (id, firebase_uid, email) VALUES (%s, %s, %s)",
        (user_id, slug, f"{slug}@example.com"),
    )
    cursor.execute(
        "INSERT INTO membership (org_id, id, user_id, role) VALUES (%s, %s, %s, 'owner')", (org_id, new_id(), user_id)
    )
    cursor.execute(
        "INSERT INTO api_token (org_id, id, user_id, name, token_prefix, token_hash) VALUES (%s, %s, %s, %s, %s, %s)",
        (org_id, new_id(), user_id, slug, token[:12], hashlib.sha256(token.encode()).digest()),
    )
    return org_id


def make_locations(cursor: Any, org_id: str, count: int) -> list[str]:
    ids = [new_id() for _ in range(count)]
    for number, id in enumerate(ids):
        cursor.execute(
            "INSERT INTO location (org_id, id, name, sort_order) VALUES (%s, %s, %s, %s)",
            (org_id, id, f"Place {number}", number),
        )
    return ids
