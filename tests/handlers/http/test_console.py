"""The console as the server sends it: one page, files that never change, a strict policy; and that it was built."""

import asyncio
import gzip
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send

from handlers.http import console
from handlers.http.access_log import POLICY
from pharus.config import Settings
from pharus.providers.firebase import EMULATOR_VARIABLE
from tests.api import Api
from tests.contract import wire
from tests.server import Server

_ROOT = Path(__file__).parents[3]
_SOURCES = _ROOT / "console"
_BUILT = _ROOT / "handlers" / "http" / "console_page"
_FOLDERS = ["src", "../clients/typescript/src"]
_FILES = ["index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"]
_MOST_BYTES = 150_000


def get(server: Server, path: str) -> httpx.Response:
    return Api(server.address).get(path)


def _linked(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="\./([^"]+)"', page)


@pytest.mark.no_database
def test_what_is_built_is_what_the_sources_say() -> None:
    """As console/digest.mjs computes it."""
    names = [
        f"{folder}/{path.relative_to(_SOURCES / folder).as_posix()}"
        for folder in _FOLDERS
        for path in (_SOURCES / folder).rglob("*.*")
    ]
    digest = hashlib.sha256()
    for name in sorted([*_FILES, *names]):
        digest.update(f"{name}\0".encode() + (_SOURCES / name).read_bytes() + b"\0")
    built = (_BUILT / "sources.sha256").read_text(encoding="ascii").strip()
    assert digest.hexdigest() == built, "console/ has changed since it was built: run `make console` (it needs node)."


def test_page_may_load_from_its_own_server_and_runs_nothing_within_it(server: Server) -> None:
    page = get(server, "/")
    assert page.headers["content-type"].startswith("text/html")
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert (policy.pop("img-src"), policy.pop("frame-src")) == ("'self' data:", "blob:")
    assert {policy.pop(name) for name in ("script-src", "style-src", "connect-src")} == {"'self'"}
    assert policy == dict.fromkeys(("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'")
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["referrer-policy"] == "no-referrer"
    # The policy would stop it.
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", page.text) == []


@pytest.fixture
def ask() -> Iterator[Callable[[str], httpx.Response]]:
    """The console by itself; afterwards it signs people in as the other tests of the process expect."""

    def get(path: str) -> httpx.Response:
        async def respond() -> httpx.Response:
            transport = httpx.ASGITransport(app=_with_policy)
            async with httpx.AsyncClient(transport=transport, base_url="http://pharus") as client:
                return await client.get(path)

        return asyncio.run(respond())

    yield get
    console.install(Settings())


_ROUTES = Starlette(routes=console.ROUTES)


async def _with_policy(scope: Scope, receive: Receive, send: Send) -> None:
    """Shows what the access log would send as the policy."""

    async def send_too(message: Message) -> None:
        if message["type"] == "http.response.start" and POLICY in scope:
            message["headers"].append((b"content-security-policy", scope[POLICY]))
        await send(message)

    await _ROUTES(scope, receive, send_too)


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("settings", "emulator", "asked", "address"),
    [
        (Settings(auth="firebase", firebase_project="demo-x"), None, "", None),
        # A key without Firebase is of no use.
        (Settings(firebase_api_key="key"), None, "", None),
        (
            Settings(auth="firebase", firebase_project="x", firebase_api_key="key"),
            None,
            " https://identitytoolkit.googleapis.com",
            "https://identitytoolkit.googleapis.com/v1",
        ),
        (
            Settings(auth="firebase", firebase_project="demo-x", firebase_api_key="key"),
            "127.0.0.1:9099",
            " http://127.0.0.1:9099",
            "http://127.0.0.1:9099/identitytoolkit.googleapis.com/v1",
        ),
    ],
)
def test_page_may_ask_firebase_alone_and_only_where_its_key_is_set(
    ask: Callable[[str], httpx.Response],
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    emulator: str | None,
    asked: str,
    address: str | None,
) -> None:
    if emulator is not None:
        monkeypatch.setenv(EMULATOR_VARIABLE, emulator)
    console.install(settings)
    policy = ask("/").headers["content-security-policy"].split("; ")
    assert f"connect-src 'self'{asked}" in policy
    firebase = None if address is None else {"address": address, "apiKey": "key"}
    assert ask("/console/sign-in").json() == {"firebase": firebase}


def test_files_are_asked_for_once_and_the_page_each_time(server: Server) -> None:
    page = get(server, "/")
    assert page.headers["cache-control"] == "no-cache"
    seen = httpx.get(f"{server.address}/", headers={"If-None-Match": page.headers["etag"]}, trust_env=False)
    assert seen.status_code == 304
    files = _linked(page.text)
    assert {Path(name).suffix for name in files} == {".js", ".css", ".svg"}
    for name in files:
        file = get(server, f"/{name}")
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
        # Its name says what is in it.
        assert re.search(r"-[\w-]{8}\.\w+$", name), name


def test_all_of_it_is_small(server: Server) -> None:
    page = get(server, "/")
    sent = [page.content, *(get(server, f"/{name}").content for name in _linked(page.text))]
    assert sum(len(gzip.compress(each, 9)) for each in sent) < _MOST_BYTES
    assert get(server, f"/{_linked(page.text)[0]}").status_code == 200


def test_page_stays_below_the_path_of_a_proxy_and_asks_nobody_else(server: Server) -> None:
    page = get(server, "/").text
    assert re.findall(r'(?:src|href)="/', page) == []
    assert "://" not in page


def test_icon_is_there_for_whoever_asks_for_it(server: Server) -> None:
    assert get(server, "/favicon.ico").headers["content-type"] == "image/vnd.microsoft.icon"


def test_link_of_an_invitation_leads_to_the_console(server: Server) -> None:
    token = "pharus_inv_Abc-123"
    response = get(server, f"/invitations/{token}")
    assert (response.status_code, response.headers["location"]) == (303, f"../#/invitations/{token}")
    # Whoever has it can join: no log shows it.
    assert token not in server.read_log()


@pytest.mark.parametrize("name", ["../index.html", "%2e%2e/sources.sha256", "..%2findex.html", "nope.js"])
def test_nothing_beside_its_files_is_sent(server: Server, name: str) -> None:
    head = f"GET /console/{name} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    (response,) = wire.exchange(server.address, [head.encode()])
    assert response.status == 404
