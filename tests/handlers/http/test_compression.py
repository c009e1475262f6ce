"""gzip for those who ask for it."""

import gzip
import zlib
from typing import Any

import httpx
import pytest

from handlers.http import compression
from handlers.http.responses import Response
from tests import factories
from tests.api import Api
from tests.contract.judging import conforms, document
from tests.factories import Organization
from tests.plugins.purchase_orders.buying import Buying

_LONG = "What is known of this vendor. " * 40
_ASKING = {"Accept-Encoding": "gzip"}
_PLAINLY = {"Accept-Encoding": "identity"}


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("GZip", True),
        ("x-gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("deflate, gzip;q=0.001", True),
        (" gzip ; q=1 ", True),
        ("*", True),
        ("*;q=0.5", True),
        ("identity;q=0, *", True),
        ("gzip, identity", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("identity, gzip;q=0.5", False),
        ("br, zstd", False),
        ("gzippy", False),
        ("gzip;q=", False),
        ("gzip;q=nan", False),
        ("gzip;q=-1", False),
        ("", False),
        ("gzip, " * 100, False),
    ],
)
def test_weights_are_read(header: str, accepted: bool) -> None:
    assert compression.accepts(header.encode()) is accepted


def _encoded(body: bytes, **headers: str) -> Response:
    response = Response(200, body, headers=[("etag", '"a"')])
    compression.encode(response, {name.encode(): value.encode() for name, value in headers.items()})
    return response


def test_what_is_small_or_not_asked_for_stays_as_it_is() -> None:
    small, large = b"a" * (compression.LEAST_BYTES - 1), b"a" * compression.LEAST_BYTES
    asked = {"accept-encoding": "gzip"}
    assert _encoded(small, **asked).headers == Response(200, small, headers=[("etag", '"a"')]).headers
    assert _encoded(large).headers == [*Response(200, large, headers=[("etag", '"a"')]).headers, compression.VARY]
    compressed = _encoded(large, **asked)
    assert gzip.decompress(compressed.body) == large
    assert dict(compressed.headers) == {
        b"content-type": b"application/json",
        b"content-length": b"%d" % len(compressed.body),
        b"content-encoding": b"gzip",
        b"etag": b'"a-gzip"',
        b"vary": b"Accept-Encoding",
    }
    assert len(compressed.headers) == 5


def _send(caller: Api, method: str, path: str, headers: dict[str, str], **body: Any) -> httpx.Response:
    request = {"headers": {**caller.headers, **headers}, **body}
    response = httpx.request(method, caller.address + path, trust_env=False, **request)
    conforms(response)
    return response


def _size(response: httpx.Response) -> int:
    """Of its body, as it came."""
    return int(response.headers["content-length"])


def test_list_and_record_are_compressed_when_asked(viewer: Api, organization: Organization) -> None:
    id = factories.make_vendor(organization.id, notes=_LONG)
    for path in ("/api/vendors", f"/api/vendors/{id}"):
        plain = _send(viewer, "GET", path, _PLAINLY)
        assert "content-encoding" not in plain.headers
        compressed = _send(viewer, "GET", path, _ASKING)
        assert compressed.headers["content-encoding"] == "gzip"
        assert _size(compressed) < _size(plain) / 2
        assert compressed.content == plain.content
        assert plain.headers["vary"] == compressed.headers["vary"] == "Accept-Encoding"
        assert plain.headers["cache-control"] == compressed.headers["cache-control"] == "no-store"


def test_refusal_is_compressed_too(member: Api) -> None:
    body = {"json": {f"unknown{number}": 1 for number in range(60)}}
    plain = _send(member, "POST", "/api/vendors", _PLAINLY, **body)
    compressed = _send(member, "POST", "/api/vendors", _ASKING, **body)
    assert plain.status_code == compressed.status_code == 422
    assert compressed.headers["content-encoding"] == "gzip"
    assert compressed.content == plain.content


def test_secret_is_never_compressed(admin: Api) -> None:
    path = "/api/organizations/current/invitations"
    for number in range(8):
        body = {"json": {"email": f"helper{number}@example.com", "role": "member"}}
        assert _send(admin, "POST", path, _ASKING, **body).status_code == 201
    invitations = _send(admin, "GET", path, _ASKING)
    assert _size(invitations) > compression.LEAST_BYTES
    assert "content-encoding" not in invitations.headers
    assert "vary" not in invitations.headers


def test_document_says_of_each_secret_that_it_is_one() -> None:
    """What has a token or a signed link in a successful response."""
    of_secrets = {"token", "signedUrl"}
    schemas = document()["components"]["schemas"]
    with_secrets = {name for name, schema in schemas.items() if of_secrets & set(schema.get("properties", {}))}
    assert {"ApiTokenCreated", "Invitation", "DocumentDetail"} <= with_secrets
    for operation in (each for item in document()["paths"].values() for each in item.values()):
        for status, response in operation["responses"].items():
            if status.startswith("2") and _names(response, schemas) & with_secrets:
                assert operation.get("x-no-store"), operation["operationId"]


def _names(node: Any, schemas: dict[str, Any]) -> set[str]:
    """The components that a response is made of."""
    if isinstance(node, list):
        return set().union(*(_names(each, schemas) for each in node))
    if not isinstance(node, dict):
        return set()
    name = str(node.get("$ref", "")).rpartition("/")[2]
    found = {name} | _names(schemas[name], schemas) if name in schemas else set()
    return found.union(*(_names(each, schemas) for key, each in node.items() if key != "links"))


def test_version_of_a_compressed_response_is_another_etag_of_the_same_version(
    member: Api, organization: Organization
) -> None:
    path = f"/api/vendors/{factories.make_vendor(organization.id, notes=_LONG)}"
    plain = _send(member, "GET", path, _PLAINLY)
    etag, marked = plain.headers["etag"], _send(member, "GET", path, _ASKING).headers["etag"]
    assert marked == etag[:-1] + '-gzip"'
    # Whoever has either of them has it, whatever they would be sent.
    for seen in (etag, marked):
        for asked in (_PLAINLY, _ASKING):
            again = _send(member, "GET", path, {**asked, "If-None-Match": seen})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", seen)
            assert again.headers["vary"] == "Accept-Encoding"
            assert "content-encoding" not in again.headers
    changed = _send(member, "PATCH", path, {**_ASKING, "If-Match": marked}, json={"name": "A"})
    assert changed.status_code == 200
    # In the form in which the caller knows it.
    for stale, now in ((marked, changed.headers["etag"]), (etag, changed.headers["etag"].replace("-gzip", ""))):
        refused = _send(member, "PATCH", path, {**_ASKING, "If-Match": stale}, json={"name": "B"})
        assert (refused.status_code, refused.headers["etag"]) == (412, now)
    weak = _send(member, "PATCH", path, {**_ASKING, "If-Match": f"W/{now}"}, json={"name": "B"})
    assert weak.status_code == 412
    listed = _send(member, "PATCH", path, {**_PLAINLY, "If-Match": f"{marked}, {now}"}, json={"name": "B"})
    assert listed.status_code == 200


def test_pdf_is_compressed_by_itself(member: Api, organization: Organization) -> None:
    order = Buying(organization, member).order()["purchaseOrder"]["id"]
    response = _send(member, "GET", f"/api/purchase-orders/{order}/pdf", _ASKING)
    assert response.content.startswith(b"%PDF")
    assert "content-encoding" not in response.headers


def test_compressed_stream_is_whole() -> None:
    body = bytes(range(256)) * 64
    stream = zlib.decompressobj(wbits=31)
    assert stream.decompress(compression.compress(body)) == body
    assert stream.eof
