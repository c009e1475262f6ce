"""A record that is deactivated says what it still holds (docs/rules.md, Master data)."""

from typing import Any, TypeVar, cast

from pharus.hooks import what_it_holds

T = TypeVar("T")


def with_what_it_holds(table: str, record: T) -> T:
    """The record (a TypedDict), and under `stillHolds` what of it has to be emptied where it is deactivated and holds
    anything. A change shows it as the record itself does, so that both have one version."""
    known = cast(dict[str, Any], record)
    held = {} if known["isActive"] else what_it_holds(table, known["id"])
    return cast(T, {**known, "stillHolds": held}) if held else record
