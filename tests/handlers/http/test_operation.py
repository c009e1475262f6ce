import gzip
import json

import pytest

from pharus.db import db
from pharus.fields import new_id
from tests.api import Api, error_code, pointers
from tests.contract import wire
from tests.factories import Organization
from tests.handlers.conftest import MOST_BODY_BYTES
from tests.server import Server
from tests.waiting import wait_until


@pytest.fixture
def small(small_server: Server, member: Api) -> Api:
    """The member at the server with small limits."""
    return Api(small_server.address, member.token)


def body_of(size: int) -> bytes:
    """A valid vendor in exactly so many bytes."""
    empty = json.dumps({"name": "Example Oils", "notes": ""}).encode()
    return empty.replace(b'""', b'"' + b"x" * (size - len(empty)) + b'"')


def post(api: Api, body: bytes, *, chunked: bool = False, token: str | None = None) -> int:
    content = iter([body[:100], body[100:]]) if chunked else body
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token or api.token}"}
    response = api.request("POST", "/api/vendors", content=content, headers=headers)
    if response.status_code == 413:
        assert error_code(response) == "payload_too_large"
    return response.status_code


@pytest.mark.parametrize("chunked", [False, True])
def test_body_over_the_limit_is_413_and_one_of_exactly_the_limit_is_taken(small: Api, chunked: bool) -> None:
    assert post(small, body_of(MOST_BODY_BYTES), chunked=chunked) == 201
    assert post(small, body_of(MOST_BODY_BYTES + 1), chunked=chunked) == 413
    assert post(small, body_of(MOST_BODY_BYTES * 1000), chunked=chunked) == 413
    assert post(small, body_of(MOST_BODY_BYTES), chunked=chunked) == 201


@pytest.mark.parametrize("chunked", [False, True])
def test_body_over_the_limit_of_a_caller_who_may_not_call_is_401_or_403(small: Api, viewer: Api, chunked: bool) -> None:
    body = body_of(MOST_BODY_BYTES * 1000)
    assert post(small, body, chunked=chunked, token="pharus_pat_" + "x" * 32) == 401
    assert post(small, body, chunked=chunked, token=viewer.token) == 403


def test_caller_without_token_is_refused_before_the_body_has_come(server: Server) -> None:
    headers = b"Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    head = b"POST /api/vendors HTTP/1.1\r\n" + headers
    [response] = wire.exchange(server.address, [head])
    assert response.status == 401


def test_length_that_is_over_the_limit_is_413_though_less_is_sent(small_server: Server, member: Api) -> None:
    head = (
        f"POST /api/vendors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {member.token}\r\nContent-Length: {MOST_BODY_BYTES + 1}\r\n\r\n"
    ).encode()
    [response] = wire.exchange(small_server.address, [head, body_of(MOST_BODY_BYTES + 1)])
    assert response.status == 413


def test_problems_of_path_query_and_body_are_told_together(member: Api) -> None:
    response = member.request("PATCH", "/api/vendors/7?colour=red&colour=blue", json={"name": "", "nme": 1})
    assert response.status_code == 422
    assert set(pointers(response)) == {"/name", "/nme", "path/id", "query/colour"}


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b'{"name": "a", "name": "b"}', "application/json", 400),
        (b'{"name": "a"}', "text/plain", 415),
        (b'{"name": "a"}', "application/json; charset=utf-16", 415),
        (b"name=a", "application/x-www-form-urlencoded", 415),
    ],
)
def test_body_that_cannot_be_read_is_refused(member: Api, content: bytes, content_type: str, status: int) -> None:
    response = member.request("POST", "/api/vendors", content=content, headers={"Content-Type": content_type})
    assert response.status_code == status, response.text


def test_body_without_content_type_is_unsupported(member: Api) -> None:
    assert member.request("POST", "/api/vendors", content=b'{"name": "a"}').status_code == 415


@pytest.mark.parametrize("encoding", ["gzip", "br", "gzip, identity", "nonsense"])
def test_body_that_is_compressed_is_unsupported(member: Api, encoding: str) -> None:
    content = gzip.compress(b'{"name": "a"}')
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    assert member.request("POST", "/api/vendors", content=content, headers=headers).status_code == 415
    headers = {"Content-Encoding": encoding}
    form = {"data": {"entityType": "sales_order", "entityId": new_id()}, "files": {"file": ("a.txt", content)}}
    assert member.request("POST", "/api/documents", headers=headers, **form).status_code == 415


def test_body_that_is_said_to_be_as_it_is_is_read(member: Api) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "Identity"}
    response = member.request("POST", "/api/vendors", content=b'{"name": "a"}', headers=headers)
    assert response.status_code == 201


@pytest.mark.parametrize("name", ["Authorization", "X-Org-Id"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/api/vendors"), ("POST", "/api/vendors")])
def test_caller_who_is_named_twice_is_refused(
    member: Api, organization: Organization, method: str, path: str, name: str
) -> None:
    """A proxy may have looked at the first, and we at the second."""
    headers = [("Authorization", f"Bearer {member.token}"), ("X-Org-Id", organization.id)]
    sent = [*headers, (name, dict(headers)[name])]
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{header}: {value}" for header, value in sent), "", ""]
    (response,) = wire.exchange(member.address, ["\r\n".join(lines).encode()])
    assert response.status == 400


def test_body_of_an_operation_that_takes_none_is_ignored(member: Api) -> None:
    assert member.request("GET", "/api/vendors", content=b"{garbage").status_code == 200


def test_response_of_any_operation_must_not_be_kept(member: Api, viewer: Api, anonymous: Api) -> None:
    responses = [
        member.get("/api/vendors"),
        viewer.post("/api/vendors", {"name": "Oils"}),
        member.post("/api/vendors", {}),
        anonymous.get("/api/vendors"),
        anonymous.get("/api/invitations/by-token/unknown"),
    ]
    assert [response.status_code for response in responses[:4]] == [200, 403, 422, 401]
    # Counted by address: other tests may have asked often enough.
    assert responses[4].status_code in (404, 429)
    assert {response.headers["cache-control"] for response in responses} == {"no-store"}


def test_answer_has_one_request_id_that_of_the_caller_if_it_has_one(member: Api) -> None:
    response = member.request("GET", "/api/vendors", headers={"X-Request-Id": "chosen"})
    assert response.headers.get_list("x-request-id") == ["chosen"]
    assert len(member.get("/api/vendors").headers.get_list("x-request-id")) == 1


def test_request_notes_the_activity_of_its_caller_even_when_it_is_refused(
    organization: Organization, member: Api
) -> None:
    assert member.post("/api/vendors", {}).status_code == 422
    wait_until(
        lambda: (
            db.row(
                "SELECT count(last_active_at), (SELECT count(last_used_at) FROM api_token WHERE org_id = %s) "
                "FROM membership WHERE org_id = %s",
                (organization.id, organization.id),
            )
            == (1, 1)
        )
    )
