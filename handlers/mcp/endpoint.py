"""/mcp in the server: MCP over stateless Streamable HTTP, in front of the API that its tools call.

Nothing of it is loaded before the first agent comes. What is no message of somebody with a token is answered here; the
SDK speaks the protocol, and whatever a tool does is a request of its caller to the API.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handlers.http import problems
from handlers.http.access_log import AccessLog
from handlers.http.responses import Response, to_json
from handlers.mcp.calls import CALLER, Api
from pharus import instrumentation
from pharus.config import Settings
from pharus.errors import Forbidden, PayloadTooLarge, PharusError, Unauthorized
from pharus.identity import COSTS

PATH = "/mcp"
# RFC 9728: of the server, and of the resource at /mcp of it.
_METADATA = "/.well-known/oauth-protected-resource"
_METADATA_PATHS = (_METADATA, _METADATA + PATH)

_FIREBASE = "https://securetoken.google.com"

# A call of a tool says what a person could; imports are sent to the API.
MOST_BYTES = 256 * 1024


class Endpoint:
    """Answers /mcp and what describes it; everything else goes on to `app`."""

    def __init__(self, app: ASGIApp, document: Mapping[str, Any], settings: Settings) -> None:
        self._app = app
        # Each request of a tool has a line in the log, as any other.
        self._api = Api(AccessLog(app), document, settings.api_url)
        self._origins = {*settings.cors_origins, settings.api_url, settings.public_url}
        self._metadata = _metadata(settings, document)
        self._challenge = f'Bearer resource_metadata="{settings.api_url}{_METADATA}{PATH}"'
        self._serving: asyncio.Task[ASGIApp] | None = None
        self._held: asyncio.Task[None] | None = None
        self._end = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == PATH:
            await self._answer(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] in _METADATA_PATHS and scope["method"] in ("GET", "HEAD"):
            await Response(200, self._metadata).send(send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        instrumentation.note_operation("mcp")
        try:
            headers = Headers(scope=scope)
            self._check(scope["method"], headers)
            served = await self._served()
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the caller gets the error body
            await self._refuse(error, scope, send)
            return
        await served(scope, receive, self._checked(scope, send))

    def _check(self, method: str, headers: Headers) -> None:
        if method != "POST":
            # Without sessions there is nothing to listen to, and nothing to end.
            raise HTTPException(405, "POST a message", {"Allow": "POST"})
        origin = headers.get("origin")
        if origin is not None and origin not in self._origins:
            raise Forbidden("this origin may not call; see PHARUS_CORS_ORIGINS")
        if headers.get("authorization", "").partition(" ")[0].lower() != "bearer":
            raise Unauthorized("a bearer token is needed: Authorization: Bearer <token>")
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > MOST_BYTES:
            raise PayloadTooLarge(f"a message may have {MOST_BYTES} bytes")

    async def _refuse(self, error: BaseException, scope: Scope, send: Send) -> None:
        response = problems.response_to(error, scope.get("request_id", ""))
        if response.status == 401:
            response.headers = [each for each in response.headers if each[0] != b"www-authenticate"]
            response.headers.append((b"www-authenticate", self._challenge.encode()))
        response.headers.append((b"cache-control", b"no-store"))
        await response.send(send)

    def _checked(self, scope: Scope, send: Send) -> Send:
        """The response of the SDK, unless the token was refused meanwhile: then 401, by which clients know that they
        need another one. What it refuses without words of JSON gets the error body."""
        replaced = False

        async def checked(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                error = _refusal(scope, message)
                if error is not None:
                    replaced = True
                    await self._refuse(error, scope, send)
                    return
                message["headers"] = [*message["headers"], (b"cache-control", b"no-store")]
            if not replaced:
                await send(message)

        return checked

    async def _served(self) -> ASGIApp:
        """The application of the SDK. Made once, by a task of its own: whoever comes first may leave meanwhile."""
        if self._serving is None or (self._serving.done() and self._serving.exception() is not None):
            self._serving = asyncio.create_task(self._serve())
        return await asyncio.shield(self._serving)

    async def _serve(self) -> ASGIApp:
        manager = await asyncio.to_thread(_manager, self._api)
        began: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        async def hold() -> None:
            # It is left by the task that has entered it.
            async with manager.run():
                began.set_result(None)
                await self._end.wait()

        self._held = asyncio.create_task(hold())
        await began
        served: ASGIApp = manager.handle_request
        return served

    async def close(self) -> None:
        """When the server ends."""
        self._end.set()
        if self._held is not None:
            await self._held


def _manager(api: Api) -> Any:
    """Takes a second: the SDK is imported."""
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from handlers.mcp import server

    return StreamableHTTPSessionManager(
        app=server.create(api), json_response=True, stateless=True, max_request_body_size=MOST_BYTES
    )


def _refusal(scope: Scope, message: Message) -> PharusError | HTTPException | None:
    caller = scope.get(CALLER)
    if caller is not None and caller.is_unknown:
        return Unauthorized("the token is unknown, revoked or expired")
    content_type = dict(message["headers"]).get(b"content-type", b"")
    if message["status"] >= 400 and not content_type.startswith(b"application/json"):
        return HTTPException(message["status"], "this is no message of MCP over Streamable HTTP that can be taken")
    return None


def _metadata(settings: Settings, document: Mapping[str, Any]) -> bytes:
    """Of this protected resource, for clients that look for who gives tokens to it (RFC 9728)."""
    tags = [tag["name"] for tag in document["tags"]]
    scopes = ["read", "write", *(f"{way}:{tag}" for way in ("read", "write") for tag in tags), COSTS]
    is_firebase = settings.auth == "firebase"
    return to_json(
        {
            "resource": f"{settings.api_url}{PATH}",
            # Whose ID tokens are taken; those of `pharus token` are nobody else's.
            **({"authorization_servers": [f"{_FIREBASE}/{settings.firebase_project}"]} if is_firebase else {}),
            "scopes_supported": scopes,
            "bearer_methods_supported": ["header"],
            "resource_name": "Pharus",
            "resource_documentation": f"{settings.api_url}/api/docs/",
        }
    )
