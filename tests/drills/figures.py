"""What a drill measures: shown at once, and kept for docs/proof.md (tests/proof)."""

from collections.abc import Callable, Mapping

import click

Record = Callable[[str, object], None]

# The name of the property of a test's report that holds them; tests/proof/recorder.py reads it.
PROPERTY = "figures"


def report(record_property: Record, drill: str, on: str, figures: Mapping[str, float | str]) -> None:
    """`drill` is what was done, `on` where: the version of PostgreSQL, and what else sets this run apart."""
    click.echo(f"\n{drill}, {on}: " + ", ".join(f"{name} {value}" for name, value in figures.items()))
    # As pairs: they are shown in this order.
    record_property(PROPERTY, {"drill": drill, "on": on, "figures": list(figures.items())})
