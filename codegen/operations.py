"""The operations of the document: the domain of each, and the schemas of what goes in and comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from codegen.document import Document, Schema, Unfit

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True)
class Operation:
    """One operation: its name, the folder of its domain, and the schemas on either side (of errors none)."""

    operation_id: str
    domain: str
    request_schemas: tuple[Schema, ...]
    response_schemas: tuple[Schema, ...]


def operations(document: Document) -> list[Operation]:
    """All operations in the order of the document.

    The domain is the `x-domain` of the first tag, or its name in snake_case. Raises Unfit for an operation without
    operationId or tag.
    """
    domains = {tag["name"]: tag["x-domain"] for tag in document.content.get("tags", []) if "x-domain" in tag}
    found = []
    for path, item in document.content.get("paths", {}).items():
        for method in METHODS:
            if method not in item:
                continue
            operation = item[method]
            for key in ("operationId", "tags"):
                if not operation.get(key):
                    raise Unfit(f"{method.upper()} {path} has no {key}.")
            tag = operation["tags"][0]
            parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
            bodies = [operation["requestBody"]] if "requestBody" in operation else []
            found.append(
                Operation(
                    operation_id=operation["operationId"],
                    domain=domains.get(tag) or _snake_case(tag),
                    request_schemas=tuple(_schemas(document, [*parameters, *bodies])),
                    response_schemas=tuple(_schemas(document, _successes(operation))),
                )
            )
    return found


def _successes(operation: dict[str, Any]) -> list[Any]:
    """The responses that are no errors. The one shape of all error bodies is written by hand, in one place."""
    return [response for status, response in operation.get("responses", {}).items() if str(status).startswith("2")]


def _schemas(document: Document, holders: list[Any]) -> Iterator[Schema]:
    """The schemas of parameters, bodies and responses: written beside the name, or under a media type."""
    for holder in map(document.follow, holders):
        if "schema" in holder:
            yield holder["schema"]
        for media in holder.get("content", {}).values():
            if "schema" in media:
                yield media["schema"]


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+", "_", name).lower()
