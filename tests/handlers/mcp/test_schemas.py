"""The list of tools: its schemas, its length, and that it follows the document."""

import copy
import json

import jsonschema_rs
import pytest

from handlers import spec
from handlers.mcp import schemas
from handlers.mcp.calls import Api
from handlers.mcp.server import all_tools
from handlers.mcp.tools import Tool
from pharus import openapi
from tests.contract.judging import document

pytestmark = pytest.mark.no_database

# Tokens of the models of today are longer; three characters each is more than any of them needs for English and JSON.
MOST_TOKENS = 12_000
CHARACTERS = 3


def tools(of: spec.Document) -> dict[str, Tool]:
    async def nobody(scope: object, receive: object, send: object) -> None:
        raise AssertionError

    return all_tools(Api(nobody, of, "https://example.com"))


TOOLS = tools(document())


def test_there_are_few_of_them_and_their_list_is_short() -> None:
    assert 15 <= len(TOOLS) - 2 <= 25
    listed = [
        {"name": t.name, "title": t.title, "description": t.description, "inputSchema": t.schema}
        for t in TOOLS.values()
    ]
    assert len(json.dumps(listed)) / CHARACTERS < MOST_TOKENS


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_schemas_are_json_schema_2020_12(tool: Tool) -> None:
    jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **tool.schema})
    assert tool.schema["type"] == "object"
    assert tool.schema["additionalProperties"] is False
    assert set(tool.schema.get("required", ())) <= tool.schema["properties"].keys()
    assert ("confirmation" in tool.schema["properties"]) == tool.writes
    assert "$ref" not in json.dumps(tool.schema)


def test_arguments_are_those_of_the_document_as_it_is() -> None:
    changed = copy.deepcopy(document())
    receipt = changed["components"]["schemas"]["PurchaseOrderReceiptCreate"]
    receipt["properties"]["notes"] = {"type": "integer", "minimum": 3, "description": "Of the truck. And more."}
    schema = tools(changed)["receive_delivery"].schema
    assert schema["properties"]["notes"] == {"type": "integer", "minimum": 3, "description": "Of the truck"}
    statuses = TOOLS["plan_purchase"].schema["properties"]["status"]["enum"]
    assert statuses == document()["components"]["schemas"]["PurchaseOrderStatus"]["enum"]


def test_tools_that_are_one_operation_have_what_it_demands() -> None:
    for tool, operation in (("plan_purchase", "createPurchaseOrder"), ("take_order", "createSalesOrder")):
        path, method, declared = next(
            each for each in openapi.operations(document()) if each[2]["operationId"] == operation
        )
        demanded = schemas.of_body(document(), declared)["required"]
        assert set(demanded) <= set(TOOLS[tool].schema["required"]), (path, method)


def test_decimals_may_be_numbers_or_texts() -> None:
    line = TOOLS["receive_delivery"].schema["properties"]["items"]["items"]
    assert line["properties"]["quantity"]["type"] == ["string", "number"]
    assert TOOLS["receive_delivery"].problems({"orderId": "01935d6c-7b1a-7c3e-8f00-000000000100", "items": []}) != []
