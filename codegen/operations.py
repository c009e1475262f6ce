"""The operations of the document: the domain of each, and the schemas of what goes in and comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pharus import openapi
from pharus.openapi import Document, InvalidDocument, Schema

# The paths of the plugins of other distributions: what follows, up to the next slash, is whose.
_EXTERNAL = "/api/x/"


@dataclass(frozen=True)
class Operation:
    """One operation: its name, the folder of its domain, and the schemas on either side (of errors none).

    `declared` is all that the document says of it, `parameters` those of the path among them.
    """

    operation_id: str
    domain: str
    path: str
    method: str
    declared: dict[str, Any]
    parameters: tuple[dict[str, Any], ...]
    request_schemas: tuple[Schema, ...]
    response_schemas: tuple[Schema, ...]

    @property
    def tag(self) -> str:
        return str(self.declared["tags"][0])

    @property
    def scopes(self) -> list[str]:
        """That a token needs; none where no token is taken."""
        if self.role == "public" or self.declared.get("x-id-token-only"):
            return []
        costs = ["costs"] if self.declared.get("x-costs") else []
        return [openapi.scope(self.method, self.declared), *costs]

    @property
    def role(self) -> str:
        return str(self.declared.get("x-minimum-role", "-"))

    @property
    def statuses(self) -> list[str]:
        return sorted(str(status) for status in self.declared.get("responses", {}))


def operations(document: Document) -> list[Operation]:
    """All operations in the order of the document.

    The domain is the `x-domain` of the first tag, or its name in snake_case; of a plugin's path, `x/` and the plugin.
    Raises InvalidDocument for an operation without operationId or tag.
    """
    domains = {tag["name"]: tag["x-domain"] for tag in document.content.get("tags", []) if "x-domain" in tag}
    found = []
    for path, method, operation in openapi.operations(document.content):
        for key in ("operationId", "tags"):
            if not operation.get(key):
                raise InvalidDocument(f"{method.upper()} {path} has no {key}.")
        of_path = document.content["paths"][path].get("parameters", ())
        parameters = (*map(document.follow, of_path), *openapi.parameters(document.content, operation))
        body = openapi.request_body(document.content, operation)
        found.append(
            Operation(
                operation_id=operation["operationId"],
                domain=_domain(path, operation["tags"][0], domains),
                path=path,
                method=method.upper(),
                declared=operation,
                parameters=parameters,
                request_schemas=tuple(_schemas(document, [*parameters, body])),
                response_schemas=tuple(_schemas(document, _successes(operation))),
            )
        )
    return found


def _domain(path: str, tag: str, domains: dict[str, str]) -> str:
    if path.startswith(_EXTERNAL):
        return external_domain(path)
    return domains.get(tag) or _snake_case(tag)


def external_domain(path: str) -> str:
    """`/api/x/quality-checks/{id}` → `x/quality-checks`."""
    return "x/" + path.removeprefix(_EXTERNAL).split("/")[0]


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
