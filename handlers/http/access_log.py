"""The outermost layer: gives each request its id and each response what a browser must know of all of them, tells the
observers of both, and writes one line about the request when it is answered."""

import logging
import os
import re
import time
from collections.abc import Awaitable

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handlers.telemetry import logs
from pharus import instrumentation
from pharus.instrumentation import Work
from pharus.storage.local import FILES_PATH

# Where the links in mails of invitations lead.
INVITATIONS = "/invitations/"
# What follows these is known only to those whom it lets in, and not to those who read the log.
_SECRET_PATHS = ("/api/invitations/by-token/", INVITATIONS, f"{FILES_PATH}/")

# A browser takes a response for nothing else than it says, and shows it in no frame and with nothing in it that runs. A
# page names a policy of its own in the scope, under POLICY.
POLICY = "content_security_policy"
_NOSNIFF = (b"x-content-type-options", b"nosniff")
_POLICY_NAME = b"content-security-policy"
_NO_PAGE = b"default-src 'none'; frame-ancestors 'none'"
OF_EVERY_RESPONSE = (_NOSNIFF, (_POLICY_NAME, _NO_PAGE))

# In the scope of a request that an agent's tool makes, within the server.
OF_AGENT = "of_agent"
_AGENT = instrumentation.AGENT.encode()

# An id that a caller or a proxy brings: one word in any log, in any header, in any search.
_SAFE_ID = re.compile(rb"[A-Za-z0-9._:+/=@~-]{1,128}")
# W3C Trace Context, version 00: the id of a trace, which is not zero.
_TRACEPARENT = re.compile(rb"00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")

_REQUEST_ID, _TRACEPARENT_NAME = b"x-request-id", b"traceparent"

_LEVELS = {level: logging.getLevelName(level).lower() for level in (logging.INFO, logging.WARNING, logging.ERROR)}

_new_ids: list[str] = []
# A process that is forked from this one would give the same.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_new_ids.clear)

# What takes longer is named as slow; infinity: nothing is.
_slow_milliseconds = float("inf")


def configure(slow_milliseconds: int) -> None:
    """Name the requests that take longer; 0: none."""
    global _slow_milliseconds
    _slow_milliseconds = slow_milliseconds or float("inf")


class AccessLog:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        work = _work(scope)
        scope["request_id"] = work.request_id
        # For this task, and whatever is done for it elsewhere.
        instrumentation.current.set(work)
        status = 0
        started = time.perf_counter()
        for observer in instrumentation.observers:
            observer.request_began(work, scope["method"], scope["headers"])

        def send_with_id(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                policy = scope.get(POLICY)
                of_every = OF_EVERY_RESPONSE if policy is None else (_NOSNIFF, (_POLICY_NAME, policy))
                message["headers"] += ((_REQUEST_ID, work.request_id.encode()), *of_every)
            return send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            seconds = time.perf_counter() - started
            client = scope["client"][0] if scope.get("client") else None
            for observer in instrumentation.observers:
                observer.request_ended(work, scope["method"], status, seconds)
            write(work, scope["method"], scope["path"], status, client, seconds)


def _work(scope: Scope) -> Work:
    """The request, with the id that its caller has given to it, if that can be taken as it is."""
    headers = dict(scope["headers"])
    id, traceparent = headers.get(_REQUEST_ID), headers.get(_TRACEPARENT_NAME)
    # Two of them name nothing, and to whom it is an agent's they may not lie.
    is_named = (
        id is not None
        and _SAFE_ID.fullmatch(id)
        and _count(scope, _REQUEST_ID) == 1
        and (not id.startswith(_AGENT) or OF_AGENT in scope)
    )
    work = Work(id.decode() if id is not None and is_named else new_request_id())
    if traceparent is not None and (found := _TRACEPARENT.fullmatch(traceparent)):
        work.trace_id = found[1].decode()
    return work


def _count(scope: Scope, name: bytes) -> int:
    return [each for each, _ in scope["headers"]].count(name)


def new_request_id() -> str:
    # From the system's secure random numbers: from enough numbers of an ordinary generator anybody could compute those
    # that others are given, and so count their requests. Many at once: to ask gives the interpreter's lock away.
    while True:
        try:
            return _new_ids.pop()
        except IndexError:
            numbers = os.urandom(8 * 512)
            _new_ids.extend(numbers[at : at + 8].hex() for at in range(0, len(numbers), 8))


def write(work: Work, method: str, path: str, status: int, client: str | None, seconds: float | None = None) -> None:
    """One line about a request. It is written as it is, past the logging library: building a record and formatting it
    would cost more than routing and validating the request."""
    milliseconds = None if seconds is None else round(seconds * 1000, 2)
    is_slow = milliseconds is not None and milliseconds - work.waited_seconds * 1000 >= _slow_milliseconds
    level = logging.ERROR if status == 500 else logging.WARNING if is_slow or status > 500 else logging.INFO
    if level < logs.level:
        return
    if path.startswith(_SECRET_PATHS):
        path = next(f"{prefix}…" for prefix in _SECRET_PATHS if path.startswith(prefix))
    actor = work.actor
    if logs.form == "console":
        # Local time, like every other line that people read.
        text = f"{time.strftime('%H:%M:%S')} {method} {logs.one_line(path)} {status} {milliseconds} ms"
        if is_slow:
            text += " SLOW"
        if work.operation:
            text += f" {work.operation}"
        if actor is not None:
            named = f"token={actor.token_id}" if actor.token_id else f"user={actor.user_id}"
            text += f" org={actor.org_id} {named}"
        if work.round_trips:
            text += f" sql={work.round_trips}/{work.sql_seconds * 1000:.2f}ms rows={work.rows}"
        if work.queue_seconds:
            text += f" queue={work.queue_seconds * 1000:.2f}ms"
        if work.problem:
            text += f" problem={work.problem}"
        if work.trace_id:
            text += f" trace={work.trace_id}"
        logs.write_line(f"{text} [{work.request_id}]".encode(errors="backslashreplace"))
        return
    org_id, user_id, token_id = (None, None, None) if actor is None else (actor.org_id, actor.user_id, actor.token_id)
    line = {
        "time": logs.clock(time.time()),
        "level": _LEVELS[level],
        "logger": "pharus.access",
        "method": method,
        "path": path,
        "status": status,
        "milliseconds": milliseconds,
        "slow": is_slow,
        "client": client,
        "requestId": work.request_id,
        "traceId": work.trace_id or None,
        "operation": work.operation or None,
        "organizationId": org_id,
        "userId": user_id,
        "tokenId": token_id,
        "problem": work.problem or None,
        "queueMilliseconds": round(work.queue_seconds * 1000, 2),
        "databaseMilliseconds": round(work.sql_seconds * 1000, 2),
        "roundTrips": work.round_trips,
        "rows": work.rows,
    }
    logs.write_line(orjson.dumps(line))
