"""The group of methods `documents`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.documents import Document, DocumentDetail, DocumentEntityType, DocumentPage, DocumentUpload
from pharus_client.models.shared import DeletedId
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment


class Documents:
    """`client.documents`: the files that are kept with sales orders, purchase orders and work orders."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def upload_document(self, body: DocumentUpload, *, idempotency_key: str | None = None) -> Document:
        """Upload document.

        Keeps a file with a sales order, a purchase order, a work order or a lot. The body is `multipart/form-data` with
        three parts in any order: the file, with its name, and the two fields. Paths, control characters and what is
        longer than 255 characters go from the name; without a media type the file counts as `application/octet-stream`.
        The document is there once this is answered, and a failed upload leaves nothing. Refused with 404 when there is
        no such record, with 413 when the file is larger than 10 MB (10485760 bytes), with 400 when the body is no
        multipart, and with 422 when the file is empty or a part is missing, unknown or sent twice. Who may not upload
        is refused before the body is read. 409 `conflict` when the organization's files would take more than the server
        allows (`details.limit`). 503 when the place where files are kept does not answer.

        The least role is member.
        """
        request = Request("POST", "/api/documents", form=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Document)

    def list_documents(
        self,
        *,
        entity_type: DocumentEntityType,
        entity_id: str,
        limit: int | None = None,
        sort: Literal["createdAt", "-createdAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
    ) -> Pages[DocumentPage, Document]:
        """List documents for an entity.

        The documents of a sales order, purchase order or work order, newest first, in pages. The list is empty when
        there is no such order. A cursor belongs to the list it came from: keep the parameters the same from page to
        page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> DocumentPage:
            request = Request(
                "GET",
                "/api/documents",
                query={
                    "entityType": entity_type,
                    "entityId": entity_id,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, DocumentPage)

        return Pages(fetch)

    def delete_document(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete document.

        Deletes a document, and then its file; links to it end with it. While the place where files are kept does not
        answer, the file is deleted later. Refused with 404 when there is no such document.

        The least role is member.
        """
        request = Request("DELETE", "/api/documents/{id}", {"id": id}, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, DeletedId)

    def get_document(self, id: str) -> DocumentDetail:
        """Get document detail (signed download URL).

        One document, with an address from which anybody may download its file for 15 minutes: `signedUrl` needs no
        token, names this file only and lets nobody change it. Afterwards, or altered, it is refused with 403; ask again
        for a new one. Refused with 404 when there is no such document.

        The least role is viewer.
        """
        request = Request("GET", "/api/documents/{id}", {"id": id})
        return self._transport.send(request, DocumentDetail)


class AsyncDocuments:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def upload_document(self, body: DocumentUpload, *, idempotency_key: str | None = None) -> Document:
        """Upload document.

        Keeps a file with a sales order, a purchase order, a work order or a lot. The body is `multipart/form-data` with
        three parts in any order: the file, with its name, and the two fields. Paths, control characters and what is
        longer than 255 characters go from the name; without a media type the file counts as `application/octet-stream`.
        The document is there once this is answered, and a failed upload leaves nothing. Refused with 404 when there is
        no such record, with 413 when the file is larger than 10 MB (10485760 bytes), with 400 when the body is no
        multipart, and with 422 when the file is empty or a part is missing, unknown or sent twice. Who may not upload
        is refused before the body is read. 409 `conflict` when the organization's files would take more than the server
        allows (`details.limit`). 503 when the place where files are kept does not answer.

        The least role is member.
        """
        request = Request("POST", "/api/documents", form=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Document)

    def list_documents(
        self,
        *,
        entity_type: DocumentEntityType,
        entity_id: str,
        limit: int | None = None,
        sort: Literal["createdAt", "-createdAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
    ) -> AsyncPages[DocumentPage, Document]:
        """List documents for an entity.

        The documents of a sales order, purchase order or work order, newest first, in pages. The list is empty when
        there is no such order. A cursor belongs to the list it came from: keep the parameters the same from page to
        page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[DocumentPage]:
            request = Request(
                "GET",
                "/api/documents",
                query={
                    "entityType": entity_type,
                    "entityId": entity_id,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, DocumentPage)

        return AsyncPages(fetch)

    async def delete_document(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete document.

        Deletes a document, and then its file; links to it end with it. While the place where files are kept does not
        answer, the file is deleted later. Refused with 404 when there is no such document.

        The least role is member.
        """
        request = Request("DELETE", "/api/documents/{id}", {"id": id}, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, DeletedId)

    async def get_document(self, id: str) -> DocumentDetail:
        """Get document detail (signed download URL).

        One document, with an address from which anybody may download its file for 15 minutes: `signedUrl` needs no
        token, names this file only and lets nobody change it. Afterwards, or altered, it is refused with 403; ask again
        for a new one. Refused with 404 when there is no such document.

        The least role is viewer.
        """
        request = Request("GET", "/api/documents/{id}", {"id": id})
        return await self._transport.send(request, DocumentDetail)
