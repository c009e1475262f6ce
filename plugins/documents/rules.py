"""Decisions on documents (docs/rules.md, Documents)."""

from datetime import timedelta
from typing import get_args

from pharus.db import current, db
from pharus.errors import NotFound
from pharus.uploads import shorter
from plugins.documents import removals
from plugins.documents.schemas import DocumentEntityType

LINK_LIFETIME = timedelta(minutes=15)

# With the id and the hyphen before it this is what a file system takes for the name of a file.
_MOST_NAME_BYTES = 255 - 37


def path_of(kind: DocumentEntityType, entity_id: str, id: str, name: str) -> str:
    """Where the document's file lies in the store. A very long name is cut there; the document keeps it."""
    shown = shorter(name, _MOST_NAME_BYTES, in_bytes=True)
    return f"orgs/{current().org_id}/{kind}/{entity_id}/{id}-{shown}"


def require_entity(kind: DocumentEntityType, id: str) -> None:
    """NotFound. The record cannot be deleted before the transaction ends."""
    # The kinds of the contract are the names of the tables.
    text = f"SELECT FROM {kind} WHERE org_id = %s AND id = %s FOR KEY SHARE"
    if db.execute_sql(text, (current().org_id, id)).fetchone() is None:
        raise NotFound(f"no {kind.replace('_', ' ')} with the id {id}")


def forget(table: str, id: str) -> None:
    """The documents of an order go with it, and their files after them."""
    if table not in get_args(DocumentEntityType):
        return
    rows = db.execute_sql(
        f"DELETE FROM document WHERE org_id = %s AND {table}_id = %s RETURNING gcs_path", (current().org_id, id)
    ).fetchall()
    removals.request([path for (path,) in rows])


def forget_organization(org_id: str) -> None:
    """The rows go with the organization; its files, all of them, once it is gone."""
    removals.request([f"orgs/{org_id}/"])
