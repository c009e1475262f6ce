"""Log lines: in one of two forms, from a level on, each with the request that it belongs to.

A request has a line of its own when it is answered (`handlers/http/access_log.py`). Whatever else is logged while it is
worked on, by any thread, carries the same request id, so that one id finds all of it.
"""

import asyncio
import atexit
import logging
import sys
import time
from functools import lru_cache
from typing import Any

import orjson

from pharus import instrumentation
from pharus.config import LogForm, LogLevel

_LEVELS: dict[LogLevel, int] = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}

# What a log record carries besides our own fields.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}

# To write is a system call, for which a thread gives the interpreter's lock away and then waits for it. So lines about
# requests that follow one another closer than this are written together; no more at once than a pipe takes in one piece
# when several processes write to it.
TOGETHER_SECONDS = 0.01
_MOST_TOGETHER_BYTES = 4096

form: LogForm = "console"
level = logging.INFO

_lines: list[bytes] = []
_lines_bytes = 0
_next_write = 0.0


def configure(chosen: LogForm, least: LogLevel = "info") -> None:
    """Send everything that is logged to standard error, in one of the two forms, from this level on. Of the libraries
    only warnings: what they say besides belongs to nobody's request."""
    global form, level
    form, level = chosen, _LEVELS[least]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else ConsoleFormatter())
    handler.addFilter(_name_request)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(level, logging.WARNING))
    for name in ("pharus", "uvicorn.error"):
        logging.getLogger(name).setLevel(level)


def write_line(line: bytes) -> None:
    """For the event loop: at once, or together with others a few milliseconds later. A line that waits is lost when the
    process is killed, as what is being answered is."""
    global _lines_bytes
    if _lines_bytes + len(line) >= _MOST_TOGETHER_BYTES:
        flush()
    _lines.append(line + b"\n")
    _lines_bytes += len(line) + 1
    wait = _next_write - time.monotonic()
    if wait <= 0:
        flush()
    elif len(_lines) == 1:
        asyncio.get_running_loop().call_later(wait, flush)


@atexit.register
def flush() -> None:
    """Write the lines that wait."""
    global _lines_bytes, _next_write
    if not _lines:
        return
    _next_write = time.monotonic() + TOGETHER_SECONDS
    text = b"".join(_lines)
    _lines.clear()
    _lines_bytes = 0
    sys.stderr.buffer.write(text)
    sys.stderr.buffer.flush()


def _name_request(record: logging.LogRecord) -> bool:
    """Add to a record which request it belongs to, if any."""
    work = instrumentation.current.get()
    if work is not None:
        fields = vars(record)
        fields.setdefault("requestId", work.request_id)
        fields.setdefault("operation", work.operation or None)
        if work.trace_id:
            fields.setdefault("traceId", work.trace_id)
        if work.actor is not None:
            fields.setdefault("organizationId", work.actor.org_id)
    return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": clock(record.created),
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
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        named = "" if record.levelno == logging.INFO else f"{record.levelname} "
        text = f"{at} {named}{one_line(record.getMessage())}"
        request_id = getattr(record, "requestId", None)
        if request_id:
            text += f" [{request_id}]"
        if record.exc_info:
            # Indented: what a message quotes of a client cannot look like a line of ours.
            lines = self.formatException(record.exc_info).split("\n")
            text += "".join(f"\n  {one_line(line)}" for line in lines)
        return text


def clock(seconds: float) -> str:
    return f"{_second(int(seconds))}.{int(seconds * 1000) % 1000:03d}Z"


@lru_cache(maxsize=2)
def _second(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))


def one_line(text: str) -> str:
    """A path may hold line breaks; a log line must not."""
    return text if text.isprintable() else text.encode("unicode_escape").decode()
