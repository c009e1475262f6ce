"""What the server answers beside the operations: the reference page, the document, health; and to other methods."""

import re
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from handlers import spec
from pharus import openapi
from tests.api import Api, error_code
from tests.contract.judging import document
from tests.server import Server

_PLAIN = ["/healthz", "/readyz", "/api/openapi.json", "/api/openapi.yaml", "/api/openapi-3.1.json", "/api/docs/"]
_PLAIN += ["/", "/favicon.ico"]
_METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"]

_ROUTES: dict[str, list[str]] = {}
for _route, _method, _ in openapi.operations(document()):
    _ROUTES.setdefault(_route, []).append(_method.upper())


def test_docs_page_and_its_assets_come_from_the_server(server: Server) -> None:
    address = f"{server.address}/api/docs"
    with httpx.Client(follow_redirects=True, trust_env=False) as client:
        page = client.get(address)
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        links = re.findall(r"""(?:src|href|url)\s*[=:]\s*["']([^"']+)["']""", page.text)
        assert {urlsplit(link).netloc for link in links} == {""}, links
        assert "://" not in page.text
        assets = [link for link in links if link.endswith((".js", ".css", ".svg"))]
        assert len(assets) >= 4
        for link in assets:
            asset = client.get(urljoin(str(page.url), link))
            assert asset.status_code == 200, link
            assert asset.content, link
            assert asset.headers["x-request-id"]


def test_icon_is_one(server: Server) -> None:
    icon = httpx.get(f"{server.address}/favicon.ico", trust_env=False)
    assert icon.headers["content-type"] == "image/vnd.microsoft.icon"
    # The signature of the format, and three sizes.
    assert icon.content[:6] == bytes([0, 0, 1, 0, 3, 0])


def test_openapi_is_the_document(server: Server) -> None:
    # Through the same reader as the server's own: what is compared is the content, not how YAML spells it.
    expected = spec.read(spec.path())
    assert httpx.get(f"{server.address}/api/openapi.json", trust_env=False).json() == expected
    answer = httpx.get(f"{server.address}/api/openapi.yaml", trust_env=False)
    assert answer.headers["content-type"] == "application/yaml"
    assert openapi.parse(answer.text) == expected


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_ok(server: Server, path: str) -> None:
    answer = httpx.get(server.address + path, trust_env=False)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("path", _PLAIN)
def test_head_answers_as_get_without_a_body(server: Server, path: str) -> None:
    plainly = {"Accept-Encoding": "identity"}
    got = httpx.get(server.address + path, headers=plainly, trust_env=False)
    head = httpx.head(server.address + path, headers=plainly, trust_env=False)
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    # The state in /readyz is asked for anew each time; its length is the same all the same.
    assert head.headers["content-length"] == str(len(got.content))
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("route", sorted(_ROUTES))
def test_other_methods_answer_with_all_methods_of_the_path(anonymous: Api, route: str) -> None:
    allow = ", ".join(sorted(_ROUTES[route]))
    path = re.sub(r"\{[^}]+\}", "01935d6c-7b1a-7c3e-8f00-000000000001", route)
    for method in [*sorted(set(_METHODS) - set(_ROUTES[route])), "TRACE", "PROPFIND"]:
        answer = anonymous.request(method, path)
        assert (answer.status_code, error_code(answer)) == (405, "method_not_allowed"), method
        assert answer.headers["allow"] == allow
    answer = anonymous.request("OPTIONS", path)
    assert answer.status_code == 200
    assert answer.headers["allow"] == allow
    # The document declares no HEAD; its answer has the headers of a 405 and, as HTTP wants it, no body.
    answer = anonymous.request("HEAD", path)
    assert (answer.status_code, answer.content, answer.headers["allow"]) == (405, b"", allow)


@pytest.mark.parametrize("path", _PLAIN)
def test_other_methods_of_plain_paths_are_refused(anonymous: Api, path: str) -> None:
    for method in ("POST", "PATCH", "PUT", "DELETE", "OPTIONS"):
        answer = anonymous.request(method, path)
        assert (answer.status_code, error_code(answer)) == (405, "method_not_allowed"), method
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/favicon.png", "/nope", "/api/nope", "/api/vendors/", "/api/docs/nope.js"]
)
def test_unknown_path_is_not_found(anonymous: Api, path: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        answer = anonymous.request(method, path)
        # Below the page are only files, which nobody can post to.
        if path.startswith("/api/docs/") and method != "GET":
            assert (answer.status_code, error_code(answer)) == (405, "method_not_allowed")
        else:
            assert (answer.status_code, error_code(answer)) == (404, "not_found"), method


def test_request_ids_differ(server: Server, anonymous: Api) -> None:
    paths = [*_PLAIN, "/nope", "/api/vendors", "/api/docs", "/healthz"]
    ids = [anonymous.get(path).headers["x-request-id"] for path in paths]
    assert len(set(ids)) == len(paths)
    log = server.read_log()
    assert all(request_id in log for request_id in ids)
