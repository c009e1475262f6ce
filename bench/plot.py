"""The figures as a picture: throughput of each server, and its p99, for each workload and number of connections."""

from collections.abc import Sequence
from pathlib import Path

from bench.figures import Run, median_of
from bench.harness import Plan
from bench.report import of_setting, settings

# What is drawn of a run, and what it is called.
_FIGURES = {"requests_per_second": "requests a second", "p99_ms": "p99, milliseconds"}


def draw(plan: Plan, runs: Sequence[Run], file: Path) -> None:
    """One row of two diagrams for each setting, into a PNG or SVG file."""
    # Takes a second to import, and measuring needs it not at all.
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = settings(plan)
    figure, axes = pyplot.subplots(len(rows), 2, figsize=(11, 0.6 + 1.5 * len(rows)), squeeze=False)
    titles = [peer.title for peer in plan.peers]
    for (workload, connections, workers), pair in zip(rows, axes, strict=True):
        together = of_setting(runs, workload.name, connections, workers)
        for axis, (name, title) in zip(pair, _FIGURES.items(), strict=True):
            values = [median_of([run for run in together if run.peer == peer.name], name) or 0.0 for peer in plan.peers]
            bars = axis.barh(titles, values, color=["#1f6f8b", *["#c3c9cf"] * (len(titles) - 1)])
            axis.bar_label(bars, [f"{value:,.0f}" if value >= 10 else f"{value:.1f}" for value in values], padding=3)
            axis.invert_yaxis()
            axis.margins(x=0.18)
            axis.tick_params(axis="x", labelsize=7)
            axis.set_title(f"{workload.title}, {connections} connections, {workers} worker(s): {title}", fontsize=7)
            axis.spines[["top", "right"]].set_visible(False)
        pair[1].set_yticklabels([])
    figure.tight_layout()
    figure.savefig(file, dpi=120)
    pyplot.close(figure)
