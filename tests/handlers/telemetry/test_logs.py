import asyncio
import io
import json
import logging
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from handlers.telemetry import logs
from handlers.telemetry.logs import ConsoleFormatter, JsonFormatter
from pharus.providers import LocalProvider
from tests import database
from tests.api import Api
from tests.server import Server

PASSWORD = "the-password-of-the-database"
SMTP_PASSWORD = "the-password-of-the-mail-server"


def record_of(message: str, **extra: object) -> logging.LogRecord:
    try:
        raise RuntimeError("the reason")
    except RuntimeError:
        record = logging.LogRecord("pharus.x", logging.ERROR, __file__, 1, message, None, sys.exc_info())
    vars(record).update(extra)
    return record


class _Pieces(io.BytesIO):
    """Keeps what was written at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def flush(self) -> None:
        if self.getvalue():
            self.pieces.append(self.getvalue())
            self.truncate(0)
            self.seek(0)


def test_lines_that_follow_one_another_are_written_together(monkeypatch: pytest.MonkeyPatch) -> None:
    written = _Pieces()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(written))
    lines = [b"%03d %s" % (number, b"x" * 500) for number in range(40)]

    async def write_all() -> None:
        for line in lines:
            logs.write_line(line)
        # The last ones wait for a few milliseconds.
        await asyncio.sleep(1)

    logs.flush()
    asyncio.run(write_all())
    assert b"".join(written.pieces) == b"".join(line + b"\n" for line in lines)
    assert len(written.pieces) < 10
    # A pipe takes no more in one piece.
    assert max(map(len, written.pieces)) <= 4096


def test_lines_that_wait_are_written_when_the_process_ends() -> None:
    program = """
import asyncio
from handlers.telemetry import logs

async def write_both():
    logs.write_line(b"first")
    logs.write_line(b"last")

asyncio.run(write_both())
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stderr == "first\nlast\n"


def test_json_formatter_shows_what_is_logged_with_its_exception() -> None:
    line = JsonFormatter().format(record_of("internal\nerror", requestId="4711"))
    assert "\n" not in line
    shown = json.loads(line)
    assert (shown["level"], shown["logger"], shown["message"]) == ("error", "pharus.x", "internal\nerror")
    assert shown["requestId"] == "4711"
    assert "RuntimeError: the reason" in shown["exception"]


def test_console_exception_cannot_look_like_a_line_of_ours() -> None:
    """An exception may quote what a client sent."""
    try:
        raise RuntimeError("no\n12:00:00 GET /forged 200 1.0 ms\r\x1b[31m\u2028")
    except RuntimeError:
        record = logging.LogRecord("pharus.x", logging.ERROR, __file__, 1, "internal error", None, sys.exc_info())
    _, *rest = ConsoleFormatter().format(record).split("\n")
    assert r"  12:00:00 GET /forged 200 1.0 ms\r\x1b[31m\u2028" in rest
    assert all(line.startswith("  ") and line.isprintable() for line in rest)


def test_console_formatter_names_the_request_of_an_error() -> None:
    first, *rest = ConsoleFormatter().format(record_of("internal\nerror", requestId="4711")).splitlines()
    assert first.endswith(r"ERROR internal\nerror [4711]")
    assert rest[-1] == "  RuntimeError: the reason"


@pytest.mark.parametrize("formatter", [JsonFormatter(), ConsoleFormatter()])
def test_formatters_take_values_of_any_kind(formatter: logging.Formatter) -> None:
    assert "x" in formatter.format(record_of("x", error=ValueError("y"), mapping={1: object()}))


@pytest.fixture
def talkative(migrated_url: str, environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    """A server that logs all it can, with a database of its own that may go away."""
    mark = "&" if urlsplit(migrated_url).query else "?"
    running = Server(
        {
            **environment,
            "PHARUS_DATABASE_URL": f"{migrated_url}{mark}password={PASSWORD}",
            "PHARUS_LOG_LEVEL": "debug",
            "PHARUS_SLOW_REQUEST_MILLISECONDS": "1",
            "PHARUS_SLOW_STATEMENT_MILLISECONDS": "1",
            # Nobody listens there.
            "PHARUS_SMTP_URL": f"smtp://mailer:{SMTP_PASSWORD}@127.0.0.1:9",
        },
        tmp_path / "log",
    )
    yield running
    assert running.stop() == 0


def sign_up(server: Server, provider: LocalProvider) -> Api:
    """An owner of a new organization."""
    email = f"{secrets.token_hex(4)}@example.com"
    visitor = Api(server.address, provider.issue(email))
    visitor.post("/api/user", {"email": email}).raise_for_status()
    created = visitor.post("/api/organizations", {"name": "Soap", "slug": f"s{secrets.token_hex(8)}"})
    created.raise_for_status()
    return Api(server.address, visitor.token, created.json()["organization"]["id"])


def entries(server: Server) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.read_log().split("\n") if line.startswith("{")]


