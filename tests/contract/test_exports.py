"""Every list and report as CSV and as XLSX: the same rows as the pages of its JSON answer, for the same callers."""

import csv
import io
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook

from contract.document import Operation
from handlers.spreadsheets import exports, names
from handlers.spreadsheets.cells import defused, text_of
from handlers.spreadsheets.negotiation import MEDIA_TYPES
from pharus import openapi
from pharus.db import unit_of_work
from pharus.identity import Actor, Role
from pharus.spreadsheets.columns import Table, Type, table_of_answer
from tests.contract import calls
from tests.contract.judging import conforms, declared, document
from tests.contract.seed_data import tenants
from tests.server import Server

Json = dict[str, Any]

_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's times have no zone


def answered(operation: Operation) -> Table:
    found = table_of_answer(declared(), operation.declared)
    assert found is not None
    return found


def table(operation: Operation) -> Table:
    found = exports.of_operation(document(), operation.declared)
    assert found is not None
    return found.table


def has_rows(operation: Operation) -> bool:
    """Whether it answers rows that have an end: the feed of events has none, and its export is an operation."""
    return (
        operation.method == "GET"
        and table_of_answer(declared(), operation.declared) is not None
        and "after" not in {each["name"] for each in operation.parameters}
    )


EXPORTS = [operation for operation in calls.operations() if has_rows(operation)]


@pytest.mark.no_database
def test_every_answer_of_rows_is_a_file_too() -> None:
    assert len(EXPORTS) >= 50
    for operation in EXPORTS:
        forms = [each["name"] for each in openapi.parameters_of_files(document(), operation.declared)]
        assert forms == ["format", "bom"], f"give {operation.id} the parameters Format and Bom, and the answer 406"
        declared = openapi.media_types(openapi.success(document(), operation.declared))
        assert list(declared) == list(MEDIA_TYPES.values()), operation.id
        assert "406" in operation.declared["responses"], operation.id


# Ids of what has no name of its own, and of other systems; a person is beside theirs by name or address.
_UNNAMED = {
    *("id", "orgId", "qboId", "externalId", "reversesId", "sourceId"),
    # A lot's code is beside it without another word, and an entry is found by its reference.
    *("lotId", "entryId"),
    *("eventId", "recordId", "parentId", "requestId", "tokenId", "userId", "endpointId"),
}


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize("operation", EXPORTS, ids=lambda operation: operation.id)
def test_each_id_of_a_file_has_its_name_beside_it(operation: Operation) -> None:
    heads = {column.name for column in table(operation).columns}
    ids = {name for name in heads if name.endswith("Id") and name.rpartition(".")[2] not in _UNNAMED}
    # The SKU that a BOM is for is the list's own, and has its code and name without another word.
    stems = {name: "sku" if name == "outputSkuId" and "skuCode" in heads else name[:-2] for name in ids}
    lacking = {name for name, stem in stems.items() if not heads & {stem + end for end in ("Name", "Code", "Number")}}
    assert lacking == set()


class Exporter:
    def __init__(self, client: httpx.Client, tenant: tenants.Tenant) -> None:
        self._client = client
        self._tenant = tenant

    def get(self, operation: Operation, **query: str) -> httpx.Response:
        ids = {name: self._tenant.records[table][0] for name, table in _OF_RECORDS.get(operation.id, {}).items()}
        path = operation.path.replace("{id}", ids.pop("id", ""))
        response = self._client.get(path, params={**_QUERIES.get(operation.id, {}), **ids, **query})
        conforms(response)
        assert response.status_code == 200, response.text
        return response

    def unit(self) -> AbstractContextManager[Any]:
        return unit_of_work(Actor("reads", None, org_id=self._tenant.org_id, role=Role.viewer))

    def rows(self, operation: Operation) -> list[Any]:
        """All rows, by the pages of JSON."""
        names = {each["name"] for each in operation.parameters}
        query = {"expand": "names"} if "expand" in names else {}
        rows: list[Any] = []
        while True:
            page = self.get(operation, **query).json()
            rows += page["data"]
            if not page.get("nextCursor"):
                return rows
            query["cursor"] = page["nextCursor"]


