import secrets
from pathlib import Path

import httpx
import pytest

from handlers.http.callers import Caller, known, unknown
from handlers.http.rate_limits import RateLimit, Throttle
from pharus.db import db
from pharus.errors import RateLimited
from pharus.identity import Actor
from tests import factories
from tests.api import Api, error_code
from tests.conftest import AsRole
from tests.contract.judging import document
from tests.pharus.acting import at_once
from tests.server import Server


def test_count_refuses_what_is_over_the_limit_and_says_when_it_ends() -> None:
    limit = RateLimit.of(factories.unique("operation"), {"requests": 3, "windowSeconds": 3600})
    for _ in range(3):
        limit.count("192.0.2.1")
    for _ in range(2):
        with pytest.raises(RateLimited) as raised:
            limit.count("192.0.2.1")
        assert 1 <= raised.value.retry_after <= 3600
    limit.count("192.0.2.2")
    RateLimit(limit.operation_id + "x", 3, 3600).count("192.0.2.1")


def test_count_begins_anew_in_the_next_window() -> None:
    limit = RateLimit(factories.unique("operation"), 1, 3600)
    limit.count("192.0.2.1")
    key = f"{limit.operation_id}:192.0.2.1"
    db.execute_sql("UPDATE rate_limit SET window_start = window_start - interval '1 hour' WHERE key = %s", (key,))
    limit.count("192.0.2.1")
    assert db.row("SELECT max(requests), count(*) FROM rate_limit WHERE key = %s", (key,)) == (1, 2)


def test_count_by_many_at_once_lets_exactly_so_many_pass() -> None:
    limit = RateLimit(factories.unique("operation"), 10, 3600)

    def passes(_: int) -> int:
        passed = 0
        for _ in range(5):
            try:
                limit.count("2001:db8::1")
                passed += 1
            except RateLimited:
                pass
        return passed

    assert sum(at_once(8, passes)) == 10


def test_count_takes_the_network_of_an_ipv6_address_for_one_address() -> None:
    limit = RateLimit(factories.unique("operation"), 2, 3600)
    limit.count("2001:db8:0:1::1")
    limit.count("2001:db8:0:1:ffff::2")
    with pytest.raises(RateLimited):
        limit.count("2001:db8:0:1::3")
    limit.count("2001:db8:0:2::1")


def test_count_of_an_address_of_any_length_is_stored() -> None:
    RateLimit(factories.unique("operation"), 1, 60).count("x" * 5000)


def test_operation_with_a_limit_answers_429_with_retry_after(anonymous: Api) -> None:
    operation = document()["paths"]["/api/invitations/by-token/{token}"]["get"]
    limit = operation["x-rate-limit"]
    # An address of this test's own, as a proxy on this machine would name it.
    address = f"2001:db8::{secrets.token_hex(2)}:{secrets.token_hex(2)}"

    def ask() -> httpx.Response:
        return anonymous.request("GET", "/api/invitations/by-token/" + "x" * 43, headers={"X-Forwarded-For": address})

    assert {ask().status_code for _ in range(limit["requests"])} == {404}
    refused = ask()
    assert (refused.status_code, error_code(refused)) == (429, "rate_limited")
    assert 1 <= int(refused.headers["retry-after"]) <= limit["windowSeconds"]


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def caller(token: str = "token-1", organization: str = "org-1") -> Caller:
    return known(Actor(uid="ada", user_id="user-1", org_id=organization, token_id=token))


def told(throttle: Throttle, caller: Caller) -> tuple[str, str, int | None]:
    headers, retry_after = throttle.count(caller)
    named = {name.decode(): value.decode() for name, value in headers}
    return named["ratelimit"], named["ratelimit-policy"], retry_after


def test_throttle_lets_a_minutes_requests_pass_at_once_and_then_one_after_the_other() -> None:
    clock = Clock()
    throttle = Throttle(4, 0, clock)
    assert [throttle.count(caller()).retry_after for _ in range(6)] == [None, None, None, None, 15, 15]
    clock.now += 14
    assert throttle.count(caller()).retry_after == 1
    clock.now += 1
    assert throttle.count(caller()).retry_after is None
    assert throttle.count(caller()).retry_after == 15
    clock.now += 600
    assert [throttle.count(caller()).retry_after for _ in range(5)] == [None, None, None, None, 15]


def test_throttle_says_what_is_left() -> None:
    clock = Clock()
    throttle = Throttle(4, 100, clock)
    assert told(throttle, caller()) == (
        '"token";r=3;t=15, "organization";r=99;t=1',
        '"token";q=4;w=60, "organization";q=100;w=60',
        None,
    )
    for _ in range(3):
        throttle.count(caller())
    left, _, retry_after = told(throttle, caller())
    assert left.startswith('"token";r=0;')
    assert retry_after == 15


def test_throttle_counts_each_token_and_all_of_an_organization() -> None:
    throttle = Throttle(2, 3, Clock())
    assert [throttle.count(caller("one")).retry_after for _ in range(3)] == [None, None, 30]
    assert [throttle.count(caller("two")).retry_after for _ in range(2)] == [None, 20]
    # What the organization was refused, the token has not used up.
    assert throttle.count(caller("three", "org-2")).retry_after is None
    assert told(throttle, caller("two"))[0].startswith('"token";r=0;')


def test_throttle_that_is_off_and_one_who_is_not_known_are_told_nothing() -> None:
    assert Throttle(0, 0).count(caller()) == ((), None)
    throttle = Throttle(1, 1)
    for _ in range(5):
        assert throttle.count(unknown("192.0.2.1")) == ((), None)


def test_throttle_is_bounded_in_memory() -> None:
    throttle = Throttle(5, 5)
    for number in range(25_000):
        throttle.count(caller(str(number), str(number)))
    assert len(throttle._full_at) <= 20_000


def test_server_with_limits_answers_429_and_others_are_not_touched(
    environment: dict[str, str], tmp_path: Path, as_role: AsRole
) -> None:
    limits = {"PHARUS_RATE_LIMIT_TOKEN": "5", "PHARUS_RATE_LIMIT_ORGANIZATION": "8"}
    server = Server({**environment, **limits}, tmp_path / "log")
    organization = factories.make_organization()
    first, second = (Api(server.address, as_role(organization, "viewer").token) for _ in range(2))
    other = Api(server.address, as_role(factories.make_organization(), "viewer").token)
    # The first request of each shows who it is.
    responses = [first.get("/api/vendors") for _ in range(7)]
    assert [response.status_code for response in responses] == [200] * 6 + [429]
    assert "ratelimit" not in responses[0].headers
    assert responses[1].headers["ratelimit"].startswith('"token";r=4;t=12, "organization";r=7;t=')
    assert responses[1].headers["ratelimit-policy"] == '"token";q=5;w=60, "organization";q=8;w=60'
    assert error_code(responses[6]) == "rate_limited"
    assert 1 <= int(responses[6].headers["retry-after"]) <= 12
    assert [second.get("/api/vendors").status_code for _ in range(5)] == [200] * 4 + [429]
    assert [other.get("/api/vendors").status_code for _ in range(3)] == [200] * 3
    assert server.stop() == 0
