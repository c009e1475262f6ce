"""Which ids the links of the document have led to: `createBom` to `replaceBom` by the `outputSkuId` of its answer.

Schemathesis follows links of its own beside those of the document, inferred from names, and some are wrong: it takes
the id of a line in a BOM for the id in `/api/boms/{id}`, which is the SKU's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from contract.document import Document, Operation

_BODY = "$response.body#/"


class LinkedIds:
    def __init__(self, document: Document) -> None:
        self._document = document
        # For an operation and one that it has a link to, what the answers so far gave for the parameters of its path.
        self._ids: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def note(self, operation: Operation, status: int, body: Any) -> None:
        """Read the links of an answer."""
        for target, pointer in self._links(operation, str(status)):
            value = _at(body, pointer)
            if isinstance(value, str):
                self._ids[operation.id, target].add(value)

    def lead_elsewhere(self, operation: Operation, target: Operation, path_parameters: dict[str, Any]) -> bool:
        """Has the document a link from the one operation to the other, and has none of its answers led to this path?"""
        has_link = any(
            id == target.id for status in operation.declared["responses"] for id, _ in self._links(operation, status)
        )
        return has_link and not set(map(str, path_parameters.values())) <= self._ids[operation.id, target.id]

    def _links(self, operation: Operation, status: str) -> Iterator[tuple[str, str]]:
        """(operation, pointer into the body) of each parameter of a path."""
        response = self._document.follow(operation.declared["responses"].get(status, {}))
        for declared in response.get("links", {}).values():
            link = self._document.follow(declared)
            target = self._document.operation(link.get("operationId", ""))
            for name, expression in link.get("parameters", {}).items():
                if target is not None and f"{{{name}}}" in target.path and str(expression).startswith(_BODY):
                    yield target.id, expression.removeprefix(_BODY)


def _at(node: Any, pointer: str) -> Any:
    for step in pointer.split("/"):
        if isinstance(node, dict):
            node = node.get(step)
        elif isinstance(node, list) and step.isdigit() and int(step) < len(node):
            node = node[int(step)]
        else:
            return None
    return node
