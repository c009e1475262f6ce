"""A server is killed the moment after it has handed a mail over, before it can note that: while others send as well.

Every mail arrives, once; the one of the killed server arrives twice, under one Message-ID.
"""

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import database, factories
from tests.api import Api
from tests.drills import backends
from tests.drills.backends import BACKENDS, Backend
from tests.drills.figures import Record, report
from tests.plugins.platform import mailbox
from tests.plugins.platform.mailbox import Mailbox
from tests.plugins.platform.tables import execute, rows
from tests.server import Server
from tests.waiting import wait_until

pytestmark = pytest.mark.drills

MAILS = 40
KILLED_AFTER = 5


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Mailbox]:
    with mailbox.running(tmp_path / "mail") as running:
        yield running


@pytest.mark.parametrize("backend", BACKENDS, ids=str)
def test_kill_between_sending_and_noting_doubles_one_mail_and_loses_none(
    backend: Backend,
    database_url: str,
    environment: dict[str, str],
    tmp_path: Path,
    box: Mailbox,
    record_property: Record,
) -> None:
    with backends.running(backend) as postgres:
        seen = {
            **environment,
            "PHARUS_DATABASE_URL": postgres.url,
            "PHARUS_DATA": str(tmp_path / "data"),
            "PHARUS_SMTP_URL": f"smtp://{box.host}:{box.port}",
            "PHARUS_RATE_LIMITS": "off",
        }
        doomed = Server(seen, tmp_path / "doomed")
        with database.kernel_on(postgres.admin_url, database_url):
            _drill(doomed, seen, tmp_path, box, f"{backend}, three servers", record_property)


def _drill(
    doomed: Server, environment: dict[str, str], tmp_path: Path, box: Mailbox, on: str, record_property: Record
) -> None:
    organization, user = factories.make_organization(), factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    token = factories.make_api_token(organization.id, user.id)
    with ExitStack() as stack:
        stack.callback(doomed.process.wait, 30)
        stack.callback(doomed.process.kill)
        others = [Server(environment, tmp_path / f"server-{number}") for number in range(2)]
        for other in others:
            stack.callback(other.stop)
        # Only the one that is to die has been asked, so that it is at work when it does; its first letter waits until
        # all have been asked for.
        asked = threading.Event()

        def on_letter(count: int) -> None:
            assert asked.wait(9)
            if count == KILLED_AFTER:
                os.kill(doomed.pid, signal.SIGKILL)

        box.on_letter = on_letter
        for number in range(MAILS):
            invite(Api(doomed.address, token), f"helper{number}@example.com")
        asked.set()
        doomed.process.wait(30)
        invite(Api(others[0].address, token), "others@example.com")
        wait_until(lambda: _waiting() <= 1, 60)
        [(lost, attempts)] = rows(
            "SELECT id::text, attempts FROM outgoing_mail WHERE sent_at IS NULL AND failed_at IS NULL"
        )
        assert attempts == 1
        # Its time is over in five minutes; here at once.
        execute("UPDATE outgoing_mail SET due_at = now() WHERE id = %s", lost)
        invite(Api(others[1].address, token), "last@example.com")
        wait_until(lambda: _waiting() == 0, 60)
    by_address = Counter(str(letter["To"]) for letter in box.letters)
    by_id = Counter(str(letter["Message-ID"]) for letter in box.letters)
    doubled = {id: count for id, count in by_id.items() if count > 1}
    measured = {"mails": MAILS + 2, "lost": MAILS + 2 - len(by_id), "arrived twice, under one id": len(doubled)}
    report(record_property, "a server is killed between sending a mail and noting it", on, measured)
    assert len(by_address) == len(by_id) == MAILS + 2
    assert doubled == {f"<{lost}@localhost>": 2}


def invite(caller: Api, email: str) -> None:
    body = {"email": email, "role": "viewer"}
    assert caller.post("/api/organizations/current/invitations", body).status_code == 201


def _waiting() -> int:
    return int(rows("SELECT count(*) FROM outgoing_mail WHERE sent_at IS NULL AND failed_at IS NULL")[0][0])
