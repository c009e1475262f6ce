"""Events over the API to a program of a developer's, that may not be there yet."""

import threading
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path

import httpcore
import httpx
import pytest
from standardwebhooks import Webhook

from handlers.cli.listener import Listener
from pharus.errors import ConfigurationError
from tests.api import Api
from tests.contract.judging import conforms
from tests.plugins.webhooks import receiver
from tests.plugins.webhooks.receiver import Receiver
from tests.waiting import wait_until


@pytest.fixture(autouse=True)
def judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server answers is held against the document, as what every test receives."""
    request = Listener._request

    def judge(
        self: Listener, method: str, url: str, headers: dict[str, str], body: bytes | None = None
    ) -> httpcore.Response:
        response = request(self, method, url, headers, body)
        if url.startswith(f"{self._address}/api/"):
            conforms(
                httpx.Response(
                    response.status,
                    headers=response.headers,
                    content=response.content,
                    request=httpx.Request(method, url, headers=headers),
                )
            )
        return response

    monkeypatch.setattr(Listener, "_request", judge)


@pytest.fixture
def program() -> Iterator[Receiver]:
    with receiver.running() as running:
        yield running


def lines(listener: Listener, count: int) -> list[str]:
    return list(islice(listener.run(), count))


def test_what_happens_from_now_on_is_forwarded_signed_and_a_file_says_where_to_go_on(
    admin: Api, program: Receiver, tmp_path: Path
) -> None:
    resume = tmp_path / "listen.json"
    admin.post("/api/vendors", {"name": "before"})
    # While other transactions are open, it cannot be read yet, and would come later than what is listened to.
    wait_until(lambda: "vendor.created" in {each["type"] for each in admin.get("/api/events").json()["data"]})

    def listener(types: str = "vendor.*") -> Listener:
        return Listener(program.url, admin.address, str(admin.token), types, resume)

    first, said = listener(), list[str]()
    thread = threading.Thread(target=lambda: said.extend(lines(first, 2)), daemon=True)
    thread.start()
    wait_until(resume.exists)
    for name in ("one", "two"):
        admin.post("/api/vendors", {"name": name})
    thread.join(30)
    assert program.names() == ["one", "two"]
    assert [line.split()[1::2] for line in said] == [["vendor.created", "[204]", "ms"]] * 2
    for request in program.requests:
        assert Webhook(first.secret).verify(request.body, request.headers) == request.event
    assert resume.stat().st_mode & 0o077 == 0
    admin.post("/api/vendors", {"name": "three"})
    second = listener()
    assert second.secret == first.secret
    # What was sent and not noted is sent again.
    lines(second, 3)
    assert program.names()[-1] == "three"


def test_program_that_is_not_there_is_waited_for_and_its_refusal_is_said(
    admin: Api, program: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.cli.listener._SECONDS", 0.01)
    resume = tmp_path / "listen.json"
    lost = iter([True, True])

    def answer(request: object) -> int:
        if next(lost, False):
            raise ConnectionResetError
        return 500

    program.answer = answer
    listener = Listener(program.url, admin.address, str(admin.token), "vendor.*", resume)
    run: Generator[str, None, None] = listener.run()
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.extend(islice(run, 2)), daemon=True)
    thread.start()
    wait_until(resume.exists)
    admin.post("/api/vendors", {"name": "one"})
    thread.join(30)
    run.close()
    assert "does not answer" in said[0]
    assert "[500]" in said[1]
    assert len(program.requests) == 3


def test_server_that_is_away_is_waited_for_and_one_that_refuses_is_said(admin: Api, program: Receiver) -> None:
    away = Listener(program.url, "http://127.0.0.1:1", "x", "", None)
    assert "does not answer" in next(away.run())
    with pytest.raises(ConfigurationError, match="answers 401"):
        next(Listener(program.url, admin.address, "pharus_pat_x", "", None).run())


def test_what_is_no_url_or_no_file_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is no URL"):
        Listener("localhost:3000", "http://127.0.0.1:8000", "x", "", None)
    file = tmp_path / "notes.txt"
    file.write_text("milk")
    with pytest.raises(ConfigurationError, match="is no file"):
        Listener("http://localhost:3000", "http://127.0.0.1:8000", "x", "", file)
