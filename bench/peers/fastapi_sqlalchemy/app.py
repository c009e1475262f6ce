"""The FastAPI application: the router, the size of the thread pool, the error body."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import IntegrityError
from starlette.exceptions import HTTPException as StarletteHTTPException

from bench.peers import outbox
from bench.peers.fastapi_sqlalchemy import buying, inventory, materials, purchase_orders, vendors
from bench.peers.fastapi_sqlalchemy.tables import THREADS


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    outbox.start()
    yield
    outbox.stop()


app = FastAPI(lifespan=lifespan, openapi_url=None)
for module in (vendors, inventory, materials, purchase_orders, buying):
    app.include_router(module.router)
app.include_router(inventory.exact_router)

_CODES = {401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed"}


@app.exception_handler(StarletteHTTPException)
@app.exception_handler(HTTPException)
async def refused(_: Request, error: HTTPException) -> JSONResponse:
    headers = {"www-authenticate": "Bearer"} if error.status_code == 401 else None
    return _error(error.status_code, _CODES.get(error.status_code, "internal_error"), str(error.detail), headers)


@app.exception_handler(RequestValidationError)
async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    problems = error.errors()
    if any(problem.get("type") == "json_invalid" or "\0" in str(problem.get("input")) for problem in problems):
        return _error(400, "validation_failed", "the body is not JSON, or holds a NUL character")
    details = [{"path": _path(problem["loc"]), "message": problem["msg"]} for problem in problems]
    return _error(422, "validation_failed", "the request is not valid", details=details)


@app.exception_handler(IntegrityError)
async def conflict(_: Request, error: IntegrityError) -> JSONResponse:
    if getattr(error.orig, "pgcode", None) != "23505":
        raise error
    return _error(409, "conflict", "another record has the same value")


def _error(
    status: int, code: str, message: str, headers: dict[str, str] | None = None, details: Any = None
) -> JSONResponse:
    error: dict[str, Any] = {"code": code, "message": message}
    if details is not None:
        error["details"] = details
    return JSONResponse({"error": error}, status, headers)


def _path(location: tuple[str | int, ...]) -> str:
    part, *parts = location
    if part == "body":
        return "".join(f"/{part}" for part in parts)
    return "/".join(str(part) for part in location)
