"""The audit as a file."""

import csv
import io
import json
import tracemalloc
from typing import Any

import orjson
import pytest

from pharus import db
from plugins.events import export
from plugins.events.search import Filter
from tests import factories
from tests.api import Api
from tests.pharus.acting import owner_of
from tests.plugins.events.closing import closed
from tests.plugins.events.test_operations import audited

Json = dict[str, Any]


def rows_of(text: str) -> list[Json]:
    rows = []
    for row in csv.DictReader(io.StringIO(text, newline="")):
        found: Json = {name: value or None for name, value in row.items()}
        for name in ("before", "after"):
            found[name] = json.loads(found[name]) if found[name] else None
        rows.append(found)
    return rows


def test_export_has_what_the_audit_shows_in_both_forms(admin: Api, member: Api) -> None:
    rows = [{"name": f'Ada, "{number}" & Söhne', "notes": "=1\n2"} for number in range(700)]
    admin.post("/api/vendors/bulk-import", {"rows": rows})
    made = member.post("/api/vendors", {"name": "the last"}, headers={"X-Request-Id": "=cmd"})
    shown = audited(admin, 701, types="vendor.*", limit=500)
    assert len(shown) == 701
    lines = admin.get("/api/audit/export", types="vendor.*")
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert "audit.jsonl" in lines.headers["content-disposition"]
    assert [json.loads(line) for line in lines.text.splitlines()] == shown
    table = admin.get("/api/audit/export", types="vendor.*", fileFormat="csv")
    assert table.headers["content-type"].startswith("text/csv")
    # No spreadsheet takes for a formula what a caller has called a request.
    assert made.headers["x-request-id"] == "=cmd"
    assert rows_of(table.text) == [{**shown[0], "requestId": "'=cmd"}, *shown[1:]]
    assert [
        row["recordId"] for row in rows_of(admin.get("/api/audit/export", requestId="=cmd", fileFormat="csv").text)
    ] == [made.json()["id"]]
    assert (
        admin.get("/api/audit/export", types="invitation.*", fileFormat="csv").text
        == ",".join(export._COLUMNS) + "\r\n"
    )


def test_nobody_but_admins_exports(member: Api) -> None:
    assert member.get("/api/audit/export").status_code == 403


@pytest.mark.parametrize("made", [export.as_csv, export.as_json_lines])
def test_export_of_a_longer_log_takes_no_more_memory(made: Any) -> None:
    organization = factories.make_organization()
    after = orjson.dumps({"name": "x" * 300}).decode()
    db.db.execute_sql(
        "INSERT INTO event (org_id, transaction_id, type, record_id, after) "
        "SELECT %s, n, 'vendor.created', gen_random_uuid(), %s FROM generate_series(1, 8000) AS n",
        (organization.id, after),
    )
    closed(organization.id)
    streamed = made(Filter())
    position, peaks, size = None, [], 0
    with db.unit_of_work(owner_of(organization.id)):
        while True:
            tracemalloc.start()
            body, position = streamed.part(position)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            size += len(body)
            if position is None:
                break
    assert size > 8000 * 300
    assert len(peaks) == 17
    assert max(peaks) < 2 * min(peaks[:-1])
