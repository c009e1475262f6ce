"""The document of the events: valid, complete, and what is really sent.

asyncapi-3.0.0.json is the schema of AsyncAPI (https://github.com/asyncapi/spec-json-schemas, Apache-2.0) without its
bindings and descriptions. The official parser reads the document in tests/clients/test_asyncapi.py.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from codegen.__main__ import CHECKOUT
from handlers import asyncapi
from pharus import migrations
from pharus.db import db, unit_of_work
from plugins import manager
from plugins.events.reading import BEGINNING
from plugins.webhooks import event_types, feed
from tests import event_log, factories
from tests.contract.judging import document
from tests.contract.seed_data.records import end_order, fill
from tests.pharus.acting import owner_of
from tests.waiting import wait_until

FILE = CHECKOUT / "docs" / "reference" / "asyncapi.json"


@pytest.fixture(scope="module")
def described(database_url: str) -> dict[str, Any]:
    if db.is_closed():
        db.connect()
    return asyncapi.document(document(), event_types.tables())


def test_document_in_docs_is_that_of_our_tables(described: dict[str, Any]) -> None:
    text = json.dumps(described, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("TABLES") == "write":
        FILE.write_text(text, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text, "run `make codegen`"


def test_document_is_valid(described: dict[str, Any]) -> None:
    schema = json.loads((Path(__file__).parent / "asyncapi-3.0.0.json").read_text(encoding="utf-8"))
    validator = jsonschema_rs.Draft7Validator(schema)
    assert [f"{error.instance_path}: {error.message[:200]}" for error in validator.iter_errors(described)] == []
    broken = {**described, "operations": {"deliverEvents": {"action": "deliver"}}}
    assert not validator.is_valid(broken)


def test_every_type_that_an_endpoint_may_have_is_described(described: dict[str, Any]) -> None:
    messages = described["components"]["messages"]
    assert {name.partition(".")[0] for name in messages} == set(event_log.logged_columns())
    assert event_types.unknown(list(messages)) == []
    assert {"sales_order.in_dispute", "purchase_order.partial", "work_order.in_transit"} <= set(messages)
    assert "materials_ledger_entry.updated" not in messages


def test_what_is_sent_is_what_is_described(described: dict[str, Any]) -> None:
    organization = factories.make_organization()
    seeds = fill(organization.id)
    for table in ("purchase_order", "work_order", "production_order", "sales_order"):
        end_order(organization.id, table, seeds[table][-1])
    with unit_of_work(owner_of(organization.id)):
        db.send("UPDATE vendor SET city = 'Ulm'")
        db.send("UPDATE organization SET closed_through = '2020-12-31'")
        db.send("DELETE FROM document")
        db.send("DELETE FROM webhook_endpoint")
    written = len(event_log.events(organization.id))

    def bodies() -> Sequence[bytes]:
        with unit_of_work(owner_of(organization.id)):
            found = [feed.payload(event) for event in feed.read(BEGINNING, 10_000, ["*"]).events]
        return found if len(found) == written else []

    sent = [json.loads(body) for body in wait_until(bodies)]
    types = {each["type"] for each in sent}
    assert len(types) > 45
    validators = {type: _validator(described, type) for type in types}
    for each in sent:
        errors = [
            f"{error.instance_path}: {error.message[:300]}" for error in validators[each["type"]].iter_errors(each)
        ]
        assert errors == [], each
    # What is described is no empty promise: another type, or a key of another table's, does not fit.
    vendor = next(each for each in sent if each["type"] == "vendor.updated")
    for wrong in ({"type": "vendor.created"}, {"data": {**vendor["data"], "after": {"city": 7}}}):
        assert not validators["vendor.updated"].is_valid({**vendor, **wrong})


def _validator(described: dict[str, Any], type: str) -> jsonschema_rs.Draft7Validator:
    payload = described["components"]["messages"][type]["payload"]
    return jsonschema_rs.Draft7Validator({**payload, "components": described["components"]}, validate_formats=True)


def test_tables_of_plugins_are_described_as_well(scratch: str) -> None:
    migrations.apply(migrations.read(manager.sources(manager.load(()))))
    db.execute_sql(
        "CREATE TABLE lots_lot (org_id uuid NOT NULL, id uuid NOT NULL, code varchar(20) NOT NULL, stage varchar(20), "
        "PRIMARY KEY (org_id, id)); CALL make_tenant_table('lots_lot'); "
        "CALL log_events('lots_lot', status => 'stage')"
    )
    described = asyncapi.document(document(), event_types.tables())
    properties = described["components"]["schemas"]["lots_lot"]["properties"]
    assert properties == {"code": {"type": "string"}, "stage": {"type": ["string", "null"]}}
    assert {"lots_lot.created", "lots_lot.updated", "lots_lot.deleted"} <= set(described["components"]["messages"])
    assert event_types.unknown(["lots_lot.ripe", "lots_lot.*", "lots_box.*"]) == [2], (
        "only the plugin knows its statuses"
    )
