"""A server is killed again and again while impatient clients write, and send each request until it is answered: with
its Idempotency-Key every one of them is carried out once.

DRILL_SECONDS is how long, at least.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

from pharus.db import db
from pharus.fields import new_id
from tests import database, factories
from tests.api import Api
from tests.drills import backends
from tests.drills.backends import BACKENDS, Backend
from tests.drills.figures import Record, report
from tests.server import Server

SECONDS = float(os.environ.get("DRILL_SECONDS", "60"))
CLIENTS = (16, 64)
# However slow the machine is: on one that is busy the drill takes longer.
KILLS = 10
# Of its life after the first answer: a kill finds it with a queue, or in the middle of the first requests.
LIVES = (0.05, 1.5)

pytestmark = [pytest.mark.drills, pytest.mark.long]


class Running:
    """A server that is killed, and started anew at another port."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment, self._folder = environment, folder
        self.kills = 0
        self._start()

    def kill(self) -> None:
        self.server.process.send_signal(signal.SIGKILL)
        self.server.process.wait()
        self.kills += 1
        self._start()

    def _start(self) -> None:
        self.server = Server(self._environment, self._folder / f"log-{self.kills}")


class Clients:
    """Each sends one adjustment after the other, and each of them until the server says 201."""

    def __init__(self, running: Running, token: str, adjustment: dict[str, str]) -> None:
        self._running, self._token, self._adjustment = running, token, adjustment
        self._ended = threading.Event()
        self.statuses: Counter[str] = Counter()
        # Of what was made.
        self.answered: list[str] = []

    def work(self) -> None:
        while not self._ended.is_set():
            self._write_one()

    def end(self) -> None:
        self._ended.set()

    def _write_one(self) -> None:
        key = new_id()
        # They lose patience, too: most of what they give up on is done all the same.
        patience = iter((0.01, 0.03, 0.1))
        while True:
            api = Api(self._running.server.address, self._token)
            try:
                response = api.post(
                    "/api/materials-inventory/adjustments",
                    {**self._adjustment, "notes": key},
                    headers={"Idempotency-Key": key},
                    timeout=next(patience, 60),
                )
            except httpx.TransportError:
                self.statuses["broken off"] += 1
                time.sleep(0.05)
                continue
            again = " again" if "idempotency-replayed" in response.headers else ""
            self.statuses[f"{response.status_code}{again}"] += 1
            if response.status_code == 201:
                self.answered.append(response.json()["id"])
                return
            assert response.status_code in (409, 503), response.text
            time.sleep(0.02)


@pytest.mark.parametrize("count", CLIENTS)
@pytest.mark.parametrize("backend", BACKENDS, ids=str)
def test_every_write_is_carried_out_once_whatever_is_killed(
    backend: Backend,
    count: int,
    database_url: str,
    environment: dict[str, str],
    tmp_path: Path,
    record_property: Record,
) -> None:
    with backends.running(backend) as postgres:
        seen = {**environment, "PHARUS_DATABASE_URL": postgres.url, "PHARUS_DATA": str(tmp_path / "data")}
        running = Running({**seen, "PHARUS_RATE_LIMITS": "off"}, tmp_path)
        with database.kernel_on(postgres.admin_url, database_url):
            _drill(running, count, str(backend), record_property)


def _drill(running: Running, count: int, on: str, record_property: Record) -> None:
    organization, user = factories.make_organization(), factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    token = factories.make_api_token(organization.id, user.id)
    material, location = factories.make_material(organization.id), factories.make_location(organization.id)
    adjustment = {"materialId": material, "locationId": location, "quantity": "1", "unitCost": "2"}
    clients = Clients(running, token, adjustment)
    threads = [threading.Thread(target=clients.work) for _ in range(count)]
    for thread in threads:
        thread.start()
    chance, began = random.Random(count), time.monotonic()
    try:
        while time.monotonic() < began + SECONDS or running.kills < KILLS:
            before = len(clients.answered)
            while len(clients.answered) == before:
                assert time.monotonic() < began + 10 * SECONDS, f"{running.kills} kills: {dict(clients.statuses)}"
                time.sleep(0.005)
            time.sleep(chance.uniform(*LIVES))
            running.kill()
    finally:
        clients.end()
        for thread in threads:
            thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    running.server.stop()
    stored = {
        id for (id,) in db.rows("SELECT id::text FROM materials_ledger_entry WHERE org_id = %s", (organization.id,))
    }
    [(on_hand,)] = db.rows("SELECT on_hand FROM materials_balance WHERE org_id = %s", (organization.id,))
    answered = set(clients.answered)
    measured = {
        "seconds": round(time.monotonic() - began),
        "kills": running.kills,
        "broken off": clients.statuses["broken off"],
        "carried out": len(clients.answered),
        "answered again": clients.statuses["201 again"],
        "lost": len(answered - stored),
        "doubled": len(stored - answered),
    }
    report(record_property, "the server is killed while clients repeat", f"{on}, {count} clients", measured)
    assert clients.statuses["201 again"] > 0, "no answer was lost: the drill has shown nothing"
    assert (stored, on_hand) == (answered, len(clients.answered))
