"""Processes that deliver webhooks are killed again and again, while receivers are slow, dead and well: 10,000 events.

Every event arrives at those that take events, in the order of its record; the slow and the dead one delay nobody.
"""

import os
import random
import signal
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import launcher
from tests.drills.figures import Record, report
from tests.plugins.webhooks import receiver
from tests.plugins.webhooks.receiver import slowly
from tests.plugins.webhooks.shop import Shop
from tests.waiting import wait_until

pytestmark = pytest.mark.drills

EVENTS = 10_000
KILLS = 8
PROCESSES = 2


def test_kills_lose_nothing_and_slow_and_dead_receivers_delay_no_third(
    migrated: str, environment: dict[str, str], tmp_path: Path, record_property: Record
) -> None:
    environment = {**environment, "PHARUS_DATABASE_URL": migrated, "PHARUS_WEBHOOK_ALLOW": "127.0.0.1"}
    with ExitStack() as stack:
        slow, dead, third = (stack.enter_context(receiver.running()) for _ in range(3))
        slow.answer, dead.answer = slowly(2), slowly(2, 500)
        log = stack.enter_context((tmp_path / "log").open("wb"))

        def start() -> launcher.Process:
            process = launcher.start("handlers.cli", ["work"], environment, log, log)
            stack.callback(process.wait, 30)
            stack.callback(process.kill)
            return process

        shop = Shop()
        endpoints = [shop.endpoint(each.url) for each in (slow, dead, third)]
        shop.import_vendors(EVENTS)
        versioned = shop.vendor("00000")
        for version in range(1, 50):
            shop.rename(versioned, f"{version:05}")
        processes = [start() for _ in range(PROCESSES)]
        began = time.monotonic()
        chance = random.Random(7)
        for _ in range(KILLS):
            count = len(third.requests)
            wait_until(lambda count=count: len(third.requests) >= count + 50, 120)
            time.sleep(chance.random())
            victim = processes.pop(0)
            os.kill(victim.pid, signal.SIGKILL)
            victim.wait(30)
            # Its claims end in a minute; here at once.
            shop.run("UPDATE webhook_progress SET claimed_until = now() WHERE claimed_until IS NOT NULL")
            processes.append(start())
        wait_until(lambda: len({each.id for each in third.taken}) == EVENTS + 50, 300)
        seconds = time.monotonic() - began
        names = third.names()
        rows = [shop.run("SELECT count(*) FROM webhook_delivery WHERE endpoint_id = %s", id)[0][0] for id in endpoints]
    first_seen = list(dict.fromkeys(name for name in names if len(name) == 5))
    measured = {
        "events": EVENTS + 50,
        "lost": EVENTS + 50 - len(set(names)),
        "arrived more than once": sum(count > 1 for count in Counter(names).values()),
        "seconds": round(seconds, 1),
        "requests to the slow receiver meanwhile": len(slow.requests),
        "rows that wait for the dead one": rows[1],
    }
    record = f"{PROCESSES} processes, {KILLS} kills"
    report(record_property, "processes that deliver webhooks are killed", record, measured)
    assert set(names) == {f"Vendor {number:05}" for number in range(EVENTS)} | {f"{v:05}" for v in range(50)}
    assert first_seen == [f"{version:05}" for version in range(50)]
    assert rows[1] <= 40 + 32
    assert rows[2] == 0
