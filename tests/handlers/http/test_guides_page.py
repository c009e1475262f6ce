"""The guides as the server shows them: whole, linked with each other and the reference, and without a script."""

import re
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
import yaml

from codegen.arazzo import ORDER, SUFFIX
from pharus import openapi
from tests.contract.judging import document
from tests.guides.runner import FOLDER
from tests.server import Server

_PAGES = ["", *ORDER]
# As the reference names what it shows.
_OPERATIONS = {f"{each['tags'][0]}/{each['operationId']}" for _, _, each in openapi.operations(document())}


def _get(server: Server, path: str) -> httpx.Response:
    return httpx.get(f"{server.address}/api/docs/guides{path}", trust_env=False)


@pytest.mark.parametrize("name", _PAGES)
def test_page_runs_nothing_and_what_it_links_to_is_there(name: str, server: Server) -> None:
    page = _get(server, f"/{name}")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert {policy.pop(each) for each in ("style-src", "img-src")} == {"'self'"}
    assert policy == dict.fromkeys(("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'")
    assert (page.headers["x-frame-options"], page.headers["referrer-policy"]) == ("DENY", "no-referrer")
    # The policy would stop it.
    assert re.findall(r"<script|<style| style=| on[a-z]+=", page.text) == []
    links = {urljoin(str(page.url), each) for each in re.findall(r'(?:href|src)="([^"]+)"', page.text)}
    ours = {each for each in links if each.startswith(server.address)}
    assert {urlsplit(each).netloc for each in links - ours} <= {"jqlang.org", "spec.openapis.org"}
    for each in sorted({each.partition("#")[0] for each in ours}):
        assert httpx.get(each, trust_env=False).status_code == 200, each
    for operation in (each.rpartition("#/")[2] for each in ours if "#/" in each):
        assert operation in _OPERATIONS


@pytest.mark.parametrize("name", ORDER)
def test_workflow_finds_the_document_here_as_in_a_checkout(name: str, server: Server) -> None:
    answer = _get(server, f"/{name}{SUFFIX}")
    assert answer.headers["content-type"] == "application/yaml"
    assert answer.content == (FOLDER / f"{name}{SUFFIX}").read_bytes()
    ((source),) = yaml.safe_load(answer.text)["sourceDescriptions"]
    assert urljoin(str(answer.url), source["url"]) == f"{server.address}/api/openapi.yaml"
    assert (FOLDER / source["url"]).resolve() == FOLDER.parents[1] / "openapi.yaml"


def test_folder_leads_to_the_index_and_the_reference_to_both(server: Server) -> None:
    assert (_get(server, "").status_code, _get(server, "").headers["location"]) == (307, "guides/")
    assert 'href="guides/"' in httpx.get(f"{server.address}/api/docs/", trust_env=False).text


@pytest.mark.parametrize(
    "path", ["/nope", "/index.html", "/buy.html", "/guides_page.py", "/buy/", "/..%2Fopenapi.json"]
)
def test_nothing_else_is_there(path: str, server: Server) -> None:
    assert _get(server, path).status_code == 404
