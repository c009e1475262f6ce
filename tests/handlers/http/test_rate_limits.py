import secrets

import httpx
import pytest

from handlers.http.rate_limits import RateLimit
from pharus.db import db
from pharus.errors import RateLimited
from tests import factories
from tests.api import Api, error_code
from tests.contract.judging import document
from tests.pharus.acting import at_once


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


def test_count_begins_anew_in_the_next_window_and_forgets_the_day_before() -> None:
    limit = RateLimit(factories.unique("operation"), 1, 3600)
    limit.count("192.0.2.1")
    key = f"{limit.operation_id}:192.0.2.1"
    db.execute_sql("UPDATE rate_limit SET window_start = window_start - interval '2 days' WHERE key = %s", (key,))
    limit.count("192.0.2.1")
    assert db.row("SELECT count(*) FROM rate_limit WHERE key = %s", (key,)) == (1,)


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
