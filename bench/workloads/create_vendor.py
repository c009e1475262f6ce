"""One more vendor, all fields but one given."""

from typing import Any

from bench import entities
from bench.workloads.workload import COUNTER, ID, INSTANT, Check, Step, Workload

PATH = "/api/vendors"

BODY = {
    "name": "Sample Oils and Butters",
    "address": "20 Example Road",
    "city": "Sampleton",
    "state": "Oregon",
    "country": "US",
    "zipCode": "97001",
    "term": "Net 30",
    "qboId": f"V-{COUNTER}",
}


def prepare(cursor: Any, org_id: str) -> None:
    cursor.execute("DELETE FROM vendor WHERE org_id = %s", (org_id,))


def _refused(name: str, body: Any) -> Check:
    return Check(name, 422, "POST", PATH, body)


WORKLOAD = Workload(
    name="create-vendor",
    title="POST /api/vendors",
    steps=(Step("POST", PATH, 201, BODY),),
    prepare=prepare,
    tables=("vendor",),
    compared=entities.VENDOR,
    volatile={"id": ID, "createdAt": INSTANT, "updatedAt": INSTANT},
    checks=(
        Check("all fields", 201, "POST", PATH, {**BODY, "qboId": "V-1", "notes": 'Line one\nline "two" – ü'}),
        Check("only a name", 201, "POST", PATH, {"name": "Sample Jars and Lids"}),
        Check("null for a value", 201, "POST", PATH, {"name": "Sample", "country": None, "notes": None}),
        Check("a qboId that is taken", 409, "POST", PATH, {**BODY, "qboId": "V-2"}, repeat=True),
        Check("no token", 401, "POST", PATH, BODY, caller="nobody"),
        Check("an unknown token", 401, "POST", PATH, BODY, caller="stranger"),
        Check("a viewer", 403, "POST", PATH, BODY, caller="viewer"),
        Check("a viewer's bad body", 403, "POST", PATH, {}, caller="viewer"),
        Check("what is not JSON", 400, "POST", PATH, b'{"name": '),
        Check("a NUL", 400, "POST", PATH, {"name": "Sample\0"}),
        _refused("no name", {"city": "Sampleton"}),
        _refused("an empty name", {"name": ""}),
        _refused("a blank name", {"name": "   "}),
        _refused("a name too long", {"name": "x" * 256}),
        _refused("a number for a text", {"name": 5}),
        _refused("an unknown key", {"name": "Sample", "fax": "none"}),
        _refused("a country of three letters", {"name": "Sample", "country": "USA"}),
        _refused("a country of digits", {"name": "Sample", "country": "12"}),
        _refused("three problems", {"country": "1", "city": "x" * 151, "fax": "none"}),
        Check("a list for an object", 422, "POST", PATH, []),
        Check("a parameter nobody knows", 422, "POST", PATH + "?dryRun=true", {"name": "Sample"}),
    ),
)
