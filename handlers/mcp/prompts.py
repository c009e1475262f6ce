"""The stories of docs/guides as prompts: what is done in which order, in the words of the workflows there."""

from functools import cache
from typing import Any

import mcp_types as types
from mcp.shared.exceptions import MCPError

from handlers.http import guides_page
from pharus import openapi

_STORIES = ("first-sign-in", "buy", "make", "sell", "undo")
_BEGIN = (
    "Work through this with the tools of Pharus, with the records of the person you work for in the place of the "
    "examples. Ask for what you do not know. Show what would change before you confirm anything."
)
_BY_PEOPLE = " (by the person, signed in: no tool does this)"


def listed() -> list[types.Prompt]:
    return [
        types.Prompt(name=name, title=story["info"]["title"], description=story["info"]["summary"])
        for name, story in _stories().items()
    ]


def get(name: str) -> types.GetPromptResult:
    story = _stories().get(name)
    if story is None:
        raise MCPError(types.INVALID_PARAMS, f"no prompt is called {name[:100]!r}")
    steps = [
        f"{number}. {step['description']} [{step['operationId']}]{_BY_PEOPLE if name == _STORIES[0] else ''}"
        for number, step in enumerate(story["workflows"][0]["steps"], 1)
    ]
    text = "\n".join([_BEGIN, "", f"{story['info']['title']}: {story['info']['description']}", "", *steps])
    message = types.PromptMessage(role="user", content=types.TextContent(text=text))
    return types.GetPromptResult(description=story["info"]["summary"], messages=[message])


@cache
def _stories() -> dict[str, Any]:
    return {name: openapi.parse(guides_page.workflow(name)) for name in _STORIES}
