"""The arithmetic of the bench: percentiles of one run, medians over rounds, ratios within a round."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Deliveries:
    """How the webhooks of a run kept up with its writes.

    per_second    how many came within the measured time
    behind        how many came later than that
    late_seconds  how much later the last of them came
    """

    per_second: float
    behind: int
    late_seconds: float


@dataclass(frozen=True, slots=True)
class Run:
    """One measured run: a server, fresh, under one load. A request is a run of all steps of the workload.

    p50_ms, p99_ms          latency as the client sees it, milliseconds
    cpu_ms                  CPU time of the server's process tree per request, milliseconds
    database_cpu_ms         the same for PostgreSQL; None where its processes cannot be seen
    peak_memory_mb          largest resident memory of the process tree, 10^6 bytes; pages shared by workers count twice
    load_share              CPU the load generator took, as a share of one core
    start_seconds           from the start of the process to its first response out of the database
    idle_memory_mb          resident memory of the largest process of the tree after that, 10^6 bytes
    deliveries              of a workload with webhooks
    """

    peer: str
    workload: str
    connections: int
    workers: int
    round: int
    requests: int
    requests_per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    database_cpu_ms: float | None
    peak_memory_mb: float
    load_share: float
    start_seconds: float
    idle_memory_mb: float
    deliveries: Deliveries | None = None


def percentile(ordered: Sequence[float], share: float) -> float:
    """The nearest-rank percentile of values in ascending order; 0 < share <= 1. ValueError when there are none."""
    if not ordered:
        raise ValueError("no values")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median_of(runs: Iterable[Run], figure: str) -> float | None:
    """The median of one figure over runs; None when any of them lacks it."""
    values = [getattr(run, figure) for run in runs]
    return None if None in values or not values else float(median(values))


def ratio(runs: Iterable[Run], peer: str, to: str) -> float | None:
    """Throughput of `peer` divided by that of `to`, within each round, then the median of these.

    What slows the machine for a while slows both runs of a round; the quotient of two medians would mix rounds.
    None when no round has both.
    """
    by_round: dict[int, dict[str, float]] = {}
    for run in runs:
        by_round.setdefault(run.round, {})[run.peer] = run.requests_per_second
    quotients = [found[peer] / found[to] for found in by_round.values() if peer in found and to in found]
    return median(quotients) if quotients else None


def as_rows(runs: Iterable[Run]) -> list[dict[str, Any]]:
    return [asdict(run) for run in runs]
