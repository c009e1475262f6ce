"""One more vendor, under an Idempotency-Key that is new with each request: its row is committed with the vendor's."""

from dataclasses import replace
from typing import Any

from bench.workloads import create_vendor
from bench.workloads.create_vendor import BODY, PATH
from bench.workloads.workload import COUNTER, Check, Step

_OTHER = {**BODY, "qboId": "V-1", "notes": 'Line one\nline "two" – ü'}


def prepare(cursor: Any, org_id: str) -> None:
    create_vendor.prepare(cursor, org_id)
    # The keys of the run before come again, each for the first time.
    cursor.execute("SET LOCAL ROLE pharus_platform")
    cursor.execute("DELETE FROM idempotency_key WHERE org_id = %s", (org_id,))
    cursor.execute("SET LOCAL ROLE pharus_app")


WORKLOAD = replace(
    create_vendor.WORKLOAD,
    name="create-vendor-with-key",
    title="POST /api/vendors with an Idempotency-Key",
    steps=(Step("POST", PATH, 201, BODY, key=f"bench-{COUNTER}"),),
    prepare=prepare,
    tables=("vendor", "idempotency_key"),
    checks=(
        # What is refused the second time without a key: its qboId is taken.
        Check("a key sent twice", 201, "POST", PATH, _OTHER, key="check-1", replay=True),
        Check("a sparse body sent twice", 201, "POST", PATH, {"name": "Sample"}, key="check-2", replay=True),
        Check("the key of another body", 422, "POST", PATH, {"name": "Sample Jars and Lids"}, key="check-2"),
        Check("the key of another caller", 201, "POST", PATH, {"name": "Sample"}, "admin", key="check-2", replay=True),
        Check("a key that is none", 422, "POST", PATH, BODY, key="two words"),
        Check("what is taken, under another key", 409, "POST", PATH, _OTHER, key="check-3"),
        Check("a refusal is not kept", 201, "POST", PATH, {"name": "Sample"}, key="check-3"),
        Check("a bad body", 422, "POST", PATH, {}, key="check-4"),
        Check("no token", 401, "POST", PATH, BODY, caller="nobody", key="check-5"),
        Check("a viewer", 403, "POST", PATH, BODY, caller="viewer", key="check-5"),
    ),
)
