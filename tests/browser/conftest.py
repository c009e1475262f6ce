"""A headless Chromium, and a page in it. In every run for the story of the console, else on request: make browser."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests import factories
from tests.clients.relay import Relay
from tests.contract import audit
from tests.contract.judging import has_operation, judge
from tests.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")


def _chromium() -> str:
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise RuntimeError("no Chromium is installed; it needs one (on Debian: apt install chromium).")


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    # A container's root has no sandbox to give.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=_chromium(), args=arguments)
        yield running
        running.close()


@pytest.fixture(scope="module")
def own(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(environment, tmp_path_factory.mktemp("browser") / "log")
    yield running
    running.end()


@pytest.fixture
def origin(own: Server) -> Iterator[str]:
    """Where the page is; each response that comes from there is held against the document at the end."""
    with Relay(own.address) as relay:
        yield relay.address
    for each in relay.exchanges():
        path = urlsplit(each.target).path
        if has_operation(path):
            judge(each.method, path, each.status, each.headers, each.received, address=own.address)


@pytest.fixture
def relayed(server: Server) -> Iterator[str]:
    """The same for the shared server and a page that goes before it is answered: one that follows events does."""
    with Relay(server.address) as relay:
        yield relay.address
    whole, cut = relay.whole_exchanges()
    audit.give_up(server.address, cut)
    for each in whole:
        path = urlsplit(each.target).path
        if has_operation(path):
            judge(each.method, path, each.status, each.headers, each.received, address=server.address)


@dataclass
class Watched:
    """A page with what went wrong in it, and whom it asked."""

    page: "Page"
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)


@pytest.fixture
def watched(browser: "Browser") -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    found = Watched(page)
    page.on("console", lambda said: found.errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    page.on("request", lambda request: found.hosts.add(urlsplit(request.url).netloc))
    yield found
    # What is still under way would be cut off, and nobody could judge it.
    page.wait_for_load_state("networkidle")
    context.close()


@pytest.fixture
def token(organization: factories.Organization) -> str:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    return str(factories.make_api_token(organization.id, user.id))


@pytest.fixture(scope="module")
def node() -> Path:
    """The one that Playwright brings."""
    import playwright

    return Path(playwright.__file__).parent / "driver" / "node"
