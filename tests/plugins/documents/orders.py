"""Orders and lots to keep documents with, and documents to send."""

import time
from collections.abc import Callable
from typing import Any

import httpx

from tests import factories
from tests.api import Api

DOCUMENTS = "/api/documents"
MOST_BYTES = 10 * 1024 * 1024


def wait_until(is_so: Callable[[], bool]) -> None:
    """The sweep of a server removes files a moment after the request that asked for it."""
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline, "the sweep has not come"
        time.sleep(0.02)


def make_order(kind: str, org_id: str) -> str:
    if kind == "purchase_order":
        return factories.make_purchase_order(org_id)
    if kind == "sales_order":
        return factories.make_sales_order(org_id)
    if kind == "lot":
        return factories.make_lot(org_id)
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
