"""/mcp as HTTP: who gets in, what is refused before any tool runs, and what describes the resource."""

import json
import subprocess
import sys
from typing import Any

import httpx
import pytest

from tests import factories
from tests.factories import Organization
from tests.handlers.mcp.agent import Agent
from tests.handlers.mcp.conftest import AsAgent
from tests.server import Server
from tests.waiting import wait_until

ACCEPT = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


def message(tool: str = "places", **arguments: Any) -> dict[str, Any]:
    return {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": arguments},
    }


def post(server: Server, content: bytes | dict[str, Any], **headers: str) -> httpx.Response:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    given = {**ACCEPT, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return httpx.post(f"{server.address}/mcp", content=body, headers=given, timeout=60, trust_env=False)


def token_of(organization: Organization, role: str = "member", **columns: Any) -> str:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, role)
    return f"Bearer {factories.make_api_token(organization.id, user.id, **columns)}"


@pytest.mark.parametrize("authorization", [None, "Basic x", "Bearer pharus_pat_" + "x" * 32, "Bearer a.b.c"])
def test_without_a_good_token_it_is_401_and_says_where_to_look(server: Server, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    response = post(server, message(), **headers)
    assert (response.status_code, response.json()["error"]["code"]) == (401, "unauthorized")
    challenge = response.headers["www-authenticate"]
    assert challenge.startswith("Bearer resource_metadata=")
    address = challenge.partition('"')[2].rstrip('"')
    assert address.endswith("/.well-known/oauth-protected-resource/mcp")


def test_metadata_describes_the_resource(server: Server) -> None:
    """RFC 9728, at the address of the server and at that of its resource."""
    for path in ("/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"):
        response = httpx.get(server.address + path, trust_env=False)
        described = response.json()
        assert response.headers["content-type"] == "application/json"
        assert described["resource"].endswith("/mcp")
        assert described["bearer_methods_supported"] == ["header"]
        assert {"read", "write", "costs", "write:PurchaseOrders"} <= set(described["scopes_supported"])
        # Local tokens are nobody else's; there is nobody to send a client to.
        assert "authorization_servers" not in described


def test_metadata_names_who_gives_tokens() -> None:
    from handlers.mcp.endpoint import _metadata
    from pharus.config import Settings
    from tests.contract.judging import document

    described = json.loads(_metadata(Settings(auth="firebase", firebase_project="example"), document()))
    assert described["authorization_servers"] == ["https://securetoken.google.com/example"]


def test_what_is_no_message_is_refused_with_the_error_body(server: Server, organization: Organization) -> None:
    token = token_of(organization)
    for method in ("GET", "DELETE", "PUT"):
        response = httpx.request(method, f"{server.address}/mcp", headers={"Authorization": token}, trust_env=False)
        assert (response.status_code, response.headers["allow"]) == (405, "POST")
        assert response.json()["error"]["code"] == "method_not_allowed"
    for content in (b"", b"{", b"[]", b"7", b"\xff", b"[" * 10_000, b'{"jsonrpc": "2.0"}'):
        response = post(server, content, Authorization=token)
        assert 400 <= response.status_code < 500, content
        assert response.headers["content-type"].startswith("application/json")
    assert post(server, message(), Authorization=token, Content_Type="text/plain").status_code == 400
    assert post(server, message(), Authorization=token, Accept="text/html").status_code == 406
    assert post(server, message(), Authorization=token, Origin="https://evil.example").status_code == 403
    answered = post(server, message(), Authorization=token)
    assert (answered.status_code, answered.headers["cache-control"]) == (200, "no-store")


def test_a_huge_body_is_413_however_it_comes(server: Server, organization: Organization) -> None:
    token = token_of(organization)
    content = json.dumps(message("find", text="x" * 300_000)).encode()
    assert post(server, content, Authorization=token).status_code == 413

    def pieces() -> Any:
        for start in range(0, len(content), 10_000):
            yield content[start : start + 10_000]

    headers = {**ACCEPT, "Authorization": token}
    response = httpx.post(f"{server.address}/mcp", content=pieces(), headers=headers, timeout=60, trust_env=False)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "payload_too_large")


def test_a_tool_reaches_no_other_organization(as_agent: AsAgent, organization: Organization) -> None:
    others = factories.make_organization()
    agent = as_agent("owner")
    theirs = {
        "vendor": factories.make_vendor(others.id),
        "purchase_order": factories.make_purchase_order(others.id),
        "material": factories.make_material(others.id),
    }
    for kind, id in theirs.items():
        assert agent.answer("look_at", kind=kind, id=id)["error"]["code"] == "not_found"
    assert agent.call("history_of", id=theirs["vendor"])["events"] == []
    received = agent.answer(
        "receive_delivery", orderId=theirs["purchase_order"], items=[{"poItemId": theirs["vendor"], "quantity": 1}]
    )
    assert received["error"]["code"] == "not_found"
    path = {"id": f"../vendors/{theirs['vendor']}"}
    assert "error" in agent.answer("call_operation", operationId="getVendor", path=path)


def test_requests_of_tools_are_those_of_their_caller(
    server: Server, organization: Organization, agent: Agent, owner: Any
) -> None:
    agent.confirm("call_operation", operationId="createVendor", body={"name": "Alder"})
    (event,) = wait_until(lambda: owner.get("/api/audit", types="vendor.created").json()["data"])
    assert (event["operation"], event["agent"]) == ("createVendor", "call_operation")
    assert event["requestId"].startswith("agent.call_operation.")
    assert event["tokenId"] is not None
    # Nobody else's request passes for an agent's.
    made = owner.post("/api/vendors", {"name": "Birch"}, headers={"X-Request-Id": "agent.find.0123"})
    assert not made.headers["x-request-id"].startswith("agent.")

    def tell() -> list[Any]:
        """Both, as soon as transactions of other tests no longer hold them back."""
        events: list[Any] = owner.get("/api/audit", types="vendor.created").json()["data"]
        return events if len(events) == 2 else []

    assert {each["agent"] for each in wait_until(tell)} == {"call_operation", None}


@pytest.mark.no_database
def test_nothing_of_the_sdk_is_loaded_before_the_first_agent() -> None:
    """It takes a second and 26 MB."""
    names = ("mcp", "mcp_types", "sse_starlette", "handlers.mcp.server")
    script = f"import sys, handlers.app, handlers.cli.commands; print([n for n in {names} if n in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout.strip() == "[]"
