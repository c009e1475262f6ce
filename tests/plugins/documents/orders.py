"""Orders to keep documents with, and documents to send."""

from typing import Any

import httpx

from tests import factories
from tests.api import Api

DOCUMENTS = "/api/documents"
MOST_BYTES = 10 * 1024 * 1024


def make_order(kind: str, org_id: str) -> str:
    if kind == "purchase_order":
        return factories.make_purchase_order(org_id)
    if kind == "sales_order":
        return factories.make_sales_order(org_id)
    return factories.make_manufacturing_order(org_id, "work")


def upload(
    api: Api,
    entity_id: str,
    content: Any = b"soap",
    *,
    kind: str = "purchase_order",
    name: str = "label.txt",
    media_type: str | None = "text/plain",
) -> httpx.Response:
    return api.request(
        "POST",
        DOCUMENTS,
        files={"file": (name, content, media_type)},
        data={"entityType": kind, "entityId": entity_id},
    )


def uploaded(api: Api, entity_id: str, content: Any = b"soap", **options: Any) -> dict[str, Any]:
    response = upload(api, entity_id, content, **options)
    assert response.status_code == 201, response.text
    return dict(response.json())


def listed(api: Api, entity_id: str, *, kind: str = "purchase_order") -> list[dict[str, Any]]:
    return list(api.get(DOCUMENTS, entityType=kind, entityId=entity_id).json()["data"])
