"""Signed links of the local store: they work without a token, for their time, and for one file."""

import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from pharus.db import unit_of_work
from pharus.identity import ANONYMOUS
from pharus.storage import LocalStore, links
from tests.api import Api, error_code
from tests.plugins.documents.orders import DOCUMENTS, uploaded

CONTENT = bytes(range(256)) * 1000
Get = Callable[..., httpx.Response]


@pytest.fixture
def document(member: Api, order: str) -> dict[str, Any]:
    """With its link."""
    made = uploaded(member, order, CONTENT, name="Übersicht & mehr.pdf", media_type="application/pdf")
    return dict(member.get(f"{DOCUMENTS}/{made['id']}").json())


@pytest.fixture
def get(anonymous: Api) -> Get:
    """By somebody without a token; `method`, `headers`."""

    def get(link: str, method: str = "GET", **options: Any) -> httpx.Response:
        return anonymous.request(method, "/" + link.partition("://")[2].partition("/")[2], **options)

    return get


def signed(store: LocalStore, document: dict[str, Any], lifetime: timedelta, name: str = "label.pdf") -> str:
    with unit_of_work(ANONYMOUS):
        return store.url(document["gcsPath"], name, "application/pdf", datetime.now(UTC) + lifetime)


def test_link_leads_to_the_file_without_a_token(server: Any, document: dict[str, Any], get: Get) -> None:
    assert document["signedUrl"].startswith(f"{server.address}/api/files/")
    response = get(document["signedUrl"])
    assert response.status_code == 200
    assert response.content == CONTENT
    headers = {name: response.headers[name] for name in response.headers if name not in ("last-modified", "etag")}
    headers.pop("x-request-id")
    assert headers == {
        "content-type": "application/pdf",
        "content-length": str(len(CONTENT)),
        "content-disposition": (
            "attachment; filename=\"Ubersicht _ mehr.pdf\"; filename*=UTF-8''%C3%9Cbersicht%20%26%20mehr.pdf"
        ),
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-store",
        "accept-ranges": "bytes",
    }


def test_link_lives_fifteen_minutes(document: dict[str, Any]) -> None:
    expires = int(httpx.URL(document["signedUrl"]).params["expires"])
    assert 890 <= expires - datetime.now(UTC).timestamp() <= 900
    link = urlsplit(document["signedUrl"])
    token = link.path.rpartition("/")[2]
    before, after = (datetime.fromtimestamp(expires + seconds, UTC) for seconds in (-1, 0))
    with unit_of_work(ANONYMOUS):
        assert links.read(token, link.query, before).path == document["gcsPath"]
        with pytest.raises(Exception, match="has expired"):
            links.read(token, link.query, after)


def test_link_that_has_expired_is_forbidden(store: LocalStore, document: dict[str, Any], get: Get) -> None:
    assert get(signed(store, document, timedelta(minutes=1))).status_code == 200
    for lifetime in (timedelta(0), timedelta(days=-1)):
        response = get(signed(store, document, lifetime))
        assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_link_with_any_character_changed_is_forbidden(document: dict[str, Any], get: Get) -> None:
    start = document["signedUrl"].index("/api/files/") + len("/api/files/")
    link = document["signedUrl"]
    alphabet = string.ascii_letters + string.digits + "-_"
    for at in range(start, len(link)):
        # Another letter, the same in the other case, and one that is not there.
        following = alphabet[(alphabet.find(link[at]) + 1) % len(alphabet)]
        for changed in {following, link[at].swapcase(), ""} - {link[at]}:
            altered = link[:at] + changed + link[at + 1 :]
            response = get(altered)
            # Without its question mark, or with another segment, it is another path altogether.
            assert response.status_code in (403, 404), altered
            assert response.status_code == 403 or link[at] == "?", altered


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link + "x",
        lambda link: link + "&x=1",
        lambda link: link.replace("expires=", "expires=0"),
        lambda link: link.replace("&", "&&"),
        lambda link: link.partition("?")[0],
        lambda link: link.partition("&")[0],
        lambda link: link.partition("&")[0] + "&signature=",
        lambda link: link.replace("?expires=", "?signature=x&expires="),
        lambda link: link.replace("/api/files/", "/api/files/%57", 1),
        lambda link: link.replace("/api/files/W", "/api/files/%57", 1),
        lambda link: link.replace("expires=", "%65xpires="),
        lambda link: link.replace("=", "%3D"),
        lambda link: link.replace("/api/files/", "/api/files/é", 1),
    ],
)
def test_link_written_in_another_way_is_forbidden(document: dict[str, Any], get: Get, change: Any) -> None:
    response = get(change(document["signedUrl"]))
    assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_link_cannot_name_another_file(member: Api, order: str, document: dict[str, Any], get: Get) -> None:
    other = member.get(f"{DOCUMENTS}/{uploaded(member, order, b'other')['id']}").json()
    token, signature = document["signedUrl"].split("?")
    other_token, other_signature = other["signedUrl"].split("?")
    assert get(other["signedUrl"]).content == b"other"
    for link in (f"{token}?{other_signature}", f"{other_token}?{signature}"):
        assert get(link).status_code == 403
    # Nor does a path of the store, or of the disk, lead anywhere.
    for path in (document["gcsPath"], "../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", ""):
        assert get(f"{member.address}/api/files/{path}?{signature}").status_code in (403, 404)


def test_link_ends_with_its_document(member: Api, document: dict[str, Any], get: Get) -> None:
    member.delete(f"{DOCUMENTS}/{document['id']}")
    response = get(document["signedUrl"])
    assert (response.status_code, error_code(response)) == (404, "not_found")


def test_link_reads_and_does_nothing_else(document: dict[str, Any], get: Get, store: LocalStore) -> None:
    head = get(document["signedUrl"], "HEAD")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(CONTENT)))
    for method in ("DELETE", "PUT", "POST", "PATCH"):
        response = get(document["signedUrl"], method, content=b"other")
        assert (response.status_code, error_code(response)) == (405, "method_not_allowed")
        assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert (store.folder / document["gcsPath"]).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-9", 206, CONTENT[:10]),
        ("bytes=1000-", 206, CONTENT[1000:]),
        ("bytes=255999-900000", 206, CONTENT[-1:]),
        ("bytes=-5", 200, CONTENT),
        ("bytes=5-2", 200, CONTENT),
        ("bytes=0-1,5-6", 200, CONTENT),
        ("lines=1-2", 200, CONTENT),
        ("bytes", 200, CONTENT),
    ],
)
def test_link_serves_a_part_of_the_file(
    document: dict[str, Any], get: Get, asked: str, status: int, content: bytes
) -> None:
    response = get(document["signedUrl"], headers={"Range": asked})
    assert (response.status_code, response.content) == (status, content)
    assert response.headers["content-type"] == "application/pdf"


def test_part_beyond_the_end_is_refused(document: dict[str, Any], get: Get) -> None:
    response = get(document["signedUrl"], headers={"Range": "bytes=256000-"})
    assert (response.status_code, response.headers["content-range"]) == (416, "bytes */256000")
    assert error_code(response) == "validation_failed"
