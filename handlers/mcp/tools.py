"""What a tool is."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from handlers.mcp.calls import Caller
from handlers.mcp.schemas import Schema

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """`run` gets the caller and the arguments, which its schema accepts, and answers what the agent reads."""

    name: str
    title: str
    description: str
    schema: Schema
    run: Callable[[Caller, Arguments], Awaitable[Any]]
    writes: bool = False

    def problems(self, arguments: Any) -> list[dict[str, str]]:
        """What is wrong with the arguments, the first of it."""
        validator = jsonschema_rs.Draft202012Validator(self.schema, validate_formats=True)
        found = validator.iter_errors(arguments)
        return [
            {"path": "/" + "/".join(map(str, each.instance_path)), "message": each.message[:200]}
            for each, _ in zip(found, range(10), strict=False)
        ]


_LEFT_OUT = ("orgId", "createdAt", "updatedAt", "isHistory")


def short(value: Any, most: int = 20) -> Any:
    """Without what is empty or of no use to somebody who only wants to know, and of lists the beginning."""
    if isinstance(value, dict):
        return {
            key: short(each, most)
            for key, each in value.items()
            if each is not None and each != [] and key not in _LEFT_OUT
        }
    if isinstance(value, list):
        kept = [short(each, most) for each in value[:most]]
        return [*kept, f"and {len(value) - most} more"] if len(value) > most else kept
    return value
