"""What is there of twenty materials at five locations: a hundred balances with eight decimals each."""

from typing import Any

from bench import entities
from bench.workloads import stock
from bench.workloads.workload import Check, Step, Workload

PATH = "/api/materials-inventory/summary"


def prepare(cursor: Any, org_id: str) -> None:
    stock.prepare(cursor, org_id, 1_000)


WORKLOAD = Workload(
    name="stock-summary",
    title="GET /api/materials-inventory/summary (100 balances)",
    steps=(Step("GET", PATH, 200),),
    prepare=prepare,
    tables=stock.TABLES,
    compared={"data": [entities.BALANCE]},
    checks=(
        Check("everything", 200, "GET", PATH),
        Check("for a viewer", 200, "GET", PATH, caller="viewer"),
        Check("a material", 200, "GET", f"{PATH}?materialId={stock.material_id('03')}"),
        Check("a location", 200, "GET", f"{PATH}?locationId={stock.location_id(2)}"),
        Check(
            "a material at a location",
            200,
            "GET",
            f"{PATH}?materialId={stock.material_id('03')}&locationId={stock.location_id(2)}",
        ),
        Check("a material nobody has", 200, "GET", f"{PATH}?materialId={stock.TYPE_ID}"),
        Check("no token", 401, "GET", PATH, caller="nobody"),
        Check("a material that is no id", 422, "GET", f"{PATH}?materialId=7"),
        Check("an unknown parameter", 422, "GET", f"{PATH}?limit=7"),
    ),
)
