"""/healthz: the process answers. /readyz: the database answers and is migrated. And the document itself.

None of them waits for anything that callers can fill: /healthz is answered by the event loop, /readyz has a thread and
a connection of its own, and answers in time whatever the database does.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import orjson
import yaml
from starlette.requests import Request
from starlette.responses import Response

from handlers.http.responses import to_json
from pharus import migrations
from pharus.db import unit_of_work
from pharus.errors import PharusError
from pharus.identity import ANONYMOUS
from pharus.openapi import JSON

View = Callable[[Request], Awaitable[Response]]


# Load balancers give up after a second or more.
_READINESS_SECONDS = 0.8


class Readiness:
    """Looks whether the server can work, once at a time however many ask."""

    def __init__(self, known: Sequence[migrations.Migration], seconds: float = _READINESS_SECONDS) -> None:
        self._known = known
        self._seconds = seconds
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="readiness")
        self._looking: asyncio.Future[str] | None = None

    async def look(self) -> str:
        """`ok`, or what is amiss."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().run_in_executor(self._executor, _readiness, self._known)
        # It goes on when this caller waits no longer: the next one may still get its result.
        done, _ = await asyncio.wait([self._looking], timeout=self._seconds)
        if not done:
            return "the database does not answer in time"
        try:
            return self._looking.result()
        except PharusError as error:
            return error.message

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)


def routes(document: Mapping[str, Any], readiness: Readiness) -> dict[str, View]:
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
        state = await readiness.look()
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
