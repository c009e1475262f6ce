"""The operations of the documents domain, in the order of the document."""

from typing import Unpack

from pharus import storage
from pharus.db import current
from pharus.fields import new_id
from pharus.listing import Listing, Order, Paging
from pharus.schemas import DeletedId
from pharus.uploads import safe_media_type, safe_name
from plugins.documents import files, removals, rules
from plugins.documents.records import documents, stored
from plugins.documents.schemas import Document, DocumentDetail, DocumentEntityType, DocumentPage, DocumentUpload
from plugins.platform import quotas

_list = Listing(
    documents,
    Order(("created_at", "id"), descending=True),
    {"entity_type": "entity_type = %s", "entity_id": "entity_id = %s AND is_stored"},
    sorts={"createdAt": ("created_at", "id")},
)


def upload_document(body: DocumentUpload) -> Document:
    kind, entity_id, file = body["entityType"], body["entityId"], body["file"]
    rules.require_entity(kind, entity_id)
    quotas.require_room_for_file(file.size)
    id, name = new_id(), safe_name(file.name)
    document = documents.insert(
        {
            "id": id,
            f"{kind}_id": entity_id,
            "name": name,
            "gcs_path": rules.path_of(kind, entity_id, id, name),
            "mime_type": safe_media_type(file.media_type),
            "size_bytes": file.size,
        }
    )
    files.keep(document, file.content)
    return document


def list_documents(entity_type: DocumentEntityType, entity_id: str, **paging: Unpack[Paging]) -> DocumentPage:
    return _list.page({"entity_type": entity_type, "entity_id": entity_id}, **paging)


def delete_document(id: str) -> DeletedId:
    document = stored(id, lock=True)
    documents.delete(id)
    removals.request([document["gcsPath"]])
    return {"deletedId": id}


def get_document(id: str) -> DocumentDetail:
    document = stored(id)
    expires = current().now + rules.LINK_LIFETIME
    url = storage.store().url(document["gcsPath"], document["name"], document["mimeType"], expires)
    return {**document, "signedUrl": url}
