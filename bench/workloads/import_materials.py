"""Five thousand materials at once, against a plain COPY of the same rows into the same table."""

import io
from typing import Any

import uuid_utils

from bench import entities
from bench.workloads import stock
from bench.workloads.workload import COUNTER, ID, Check, Step, Workload

PATH = "/api/materials/bulk-import"
ROWS = 5_000

_COLUMNS = "org_id, id, material_code, name, material_type_id, notes"


def _row(number: int, counter: str) -> dict[str, Any]:
    row = {
        "code": f"OIL-{counter}-{number:04d}",
        "name": f"Example oil number {number} of the import",
        "typeId": stock.TYPE_ID,
    }
    return row if number % 3 else {**row, "notes": "Keep in a cool and dark place."}


BODY = {"rows": [_row(number, COUNTER) for number in range(ROWS)]}

_SOME = [_row(number, "checked") for number in range(3)]


def prepare(cursor: Any, org_id: str) -> None:
    cursor.execute(
        "INSERT INTO material_type (org_id, id, name, sort_order) VALUES (%s, %s, 'Oils', 0) ON CONFLICT DO NOTHING",
        (org_id, stock.TYPE_ID),
    )
    cursor.execute("DELETE FROM material WHERE org_id = %s", (org_id,))


def copy(org_id: str, number: int) -> tuple[str, io.StringIO]:
    """The rows of one request, for COPY."""
    text = io.StringIO()
    for row in (_row(each, f"copy-{number}") for each in range(ROWS)):
        values = (org_id, uuid_utils.uuid7(), row["code"], row["name"], row["typeId"], row.get("notes", "\\N"))
        text.write("\t".join(map(str, values)) + "\n")
    text.seek(0)
    return f"COPY material ({_COLUMNS}) FROM STDIN", text


def _import(name: str, status: int, rows: Any, query: str = "") -> Check:
    return Check(name, status, "POST", PATH + query, {"rows": rows}, caller="admin")


WORKLOAD = Workload(
    name="import-materials",
    title="POST /api/materials/bulk-import (5,000 rows)",
    steps=(Step("POST", PATH, 200, BODY),),
    prepare=prepare,
    tables=("material",),
    compared={"ids": None, "results": [entities.IMPORTED_ROW]},
    volatile={"id": ID, "ids": ID},
    caller="admin",
    connections=(1,),
    most_requests=40,
    baseline=copy,
    checks=(
        _import("three rows", 200, _SOME),
        _import("nothing is stored", 200, [_row(9, "dry")], "?dryRun=true"),
        _import("a code that is taken", 422, [_row(8, "new"), _SOME[1]]),
        _import("a code twice", 422, [_row(7, "Twice"), _row(7, "tWICE")]),
        _import("a type nobody has", 422, [{**_row(6, "new"), "typeId": stock.material_id("00")}]),
        _import("no row", 422, []),
        _import("too many rows", 422, [_row(number, "many") for number in range(ROWS + 1)]),
        _import("a row without a name", 422, [{"code": "A", "typeId": stock.TYPE_ID}]),
        _import("three problems", 422, [{"code": "", "name": 5, "typeId": "7"}]),
        _import("an unknown key", 422, [{**_row(5, "new"), "fax": "none"}]),
        Check("no token", 401, "POST", PATH, {"rows": _SOME}, caller="nobody"),
        Check("a member", 403, "POST", PATH, {"rows": _SOME}),
    ),
)
