"""The shapes of documents.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from typing import Literal, NotRequired, TypedDict

from pharus_client.files import File
from pharus_client.models.shared import ListTotal

# What a document can be kept with.
DocumentEntityType = Literal["sales_order", "purchase_order", "work_order", "lot"]

# What a document is kept with.
DocumentEntity = Literal["sales_order", "purchase_order", "work_order", "lot"]


class Document(TypedDict):
    id: str
    orgId: str
    entityType: DocumentEntity
    entityId: str
    name: str
    gcsPath: str
    mimeType: str
    sizeBytes: str
    createdAt: datetime.datetime


class DocumentDetail(TypedDict):
    id: str
    orgId: str
    entityType: DocumentEntity
    entityId: str
    name: str
    gcsPath: str
    mimeType: str
    sizeBytes: str
    createdAt: datetime.datetime
    signedUrl: str


class DocumentUpload(TypedDict):
    file: File
    entityType: DocumentEntityType
    entityId: str


class DocumentPage(TypedDict):
    data: list[Document]
    nextCursor: str | None
    total: NotRequired[ListTotal]
