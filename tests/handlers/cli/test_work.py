"""`pharus work`: a process that delivers what servers leave to it."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import database, launcher
from tests.plugins.webhooks import receiver
from tests.plugins.webhooks.receiver import Receiver
from tests.plugins.webhooks.shop import Shop
from tests.waiting import wait_until


@pytest.fixture
def program() -> Iterator[Receiver]:
    with receiver.running() as running:
        yield running


def test_webhooks_are_delivered_until_it_is_told_to_end(
    migrated: str, environment: dict[str, str], program: Receiver, tmp_path: Path
) -> None:
    shop = Shop()
    shop.endpoint(program.url)
    shop.vendor("one")
    environment = {**environment, "PHARUS_DATABASE_URL": migrated, "PHARUS_WEBHOOK_ALLOW": "127.0.0.1"}
    with (tmp_path / "log").open("wb") as log:
        process = launcher.start("handlers.cli", ["work"], environment, log, log)
    try:
        wait_until(lambda: program.names() == ["one"], 60)
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)
    assert code == 128 + signal.SIGTERM, (tmp_path / "log").read_text()
    assert "Working" in (tmp_path / "log").read_text()
    assert database.execute(migrated, "SELECT claim_id FROM webhook_progress") == [(None,)]
