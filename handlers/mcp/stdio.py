"""`pharus mcp`: the tools of a server for clients that start a program and talk to it over standard input and output.

Whatever is asked is asked of /mcp at the server's address, with the token that the program was given. It needs neither
the database nor settings of the server, and knows of no tool by itself.
"""

from typing import Any

import anyio
import httpx2
import mcp_types as types
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from pharus import __version__
from pharus.errors import ConfigurationError

# As long as the server gives its own requests, and somewhat more.
_SECONDS = 60.0
_REFUSALS = (MCPError, httpx2.HTTPError, OSError)


def run(address: str, token: str, organization: str | None) -> None:
    """Until standard input ends. ConfigurationError when the server does not answer, or takes no such token."""
    failure = anyio.run(_run, address, token, organization)
    if failure is not None:
        raise ConfigurationError(failure)


async def _run(address: str, token: str, organization: str | None) -> str | None:
    headers = {"Authorization": f"Bearer {token}"}
    if organization is not None:
        headers["X-Org-Id"] = organization
    try:
        async with httpx2.AsyncClient(headers=headers, timeout=_SECONDS) as http:
            transport = streamable_http_client(f"{address}/mcp", http_client=http)
            async with Client(transport) as client, stdio_server() as (reading, writing):
                server = _forwarding(client)
                await server.run(reading, writing, server.create_initialization_options())
    except BaseExceptionGroup as group:
        refused, others = group.split(_REFUSALS)
        if others is not None or refused is None:
            raise
        return f"{address}/mcp cannot be used: {_first(refused)}"
    except _REFUSALS as error:
        return f"{address}/mcp cannot be used: {error}"
    return None


def _forwarding(client: Client) -> Server[Any]:
    async def list_tools(ctx: Any, params: Any) -> types.ListToolsResult:
        return await client.list_tools()

    async def call_tool(ctx: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        return await client.call_tool(params.name, params.arguments)

    async def list_resources(ctx: Any, params: Any) -> types.ListResourcesResult:
        return await client.list_resources()

    async def list_templates(ctx: Any, params: Any) -> types.ListResourceTemplatesResult:
        return await client.list_resource_templates()

    async def read_resource(ctx: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        return await client.read_resource(str(params.uri), cache_mode="bypass")

    async def list_prompts(ctx: Any, params: Any) -> types.ListPromptsResult:
        return await client.list_prompts()

    async def get_prompt(ctx: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        return await client.get_prompt(params.name, params.arguments)

    return Server(
        "pharus",
        version=__version__,
        title="Pharus",
        instructions=client.instructions,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


def _first(group: BaseExceptionGroup[Any]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
