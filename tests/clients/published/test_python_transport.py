"""What the published client sends, waits for and refuses, without a server."""

import datetime
import json
import time
from decimal import Decimal
from typing import Any

import httpx
import pytest

from pharus_client import ApiError, Client, Retries, Unreachable, etag
from pharus_client.values import from_json, to_json

pytestmark = pytest.mark.no_database

VENDOR = {"id": "1", "createdAt": "2026-03-02T08:15:00Z", "updatedAt": "2026-03-02T08:15:00Z", "name": "Alder"}


class Network:
    """Answers one after the other what it was given, and remembers the requests."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self._answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, **options: Any) -> Client:
        http = httpx.Client(transport=httpx.MockTransport(self))
        return Client("http://server.example/", "token", http=http, **{"retries": Retries(first_wait=0), **options})

    @property
    def keys(self) -> set[str | None]:
        return {request.headers.get("Idempotency-Key") for request in self.requests}


def _refusal(status: int, code: str, **headers: str) -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": "No."}}, headers=headers)


def test_one_key_is_sent_with_every_attempt_and_another_with_the_next_call() -> None:
    network = Network(
        httpx.ConnectError("gone"),
        httpx.ReadTimeout("silent"),
        _refusal(503, "service_unavailable"),
        _refusal(409, "conflict", **{"Retry-After": "0"}),
        httpx.Response(201, json=VENDOR),
        httpx.Response(201, json=VENDOR),
    )
    with network.client() as client:
        client.vendors.create_vendor({"name": "Alder"})
        assert len(network.keys) == 1
        client.vendors.create_vendor({"name": "Alder"})
    assert len(network.keys) == 2
    assert None not in network.keys


def test_refusal_that_would_be_the_same_again_is_raised_at_once() -> None:
    network = Network(_refusal(409, "in_use", **{"X-Request-Id": "r-1"}))
    with network.client() as client, pytest.raises(ApiError) as refused:
        client.vendors.create_vendor({"name": "Alder"})
    assert (type(refused.value).__name__, refused.value.code, refused.value.request_id) == ("InUse", "in_use", "r-1")


def test_after_the_last_attempt_the_key_is_told() -> None:
    network = Network(*[httpx.ReadError("cut")] * 3)
    with network.client(retries=Retries(attempts=3, first_wait=0)) as client, pytest.raises(Unreachable) as lost:
        client.vendors.create_vendor({"name": "Alder"})
    assert {lost.value.idempotency_key} == network.keys
    assert len(network.requests) == 3


def test_server_says_how_long_to_wait() -> None:
    network = Network(_refusal(429, "rate_limited", **{"Retry-After": "1"}), httpx.Response(201, json=VENDOR))
    start = time.monotonic()
    with network.client() as client:
        client.vendors.create_vendor({"name": "Alder"})
    assert time.monotonic() - start >= 1


def test_wait_that_is_too_long_is_not_begun() -> None:
    network = Network(_refusal(429, "rate_limited", **{"Retry-After": "3600"}))
    with network.client() as client, pytest.raises(ApiError) as refused:
        client.vendors.create_vendor({"name": "Alder"})
    assert refused.value.retry_after == "3600"


def test_answer_of_a_proxy_is_an_error_without_a_code_of_ours() -> None:
    network = Network(httpx.Response(404, html="<h1>Not here</h1>"))
    with network.client() as client, pytest.raises(ApiError) as refused:
        client.vendors.get_vendor("1")
    assert (refused.value.code, refused.value.status) == ("unknown", 404)


def test_token_is_asked_for_before_each_attempt_and_parts_of_a_path_are_quoted() -> None:
    network = Network(_refusal(503, "service_unavailable"), httpx.Response(200, json=VENDOR))
    tokens = iter(["first", "second"])
    http = httpx.Client(transport=httpx.MockTransport(network))
    with Client(
        "http://server.example", lambda: next(tokens), organization="o-1", http=http, retries=Retries(first_wait=0)
    ) as client:
        client.vendors.get_vendor("../users?x=1")
    assert [each.headers["Authorization"] for each in network.requests] == ["Bearer first", "Bearer second"]
    assert {each.url.raw_path for each in network.requests} == {b"/api/vendors/..%2Fusers%3Fx%3D1"}
    assert {each.headers["X-Org-Id"] for each in network.requests} == {"o-1"}


def test_decimals_travel_as_texts_and_a_float_is_refused() -> None:
    assert json.loads(to_json({"quantity": Decimal("1E+2"), "cost": Decimal("0.10")})) == {
        "quantity": "100",
        "cost": "0.10",
    }
    with pytest.raises(TypeError, match="float"):
        to_json({"items": [{"quantity": 0.1}]})
    with pytest.raises(ValueError, match="no number"):
        to_json({"quantity": Decimal("NaN")})


def test_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_json({"eventDate": datetime.datetime(2026, 3, 2)})  # noqa: DTZ001 - this is what is refused


def test_keys_that_a_newer_server_adds_stay() -> None:
    from pharus_client.models import Vendor

    vendor = from_json(json.dumps({**VENDOR, "rating": 5}).encode(), Vendor)
    assert vendor["rating"] == 5
    assert vendor["createdAt"] == datetime.datetime(2026, 3, 2, 8, 15, tzinfo=datetime.UTC)


def test_record_without_a_version_is_none_to_compare_with() -> None:
    with pytest.raises(ValueError, match="no version"):
        etag({"id": "1"})
