"""Many writers change one record, each what it has read and no other: of what was acknowledged nothing is overwritten.

DRILL_SECONDS is how long.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import database, factories
from tests.api import Api
from tests.drills import backends
from tests.drills.backends import BACKENDS, Backend
from tests.drills.figures import Record, report
from tests.server import Server

SECONDS = float(os.environ.get("DRILL_SECONDS", "60"))
WRITERS = (16, 64)

pytestmark = [pytest.mark.drills, pytest.mark.long]


@contextmanager
def caller_of(
    backend: Backend, environment: dict[str, str], folder: Path, database_url: str
) -> Iterator[tuple[Api, str]]:
    """A member of an organization on two processes, and the path of a vendor."""
    with backends.running(backend) as postgres:
        seen = {**environment, "PHARUS_DATABASE_URL": postgres.url, "PHARUS_DATA": str(folder / "data")}
        server = Server({**seen, "PHARUS_RATE_LIMITS": "off"}, folder / "log", "--workers", "2")
        try:
            with database.kernel_on(postgres.admin_url, database_url):
                organization, user = factories.make_organization(), factories.make_user()
                factories.make_membership(organization.id, user.id, "member")
                api = Api(server.address, factories.make_api_token(organization.id, user.id))
                yield api, f"/api/vendors/{factories.make_vendor(organization.id)}"
        finally:
            server.end()


@pytest.mark.parametrize("count", WRITERS)
@pytest.mark.parametrize("backend", BACKENDS, ids=str)
def test_no_change_that_names_its_version_is_lost(
    backend: Backend,
    count: int,
    database_url: str,
    environment: dict[str, str],
    tmp_path: Path,
    record_property: Record,
) -> None:
    """The notes are a number, and each change adds one to what it has read."""
    statuses: Counter[int] = Counter()
    with caller_of(backend, environment, tmp_path, database_url) as (api, path):
        assert api.patch(path, {"notes": "0"}).status_code == 200
        end = time.monotonic() + SECONDS
        together = threading.Barrier(count)

        def add(_: int) -> list[int]:
            written = []
            together.wait(60)
            while time.monotonic() < end:
                seen = api.get(path)
                number = int(seen.json()["notes"]) + 1
                changed = api.patch(path, {"notes": str(number)}, headers={"If-Match": seen.headers["etag"]})
                statuses[changed.status_code] += 1
                if changed.status_code == 200:
                    written.append(number)
            return written

        with ThreadPoolExecutor(count) as pool:
            written = [number for each in pool.map(add, range(count)) for number in each]
        last = int(api.get(path).json()["notes"])
    measured = {
        "seconds": round(SECONDS),
        "changed": statuses[200],
        "refused with 412": statuses[412],
        "lost": len(written) - last,
    }
    report(record_property, "writers change one record by its version", f"{backend}, {count} writers", measured)
    assert set(statuses) == {200, 412}, statuses
    # Each number once: nobody has written over what another was told is done.
    assert sorted(written) == list(range(1, last + 1))