def test_no_line_has_a_secret(talkative: Server, local_provider: LocalProvider) -> None:
    owner = sign_up(talkative, local_provider)
    assert owner.token
    created = owner.post("/api/user/api-tokens", {"name": "till", "orgId": owner.org_id}).json()
    invited = owner.post("/api/organizations/current/invitations", {"email": "new@example.com", "role": "member"})
    invited.raise_for_status()
    pat = Api(talkative.address, created["plaintext"])
    assert pat.post("/api/vendors", {"name": "Palm and Sons", "notes": "a secret of a customer"}).status_code == 201
    assert pat.get("/api/vendors", q="a secret search").status_code == 200
    assert Api(talkative.address, "pharus_pat_" + "x" * 32).get("/api/vendors").status_code == 401
    assert Api(talkative.address, owner.token + "tampered").get("/api/user").status_code == 401
    log = talkative.read_log()
    # It does log what is slow, and so the texts that these values went along with.
    assert any(entry["logger"] == "pharus.statements" for entry in entries(talkative))
    hidden = {
        "ID token": owner.token,
        "API token": created["plaintext"],
        "wrong API token": "x" * 32,
        "password of the database": PASSWORD,
        "password of the mail server": SMTP_PASSWORD,
        "text of a body": "a secret of a customer",
        "text of a query": "a secret search",
        "token of the invitation": invited.json()["token"],
    }
    assert [name for name, secret in hidden.items() if secret in log] == []


def test_outage_of_the_database_is_named_once_and_once_more_when_it_is_over(
    talkative: Server, migrated_url: str, local_provider: LocalProvider
) -> None:
    owner = sign_up(talkative, local_provider)
    name = urlsplit(migrated_url).path.strip("/")
    admin = database.server_url()
    database.execute(admin, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    database.execute(admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)
    answers = [owner.get("/api/vendors") for _ in range(30)]
    assert {answer.status_code for answer in answers} == {503}
    refused = {answer.headers["x-request-id"] for answer in answers}
    lines = entries(talkative)
    own = [line for line in lines if line["logger"] == "pharus.access" and line["requestId"] in refused]
    assert {(line["status"], line["level"], line["problem"]) for line in own} == {
        (503, "warning", "service_unavailable")
    }
    about = [line for line in lines if line.get("requestId") in refused and line["logger"] != "pharus.access"]
    named = [line["message"] for line in lines if line["logger"] == "pharus.outages"]
    assert len(named) == len(set(named)) <= 2
    # PgBouncer keeps to its own log what PostgreSQL told it.
    cause = "server closed the connection" if database.is_pooled() else "not currently accepting connections"
    assert any(cause in message for message in named), named
    # The statement that met the end of its connection may have been slow.
    assert {line["logger"] for line in about} <= {"pharus.outages", "pharus.statements"}
    database.execute(admin, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    # A success within five seconds of a failure ends nothing.
    deadline = time.monotonic() + 30
    while not any("does its work again" in line.get("message", "") for line in entries(talkative)):
        assert time.monotonic() < deadline
        assert owner.get("/api/vendors").status_code in (200, 503)
        time.sleep(0.5)
    assert owner.get("/api/vendors").status_code == 200
    assert len([line for line in entries(talkative) if "does its work again" in line.get("message", "")]) == 1


def test_level_leaves_out_what_is_below(environment: dict[str, str], tmp_path: Path, member: Api) -> None:
    running = Server({**environment, "PHARUS_LOG_LEVEL": "warning"}, tmp_path / "log")
    api = Api(running.address, member.token)
    assert api.get("/api/vendors").status_code == 200
    assert running.stop() == 0
    assert entries(running) == []
