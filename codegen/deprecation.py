"""What may be taken away: what was released as deprecated, long enough ago, and is past its sunset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from codegen.breaking import GONE, NO_LONGER_TAKEN, Change
from pharus import openapi
from pharus.openapi import Document

LEAST = timedelta(days=180)


def premature(changes: list[Change], released: Document, today: date) -> list[Change]:
    """The removals of operations and parameters among the changes that come too early."""
    operations = {each["operationId"]: each for _, _, each in openapi.operations(released.content)}
    return [
        change
        for change in changes
        for declared in _removed(change, operations[change.operation_id], released)
        if not _is_over(declared, today)
    ]


def unsound(document: Document) -> list[str]:
    """What is marked as deprecated without the dates that tell callers how long they have."""
    found = []
    for _, _, operation in openapi.operations(document.content):
        name = operation["operationId"]
        marked: list[tuple[str, Mapping[str, Any]]] = [(name, operation)]
        marked += [(f"{name} {place}", each) for place, each in _parameters(document, operation).items()]
        for what, declared in marked:
            if declared.get("deprecated"):
                since, sunset = _date(declared, "x-deprecated-since"), _date(declared, "x-sunset")
                if since is None or sunset is None or sunset - since < LEAST:
                    found.append(
                        f"{what}: deprecated needs x-deprecated-since, and x-sunset at least {LEAST.days} days later"
                    )
    return found


def _removed(change: Change, operation: Mapping[str, Any], released: Document) -> Iterator[Mapping[str, Any]]:
    """The operation or the parameter that the change takes away, as it was released."""
    if change.what == GONE:
        yield operation
    elif change.what == NO_LONGER_TAKEN:
        parameter = _parameters(released, operation).get(change.pointer)
        if parameter is not None:
            yield parameter


def _is_over(declared: Mapping[str, Any], today: date) -> bool:
    since, sunset = _date(declared, "x-deprecated-since"), _date(declared, "x-sunset")
    return bool(declared.get("deprecated") and since and sunset and sunset <= today and since + LEAST <= today)


def _parameters(document: Document, operation: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """By their pointer, as a change has it."""
    found = openapi.all_parameters(document.content, operation)
    return {f"{each['in']}/{each['name']}": each for each in found}


def _date(declared: Mapping[str, Any], key: str) -> date | None:
    try:
        return date.fromisoformat(declared[key])
    except (KeyError, TypeError, ValueError):
        return None
