"""The outermost layer: gives each request its id and each response what a browser must know of all of them, and writes
one line about it when it is answered."""

import logging
import secrets
import sys
import time
from collections.abc import Awaitable
from functools import lru_cache
from typing import Any, Literal

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pharus.storage.local import FILES_PATH

Format = Literal["console", "json"]

_format: Format = "console"

# What follows these is known only to those whom it lets in, and not to those who read the log.
_SECRET_PATHS = ("/api/invitations/by-token/", f"{FILES_PATH}/")

# A browser takes a response for nothing else than it says, and shows it in no frame and with nothing in it that runs. A
# page names a policy of its own in the scope, under POLICY.
POLICY = "content_security_policy"
_NOSNIFF = (b"x-content-type-options", b"nosniff")
_POLICY_NAME = b"content-security-policy"
_NO_PAGE = b"default-src 'none'; frame-ancestors 'none'"
OF_EVERY_RESPONSE = (_NOSNIFF, (_POLICY_NAME, _NO_PAGE))

# What a log record carries besides our own fields.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


class AccessLog:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = new_request_id()
        scope["request_id"] = request_id
        status = 0
        started = time.perf_counter()

        def send_with_id(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                policy = scope.get(POLICY)
                of_every = OF_EVERY_RESPONSE if policy is None else (_NOSNIFF, (_POLICY_NAME, policy))
                message["headers"] += ((b"x-request-id", request_id.encode()), *of_every)
            return send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 2)
            client = scope["client"][0] if scope.get("client") else None
            write(request_id, scope["method"], scope["path"], status, client, milliseconds)


def new_request_id() -> str:
    # From the system's secure random numbers: from enough numbers of an ordinary generator anybody could compute those
    # that others are given, and so count their requests.
    return secrets.token_hex(8)


def write(
    request_id: str, method: str, path: str, status: int, client: str | None, milliseconds: float | None = None
) -> None:
    """One line about a request. It is written as it is, past the logging library: building a record and formatting it
    would cost more than routing and validating the request."""
    if path.startswith(_SECRET_PATHS):
        path = next(f"{prefix}…" for prefix in _SECRET_PATHS if path.startswith(prefix))
    if _format == "console":
        # Local time, like every other line that people read.
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {method} {_one_line(path)} {status} {milliseconds} ms\n")
        return
    line = {
        "time": _clock(time.time()),
        "level": "info",
        "logger": "pharus.access",
        "method": method,
        "path": path,
        "status": status,
        "milliseconds": milliseconds,
        "client": client,
        "requestId": request_id,
    }
    sys.stderr.write(orjson.dumps(line).decode() + "\n")


def _clock(seconds: float) -> str:
    return f"{_second(int(seconds))}.{int(seconds * 1000) % 1000:03d}Z"


@lru_cache(maxsize=2)
def _second(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": _clock(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{key: value for key, value in vars(record).items() if key not in _STANDARD},
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


class ConsoleFormatter(logging.Formatter):
    """Short lines, for people."""

    def format(self, record: logging.LogRecord) -> str:
        clock = time.strftime("%H:%M:%S", time.localtime(record.created))
        level = "" if record.levelno == logging.INFO else f"{record.levelname} "
        text = f"{clock} {level}{_one_line(record.getMessage())}"
        request_id = getattr(record, "requestId", None)
        if request_id and record.levelno > logging.INFO:
            text += f" [{request_id}]"
        if record.exc_info:
            # Indented: what a message quotes of a client cannot look like a line of ours.
            lines = self.formatException(record.exc_info).split("\n")
            text += "".join(f"\n  {_one_line(line)}" for line in lines)
        return text


def configure(form: Format) -> None:
    """Send everything that is logged to standard error, in one of the two forms."""
    global _format
    _format = form
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else ConsoleFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("pharus", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.INFO)


def _one_line(text: str) -> str:
    """A path may hold line breaks; a log line must not."""
    return text if text.isprintable() else text.encode("unicode_escape").decode()
