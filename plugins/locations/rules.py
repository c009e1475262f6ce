"""Decisions on locations (docs/rules.md, Master data)."""

from collections.abc import Mapping

# What can refer to a location, in the contract's words. The counts come from the domains that know them; a kind that
# no loaded domain counts is 0.
REFERENCE_KINDS = ("poCount", "woCount", "soCount", "ledgerCount", "productionOrderCount")


def all_kinds(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts with every kind present."""
    return {**dict.fromkeys(REFERENCE_KINDS, 0), **counts}
