"""A second server for the operations that send mail or are limited by address, and a database without a server."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pharus import storage
from pharus.config import Settings
from tests.plugins.platform import mailbox
from tests.plugins.platform.mailbox import Mailbox
from tests.server import Server


@pytest.fixture(scope="session")
def post_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    """What the servers of all processes of the run send, on the database that they share."""
    own = tmp_path_factory.getbasetemp()
    with mailbox.running((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "mail") as running:
        yield running


@pytest.fixture(scope="session")
def mailing_server(
    environment: dict[str, str], post_office: Mailbox, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Sends mail to `post_office`, and counts no requests: all tests call from the same address."""
    running = Server(
        {
            **environment,
            "PHARUS_RATE_LIMITS": "off",
            "PHARUS_SMTP_URL": f"smtp://{post_office.host}:{post_office.port}",
            "PHARUS_MAIL_FROM": "Pharus <invitations@example.com>",
            "PHARUS_PUBLIC_URL": "https://app.example.com/",
        },
        tmp_path_factory.mktemp("mailing") / "log",
    )
    yield running
    assert running.stop() == 0, running.read_log()[-2000:]


@pytest.fixture
def scratch_tables(migrated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a database of the test's own that no server sweeps."""
    monkeypatch.setattr(storage, "_installed", storage.create_store(Settings(data=tmp_path)))
    return migrated
