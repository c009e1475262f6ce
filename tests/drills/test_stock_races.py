"""Sixteen clients change the same stock for a minute, while the history is counted and read: nothing is lost.

DRILL_SECONDS is how long, DRILL_SECONDS=10 for a short one.
"""

import json
import os
import threading
from collections import Counter
from pathlib import Path

import pytest

from pharus.db import db
from plugins.inventory import history
from tests import database, factories
from tests.api import Api
from tests.drills import backends
from tests.drills.backends import BACKENDS, Backend
from tests.drills.figures import Record, report
from tests.handlers.cli.test_commands import pharus
from tests.plugins.purchase_orders.buying import Buying
from tests.plugins.purchase_orders.racing import STEPS, Maker, hammer, make
from tests.server import Server

SECONDS = float(os.environ.get("DRILL_SECONDS", "60"))

pytestmark = [pytest.mark.drills, pytest.mark.long]


# Two processes everywhere, and one on one of them.
RUNS = [*((backend, "2") for backend in BACKENDS), (BACKENDS[0], "1")]


@pytest.mark.parametrize(("backend", "workers"), RUNS, ids=str)
def test_stock_is_exact_after_a_minute_of_races(
    backend: Backend,
    workers: str,
    database_url: str,
    environment: dict[str, str],
    tmp_path: Path,
    record_property: Record,
) -> None:
    with backends.running(backend) as running:
        seen = {**environment, "PHARUS_DATABASE_URL": running.url, "PHARUS_DATA": str(tmp_path / "data")}
        server = Server(seen, tmp_path / "log", "--workers", workers)
        try:
            with database.kernel_on(running.admin_url, database_url):
                maker = _race(server)
        finally:
            assert server.stop() == 0, server.read_log()[-2000:]
        assert not [status for status in _statuses(server) if status >= 500], _statuses(server)
        assert all(maker.statuses[step.__name__, 2] for step in STEPS), maker.statuses
        checked = pharus("check", **seen)
    counted = Counter[int]()
    for (_, hundreds), count in maker.statuses.items():
        counted[hundreds] += count
    measured = {
        "seconds": round(SECONDS),
        "done": counted[2],
        "refused": counted[4],
        "discrepancies": len(checked.stdout.splitlines()),
    }
    on = f"{backend}, {workers} worker{'s' if workers != '1' else ''}"
    report(record_property, "sixteen clients at the same stock", on, measured)
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout + checked.stderr


def _race(server: Server) -> Maker:
    organization, user = factories.make_organization(), factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    api = Api(server.address, factories.make_api_token(organization.id, user.id), organization.id)
    maker = make(Buying(organization, api))
    ended = threading.Event()
    counting = threading.Thread(target=_count, args=(ended,))
    counting.start()
    try:
        hammer(api, maker, SECONDS)
    finally:
        ended.set()
        counting.join()
    _compare(api, maker)
    return maker


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


def _statuses(server: Server) -> Counter[int]:
    """Of all responses, as the log has them."""
    lines = [json.loads(line) for line in server.read_log().splitlines() if line.startswith("{")]
    found = Counter(line["status"] for line in lines if "status" in line)
    assert found
    return found
