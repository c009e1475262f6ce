"""The ASGI application: routes, one hop to a worker thread for each request, errors."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.peers import keys, outbox
from bench.peers.etags import etag_of, is_shown
from bench.peers.floor.buying import create_purchase_order, receive_purchase_order
from bench.peers.floor.inventory import adjust_stock, list_ledger, stock_summary
from bench.peers.floor.materials import import_materials
from bench.peers.floor.purchase_orders import get_purchase_order
from bench.peers.floor.refusals import Refusal
from bench.peers.floor.transactions import executor, run
from bench.peers.floor.vendors import create_vendor, list_vendors


def _endpoint(path: str, methods: dict[str, tuple[int, str, Any]]) -> Any:
    """The endpoint of one path."""
    with_etag = {method for method in methods if is_shown(path, method)}

    async def endpoint(request: Request) -> Response:
        status, minimum, work = methods[request.method]
        query, content, path = request.scope["query_string"], b"", request.path_params
        if request.method != "GET":
            content = await request.body()
            if request.headers.get("content-type") != "application/json":
                return Refusal(415, "unsupported_media_type", "the body must be application/json").response
        loop, authorization = asyncio.get_running_loop(), request.headers.get("authorization")
        key = request.headers.get("idempotency-key")
        try:
            shown, is_replayed = await loop.run_in_executor(
                executor, run, authorization, minimum, work, query, content, path, request.scope["path"], key
            )
        except Refusal as refusal:
            return refusal.response
        headers = {"etag": etag_of(shown)} if request.method in with_etag else {}
        if is_replayed:
            headers |= keys.REPLAYED
        return Response(shown, status, headers, "application/json")

    return endpoint


async def _not_served(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = {404: "not_found", 405: "method_not_allowed"}.get(status, "internal_error")
    return Refusal(status, code, "this is not served here" if status < 500 else "internal error").response


# By path and method: the status, the least role, and the function that makes the response.
_PATHS: dict[str, dict[str, tuple[int, str, Any]]] = {
    "/api/vendors": {"GET": (200, "viewer", list_vendors), "POST": (201, "member", create_vendor)},
    "/api/materials-inventory/ledger": {"GET": (200, "viewer", list_ledger)},
    "/api/materials-inventory/summary": {"GET": (200, "viewer", stock_summary)},
    "/api/materials-inventory/adjustments": {"POST": (201, "admin", adjust_stock)},
    "/api/materials/bulk-import": {"POST": (200, "admin", import_materials)},
    "/api/purchase-orders": {"POST": (201, "member", create_purchase_order)},
    "/api/purchase-orders/{id}/receipts": {"POST": (201, "member", receive_purchase_order)},
    "/api/purchase-orders/{id}": {"GET": (200, "viewer", get_purchase_order)},
}


@asynccontextmanager
async def _lifespan(_: Starlette) -> AsyncIterator[None]:
    outbox.start()
    yield
    outbox.stop()


app = Starlette(
    lifespan=_lifespan,
    routes=[Route(path, _endpoint(path, methods), methods=list(methods)) for path, methods in _PATHS.items()],
    exception_handlers={HTTPException: _not_served, Exception: _not_served},
)
