"""What an operation returns that is finished outside of its unit of work: a file that another process makes, a file
that is sent in parts, an answer that waits for an event.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.types import Receive

from handlers.http.bodies import until_disconnected
from handlers.http.callers import known
from handlers.http.responses import Response, as_file, to_json
from handlers.http.security import Security
from handlers.http.streaming import Part, StreamedResponse
from handlers.workers.renderers import Renderers
from handlers.workers.threads import Workers
from handlers.workers.waiters import Waiters
from pharus import db, instrumentation
from pharus.files import Rendering, Streamed
from pharus.long_polls import NothingYet

if TYPE_CHECKING:
    from handlers.http.operation import Request


class Begun(NamedTuple):
    """A file that is sent in parts, of which the first one has been made, and then written."""

    streamed: Streamed
    first: Any

    def written(self) -> "Begun":
        """When the transaction has ended."""
        return self._replace(first=self.streamed.written(self.first))


Unfinished = Rendering | NothingYet | Begun
# To make a union of types for each request takes as long as to look.
_AS_RETURNED = (Rendering, NothingYet)


def unfinished_of(result: Any) -> Unfinished | None:
    """In the unit of work: of what a handler has returned; None when that is the answer itself."""
    if isinstance(result, Streamed):
        return Begun(result, result.part(None))
    return result if isinstance(result, _AS_RETURNED) else None


class Finisher:
    """Of one operation, on the event loop. `again` carries the operation out once more for a request."""

    def __init__(
        self,
        operation: str,
        status: int,
        media_types: frozenset[str],
        security: Security,
        workers: Workers,
        renderers: Renderers,
        waiters: Waiters,
        again: "Callable[[Request, Receive], Awaitable[Response | Unfinished]]",
    ) -> None:
        self._operation = operation
        self._status = status
        self._media_types = media_types
        self._security = security
        self._workers = workers
        self._renderers = renderers
        self._waiters = waiters
        self._again = again

    async def finish(self, begun: Unfinished, request: "Request", receive: Receive) -> Response | StreamedResponse:
        if isinstance(begun, NothingYet):
            waited = await self._wait(begun, request, receive)
            if isinstance(waited, Response):
                return waited
            begun = waited
        if isinstance(begun, Rendering):
            return await self._file(begun, request)
        self._check_media_type(begun.streamed)
        make = partial(self._make_part, request, begun.streamed)
        return StreamedResponse(self._status, *begun, make, lambda: until_disconnected(receive))

    async def _wait(self, nothing: NothingYet, request: "Request", receive: Receive) -> Response | Rendering | Begun:
        """Called again whenever there is something to look at, until it is an answer or the time is over."""
        loop = asyncio.get_running_loop()
        until = loop.time() + nothing.seconds
        while True:
            assert request.actor is not None
            org_id = request.actor.org_id or ""
            began = loop.time()
            is_there = await self._waiters.wait(
                org_id, nothing.position, until - began, lambda: until_disconnected(receive)
            )
            request.work.waited_seconds += loop.time() - began
            if not is_there:
                return Response(self._status, to_json(nothing.answer))
            again = await self._again(request, receive)
            if not isinstance(again, NothingYet):
                return again
            nothing = again

    async def _make_part(self, request: "Request", streamed: Streamed, position: Any) -> Part:
        def work(unit: db.Unit) -> tuple[Any, Any]:
            self._security.authorize(unit.actor, opening)
            return streamed.part(position)

        opening = self._security.opening(request.token, request.headers)
        flow = request.caller.flow
        return await self._workers.run(lambda: streamed.written(db.run(opening, work)), flow, self._operation)

    async def _file(self, rendering: Rendering, request: "Request") -> Response:
        self._check_media_type(rendering)
        flow = request.caller.flow if request.actor is None else known(request.actor).flow
        with instrumentation.step("file.make", rendering.name):
            body = await self._renderers.run(rendering, request.id, flow)
        return Response(self._status, body, media_type=rendering.media_type, headers=as_file(rendering.name))

    def _check_media_type(self, file: Rendering | Streamed) -> None:
        if file.media_type not in self._media_types:
            raise RuntimeError(
                f"{self._operation} responds with {file.media_type}, which the document does not declare"
            )
