"""The document and the files of the page: compressed once, and not sent again to who has them."""

import gzip

import httpx
import pytest

from tests.server import Server

_PATHS = ["/api/openapi.json", "/api/openapi.yaml", "/api/docs/swagger-ui-bundle.js", "/api/docs/swagger-ui.css"]


def _raw(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[httpx.Response, bytes]:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    with httpx.stream(method, server.address + path, headers=given, trust_env=False) as response:
        return response, b"".join(response.iter_raw())


@pytest.mark.parametrize("path", _PATHS)
def test_content_is_compressed_when_asked(server: Server, path: str) -> None:
    plain, whole = _raw(server, path, accept_encoding="identity")
    compressed, body = _raw(server, path, accept_encoding="br, gzip;q=0.5")
    assert "content-encoding" not in plain.headers
    assert compressed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == whole
    assert len(body) < len(whole) / 2.5
    assert plain.headers["vary"] == compressed.headers["vary"] == "Accept-Encoding"
    assert plain.headers["content-type"] == compressed.headers["content-type"]
    assert plain.headers["etag"] != compressed.headers["etag"]
    for seen in (plain, compressed):
        again, nothing = _raw(server, path, if_none_match=seen.headers["etag"], accept_encoding="gzip")
        assert (again.status_code, nothing, again.headers["etag"]) == (304, b"", seen.headers["etag"])
        assert again.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", _PATHS)
def test_head_says_what_get_would_send(server: Server, path: str) -> None:
    for asked in ("gzip", "identity"):
        got, body = _raw(server, path, accept_encoding=asked)
        head, nothing = _raw(server, path, "HEAD", accept_encoding=asked)
        assert (head.status_code, nothing) == (200, b"")
        assert head.headers["content-length"] == str(len(body))
        for name in ("etag", "vary", "content-type"):
            assert head.headers[name] == got.headers[name]
        assert head.headers.get("content-encoding") == got.headers.get("content-encoding")


def test_what_is_small_is_sent_as_it_is(server: Server) -> None:
    response, body = _raw(server, "/api/docs/icon.svg", accept_encoding="gzip")
    assert "content-encoding" not in response.headers
    assert "vary" not in response.headers
    assert body.startswith(b"<svg")
