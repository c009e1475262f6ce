from collections.abc import Sequence
from dataclasses import replace

import httpx
import pytest

from bench import comparison
from bench.comparison import Response, comparable, differences, not_compared
from bench.workloads.create_vendor import WORKLOAD
from bench.workloads.workload import ID, INSTANT, Check

pytestmark = pytest.mark.no_database

VOLATILE = {"id": ID, "createdAt": INSTANT}
CREATED = {"id": "01935d6c-7b1a-7c3e-8f00-000000000011", "createdAt": "2026-03-02T08:15:00.123456Z", "name": "Sample"}


def responses(changed: str = "", response: Response | None = None) -> dict[str, Response]:
    return {
        check.name: response
        if response is not None and check.name == changed
        else Response(check.status, ({"city": [1, 2]},))
        for check in WORKLOAD.checks
    }


def test_comparable_replaces_what_differs_by_nature() -> None:
    assert comparable([CREATED], VOLATILE) == [{"id": "<id>", "createdAt": "<createdAt>", "name": "Sample"}]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "01935d6c-7b1a-4c3e-8f00-000000000011"),
        ("id", None),
        ("createdAt", "2026-03-02T08:15:00+00:00"),
        ("createdAt", "2026-03-02 08:15:00Z"),
    ],
)
def test_comparable_keeps_what_does_not_look_like_it(key: str, value: str | None) -> None:
    assert comparable({**CREATED, key: value}, VOLATILE)[key] == value


def test_comparable_hides_a_cursor_but_not_its_absence() -> None:
    assert comparable({"nextCursor": "abc"}, {}) == {"nextCursor": "<cursor>"}
    assert comparable({"nextCursor": None}, {}) == {"nextCursor": None}


def test_differences_of_equal_responses_are_none() -> None:
    assert differences(WORKLOAD, {"pharus": responses(), "floor": responses()}) == []


def test_differences_name_the_pointer() -> None:
    other = responses("all fields", Response(201, ({"city": [1, 3]},)))
    (sentence,) = differences(WORKLOAD, {"pharus": responses(), "floor": other})
    assert sentence == "create-vendor, all fields: floor differs from pharus at /0/city/1: 2 and 3"


def test_differences_name_a_status_that_nobody_expected() -> None:
    wrong = responses("no token", Response(500, ("crash",)))
    (sentence,) = differences(WORKLOAD, {"pharus": wrong, "floor": responses()})
    assert "pharus answered 500, not 401" in sentence


LISTING = replace(
    WORKLOAD,
    name="list",
    compared={"data": [("id", "name")], "nextCursor": None},
    checks=(Check("a page", 200, "GET", "/"),),
)


def page(*rows: dict[str, str]) -> dict[str, Response]:
    return {"a page": Response(200, ({"data": list(rows), "nextCursor": None},))}


ROW = {"id": "1", "name": "Sample"}


def test_a_key_that_only_the_first_has_is_reported_and_not_compared() -> None:
    by_peer = {"pharus": page({**ROW, "website": "x"}), "floor": page(ROW)}
    assert differences(LISTING, by_peer) == []
    assert not_compared(LISTING, by_peer) == ["list: only pharus has /data/-/website; not compared"]
    assert not_compared(LISTING, {"pharus": page(ROW), "floor": page(ROW)}) == []


@pytest.mark.parametrize(
    ("pharus", "floor"),
    [
        (ROW, {"id": "1", "name": "Other"}),
        (ROW, {"id": "1"}),
        ({"id": "1", "title": "Sample"}, ROW),
        (ROW, {**ROW, "website": "x"}),
        ({**ROW, "website": "x"}, {**ROW, "website": "x"}),
    ],
    ids=["value", "missing in the peer", "renamed in Pharus", "only the peer has it", "both have it, the list not"],
)
def test_a_difference_in_what_is_implemented_is_found(pharus: dict[str, str], floor: dict[str, str]) -> None:
    (sentence,) = differences(LISTING, {"pharus": page(pharus), "floor": page(floor)})
    assert sentence.startswith("list, a page: floor differs from pharus at /0/data/0")


def test_webhooks_that_say_something_else_are_found() -> None:
    said = [{"type": "vendor.created", "name": "A"}, {"type": "vendor.created", "name": "B"}]
    assert comparison.deliveries_that_differ(WORKLOAD, {}) == []
    assert comparison.deliveries_that_differ(WORKLOAD, {"pharus": said, "floor": list(said)}) == []
    other = [said[0], {"type": "vendor.created", "name": "C"}]
    assert comparison.deliveries_that_differ(WORKLOAD, {"pharus": said, "floor": said, "django": other}) == [
        "create-vendor: the webhooks of django differ from those of pharus at /1/name: B and C"
    ]


def test_refusals_are_compared_whole() -> None:
    refused = replace(LISTING, checks=(Check("no token", 401, "GET", "/"),))
    by_peer = {name: {"no token": Response(401, ({"code": name},))} for name in ("pharus", "floor")}
    (sentence,) = differences(refused, by_peer)
    assert sentence.endswith("at /0/code: pharus and floor")
    assert not_compared(refused, by_peer) == []


KEPT = replace(LISTING, checks=(Check("a key sent twice", 201, "POST", "/", {}, key="one", replay=True),))
MARKED = {"Idempotency-Replayed": "true"}


def answered(answers: Sequence[httpx.Response]) -> dict[str, Response]:
    """The responses of a server that gives these, one after the other, to requests with the check's key."""
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["idempotency-key"] == "one"
        return left.pop(0)

    with httpx.Client(base_url="http://127.0.0.1", transport=httpx.MockTransport(answer)) as client:
        given = comparison.responses(client, KEPT, lambda _: "token")
    assert not left
    return given


def test_a_replay_is_the_first_response_with_a_mark() -> None:
    given = answered([httpx.Response(201, json=ROW), httpx.Response(201, json=ROW, headers=MARKED)])
    assert differences(KEPT, {"pharus": given}) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (httpx.Response(201, json=ROW), httpx.Response(201, json=ROW)),
        (httpx.Response(201, json=ROW, headers=MARKED), httpx.Response(201, json=ROW, headers=MARKED)),
        (httpx.Response(201, json=ROW), httpx.Response(200, json=ROW, headers=MARKED)),
        (httpx.Response(201, json=ROW), httpx.Response(201, content=b'{"id": "1"}', headers=MARKED)),
    ],
    ids=["no mark", "the first one has it", "another status", "other bytes"],
)
def test_another_response_than_the_first_is_no_replay(first: httpx.Response, second: httpx.Response) -> None:
    (sentence,) = differences(KEPT, {"pharus": answered([first, second])})
    assert sentence == "list, a key sent twice: pharus did not replay the response"
