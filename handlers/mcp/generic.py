"""Two tools for everything that no other tool does: find an operation of the document, and call it."""

import re
from typing import Any

from handlers.mcp import schemas
from handlers.mcp.calls import Api, Caller
from handlers.mcp.schemas import arguments
from handlers.mcp.tools import Arguments, Tool, short
from handlers.mcp.writing import CONFIRMATION, carry_out
from pharus import openapi

_WORD = re.compile(r"[a-z]+")


def tools(api: Api) -> list[Tool]:
    anything = {"type": "object", "additionalProperties": True}
    return [
        Tool(
            "search_operations",
            "Search the API",
            "Search the operations of the API by words; the first with what they take. For what no other tool does.",
            arguments(
                {"text": {**schemas.TEXT, "description": "Words, as: create vendor"}, "limit": schemas.limit(5, 20)},
                ["text"],
            ),
            _search,
        ),
        Tool(
            "call_operation",
            "Call an operation of the API",
            "Call an operation that search_operations has found. What writes is shown first, and done when confirmed.",
            arguments(
                {
                    "operationId": {**schemas.TEXT, "description": "As createVendor"},
                    "path": {**anything, "description": "Parameters of the path, as id"},
                    "query": {**anything, "description": "Parameters of the query"},
                    "body": {"description": "The JSON body"},
                    "full": {"type": "boolean", "description": "The answer whole, and not in short"},
                    CONFIRMATION: schemas.CONFIRMATION,
                },
                ["operationId"],
            ),
            _call,
            writes=True,
        ),
    ]


def _is_offered(api: Api, id: str) -> bool:
    """Whether an agent can call it: it takes a token and JSON, and answers JSON."""
    _, _, declared = api.operations[id]
    body = openapi.request_body(api.document, declared).get("content", {})
    return (
        declared["x-minimum-role"] != "public"
        and not declared.get("x-id-token-only")
        and (not body or openapi.JSON in body)
        and openapi.JSON in openapi.success(api.document, declared).get("content", {})
    )


async def _search(caller: Caller, given: Arguments) -> Any:
    api = caller.api
    words = _WORD.findall(given["text"].lower())
    scores = []
    for id, (_, _, declared) in api.operations.items():
        if not _is_offered(api, id):
            continue
        name = " ".join(re.sub("([A-Z])", r" \1", id).lower().split())
        summary = f"{declared.get('summary', '')} {' '.join(declared['tags'])}".lower()
        description = declared.get("description", "").lower()
        score = sum(3 * _is_in(word, name) + 2 * _is_in(word, summary) + _is_in(word, description) for word in words)
        if score:
            scores.append((-score, len(name), id))
    found = [id for *_, id in sorted(scores)[: given.get("limit", 5)]]
    return {"operations": [_described(api, id, in_full=place < 2) for place, id in enumerate(found)]}


def _is_in(word: str, text: str) -> bool:
    return word.rstrip("s") in text


def _described(api: Api, id: str, *, in_full: bool) -> dict[str, Any]:
    path, method, declared = api.operations[id]
    said: dict[str, Any] = {
        "operationId": id,
        "request": f"{method.upper()} {path}",
        "summary": declared.get("summary"),
        "role": declared["x-minimum-role"],
        "scope": openapi.scope(method, declared),
    }
    if in_full:
        document = openapi.Document(api.document)
        parameters = openapi.parameters(api.document, declared)
        if parameters:
            said["parameters"] = {
                each["name"]: {"in": each["in"], **schemas.brief(document, each["schema"])} for each in parameters
            }
        body = schemas.of_body(api.document, declared)
        if body:
            said["body"] = body
    return said


async def _call(caller: Caller, given: Arguments) -> Any:
    api = caller.api
    id = given["operationId"]
    if id not in api.operations or not _is_offered(api, id):
        return {"error": {"code": "not_found", "message": "no operation that can be called here has this operationId"}}
    route, method, _ = api.operations[id]
    path, query, whole = given.get("path", {}), given.get("query", {}), given.get("full", False)
    missing = [name for name in re.findall("{([^}]+)}", route) if not path.get(name)]
    if missing:
        return {"error": {"code": "validation_failed", "message": f"the path needs {', '.join(missing)}"}}
    if method == "get":
        answer = await caller.call(id, path=path, query={"limit": 20, **query} if _is_paged(api, id) else query)
        return answer if whole else short(answer)
    return await carry_out(
        caller, "call_operation", given, id, path=path, query=query, body=given.get("body"), whole=whole
    )


def _is_paged(api: Api, id: str) -> bool:
    return any(each["name"] == "limit" for each in openapi.parameters(api.document, api.operations[id][2]))
