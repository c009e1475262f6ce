"""What a tool is asked, however wrong it is, it answers."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.mcp.tools import Tool, short
from tests import factories
from tests.factories import Organization
from tests.handlers.mcp.test_endpoint import message, post, token_of
from tests.handlers.mcp.test_schemas import TOOLS
from tests.server import Server


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_arguments_of_any_kind_are_answered(server: Server, tool: Tool) -> None:
    """Those that its schema allows, as an admin of an organization that has nothing, and some that it does not."""
    organization = factories.make_organization()
    token = token_of(organization, "admin")
    anything = st.dictionaries(st.sampled_from([*tool.schema["properties"], "more"]), st.text() | st.integers())

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(of_schema(tool.schema) | anything)
    def ask(arguments: dict[str, object]) -> None:
        response = post(server, message(tool.name, **arguments), Authorization=token)
        assert response.status_code in (200, 400), response.text
        if response.status_code == 200:
            result = response.json()["result"]
            told = json.loads(result["content"][0]["text"])
            assert result["isError"] == ("error" in told)
            assert told.get("error", {}).get("code") not in ("internal_error", "service_unavailable"), told

    ask()


def of_schema(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema of ours accepts: they have few words."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "type" not in schema:
        return st.none() | st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=20), max_size=3)
    if isinstance(schema["type"], list):
        return st.decimals(-10, 10_000, places=3).map(str) | st.integers(-10, 10**15) | st.sampled_from(["1e9", "x"])
    if schema["type"] == "object":
        required = schema.get("required", ())
        given_keys = {name: of_schema(each) for name, each in schema.get("properties", {}).items()}
        others = {name: each for name, each in given_keys.items() if name not in required}
        return st.fixed_dictionaries({name: given_keys[name] for name in required}, optional=others)
    if schema["type"] == "array":
        return st.lists(of_schema(schema["items"]), min_size=schema.get("minItems", 0), max_size=2)
    if schema["type"] == "integer":
        return st.integers(schema.get("minimum", -5), schema.get("maximum", 10**6))
    if schema["type"] == "boolean":
        return st.booleans()
    if schema.get("format") == "uuid":
        return st.uuids(version=4).map(str)
    if schema.get("format") == "date":
        return st.dates().map(str)
    return st.text(min_size=schema.get("minLength", 0), max_size=min(schema.get("maxLength", 40), 40))


@pytest.mark.no_database
@pytest.mark.parametrize("quantity", ["x", "", "NaN", "Infinity", "1e9", "1_0", "\u0661", 10**13, 1e300])
def test_what_is_no_quantity_is_refused_before_anything_is_counted(quantity: object) -> None:
    for name, key in (("count_stock", "counted"), ("what_can_i_make", "quantity")):
        schema = TOOLS[name].schema
        given = dict.fromkeys(schema["required"], "01935d6c-7b1a-7c3e-8f00-000000000111")
        found = TOOLS[name].problems({**given, key: quantity})
        assert f"/{key}" in {problem["path"] for problem in found}


@pytest.mark.no_database
def test_short_leaves_out_what_says_nothing() -> None:
    value = {"id": 1, "orgId": 2, "notes": None, "lines": [], "rows": [{"a": 1, "createdAt": 3}] * 30}
    assert short(value, 2) == {"id": 1, "rows": [{"a": 1}, {"a": 1}, "and 28 more"]}


def test_viewer_reads_and_writes_nothing(server: Server, organization: Organization) -> None:
    token = token_of(organization, "viewer")
    for tool in TOOLS.values():
        if tool.writes and tool.name != "call_operation":
            arguments = {"kind": "sales_order", "orderId": organization.id, "status": "Paid"}
            if tool.name == "move_order":
                answer = post(server, message(tool.name, **arguments), Authorization=token).json()["result"]
                assert json.loads(answer["content"][0]["text"])["error"]["code"] == "forbidden"
    assert post(server, message("stock", item="sku"), Authorization=token).json()["result"]["isError"] is False