# The records that an operation of one record is asked for, by the name of its parameter.
_OF_RECORDS: dict[str, dict[str, str]] = {
    "listContactMethods": {"id": "contact"},
    "listLotBalances": {"id": "lot"},
    "listLotEntries": {"id": "lot"},
    "listLotRecalls": {"id": "lot"},
    "listLotTrackingEvents": {"id": "lot"},
    "listLotRecallLines": {"id": "lot_recall"},
    "listLinkedContacts": {"entityId": "customer"},
    "listPurchaseOrderItems": {"id": "purchase_order"},
    "listPurchaseOrderReceipts": {"id": "purchase_order"},
    "listPurchaseOrderCostChanges": {"id": "purchase_order"},
    "listWorkOrderReceipts": {"id": "work_order"},
    "listProductionOrderReceipts": {"id": "production_order"},
    "listSalesOrderItems": {"id": "sales_order"},
    "listSalesOrderShipments": {"id": "sales_order"},
    "listSalesOrderReturns": {"id": "sales_order"},
    "listSalesOrderNotes": {"id": "sales_order"},
    "listDocuments": {"entityId": "sales_order"},
    "listWebhookAttempts": {"id": "webhook_endpoint"},
    "listWebhookDeliveries": {"id": "webhook_endpoint"},
}
_QUERIES = {"listLinkedContacts": {"entityType": "customer"}, "listDocuments": {"entityType": "sales_order"}}


@pytest.fixture(scope="module")
def exporter(server: Server, environment: dict[str, str]) -> Iterator[Exporter]:
    made = tenants.make(server.address, environment["PHARUS_DATABASE_URL"], Path(environment["PHARUS_DATA"]))
    with httpx.Client(base_url=server.address, headers=made.alice.headers, trust_env=False) as client:
        yield Exporter(client, made.alice)


def in_csv(found: Table, rows: list[Any]) -> list[list[str]]:
    texts = [["" if value is None else text_of(value) for value in record] for record in found.records(rows)]
    return [
        [
            defused(text) if column.type in (Type.TEXT, Type.LIST, Type.JSON) else text
            for column, text in zip(found.columns, each, strict=True)
        ]
        for each in texts
    ]


def in_xlsx(found: Table, rows: list[Any]) -> list[list[Any]]:
    return [
        [_cell(column.type, value) for column, value in zip(found.columns, record, strict=True)]
        for record in found.records(rows)
    ]


def _cell(type: Type, value: Any) -> Any:
    if value is None:
        return ""
    if type in (Type.DECIMAL, Type.INTEGER):
        text = text_of(value)
        return float(text) if len(text.replace("-", "").replace(".", "")) <= 15 else text
    if type is Type.DATE:
        return date.fromisoformat(value)
    return value if type is Type.BOOLEAN else text_of(value)


def _seconds(type: Type, cell: Any) -> Any:
    if type is not Type.INSTANT or cell == "":
        return cell
    moment = cell if isinstance(cell, datetime) else datetime.fromisoformat(str(cell)).replace(tzinfo=None)
    # To the millisecond.
    return pytest.approx((moment - _DAY_ZERO).total_seconds(), abs=0.001)


@pytest.mark.parametrize("operation", EXPORTS, ids=lambda operation: operation.id)
def test_file_has_the_rows_of_the_json_answer(exporter: Exporter, operation: Operation) -> None:
    rows, found = exporter.rows(operation), table(operation)
    with exporter.unit():
        names.Names(answered(operation)).fill(rows)
    if operation.id not in {"listMyInvitations", "listWebhookDeliveries", "listExpiringLots"}:
        assert rows, "there is nothing that the files could lack"
    as_csv = exporter.get(operation, format="csv", bom="true")
    assert as_csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert as_csv.headers["content-disposition"].startswith("attachment; filename=")
    assert as_csv.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(as_csv.content.decode("utf-8-sig"), newline="")))
    assert lines == [[column.name for column in found.columns], *in_csv(found, rows)]
    as_xlsx = exporter.get(operation, format="xlsx")
    head, *cells = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx.content)).get_sheet_by_index(0).to_python()
    assert head == [column.name for column in found.columns]
    assert _all_seconds(found, cells) == _all_seconds(found, in_xlsx(found, rows))


def _all_seconds(found: Table, rows: list[list[Any]]) -> list[list[Any]]:
    return [[_seconds(column.type, cell) for column, cell in zip(found.columns, row, strict=True)] for row in rows]
