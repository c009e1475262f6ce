"""The hundred newest of ten thousand ledger rows."""

from typing import Any

from bench import entities
from bench.workloads import stock
from bench.workloads.workload import Check, Step, Workload

PATH = "/api/materials-inventory/ledger"
ROWS = 10_000


def prepare(cursor: Any, org_id: str) -> None:
    stock.prepare(cursor, org_id, ROWS)


def _refused(name: str, query: str) -> Check:
    return Check(name, 422, "GET", f"{PATH}?{query}")


WORKLOAD = Workload(
    name="list-ledger",
    title="GET /api/materials-inventory/ledger?limit=100 (of 10,000)",
    steps=(Step("GET", f"{PATH}?limit=100", 200),),
    prepare=prepare,
    tables=stock.TABLES,
    compared=entities.page(entities.LEDGER_ENTRY),
    checks=(
        Check("a page and the next", 200, "GET", f"{PATH}?limit=100", follow=True),
        Check("a viewer's page", 200, "GET", f"{PATH}?limit=7", caller="viewer", follow=True),
        Check("of a material", 200, "GET", f"{PATH}?materialId={stock.material_id('07')}&limit=20", follow=True),
        Check("of a type of event", 200, "GET", f"{PATH}?eventType=RECEIVE&limit=5"),
        Check("of another type of event", 200, "GET", f"{PATH}?eventType=DISPOSE"),
        Check("no token", 401, "GET", PATH, caller="nobody"),
        Check("a revoked token", 401, "GET", PATH, caller="revoked"),
        _refused("a limit below its bound", "limit=0"),
        _refused("a material that is no id", "materialId=7"),
        _refused("an event that is none", "eventType=LOSE"),
        _refused("an unknown parameter", "offset=3"),
        _refused("two problems", "limit=501&materialId="),
        _refused("a cursor nobody wrote", "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ),
)
