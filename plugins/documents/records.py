"""The records of documents as the contract shows them."""

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
