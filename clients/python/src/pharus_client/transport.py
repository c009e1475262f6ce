"""From a call to requests and back: headers, keys, versions, retries. `Sync` and `Async` differ in how they wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar, cast
from urllib.parse import quote
from uuid import uuid4

import httpx

from pharus_client.errors import Unreachable, from_answer
from pharus_client.files import File
from pharus_client.retries import Retries
from pharus_client.values import Version, etag, from_json, to_json, to_text
from pharus_client.version import VERSION

Shape = TypeVar("Shape")
# A personal access token, or a function that answers an ID token, which expires, for each request.
Token: TypeAlias = str | Callable[[], str] | None

TIMEOUT_SECONDS = 60.0


@dataclass(frozen=True)
class Request:
    """One call as the generated methods put it."""

    method: str
    template: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, object] = field(default_factory=dict)
    body: Mapping[str, object] | None = None
    form: Mapping[str, object] | None = None
    # The operation takes a key: one of the caller's, or a new one, the same for all attempts.
    takes_key: bool = False
    idempotency_key: str | None = None
    if_match: Version = None
    if_none_match: Mapping[str, object] | None = None


class _Plan:
    """One request to be sent, as often as it needs; and what its answer means."""

    def __init__(self, caller: Caller, request: Request) -> None:
        self._request = request
        self._retries = caller.retries
        self._attempt = 0
        self.key = (request.idempotency_key or str(uuid4())) if request.takes_key else None
        self.arguments: dict[str, Any] = {
            "method": request.method,
            "url": caller.address + _path(request),
            "params": {name: to_text(value) for name, value in request.query.items() if value is not None},
            "headers": self._headers(caller),
        }
        if request.body is not None:
            self.arguments["content"] = to_json(request.body)
            self.arguments["headers"]["Content-Type"] = "application/json"
        if request.form is not None:
            parts = request.form.items()
            self.arguments["data"] = {name: to_text(part) for name, part in parts if not isinstance(part, File)}
            self.arguments["files"] = {
                name: (part.name, part.content, part.media_type) for name, part in parts if isinstance(part, File)
            }

    def _headers(self, caller: Caller) -> dict[str, str]:
        headers = {
            "User-Agent": f"pharus-client-python/{VERSION}",
            "Idempotency-Key": self.key,
            "If-Match": etag(self._request.if_match),
            "If-None-Match": etag(self._request.if_none_match),
            "X-Org-Id": caller.organization,
        }
        return {name: value for name, value in headers.items() if value is not None}

    def authorize(self, token: Token) -> None:
        """Before each attempt: a token may have expired while it waited."""
        current = token() if callable(token) else token
        if current is not None:
            self.arguments["headers"]["Authorization"] = f"Bearer {current}"

    def wait_without_answer(self, error: httpx.TransportError) -> float:
        """Seconds before the next attempt. Raises Unreachable after the last one."""
        wait = self._wait(None, {})
        if wait is None:
            raise Unreachable(f"{self._request.method} {self.arguments['url']}: {error!r}", self.key) from error
        return wait

    def wait_after(self, answer: httpx.Response) -> float | None:
        return None if answer.is_success else self._wait(answer.status_code, answer.headers)

    def refuse(self, answer: httpx.Response) -> None:
        """Raises ApiError unless it is a success."""
        if not answer.is_success:
            raise from_answer(answer.status_code, answer.content, answer.headers)

    def _wait(self, status: int | None, headers: Mapping[str, str]) -> float | None:
        self._attempt += 1
        is_safe = self._request.method == "GET" or self.key is not None
        return self._retries.wait_after(self._attempt, status, headers) if is_safe else None

    def result(self, answer: httpx.Response, shape: type[Shape]) -> Shape:
        if answer.status_code == 304 and self._request.if_none_match is not None:
            return cast("Shape", self._request.if_none_match)
        self.refuse(answer)
        if shape is bytes:
            return cast("Shape", answer.content)
        value = from_json(answer.content, shape)
        value.etag = answer.headers.get("ETag")
        return cast("Shape", value)


@dataclass
class Caller:
    """Where to, and as whom."""

    address: str
    token: Token
    organization: str | None
    retries: Retries

    def __post_init__(self) -> None:
        self.address = self.address.rstrip("/")


class Sync:
    """Sends with httpx.Client."""

    def __init__(self, caller: Caller, http: httpx.Client | None) -> None:
        self._caller = caller
        self.http = http or httpx.Client(timeout=TIMEOUT_SECONDS)

    def send(self, request: Request, shape: type[Shape]) -> Shape:
        """Raises ApiError when the server refuses, Unreachable when it does not answer."""
        plan = _Plan(self._caller, request)
        return plan.result(self._answer(plan), shape)

    def stream(self, request: Request) -> httpx.Response:
        """The answer, of which only the head has come. Raises as `send` does."""
        plan = _Plan(self._caller, request)
        answer = self._answer(plan, is_streamed=True)
        plan.refuse(answer)
        return answer

    def _answer(self, plan: _Plan, *, is_streamed: bool = False) -> httpx.Response:
        while True:
            plan.authorize(self._caller.token)
            try:
                answer = self.http.send(self.http.build_request(**plan.arguments), stream=is_streamed)
                if not answer.is_success:
                    answer.read()
            except httpx.TransportError as error:
                wait = plan.wait_without_answer(error)
            else:
                asked = plan.wait_after(answer)
                if asked is None:
                    return answer
                wait = asked
            time.sleep(wait)


class Async:
    """Sends with httpx.AsyncClient."""

    def __init__(self, caller: Caller, http: httpx.AsyncClient | None) -> None:
        self._caller = caller
        self.http = http or httpx.AsyncClient(timeout=TIMEOUT_SECONDS)

    async def send(self, request: Request, shape: type[Shape]) -> Shape:
        """Raises ApiError when the server refuses, Unreachable when it does not answer."""
        plan = _Plan(self._caller, request)
        return plan.result(await self._answer(plan), shape)

    async def stream(self, request: Request) -> httpx.Response:
        """The answer, of which only the head has come. Raises as `send` does."""
        plan = _Plan(self._caller, request)
        answer = await self._answer(plan, is_streamed=True)
        plan.refuse(answer)
        return answer

    async def _answer(self, plan: _Plan, *, is_streamed: bool = False) -> httpx.Response:
        while True:
            plan.authorize(self._caller.token)
            try:
                answer = await self.http.send(self.http.build_request(**plan.arguments), stream=is_streamed)
                if not answer.is_success:
                    await answer.aread()
            except httpx.TransportError as error:
                wait = plan.wait_without_answer(error)
            else:
                asked = plan.wait_after(answer)
                if asked is None:
                    return answer
                wait = asked
            await asyncio.sleep(wait)


def _path(request: Request) -> str:
    return request.template.format_map({name: quote(value, safe="") for name, value in request.path.items()})
