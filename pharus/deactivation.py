"""A record that is deactivated says what it still holds (docs/rules.md, Master data)."""

from typing import Any, TypeVar, cast

from pharus.hooks import what_it_holds

T = TypeVar("T")


def with_what_it_holds(table: str, record: T) -> T:
    """The record (a TypedDict) as a change answers with it: under `stillHolds` what it has to be emptied of, where it
    is deactivated and holds anything. It is no part of the record's version, which its GET has."""
    known = cast(dict[str, Any], record)
    held = {} if known["isActive"] else what_it_holds(table, known["id"])
    return cast(T, {**known, "stillHolds": held}) if held else record
