"""The two tools for the rest of the API."""

from tests.factories import Organization
from tests.handlers.mcp.agent import Agent


def test_search_finds_operations_by_words_and_says_what_they_take(agent: Agent) -> None:
    found = agent.call("search_operations", text="create a vendor")["operations"]
    first = {key: found[0][key] for key in ("operationId", "request", "scope")}
    assert first == {"operationId": "createVendor", "request": "POST /api/vendors", "scope": "write:Vendors"}
    assert found[0]["body"]["required"] == ["name"]
    assert "body" not in found[4]
    names = {each["operationId"] for each in agent.call("search_operations", text="api token", limit=20)["operations"]}
    # Nobody makes tokens with a token, and files are out of reach.
    assert not names & {"createApiToken", "uploadDocument", "getPurchaseOrderPdf"}


def test_call_of_what_is_not_offered_is_refused(agent: Agent, organization: Organization) -> None:
    for id in (
        "createApiToken",
        "uploadDocument",
        "getPurchaseOrderPdf",
        "getInvitationByToken",
        "exportAuditEvents",
        "x",
    ):
        assert agent.answer("call_operation", operationId=id)["error"]["code"] == "not_found", id
    assert agent.answer("call_operation", operationId="getVendor")["error"]["message"] == "the path needs id"
    assert agent.call("call_operation", operationId="listVendors", query={"q": "x"}) == {}
    assert (
        agent.call("call_operation", operationId="getOrganization", full=True)["organization"]["id"] == organization.id
    )
    wrong = agent.answer("call_operation", operationId="listVendors", query={"limit": 0, "x": 1})["error"]
    assert {each["path"] for each in wrong["details"]} == {"⟦query/limit⟧", "⟦query/x⟧"}
