"""The first hundred of a thousand vendors, by name."""

from typing import Any

from bench import entities
from bench.workloads.workload import Check, Step, Workload

VENDORS = 1000

# md5 makes names whose order is not that of insertion. Every third row has notes, every fifth no address.
_SEED = """
INSERT INTO vendor (org_id, id, name, address, city, state, country, zip_code, term, qbo_id, notes, is_active,
    created_at, updated_at)
SELECT %s, md5('vendor' || n)::uuid, 'Vendor ' || substr(md5(n::text), 1, 12) || ' "Öl" GmbH',
    CASE WHEN n %% 5 > 0 THEN n || ' Example Road' END, 'Sampleton', 'Oregon', 'US', lpad(n::text, 5, '0'), 'Net 30',
    'V-' || n, CASE WHEN n %% 3 = 0 THEN 'Ships on Tuesdays.' END, n %% 10 > 0,
    timestamptz '2026-01-01 00:00:00Z' + n * interval '1.000001 s', timestamptz '2026-02-01 00:00:00Z'
FROM generate_series(1, %s) AS n"""


def prepare(cursor: Any, org_id: str) -> None:
    cursor.execute("SELECT count(*) FROM vendor WHERE org_id = %s", (org_id,))
    if cursor.fetchone()[0] != VENDORS:
        cursor.execute("DELETE FROM vendor WHERE org_id = %s", (org_id,))
        cursor.execute(_SEED, (org_id, VENDORS))


def _refused(name: str, query: str) -> Check:
    return Check(name, 422, "GET", f"/api/vendors?{query}")


WORKLOAD = Workload(
    name="list-vendors",
    title="GET /api/vendors?limit=100 (of 1,000)",
    steps=(Step("GET", "/api/vendors?limit=100", 200),),
    prepare=prepare,
    tables=("vendor",),
    compared=entities.page(entities.VENDOR),
    checks=(
        Check("a page and the next", 200, "GET", "/api/vendors?limit=100", follow=True),
        Check("a viewer's page", 200, "GET", "/api/vendors?limit=3", caller="viewer", follow=True),
        Check("only the inactive", 200, "GET", "/api/vendors?isActive=false&limit=500"),
        Check("by a part of the name", 200, "GET", "/api/vendors?q=VENDOR%20a&limit=20", follow=True),
        Check("a wildcard taken literally", 200, "GET", "/api/vendors?q=%25"),
        Check("no token", 401, "GET", "/api/vendors", caller="nobody"),
        Check("an unknown token", 401, "GET", "/api/vendors", caller="stranger"),
        Check("a revoked token", 401, "GET", "/api/vendors", caller="revoked"),
        Check("no token and a bad limit", 401, "GET", "/api/vendors?limit=0", caller="nobody"),
        _refused("a limit below its bound", "limit=0"),
        _refused("a limit above its bound", "limit=501"),
        _refused("a limit that is no number", "limit=ten"),
        _refused("a bad flag", "isActive=yes"),
        _refused("an empty text", "q="),
        _refused("an unknown parameter", "offset=3"),
        _refused("two problems", "limit=0&isActive=yes"),
        _refused("a cursor nobody wrote", "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        Check("an unknown path", 404, "GET", "/api/nothing"),
    ),
)
