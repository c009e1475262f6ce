"""What the SDK is told: the tools, resources and prompts, and who answers them. Imported when the first agent comes, as
the SDK takes a second and 26 MB (docs/adr/0069)."""

import logging
from collections.abc import Mapping
from typing import Any

import mcp_types as types
import orjson
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from starlette.types import Scope

from handlers.mcp import generic, looking, money, prompts, resources, writing
from handlers.mcp.calls import CALLER, Api, Caller, Refused
from handlers.mcp.marking import NOTE, has_marks
from handlers.mcp.tools import Tool
from pharus import __version__

log = logging.getLogger("pharus.mcp")

INSTRUCTIONS = f"""Pharus runs the operations of a maker: what is bought, made, kept, sold and what it costs.
Use find to get ids, the other tools for the tasks they are named after, and search_operations with call_operation for
everything else. Decimals are texts, exact to the last digit: compute with them exactly. A tool that writes first
answers what would change; show that to the person you work for, and call it again with the confirmation once they
agree.
{NOTE}"""


def all_tools(api: Api) -> dict[str, Tool]:
    """By name, made of the document."""
    made = [*looking.tools(), *money.tools(), *writing.tools(api), *generic.tools(api)]
    return {tool.name: tool for tool in made}


def create(api: Api) -> Server[Any]:
    tools = all_tools(api)
    listed = types.ListToolsResult(tools=[_shown(tool) for tool in tools.values()])

    async def list_tools(ctx: Any, params: Any) -> types.ListToolsResult:
        return listed

    async def call_tool(ctx: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = tools.get(params.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"no tool is called {params.name[:100]!r}")
        return await run(api, tool, params.arguments or {}, ctx.request.scope)

    async def list_resources(ctx: Any, params: Any) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=resources.listed())

    async def list_templates(ctx: Any, params: Any) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=resources.templates())

    async def read_resource(ctx: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        caller = _caller(api, ctx.request.scope, "resource")
        try:
            content = await resources.read(caller, str(params.uri))
        except Refused as refused:
            raise MCPError(types.INVALID_PARAMS, str(refused.error.get("message", "")), refused.error) from None
        text = types.TextResourceContents(uri=params.uri, mime_type="application/json", text=as_text(content))
        return types.ReadResourceResult(contents=[text])

    async def list_prompts(ctx: Any, params: Any) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=prompts.listed())

    async def get_prompt(ctx: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        return prompts.get(params.name)

    return Server(
        "pharus",
        version=__version__,
        title="Pharus",
        instructions=INSTRUCTIONS,
        website_url=api.address,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
        # The names and schemas of tools are no secret, and are the same for everybody.
        get_tool_input_schema=lambda name: tools[name].schema if name in tools else None,
    )


async def run(api: Api, tool: Tool, arguments: Mapping[str, Any], scope: Scope) -> types.CallToolResult:
    """What the tool answers; what is refused is an answer, too, which says why."""
    problems = tool.problems(arguments)
    if problems:
        return _result({"error": {"code": "validation_failed", "message": "wrong arguments", "details": problems}})
    caller = _caller(api, scope, tool.name)
    try:
        return _result(await tool.run(caller, arguments))
    except Refused as refused:
        return _result({"error": refused.error})


def as_text(content: Any) -> str:
    text = orjson.dumps(content).decode()
    if not has_marks(text):
        return text
    return orjson.dumps({**content, "about": NOTE}).decode()


def _caller(api: Api, scope: Scope, tool: str) -> Caller:
    caller = scope[CALLER] = Caller(api, scope, tool)
    return caller


def _result(content: dict[str, Any]) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=as_text(content))], is_error="error" in content)


def _shown(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.schema,
        annotations=types.ToolAnnotations(
            read_only_hint=not tool.writes,
            destructive_hint=tool.writes,
            idempotent_hint=not tool.writes,
            open_world_hint=False,
        ),
    )
