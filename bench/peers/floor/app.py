"""The ASGI application: routes, one hop to a worker thread for each request, errors."""

import asyncio
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.peers.floor.refusals import Refusal
from bench.peers.floor.transactions import executor, run
from bench.peers.floor.vendors import create_vendor, list_vendors


async def vendors(request: Request) -> Response:
    authorization, query = request.headers.get("authorization"), request.scope["query_string"]
    if request.method == "GET":
        return await _answer(200, authorization, "viewer", lambda cursor, caller: list_vendors(cursor, caller, query))
    content = await request.body()
    if request.headers.get("content-type") != "application/json":
        return Refusal(415, "unsupported_media_type", "the body must be application/json").response
    return await _answer(
        201, authorization, "member", lambda cursor, caller: create_vendor(cursor, caller, query, content)
    )


async def _answer(status: int, authorization: str | None, minimum: str, work: Any) -> Response:
    try:
        content = await asyncio.get_running_loop().run_in_executor(executor, run, authorization, minimum, work)
    except Refusal as refusal:
        return refusal.response
    return Response(content, status, media_type="application/json")


async def _not_served(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = {404: "not_found", 405: "method_not_allowed"}.get(status, "internal_error")
    return Refusal(status, code, "this is not served here" if status < 500 else "internal error").response


app = Starlette(
    routes=[Route("/api/vendors", vendors, methods=["GET", "POST"])],
    exception_handlers={HTTPException: _not_served, Exception: _not_served},
)
