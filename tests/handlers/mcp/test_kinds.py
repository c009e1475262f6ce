import pytest

from handlers.mcp import kinds
from handlers.mcp.kinds import ITEMS, KINDS
from pharus import openapi
from tests.contract.judging import document

pytestmark = pytest.mark.no_database


def test_kinds_are_those_of_the_document() -> None:
    operations = {each["operationId"]: (path, each) for path, _, each in openapi.operations(document())}
    for kind in KINDS.values():
        assert operations[kind.list][0] == f"/api/{kind.path}"
        assert operations[kind.get][0] == f"/api/{kind.path}/{{id}}"
        if kind.order:
            assert operations[kind.update][0] == f"/api/{kind.path}/{{id}}"
            schema = document()["components"]["schemas"][kind.order[:1].upper() + kind.order[1:]]
            assert {kind.status, kind.due, kind.label[0]} <= schema["properties"].keys()
            statuses = openapi.dereference(document(), schema["properties"][kind.status])["enum"]
            assert set(kind.open) < set(statuses)
    assert all(summary in operations and ledger in operations for summary, ledger, _ in ITEMS.values())


def test_link_leads_into_the_console() -> None:
    assert kinds.link("https://example.com", "purchase_order", "1") == "https://example.com/#/purchase-orders/1"
