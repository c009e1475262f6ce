"""/healthz: the process answers. /readyz: the database answers and is migrated. And the document itself.

None of them waits for anything that callers can fill: /healthz is answered by the event loop, /readyz has a thread and
a connection of its own, and answers in time whatever the database does.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from queue import SimpleQueue
from typing import Any

import orjson
import yaml
from starlette.requests import Request
from starlette.responses import Response

from handlers import openapi_31
from handlers.http.responses import to_json
from handlers.http.static_content import Content
from pharus import deadlines, migrations
from pharus.db import disconnect
from pharus.deadlines import Deadline
from pharus.errors import ConfigurationError, PharusError
from pharus.openapi import JSON

log = logging.getLogger("pharus.health")

View = Callable[[Request], Awaitable[Response]]


# Load balancers give up after a second or more.
_READINESS_SECONDS = 0.8
_SILENT_SECONDS = 4.0


class Readiness:
    """Looks whether the server can work, once at a time however many ask."""

    def __init__(self, known: Sequence[migrations.Migration], seconds: float = _READINESS_SECONDS) -> None:
        self._known = known
        self._seconds = seconds
        self._looking: asyncio.Future[str] | None = None
        self._asked: SimpleQueue[tuple[asyncio.Future[str], Deadline] | None] = SimpleQueue()
        # A daemon, as no thread of an executor is: a database that does not answer must not keep the process alive.
        self._thread = threading.Thread(target=self._work, name="readiness", daemon=True)
        self._thread.start()

    async def look(self) -> str:
        """`ok`, or what is amiss."""
        if self._looking is None or self._looking.done():
            self._looking, self._deadline = asyncio.get_running_loop().create_future(), Deadline()
            self._since = time.monotonic()
            self._asked.put((self._looking, self._deadline))
        # It goes on when this caller waits no longer: the next one may still get its result.
        done, _ = await asyncio.wait([self._looking], timeout=self._seconds)
        if not done:
            # A database that is only slow may take its time; from one that is silent the next one looks anew.
            if time.monotonic() - self._since > _SILENT_SECONDS:
                self._deadline.expire()
            return "the database does not answer in time"
        return self._looking.result()

    def close(self) -> None:
        self._asked.put(None)

    def _work(self) -> None:
        while asked := self._asked.get():
            future, deadline = asked
            deadlines.current.set(deadline)
            try:
                state = migrations.readiness(self._known)
            except (PharusError, ConfigurationError) as error:
                state = str(error)
            except Exception:
                log.exception("the readiness cannot be told")
                state = "the server cannot tell; its log says why"
            # The loop may have been closed meanwhile; then nobody asks any more.
            with suppress(RuntimeError):
                future.get_loop().call_soon_threadsafe(future.set_result, state)
        disconnect()


def routes(document: Mapping[str, Any], readiness: Readiness) -> dict[str, View]:
    """What the server answers beside the operations of the document, by path."""
    # Connexion would resolve the whole document anew for each reader, for a third of a second.
    as_json = Content(orjson.dumps(document), JSON)

    @cache
    def as_yaml() -> Content:
        # Few ask for it: the start need not wait for it.
        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        return Content(yaml.dump(document, Dumper=dumper, sort_keys=False).encode(), "application/yaml")

    @cache
    def as_31() -> Content:
        return Content(orjson.dumps(openapi_31.converted(document)), JSON)

    async def healthz(request: Request) -> Response:
        return Response(to_json({"status": "ok"}), media_type=JSON)

    async def readyz(request: Request) -> Response:
        state = await readiness.look()
        status = 200 if state == "ok" else 503
        return Response(to_json({"status": state}), status, media_type=JSON)

    async def openapi_yaml(request: Request) -> Response:
        return await (await asyncio.to_thread(as_yaml)).respond(request)

    async def openapi_31_json(request: Request) -> Response:
        return await (await asyncio.to_thread(as_31)).respond(request)

    return {
        "/healthz": healthz,
        "/readyz": readyz,
        "/api/openapi.json": as_json.respond,
        "/api/openapi.yaml": openapi_yaml,
        "/api/openapi-3.1.json": openapi_31_json,
    }
