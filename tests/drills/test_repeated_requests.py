"""A server is killed again and again while impatient clients write, and send each request until it is answered: with
its Idempotency-Key every one of them is carried out once.

DRILL_SECONDS is how long, DRILL_CLIENTS how many.
"""

import os
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import click
import httpx
import pytest

from pharus.db import db
from pharus.fields import new_id
from tests import factories
from tests.api import Api
from tests.server import Server

SECONDS = float(os.environ.get("DRILL_SECONDS", "60"))
CLIENTS = int(os.environ.get("DRILL_CLIENTS", "16"))
# A machine that is busy with much else answers little in the time between two kills.
LONGEST_SECONDS = 10.0

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


def test_every_write_is_carried_out_once_whatever_is_killed(environment: dict[str, str], tmp_path: Path) -> None:
    running = Running(environment, tmp_path)
    organization, user = factories.make_organization(), factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    token = factories.make_api_token(organization.id, user.id)
    material, location = factories.make_material(organization.id), factories.make_location(organization.id)
    statuses: Counter[str] = Counter()
    answered: list[str] = []
    ended = threading.Event()

    def write(number: int) -> None:
        adjustment = {"materialId": material, "locationId": location, "quantity": "1", "unitCost": "2"}
        for step in range(10**6):
            if ended.is_set():
                return
            key = new_id()
            # Clients lose patience, too: most of what they give up on is done all the same.
            patience = iter((0.01, 0.03, 0.1))
            while True:
                api = Api(running.server.address, token)
                try:
                    response = api.post(
                        "/api/materials-inventory/adjustments",
                        {**adjustment, "notes": f"{number} {step}"},
                        headers={"Idempotency-Key": key},
                        timeout=next(patience, 60),
                    )
                except httpx.TransportError:
                    statuses["broken off"] += 1
                    time.sleep(0.05)
                    continue
                replayed = " again" if "idempotency-replayed" in response.headers else ""
                statuses[f"{response.status_code}{replayed}"] += 1
                if response.status_code == 201:
                    answered.append(response.json()["id"])
                    break
                assert response.status_code in (409, 503), response.text
                time.sleep(0.02)

    clients = [threading.Thread(target=write, args=(number,)) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        before, began = len(answered), time.monotonic()
        time.sleep(0.7)
        while len(answered) < before + CLIENTS and time.monotonic() < began + LONGEST_SECONDS:
            time.sleep(0.01)
        running.kill()
    ended.set()
    for client in clients:
        client.join(60)
    running.server.stop()
    click.echo(f"{running.kills} kills: {dict(statuses)}")
    assert statuses["201 again"] > 0, "no answer was lost: the drill has shown nothing"
    rows, on_hand = db.row(
        "SELECT (SELECT count(*) FROM materials_ledger_entry WHERE org_id = %s), "
        "(SELECT sum(on_hand) FROM materials_balance WHERE org_id = %s)",
        (organization.id, organization.id),
    )
    assert (len(answered), len(set(answered)), on_hand) == (rows, rows, rows)
