"""The tables in docs/: every operation, who may call it, and how it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from codegen.operations import Operation
from codegen.rendering import templates
from pharus.openapi import Document

# From least to most; who may do more may do all that comes before it.
ROLES = ("public", "authenticated", "viewer", "member", "admin", "owner")


@dataclass(frozen=True)
class Refusal:
    """One of the responses that are no success, as the document's components describe it."""

    status: str
    codes: list[str]
    description: str


def reference_files(document: Document, operations: Sequence[Operation], subject: str) -> dict[str, str]:
    """docs/reference/operations.md, docs/roles.md and docs/errors.md of these operations; `subject` says whose they
    are."""
    tags = {tag["name"]: tag.get("description", "") for tag in document.content.get("tags", [])}
    groups = {
        tag: [operation for operation in operations if operation.tag == tag]
        for tag in dict.fromkeys([*tags, *(operation.tag for operation in operations)])
    }
    context = {
        "subject": subject,
        "groups": {tag: group for tag, group in groups.items() if group},
        "tags": tags,
        "roles": [role for role in ROLES if any(operation.role == role for operation in operations)],
        "refusals": _refusals(document, operations),
        "everywhere": _everywhere(operations),
    }
    return {
        f"docs/{name}.md": templates().get_template(f"{name.removeprefix('reference/')}.md.j2").render(context)
        for name in ("reference/operations", "roles", "errors")
    }


def _refusals(document: Document, operations: Sequence[Operation]) -> list[Refusal]:
    """Each refusal once, by status: several operations refer to the same component."""
    found: dict[str, Refusal] = {}
    for operation in operations:
        for status, response in operation.declared.get("responses", {}).items():
            if not str(status).startswith("2") and isinstance(response, dict) and "$ref" in response:
                declared = document.follow(response)
                codes = _codes(declared)
                description = " ".join(declared["description"].split())
                # With one code the description begins by naming it, and the table has it already.
                if len(codes) == 1:
                    description = description.removeprefix(f"`{codes[0]}`: ")
                found[response["$ref"]] = Refusal(str(status), codes, description)
    return sorted(found.values(), key=lambda refusal: (refusal.status, refusal.codes))


def _codes(response: dict[str, Any]) -> list[str]:
    """The codes of its examples, each once."""
    codes = []
    for media in response.get("content", {}).values():
        examples = [example.get("value") for example in media.get("examples", {}).values()]
        codes += [
            str(example["error"]["code"])
            for example in [*examples, media.get("example")]
            if isinstance(example, dict) and "error" in example
        ]
    return list(dict.fromkeys(codes))


def _everywhere(operations: Sequence[Operation]) -> list[str]:
    """The refusals of every operation that needs a token; a table says more without them."""
    sets = [
        {status for status in operation.statuses if not status.startswith("2")}
        for operation in operations
        if operation.role != "public"
    ]
    return sorted(set.intersection(*sets)) if sets else []
