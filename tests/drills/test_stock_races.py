"""Sixteen clients change the same stock for a minute, while the history is counted and read: nothing is lost.

DRILL_SECONDS is how long, DRILL_SECONDS=10 for a short one.
"""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import click
import pytest

from pharus import migrations
from pharus.db import db
from plugins import manager
from plugins.inventory import history
from tests import factories
from tests.api import Api
from tests.plugins.purchase_orders.buying import Buying
from tests.plugins.purchase_orders.racing import STEPS, Maker, hammer, make
from tests.server import Server

SECONDS = float(os.environ.get("DRILL_SECONDS", "60"))

pytestmark = [pytest.mark.drills, pytest.mark.long]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_stock_is_exact_after_a_minute_of_races(
    scratch: str, environment: dict[str, str], tmp_path: Path, workers: str
) -> None:
    migrations.apply(migrations.read(manager.sources(manager.load(()))))
    environment = {**environment, "PHARUS_DATABASE_URL": scratch, "PHARUS_DATA": str(tmp_path / "data")}
    server = Server(environment, tmp_path / "log", "--workers", workers)
    ended = threading.Event()
    counting = threading.Thread(target=_count, args=(ended,))
    try:
        organization, user = factories.make_organization(), factories.make_user()
        factories.make_membership(organization.id, user.id, "admin")
        api = Api(server.address, factories.make_api_token(organization.id, user.id), organization.id)
        maker = make(Buying(organization, api))
        counting.start()
        hammer(api, maker, SECONDS)
        ended.set()
        counting.join()
        _compare(api, maker)
    finally:
        ended.set()
        assert server.stop() == 0, server.read_log()[-2000:]
    assert not [status for status in _statuses(server) if status >= 500], _statuses(server)
    click.echo(f"{workers} workers: " + ", ".join(f"{name} {each}xx {n}" for (name, each), n in _sorted(maker)))
    assert all(maker.statuses[step.__name__, 2] for step in STEPS), maker.statuses
    checked = subprocess.run(
        [sys.executable, "-m", "handlers.cli", "check"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout + checked.stderr


def _count(ended: threading.Event) -> None:
    """As the sweeper does, but all the time."""
    try:
        while not ended.wait(0.05):
            history.aggregate()
    finally:
        db.close()


def _compare(api: Api, maker: Maker) -> None:
    """The valuation of now, which is looked up in the history, is what the balances say."""
    rows = api.get("/api/finished-goods-inventory/summary").json()["data"]
    worth = {(row["skuId"], row["locationId"]): (row["onHand"], row["value"]) for row in rows if row["onHand"] != "0"}
    for basis in ("event", "written"):
        found = api.get("/api/accounting/valuation", asOfBasis=basis).json()["data"]
        assert {
            (row["itemId"], row["locationId"]): (row["onHand"], row["value"]) for row in found if row["onHand"] != "0"
        } == worth


def _sorted(maker: Maker) -> list[tuple[tuple[str, int], int]]:
    return sorted(maker.statuses.items())


def _statuses(server: Server) -> Counter[int]:
    """Of all responses, as the log has them."""
    lines = [json.loads(line) for line in server.read_log().splitlines() if line.startswith("{")]
    found = Counter(line["status"] for line in lines if "status" in line)
    assert found
    return found
