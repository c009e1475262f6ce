"""The records of documents as the contract shows them."""

from collections.abc import Sequence

from psycopg2.extensions import cursor

from pharus.errors import NotFound
from pharus.records import Records
from plugins.documents import models
from plugins.documents.schemas import Document

documents = Records(models.Document, Document)


def stored(id: str, *, lock: bool = False) -> Document:
    """The document; NotFound also while its file is still on its way into the store."""
    found = documents.select("AND id = %s AND is_stored" + (" FOR UPDATE" if lock else ""), (id,))
    if not found:
        raise NotFound(f"no document with the id {id}")
    return found[0]


def stored_paths(reading: cursor) -> Sequence[str]:
    """The files of all documents of all organizations that were not deleted, as the transaction of the cursor sees
    them."""
    reading.execute(
        "SELECT gcs_path FROM document JOIN organization ON organization.id = org_id "
        "WHERE is_stored AND purge_requested_at IS NULL ORDER BY gcs_path"
    )
    return [path for (path,) in reading.fetchall()]
