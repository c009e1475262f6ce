"""A ledger of a million entries as CSV and as XLSX, from a server that may take no more than 200 MB beside what it has
when it does nothing: the system refuses it any more.

DRILL_ROWS is how many entries, DRILL_ROWS=20000 for a short one.
"""

import io
import os
import resource
import time
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from handlers.spreadsheets.negotiation import MEDIA_TYPES
from tests import database, factories
from tests.api import connections
from tests.conftest import AsRole
from tests.contract import audit
from tests.drills.figures import Record, report
from tests.server import Server

ROWS = int(os.environ.get("DRILL_ROWS", "1000000"))
MOST_BYTES = 200 * 1024 * 1024
MOST_SECONDS_TO_FIRST = 1.0

pytestmark = [pytest.mark.drills, pytest.mark.long]

_FILL = """
SET session_replication_role = replica;
INSERT INTO materials_ledger_entry (
    org_id, id, code, item_id, location_id, event_type, quantity, unit_cost, ref, notes, event_date,
    on_hand, on_order, demand, allocated, in_transit, value, created_at
)
SELECT %s, gen_random_uuid(), 'MIL-' || n, %s, %s, 'ADJUST', n + 0.123456, 1.25, 'count ' || n, '=1+' || n,
    '2026-01-01'::timestamptz + n * interval '1 second', n + 0.123456, 0, 0, 0, 0, (n + 0.123456) * 1.25, now()
FROM generate_series(1, %s) AS n
"""


def _bytes_of(pid: int, name: str) -> int:
    """`VmSize`, `VmRSS` or `VmHWM` of a process."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def _parts(server: Server, headers: dict[str, str], form: str) -> Iterator[bytes]:
    """It is not held against the document: nothing here could hold it."""
    audit.give_up(server.address)
    url = f"{server.address}/api/materials-inventory/ledger"
    with connections.stream("GET", url, params={"format": form}, headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(MEDIA_TYPES[form])
        yield from response.iter_raw()


def _rows_of_csv(parts: Iterator[bytes], folder: Path) -> int:
    return sum(part.count(b"\n") for part in parts)


def _rows_of_xlsx(parts: Iterator[bytes], folder: Path) -> int:
    file = folder / "ledger.xlsx"
    with file.open("wb") as written:
        for part in parts:
            written.write(part)
    rows, end = 0, "</row>"
    with zipfile.ZipFile(file) as archive:
        for sheet in (name for name in archive.namelist() if name.startswith("xl/worksheets/")):
            with io.TextIOWrapper(archive.open(sheet), encoding="utf-8") as text:
                kept = ""
                while piece := text.read(1 << 20):
                    rows += (kept + piece).count(end)
                    # What is cut in two is read with what comes next.
                    kept = piece[1 - len(end) :]
    return rows


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_million_rows_take_no_more_memory_than_a_page(
    form: str,
    environment: dict[str, str],
    database_url: str,
    organization: factories.Organization,
    as_role: AsRole,
    tmp_path: Path,
    record_property: Record,
) -> None:
    item, place = factories.make_material(organization.id), factories.make_location(organization.id)
    database.execute(database_url, _FILL, organization.id, item, place, ROWS)
    headers = as_role(organization, "viewer").headers
    server = Server(environment, tmp_path / "log")
    try:
        # The libraries, the fonts of texts, the plans: whatever the first request of a kind brings along.
        warm = next(_parts(server, headers, form))
        assert warm
        pid = server.pid
        size, idle = _bytes_of(pid, "VmSize"), _bytes_of(pid, "VmRSS")
        resource.prlimit(pid, resource.RLIMIT_AS, (size + MOST_BYTES, size + MOST_BYTES))
        Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
        began, parts = time.monotonic(), _parts(server, headers, form)
        first = next(parts)
        to_first = time.monotonic() - began
        rows = (_rows_of_csv if form == "csv" else _rows_of_xlsx)(chain([first], parts), tmp_path)
        seconds = time.monotonic() - began
        peak = _bytes_of(pid, "VmHWM")
    finally:
        server.end()
    assert rows == ROWS + 1
    assert peak - idle < MOST_BYTES
    # As long as a page takes, however many follow.
    assert to_first < max(MOST_SECONDS_TO_FIRST, seconds / 20)
    report(
        record_property,
        "Ledger as a file",
        form.upper(),
        {
            "rows": ROWS,
            "ms to the first byte": round(to_first * 1000),
            "seconds": round(seconds, 1),
            "MB over idle": round((peak - idle) / 1e6, 1),
        },
    )
