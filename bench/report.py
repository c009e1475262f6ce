"""What a bench found, as a table in Markdown and as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bench.figures import Run, as_rows, median_of, ratio
from bench.harness import Plan, RoundTrips

_HEAD = (
    *("workload", "connections", "server", "requests/s", "p50 ms", "p99 ms", "CPU ms", "PostgreSQL CPU ms"),
    *("peak MB", "SQL round trips"),
)


def markdown(plan: Plan, runs: Sequence[Run], trips: Mapping[str, Mapping[str, RoundTrips]]) -> str:
    """One row for each workload, number of connections and server: medians over the rounds, then the ratios."""
    against = references(plan)
    lines = [_row((*_HEAD, *(f"× {name}" for name in against))), _row(["---"] * (len(_HEAD) + len(against)))]
    for workload in plan.workloads:
        for connections in plan.connections:
            for peer in plan.peers:
                together = _of(runs, workload.name, connections)
                counted = trips[workload.name][peer.name].usual
                medians = _medians([run for run in together if run.peer == peer.name])
                ratios = [_number(ratio(together, peer.name, name), 2) for name in against]
                lines.append(_row((workload.title, connections, peer.title, *medians, counted, *ratios)))
    return "\n".join(lines)


def as_json(
    plan: Plan,
    runs: Sequence[Run],
    trips: Mapping[str, Mapping[str, RoundTrips]],
    settings: Mapping[str, Any],
) -> dict[str, Any]:
    """All single runs, and what was made of them."""
    ratios = [
        {
            "workload": workload.name,
            "connections": connections,
            "peer": peer.name,
            "to": name,
            "ratio": ratio(_of(runs, workload.name, connections), peer.name, name),
        }
        for workload in plan.workloads
        for connections in plan.connections
        for name in references(plan)
        for peer in plan.peers
        if peer.name != name
    ]
    return {
        "settings": dict(settings),
        "rounds": plan.rounds,
        "seconds": plan.seconds,
        "warmupSeconds": plan.warmup_seconds,
        "workers": plan.workers,
        "ratios": ratios,
        "roundTrips": {
            workload: {peer: asdict(counted) for peer, counted in by_peer.items()}
            for workload, by_peer in trips.items()
        },
        "runs": as_rows(runs),
    }


def references(plan: Plan) -> list[str]:
    """The peers that the others are measured against: all that run but the first."""
    return [peer.name for peer in plan.peers[1:]]


def _medians(runs: Sequence[Run]) -> list[str]:
    """In the order of the table's head."""
    digits = {
        "requests_per_second": 0,
        "p50_ms": 1,
        "p99_ms": 1,
        "cpu_ms": 2,
        "database_cpu_ms": 2,
        "peak_memory_mb": 0,
    }
    return [_number(median_of(runs, figure), count) for figure, count in digits.items()]


def _of(runs: Sequence[Run], workload: str, connections: int) -> list[Run]:
    return [run for run in runs if run.workload == workload and run.connections == connections]


def _row(cells: Sequence[Any]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
