"""/healthz: the process answers. /readyz: the database answers and is migrated. And the document itself."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from typing import Any

import orjson
import yaml
from starlette.requests import Request
from starlette.responses import Response

from handlers.http.responses import to_json
from handlers.workers.threads import Workers
from pharus import migrations
from pharus.db import unit_of_work
from pharus.errors import PharusError
from pharus.identity import ANONYMOUS
from pharus.openapi import JSON

View = Callable[[Request], Awaitable[Response]]


def routes(document: Mapping[str, Any], known: Sequence[migrations.Migration], workers: Workers) -> dict[str, View]:
    """What the server answers beside the operations of the document, by path."""
    # Connexion would resolve the whole document anew for each reader, for a third of a second.
    as_json = orjson.dumps(document)

    @cache
    def as_yaml() -> bytes:
        # Few ask for it: the start need not wait for it.
        return yaml.dump(document, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False).encode()

    async def healthz(request: Request) -> Response:
        return Response(to_json({"status": "ok"}), media_type=JSON)

    async def readyz(request: Request) -> Response:
        try:
            state = await workers.run(lambda: _readiness(known))
        except PharusError as error:
            state = error.message
        status = 200 if state == "ok" else 503
        return Response(to_json({"status": state}), status, media_type=JSON)

    async def openapi_json(request: Request) -> Response:
        return Response(as_json, media_type=JSON)

    async def openapi_yaml(request: Request) -> Response:
        return Response(await asyncio.to_thread(as_yaml), media_type="application/yaml")

    return {
        "/healthz": healthz,
        "/readyz": readyz,
        "/api/openapi.json": openapi_json,
        "/api/openapi.yaml": openapi_yaml,
    }


def _readiness(known: Sequence[migrations.Migration]) -> str:
    with unit_of_work(ANONYMOUS):
        waiting = migrations.pending(known)
    return "ok" if not waiting else f"{len(waiting)} migrations are not applied"
