"""What the reference page may do in a browser; that it and its assets are served is in contract/test_docs_page.py."""

import re
from importlib.metadata import version

import httpx
import pytest

from tests.api import Api
from tests.contract import wire
from tests.server import Server

_FILES = ["start.js", "document.js", "navigation.js", "samples.js", "viewer.js", "page.css", "icon.svg"]
_OF_SWAGGER_UI = ["swagger-ui-bundle.js", "swagger-ui.css"]
PAGES = ["/", "/api/docs", "/api/docs/", *(f"/api/docs/{name}" for name in (*_FILES, *_OF_SWAGGER_UI))]
OTHERS = [
    "/healthz",
    "/readyz",
    "/api/openapi.json",
    "/api/openapi.yaml",
    "/api/vendors",
    "/nowhere",
    "/api/docs/no.js",
]


def get(server: Server, path: str) -> httpx.Response:
    return Api(server.address).get(path)


def test_page_may_load_from_its_own_server_and_runs_nothing_within_it(server: Server) -> None:
    page = get(server, "/api/docs/")
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert policy.pop("img-src") == "'self' data:"
    assert {policy.pop(name) for name in ("script-src", "style-src", "connect-src")} == {"'self'"}
    assert policy == dict.fromkeys(("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'")
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["referrer-policy"] == "no-referrer"
    # The policy would stop it.
    assert re.findall(r"<script(?! src=)|<style| style=| on[a-z]+=", page.text) == []


def test_page_shows_our_document_and_asks_nobody_else(server: Server) -> None:
    assert 'fetch("../openapi.json")' in get(server, "/api/docs/start.js").text
    # Swagger UI's validator badge would send the document's address elsewhere.
    assert "validatorUrl: null" in get(server, "/api/docs/viewer.js").text
    for name in _FILES:
        addresses = re.findall(r"\w+://[^\"\s]+", get(server, f"/api/docs/{name}").text)
        # The name of the language that the icon is written in.
        assert addresses == (["http://www.w3.org/2000/svg"] if name == "icon.svg" else []), name


def test_page_loads_every_file_of_ours_and_no_other(server: Server) -> None:
    page = get(server, "/api/docs/").text
    named = set(re.findall(r'(?:src|href)="([^"#]+)"', page)) - {"../openapi.json", "guides/"}
    assert named == {*_FILES, *_OF_SWAGGER_UI}
    for name in _FILES:
        if name.endswith(".js"):
            text = get(server, f"/api/docs/{name}").text
            assert set(re.findall(r'from "\./([^"]+)"', text)) <= set(_FILES)
            # Whatever holds a token must not keep it, nor hand it on.
            assert "localStorage" not in text
            assert "innerHTML" not in text


def test_page_is_the_swagger_ui_of_the_installed_package(server: Server) -> None:
    assert get(server, "/api/docs/VERSION").text.strip().lstrip("v") == version("flask-swagger-ui")
    assert "Apache License, Version 2.0" in get(server, "/api/docs/LICENSE").text


@pytest.mark.parametrize("name", ["../__init__.py", "%2e%2e/__init__.py", "..%2f__init__.py", "/etc/passwd"])
def test_page_serves_no_file_beside_its_own(server: Server, name: str) -> None:
    head = f"GET /api/docs/{name} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    (response,) = wire.exchange(server.address, [head.encode()])
    assert response.status == 404


def test_page_stays_below_the_path_of_a_proxy(server: Server) -> None:
    assert get(server, "/api/docs").headers["location"] == "docs/"
    assert re.findall(r'(?:src|href)="(/[^"]*)"', get(server, "/api/docs/").text) == []


@pytest.mark.parametrize("path", PAGES + OTHERS)
def test_every_response_is_taken_for_what_it_says(server: Server, path: str) -> None:
    response = get(server, path)
    assert response.headers.get_list("x-content-type-options") == ["nosniff"]
    assert len(response.headers.get_list("content-security-policy")) == 1


@pytest.mark.parametrize("path", OTHERS)
def test_response_that_is_no_page_runs_nothing_and_is_shown_in_no_frame(server: Server, path: str) -> None:
    policy = get(server, path).headers["content-security-policy"]
    assert policy == "default-src 'none'; frame-ancestors 'none'"
