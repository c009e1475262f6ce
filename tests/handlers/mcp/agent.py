"""An agent without a model: the official client, over a real socket."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import anyio
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

T = TypeVar("T")


class Agent:
    def __init__(self, address: str, token: str | None, org_id: str | None = None) -> None:
        self.address = address
        self._headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        if org_id is not None:
            self._headers["X-Org-Id"] = org_id

    def do(self, work: Callable[[Client], Awaitable[T]], mode: str = "auto") -> T:
        async def run() -> T | MCPError:
            async with httpx2.AsyncClient(headers=self._headers, timeout=60) as http:
                transport = streamable_http_client(f"{self.address}/mcp", http_client=http)
                async with Client(transport, mode=mode) as client:
                    try:
                        return await work(client)
                    except MCPError as error:
                        # Through the groups of tasks of the client it would come as a group of errors.
                        return error

        found = anyio.run(run)
        if isinstance(found, MCPError):
            raise found
        return found

    def answer(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """What the tool answers, an error as well."""
        result = self.do(lambda client: client.call_tool(tool, arguments))
        told: dict[str, Any] = json.loads(result.content[0].text)
        assert result.is_error == ("error" in told), told
        return told

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        told = self.answer(tool, **arguments)
        assert "error" not in told, told
        return told

    def confirm(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """What a tool answers that writes, once what it has shown is confirmed."""
        shown = self.call(tool, **arguments)
        assert shown["done"] is False, shown
        done = self.call(tool, **arguments, confirmation=shown["confirmation"])
        assert done["done"] is True, done
        assert done["changed"] == shown["wouldChange"] or "records" in done["changed"]
        return done
