import json
import logging
import random
import sys
import time
from typing import Any

import pytest

from handlers.http.access_log import ConsoleFormatter, JsonFormatter, new_request_id
from tests.api import Api
from tests.server import Server

BREAKING = "/api/nothing%0Ainjected%0D%0Aline%00%1b[31m%e2%80%a8"


def lines_with(server: Server, text: str) -> list[str]:
    """The lines of the log that hold the text, once they have been written."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        found = [line for line in server.read_log().split("\n") if text in line]
        if found:
            return found
        time.sleep(0.01)
    return []


def test_json_has_one_object_for_each_request(server: Server, anonymous: Api) -> None:
    response = anonymous.request("GET", "/api/vendors?cursor=secret", headers={"Authorization": "Bearer hidden"})
    [line] = lines_with(server, response.headers["x-request-id"])
    record: dict[str, Any] = json.loads(line)
    assert (record["method"], record["path"], record["status"]) == ("GET", "/api/vendors", 401)
    assert record["client"] == "127.0.0.1"
    assert 0 < record["milliseconds"] < 60_000
    assert abs(time.time() - time.mktime(time.strptime(record["time"][:19], "%Y-%m-%dT%H:%M:%S")) + time.timezone) < 120
    assert "hidden" not in server.read_log()


def test_json_path_breaks_no_line(server: Server, anonymous: Api) -> None:
    response = anonymous.get(BREAKING)
    assert response.status_code == 404
    [line] = lines_with(server, response.headers["x-request-id"])
    assert json.loads(line)["path"] == "/api/nothing\ninjected\r\nline\0\x1b[31m\u2028"


def test_console_has_one_printable_line_for_each_request(small_server: Server) -> None:
    api = Api(small_server.address)
    api.get(BREAKING)
    [line] = lines_with(small_server, "nothing")
    assert line.isprintable()
    assert " GET /api/nothing\\ninjected" in line
    assert " 404 " in line
    assert not any(line.startswith("injected") for line in small_server.read_log().split("\n"))


def record_of(message: str, **extra: object) -> logging.LogRecord:
    try:
        raise RuntimeError("the reason")
    except RuntimeError:
        record = logging.LogRecord("pharus.x", logging.ERROR, __file__, 1, message, None, sys.exc_info())
    vars(record).update(extra)
    return record


def test_request_ids_do_not_follow_from_the_ordinary_generator() -> None:
    random.seed(1)
    first = new_request_id()
    random.seed(1)
    assert new_request_id() != first
    assert len(first) == 16


def test_json_formatter_shows_what_is_logged_with_its_exception() -> None:
    line = JsonFormatter().format(record_of("internal\nerror", requestId="4711"))
    assert "\n" not in line
    shown = json.loads(line)
    assert (shown["level"], shown["logger"], shown["message"]) == ("error", "pharus.x", "internal\nerror")
    assert shown["requestId"] == "4711"
    assert "RuntimeError: the reason" in shown["exception"]


def test_console_exception_cannot_look_like_a_line_of_ours() -> None:
    """An exception may quote what a client sent."""
    try:
        raise RuntimeError("no\n12:00:00 GET /forged 200 1.0 ms\r\x1b[31m\u2028")
    except RuntimeError:
        record = logging.LogRecord("pharus.x", logging.ERROR, __file__, 1, "internal error", None, sys.exc_info())
    _, *rest = ConsoleFormatter().format(record).split("\n")
    assert r"  12:00:00 GET /forged 200 1.0 ms\r\x1b[31m\u2028" in rest
    assert all(line.startswith("  ") and line.isprintable() for line in rest)


def test_console_formatter_names_the_request_of_an_error() -> None:
    first, *rest = ConsoleFormatter().format(record_of("internal\nerror", requestId="4711")).splitlines()
    assert first.endswith(r"ERROR internal\nerror [4711]")
    assert rest[-1] == "  RuntimeError: the reason"


@pytest.mark.parametrize("formatter", [JsonFormatter(), ConsoleFormatter()])
def test_formatters_take_values_of_any_kind(formatter: logging.Formatter) -> None:
    assert "x" in formatter.format(record_of("x", error=ValueError("y"), mapping={1: object()}))
