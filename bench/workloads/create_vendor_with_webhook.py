"""One more vendor, of which a webhook tells: its event is committed with it, and sent behind that."""

from dataclasses import replace

from bench.workloads import create_vendor
from bench.workloads.create_vendor import BODY, PATH
from bench.workloads.workload import Check

WORKLOAD = replace(
    create_vendor.WORKLOAD,
    name="create-vendor-with-webhook",
    title="POST /api/vendors, each delivered to a webhook",
    webhook="vendor.created",
    checks=(
        Check("all fields", 201, "POST", PATH, {**BODY, "qboId": "V-1", "notes": 'Line one\nline "two" – ü'}),
        Check("only a name", 201, "POST", PATH, {"name": "Sample Jars and Lids"}),
        Check("null for a value", 201, "POST", PATH, {"name": "Sample", "country": None, "notes": None}),
        # Nothing of what is refused is delivered.
        Check("a qboId that is taken", 409, "POST", PATH, {**BODY, "qboId": "V-1"}),
        Check("no name", 422, "POST", PATH, {"city": "Sampleton"}),
        Check("a viewer", 403, "POST", PATH, BODY, caller="viewer"),
    ),
)
