import json
import random
import re
import time
from typing import Any

import pytest

from handlers.http.access_log import new_request_id
from tests.api import Api
from tests.factories import Organization
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


def test_request_ids_do_not_follow_from_the_ordinary_generator() -> None:
    random.seed(1)
    first = new_request_id()
    random.seed(1)
    assert new_request_id() != first
    assert len(first) == 16


def line_of(server: Server, request_id: str) -> dict[str, Any]:
    [line] = lines_with(server, f'"requestId":"{request_id}"')
    found: dict[str, Any] = json.loads(line)
    return found


def test_json_line_says_who_asked_for_what_and_what_it_took(
    server: Server, organization: Organization, member: Api
) -> None:
    response = member.post("/api/vendors", {"name": "Oils"}, headers={"X-Request-Id": "order-4711"})
    assert response.status_code == 201
    line = line_of(server, "order-4711")
    assert (line["operation"], line["organizationId"]) == ("createVendor", organization.id)
    assert line["tokenId"]
    assert line["userId"] not in (None, line["tokenId"])
    assert (line["level"], line["slow"], line["problem"], line["traceId"]) == ("info", False, None, None)
    # Of the opening; the vendor goes along with COMMIT.
    assert (line["roundTrips"], line["rows"]) == (2, 1)
    assert 0 < line["databaseMilliseconds"] < line["milliseconds"]
    assert 0 < line["queueMilliseconds"] < line["milliseconds"]


@pytest.mark.parametrize(
    ("path", "status", "problem", "operation"),
    [
        ("/api/vendors/00000000-0000-7000-8000-000000000000", 404, "not_found", "getVendor"),
        ("/api/vendors?limit=many", 422, "validation_failed", "listVendors"),
        ("/api/no-such-path", 404, "not_found", None),
    ],
)
def test_line_has_the_code_of_the_refusal(
    server: Server, member: Api, path: str, status: int, problem: str, operation: str | None
) -> None:
    response = member.request("GET", path)
    line = line_of(server, response.headers["x-request-id"])
    assert (line["status"], line["problem"], line["operation"]) == (status, problem, operation)


def test_line_of_who_may_not_says_who_it_was(server: Server, organization: Organization, viewer: Api) -> None:
    response = viewer.post("/api/vendors", {"name": "Oils"})
    line = line_of(server, response.headers["x-request-id"])
    assert (line["status"], line["problem"], line["organizationId"]) == (403, "forbidden", organization.id)
    assert line["tokenId"]


def test_console_line_says_the_same(small_server: Server, organization: Organization, member: Api) -> None:
    api = Api(small_server.address, member.token)
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    headers = {"X-Request-Id": "console-1", "traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
    assert api.request("GET", "/api/vendors", headers=headers).status_code == 200
    [line] = lines_with(small_server, "[console-1]")
    assert re.fullmatch(
        r"[0-9:]{8} GET /api/vendors 200 [0-9.]+ ms listVendors "
        rf"org={organization.id} token=[0-9a-f-]{{36}} sql=3/[0-9.]+ms rows=1 queue=[0-9.]+ms "
        rf"trace={trace} \[console-1\]",
        line,
    )
    api.request("GET", "/api/vendors?limit=0", headers={"X-Request-Id": "console-2"})
    [line] = lines_with(small_server, "[console-2]")
    assert " problem=validation_failed " in line


@pytest.mark.parametrize(
    ("sent", "is_taken"),
    [
        ("01935d6c-7b1a-7c3e-8f00-0000000000aa", True),
        ("1-67891233-abcdef012345678912345678", True),
        ("a" * 128, True),
        ("a" * 129, False),
        ("with space", False),
        ('quoted"', False),
        ("\u00e4", False),
        ("a,b", False),
        ("", False),
    ],
)
def test_request_id_of_the_caller_is_taken_when_it_is_safe(anonymous: Api, sent: str, is_taken: bool) -> None:
    response = anonymous.request("GET", "/healthz", headers={"X-Request-Id": sent.encode("latin-1")})  # type: ignore[dict-item]  # bytes, as httpx takes them
    [id] = response.headers.get_list("x-request-id")
    assert (id == sent) is is_taken
    assert is_taken or re.fullmatch("[0-9a-f]{16}", id)


@pytest.mark.parametrize(
    ("sent", "trace"),
    [
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", None),
        ("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", None),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736", None),
        ("nonsense", None),
    ],
)
def test_line_has_the_trace_of_the_caller(server: Server, anonymous: Api, sent: str, trace: str | None) -> None:
    response = anonymous.request("GET", "/healthz", headers={"traceparent": sent})
    assert line_of(server, response.headers["x-request-id"])["traceId"] == trace
