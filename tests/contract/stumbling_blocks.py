"""What a document may say by OpenAPI, and what generators of clients make nothing useful of."""

from collections.abc import Iterator, Mapping
from typing import Any


def stumbling_blocks(document: Mapping[str, Any]) -> list[str]:
    """Each with its place. The words of our own for these are at the top of openapi.yaml."""
    found: list[str] = []
    for pointer, node in _nodes(document, ""):
        parts = [part for key in ("anyOf", "oneOf") for part in node.get(key, [])]
        names = [part.get("type") for part in parts]
        if "operationId" in node and "responses" not in node and "requestBody" in node:
            found.append(f"{pointer}: a link with a requestBody that is no text")
        if any(name is None for name in names) and "type" in node:
            found.append(f"{pointer}: alternatives that are only conditions")
        if {"array", "object"} & set(names):
            found.append(f"{pointer}: alternatives of different shape")
        if "anyOf" in node:
            found.append(f"{pointer}: anyOf, of which most make an empty class; oneOf becomes a union")
        if sum(part.get("nullable", False) for part in parts) > 1:
            found.append(f"{pointer}: null fits more than one alternative")
        if "number" in names and names != ["string", "number"]:
            found.append(f"{pointer}: the text of a number comes first, as the form that a client prefers")
        if len(media_types := node.get("content", {})) > 1 and "application/json" in media_types:
            found.append(f"{pointer}: a file beside JSON, of which types become unions; x-content is for it")
        if node.get("format") == "binary" and {"minLength", "maxLength"} & node.keys():
            found.append(f"{pointer}: the length of a file as that of a text")
    names = document["components"]["schemas"]
    found += [
        f"{name}: generators make a type of this name for {name[8:]}"
        for name in names
        if name.startswith("Nullable") and name.removeprefix("Nullable") in names
    ]
    return found


def _nodes(node: Any, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(node, list):
        for index, entry in enumerate(node):
            yield from _nodes(entry, f"{pointer}/{index}")
    elif isinstance(node, dict):
        yield pointer, node
        for key, entry in node.items():
            yield from _nodes(entry, f"{pointer}/{key}")
