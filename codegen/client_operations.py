"""The operations as the methods of our clients have them, whatever their language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from codegen.operations import Operation, operations
from codegen.schema_types import is_object
from codegen.schemas import SHARED_MODULE, component_homes
from pharus import openapi
from pharus.openapi import IDEMPOTENCY_KEY, IF_MATCH, JSON, MULTIPART, Document, InvalidDocument, Schema


@dataclass(frozen=True)
class Query:
    name: str
    schema: Schema
    required: bool


@dataclass(frozen=True)
class ClientOperation:
    """One method. `body`, `answer` and `row` are names of components; without an answer it answers bytes.

    `row` is what the pages of a list hold; its `cursor` is then no parameter, because iterating takes care of it. The
    pages of a feed have no last one: it goes on `after` what was read last, and may `wait` for what comes, which
    iterating takes care of, too.
    """

    operation: Operation
    path: tuple[str, ...]
    query: tuple[Query, ...]
    body: str | None
    is_body_required: bool
    is_form: bool
    answer: str | None
    row: str | None
    is_feed: bool
    can_wait: bool
    takes_key: bool
    takes_if_match: bool
    takes_if_none_match: bool

    @property
    def sentences(self) -> list[str]:
        """What the document says of it, in paragraphs: the summary, the description, the least role."""
        declared = self.operation.declared
        role = self.operation.role
        summary = f"{str(declared.get('summary') or self.operation.operation_id).rstrip('.')}."
        description = [" ".join(each.split()) for each in str(declared.get("description", "")).split("\n\n")]
        least = {"public": "Needs no token.", "authenticated": "For everybody with a token."}
        return [each for each in (summary, *description, least.get(role, f"The least role is {role}.")) if each]


@dataclass
class Group:
    """The operations of one tag."""

    tag: str
    description: str
    operations: list[ClientOperation] = field(default_factory=list)


def groups(document: Document) -> list[Group]:
    """In the order of the document. Raises InvalidDocument for a shape that the clients do not know."""
    tags = {tag["name"]: tag.get("description", "") for tag in document.content.get("tags", [])}
    found: dict[str, Group] = {}
    for operation in operations(document):
        group = found.setdefault(operation.tag, Group(operation.tag, tags.get(operation.tag, "")))
        group.operations.append(_client_operation(document, operation))
    order = [*tags, *(tag for tag in found if tag not in tags)]
    return [found[tag] for tag in order if tag in found]


def client_operations(document: Document) -> dict[str, ClientOperation]:
    """All of them by operationId."""
    return {each.operation.operation_id: each for group in groups(document) for each in group.operations}


def error_codes(document: Document) -> list[str]:
    """The codes of all refusals."""
    return [str(code) for code in document.schemas.get("ErrorCode", {}).get("enum", [])]


def model_modules(document: Document) -> dict[str, str]:
    """The module of each named component, one for each domain: its name in the server."""
    homes = component_homes(document)
    return {name: "shared" if home == SHARED_MODULE else home.split(".")[-2] for name, home in homes.items()}


def camel_group(tag: str) -> str:
    """What a client has the methods of the tag as, in camelCase: `BOM` → `bom`, `WorkOrders` → `workOrders`."""
    return tag.lower() if tag.isupper() else tag[0].lower() + tag[1:]


def is_flag(schema: Schema) -> bool:
    """A boolean as parameters write it."""
    return schema.get("enum") == ["true", "false"]


def _client_operation(document: Document, operation: Operation) -> ClientOperation:
    headers = openapi.headers(document.content, operation.declared)
    body = openapi.request_body(document.content, operation.declared)
    answer = openapi.success(document.content, operation.declared).get("content", {})
    component = _component(document, operation, answer[JSON]["schema"]) if JSON in answer else None
    query = [each for each in operation.parameters if each["in"] == "query"]
    names = {each["name"] for each in query}
    is_feed = component is not None and "after" in names and "next" in document.schemas[component]["properties"]
    row = _row(document, component) if component is not None and (is_feed or "cursor" in names) else None
    by_iterating = {"wait"} if is_feed else {"cursor"} if row else set()
    query = [each for each in query if each["name"] not in by_iterating]
    return ClientOperation(
        operation,
        path=tuple(each["name"] for each in operation.parameters if each["in"] == "path"),
        # What must be given comes first.
        query=tuple(sorted(_queries(query), key=lambda each: not each.required)),
        body=next((_component(document, operation, each["schema"]) for each in body.get("content", {}).values()), None),
        is_body_required=bool(body.get("required")),
        is_form=MULTIPART in body.get("content", {}),
        answer=component,
        row=row,
        is_feed=is_feed,
        can_wait=is_feed and "wait" in names,
        takes_key=IDEMPOTENCY_KEY in headers,
        takes_if_match=IF_MATCH in headers,
        takes_if_none_match="If-None-Match" in headers,
    )


def _queries(parameters: list[dict[str, Any]]) -> Iterator[Query]:
    for each in parameters:
        yield Query(each["name"], each["schema"], bool(each.get("required")))


def _row(document: Document, page: str) -> str:
    items = document.fold(document.schemas[page])["properties"]["data"]["items"]
    row = document.component(document.fold(items))
    if row is None:
        raise InvalidDocument(f"The rows of {page} need a component of their own.")
    return row


def _component(document: Document, operation: Operation, schema: Schema) -> str:
    name = document.component(schema)
    if name is None or not is_object(document, document.schemas[name]):
        raise InvalidDocument(
            f"The bodies of {operation.operation_id} need components of their own, which are objects."
        )
    return name
