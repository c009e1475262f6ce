"""The pages of plugins. As a plugin has one, on a real server: tests/example_plugin."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from handlers.http import plugin_pages
from pharus.console_pages import Page
from pharus.errors import ConfigurationError
from pharus.external import External
from pharus.hooks import Plugins, hookimpl

pytestmark = pytest.mark.no_database


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    folder = tmp_path / "pharus_page_labels"
    (folder / "console" / "parts").mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "secret.py").write_text("", encoding="utf-8")
    (folder / "console" / "index.html").write_text("<!doctype html><title>Labels</title>", encoding="utf-8")
    (folder / "console" / "parts" / "page.js").write_text("export {};", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield folder.name
    sys.modules.pop(folder.name, None)
    plugin_pages.install(Plugins([]))


def install(package: str, *pages: Page, name: str = "page_labels") -> None:
    module = __import__(package)
    module.made = hookimpl(lambda: list(pages), specname="console_pages")
    plugin_pages.install(Plugins([], [External(name, module)]))


def get(path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=Starlette(routes=plugin_pages.ROUTES))
        async with httpx.AsyncClient(transport=transport, base_url="http://pharus") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_menu_has_the_pages_of_all_plugins(package: str) -> None:
    install(package, Page("Labels", minimum_role="member"), Page("Parts", "parts/page.js"))
    assert get("/console/plugins").json() == {
        "data": [
            {
                "plugin": "page_labels",
                "title": "Labels",
                "path": "console/plugins/page-labels/index.html",
                "minimumRole": "member",
            },
            {
                "plugin": "page_labels",
                "title": "Parts",
                "path": "console/plugins/page-labels/parts/page.js",
                "minimumRole": "viewer",
            },
        ]
    }


def test_files_are_served_as_they_are_under_a_policy(package: str) -> None:
    install(package, Page("Labels"))
    page, script = get("/console/plugins/page-labels/index.html"), get("/console/plugins/page-labels/parts/page.js")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert (script.text, script.headers["content-type"]) == ("export {};", "text/javascript; charset=utf-8")
    assert page.headers["etag"] != script.headers["etag"]
    for shared in ("pharus.js", "pharus.css"):
        assert get(f"/console/plugins/{shared}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "page-labels/secret.py",
        "page-labels/../secret.py",
        "page-labels/%2e%2e/secret.py",
        "page-labels/",
        "other/index.html",
    ],
)
def test_nothing_else_of_the_package_is_served(package: str, path: str) -> None:
    install(package, Page("Labels"))
    assert get(f"/console/plugins/{path}").status_code == 404


def test_plugin_without_a_page_serves_no_file(package: str) -> None:
    install(package)
    assert get("/console/plugins/page-labels/index.html").status_code == 404
    assert get("/console/plugins").json() == {"data": []}


def test_page_without_a_file_refuses_the_start(package: str) -> None:
    with pytest.raises(ConfigurationError, match=r"page 'Labels', and no file console/labels\.html in its package"):
        install(package, Page("Labels", "labels.html"))
