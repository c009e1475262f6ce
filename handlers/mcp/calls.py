"""Operations of the API, called within the server by a tool, as the caller of the tool: with their token, through the
same layers as a request from outside. So roles, scopes, validation, limits and turns are the same, and the log."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from starlette.types import ASGIApp, Message, Scope

from handlers.http.access_log import OF_AGENT
from handlers.http.rehearsals import REHEARSAL, Rehearsal
from handlers.mcp import kinds
from handlers.mcp.marking import Marking
from pharus import openapi
from pharus.instrumentation import AGENT

# Of the request to /mcp, those that say who calls.
_OF_CALLER = (b"authorization", b"x-org-id")


# In the scope of a request to /mcp, whoever calls, once a tool was called.
CALLER = "caller_of_tool"


class Refused(Exception):
    """An operation has refused. `error` is the error body, its texts marked as data."""

    def __init__(self, status: int, error: Mapping[str, Any]) -> None:
        super().__init__(error.get("message", ""))
        self.status = status
        self.error = error


class Api:
    """The application that answers, and the operations of its document. `address` is where people reach it."""

    def __init__(self, app: ASGIApp, document: Mapping[str, Any], address: str) -> None:
        self.app = app
        self.address = address
        self.document = document
        self.marking = Marking(document)
        self.operations = {
            declared["operationId"]: (path, method, declared) for path, method, declared in openapi.operations(document)
        }


class Caller:
    """Who calls a tool, and what it does for them. `scope` is that of the request to /mcp."""

    def __init__(self, api: Api, scope: Scope, tool: str) -> None:
        self.api = api
        self._scope = scope
        self._tool = tool
        self._headers = [(name, value) for name, value in scope["headers"] if name in _OF_CALLER]
        # Whether the token was refused: then so is the request to /mcp.
        self.is_unknown = False

    @property
    def identity(self) -> bytes:
        """The same for the same caller in the same organization."""
        return repr(sorted(self._headers)).encode()

    def link(self, kind: str, id: str) -> str:
        """Where people see the record."""
        return kinds.link(self.api.address, kind, id)

    async def get(self, operation_id: str, *, id: str | None = None, **query: Any) -> Any:
        """What a reading operation answers, its texts marked. Refused."""
        return await self.call(operation_id, path={} if id is None else {"id": id}, query=query)

    async def call(
        self,
        operation_id: str,
        *,
        path: Mapping[str, Any] = {},
        query: Mapping[str, Any] = {},
        body: Any = None,
        rehearsal: Rehearsal | None = None,
        key: str = "",
    ) -> Any:
        """What the operation answers, its texts marked. Refused."""
        route, method, _ = self.api.operations[operation_id]
        for name, value in path.items():
            # One segment, whatever it is.
            route = route.replace(f"{{{name}}}", str(value).replace("/", "%2F"))
        headers = [*self._headers, (b"accept", b"application/json"), (b"x-request-id", self._request_id())]
        content = b""
        if method != "get":
            headers.append((b"idempotency-key", (key or secrets.token_hex(16)).encode()))
            if body is not None:
                content = orjson.dumps(body)
                headers.append((b"content-type", b"application/json"))
        scope = {
            **{name: self._scope[name] for name in ("asgi", "http_version", "scheme", "server", "client")},
            "type": "http",
            "method": method.upper(),
            "path": route,
            "raw_path": quote(route).encode(),
            "root_path": "",
            "query_string": _query(query),
            "headers": [*headers, (b"content-length", b"%d" % len(content)), (b"host", b"localhost")],
            OF_AGENT: self._tool,
        }
        if rehearsal is not None:
            scope[REHEARSAL] = rehearsal
        # A task of its own has a context of its own: what is noted of this request is not noted of that to /mcp.
        status, answered = await asyncio.create_task(_send(self.api.app, scope, content))
        self.is_unknown = self.is_unknown or status == 401
        if status >= 400:
            error = orjson.loads(answered)["error"]
            raise Refused(status, {**self.api.marking.mark(error), "code": error["code"], "operation": operation_id})
        return self.api.marking.mark(orjson.loads(answered))

    def _request_id(self) -> bytes:
        return f"{AGENT}{self._tool}.{secrets.token_hex(8)}".encode()


async def _send(app: ASGIApp, scope: Scope, content: bytes) -> tuple[int, bytes]:
    status, parts, is_sent = 500, [], False

    async def receive() -> Message:
        nonlocal is_sent
        if not is_sent:
            is_sent = True
            return {"type": "http.request", "body": content, "more_body": False}
        # It does not leave before it has its answer.
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, send)
    return status, b"".join(parts)


def _query(values: Mapping[str, Any]) -> bytes:
    """Lists have commas between their entries, as the document's parameters have them."""
    given = {name: value for name, value in values.items() if value is not None}
    texts = {name: ",".join(map(str, each)) if isinstance(each, list) else _text(each) for name, each in given.items()}
    return urlencode(texts).encode()


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
