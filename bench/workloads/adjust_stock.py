"""A found quantity of one of twenty materials at a location is posted: a ledger row, and its balance under a lock."""

import re
from typing import Any

from bench import entities
from bench.workloads import stock
from bench.workloads.workload import ID, INSTANT, VARIANT, Check, Step, Workload

PATH = "/api/materials-inventory/adjustments"

BODY = {
    "materialId": stock.material_id(VARIANT),
    "locationId": stock.location_id(1),
    "quantity": 2.5,
    "notes": "Found when counting.",
}

_OTHER = {**BODY, "materialId": stock.material_id("07")}


def prepare(cursor: Any, org_id: str) -> None:
    stock.prepare(cursor, org_id, 10_000)
    cursor.execute(
        "INSERT INTO location (org_id, id, name, sort_order) VALUES (%s, %s, 'An empty location', 99) "
        "ON CONFLICT DO NOTHING",
        (org_id, stock.location_id(99)),
    )
    # A check adds very much; what earlier runs have added is taken off again.
    cursor.execute(
        "UPDATE materials_balance SET on_hand = 1000 * (location_id <> %s)::int, "
        "value = 2000 * (location_id <> %s)::int WHERE org_id = %s",
        (stock.location_id(99), stock.location_id(99), org_id),
    )
    cursor.execute(
        "UPDATE material SET is_active = false WHERE org_id = %s AND id = %s", (org_id, stock.material_id("19"))
    )


def _refused(name: str, body: Any) -> Check:
    return Check(name, 422, "POST", PATH, body, caller="admin")


WORKLOAD = Workload(
    name="adjust-stock",
    title="POST /api/materials-inventory/adjustments",
    steps=(Step("POST", PATH, 201, BODY),),
    prepare=prepare,
    tables=stock.TABLES,
    compared=entities.LEDGER_ENTRY,
    volatile={"id": ID, "createdAt": INSTANT, "eventDate": INSTANT, "code": re.compile(r"MIL-\d{6}")},
    caller="admin",
    variants=stock.MATERIALS,
    checks=(
        Check("what is needed", 201, "POST", PATH, {**_OTHER, "notes": None}, caller="admin"),
        Check("six decimals", 201, "POST", PATH, {**_OTHER, "quantity": 0.000001}, caller="admin"),
        Check(
            "a number that no float holds",
            201,
            "POST",
            PATH,
            b'{"materialId": "%b", "locationId": "%b", "quantity": 123456789012.123456}'
            % (stock.material_id("08").encode(), stock.location_id(1).encode()),
            caller="admin",
        ),
        Check("in the past", 201, "POST", PATH, {**_OTHER, "eventDate": "2026-03-09T09:00:00+02:00"}, caller="admin"),
        Check("a day", 201, "POST", PATH, {**_OTHER, "eventDate": "2026-03-09"}, caller="admin"),
        Check("a deactivated material", 201, "POST", PATH, {**BODY, "materialId": stock.material_id("19")}, "admin"),
        Check("where nothing is", 201, "POST", PATH, {**_OTHER, "locationId": stock.location_id(99)}, "admin"),
        Check("a material nobody has", 404, "POST", PATH, {**BODY, "materialId": stock.TYPE_ID}, caller="admin"),
        Check("a location nobody has", 404, "POST", PATH, {**_OTHER, "locationId": stock.TYPE_ID}, caller="admin"),
        Check("no token", 401, "POST", PATH, _OTHER, caller="nobody"),
        Check("a member", 403, "POST", PATH, _OTHER),
        _refused("no material", {key: value for key, value in _OTHER.items() if key != "materialId"}),
        _refused("a material that is no id", {**_OTHER, "materialId": "7"}),
        _refused("nothing", {**_OTHER, "quantity": 0}),
        _refused("seven decimals", {**_OTHER, "quantity": 0.0000001}),
        _refused("more than can be kept", {**_OTHER, "quantity": 1e12}),
        _refused("a text for a number", {**_OTHER, "quantity": "two"}),
        _refused("a date that is none", {**_OTHER, "eventDate": "yesterday"}),
        _refused("too far ahead", {**_OTHER, "eventDate": "2999-01-01"}),
        _refused("an unknown key", {**_OTHER, "ref": "PO-1"}),
    ),
)
