"""What a bench found, as a table in Markdown and as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from bench.figures import Run, as_rows, median_of, ratio
from bench.harness import BASELINE, Plan, RoundTrips
from bench.peers import DJANGO, FASTAPI, FLOOR
from bench.workloads.workload import Workload

_HEAD = (
    *("workload", "connections", "workers", "server", "requests/s", "p50 ms", "p99 ms", "CPU ms", "PostgreSQL CPU ms"),
    *("peak MB", "SQL round trips"),
)


_SHORT_HEAD = ("", "server", "requests/s", "p99 ms", "CPU ms", "SQL round trips")
_SHORT_NAMES = {FLOOR: "floor", FASTAPI: "FastAPI", DJANGO: "Django"}

_DELIVERIES_HEAD = ("", "server", "writes/s", "deliveries/s meanwhile", "behind at the end", "last one behind s")

# Where the README has its table.
BEGIN, END = "<!-- make bench writes this table -->", "<!-- up to here -->"


def markdown(plan: Plan, runs: Sequence[Run], trips: Mapping[str, Mapping[str, RoundTrips]]) -> str:
    """One row for each workload, number of connections and of workers, and server: medians over the rounds, then the
    ratios."""
    against = references(plan)
    lines = [_row((*_HEAD, *(f"× {name}" for name in against))), _row(["---"] * (len(_HEAD) + len(against)))]
    for workload, connections, workers in settings(plan):
        together = of_setting(runs, workload.name, connections, workers)
        for peer in plan.peers:
            counted = trips[workload.name][peer.name].usual
            medians = _medians([run for run in together if run.peer == peer.name])
            ratios = [_number(ratio(together, peer.name, name), 2) for name in against]
            lines.append(_row((workload.title, connections, workers, peer.title, *medians, counted, *ratios)))
        if any(run.peer == BASELINE for run in together):
            rate, p50, p99, *_ = _medians([run for run in together if run.peer == BASELINE])
            rest = ["–"] * (len(_HEAD) - 7 + len(against))
            lines.append(_row((workload.title, connections, "–", "plain COPY", rate, p50, p99, *rest)))
    return "\n".join(lines)


def summary(plan: Plan, runs: Sequence[Run], trips: Mapping[str, Mapping[str, RoundTrips]]) -> str:
    """The short table, which the README shows: one worker, the fewest figures that say it all."""
    against = references(plan)
    lines = [_row((*_SHORT_HEAD, *(f"× {_SHORT_NAMES[name]}" for name in against)))]
    lines.append(_row(["---"] * (len(_SHORT_HEAD) + len(against))))
    for workload, connections, workers in settings(plan):
        together = of_setting(runs, workload.name, connections, workers)
        title = f"{workload.title}, {connections} connections" if connections > 1 else workload.title
        for peer in plan.peers:
            rate, _, p99, cpu, *_ = _medians([run for run in together if run.peer == peer.name])
            ratios = [_number(ratio(together, peer.name, name), 2) for name in against]
            counted = trips[workload.name][peer.name].usual
            lines.append(_row((title, peer.title, rate, p99, cpu, counted, *ratios)))
            title = ""
    return "\n".join(lines)


def deliveries(plan: Plan, runs: Sequence[Run]) -> str:
    """How the webhooks kept up with the writes; empty where no workload has any."""
    lines = []
    for workload, connections, workers in settings(plan):
        if workload.webhook is None:
            continue
        title = f"{workload.title}, {connections} connections"
        for peer in plan.peers:
            own = [run for run in of_setting(runs, workload.name, connections, workers) if run.peer == peer.name]
            rate, *_ = _medians(own)
            kept_up = [run.deliveries for run in own if run.deliveries is not None]
            figures = [
                _number(median(getattr(each, figure) for each in kept_up) if kept_up else None, digits)
                for figure, digits in (("per_second", 0), ("behind", 0), ("late_seconds", 1))
            ]
            lines.append(_row((title, peer.title, rate, *figures)))
            title = ""
    return "\n".join([_row(_DELIVERIES_HEAD), _row(["---"] * len(_DELIVERIES_HEAD)), *lines]) if lines else ""


def written_into(readme: str, table: str) -> str:
    """The README with the table between its marks. ValueError when it has none."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    if not after:
        raise ValueError(f"the README has no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def starts(plan: Plan, runs: Sequence[Run]) -> str:
    """One row for each server: how long it takes to its first response, and how large it is then."""
    lines = [_row(("server", "start to first response s", "idle MB of a worker")), _row(["---"] * 3)]
    for peer in plan.peers:
        own = [run for run in runs if run.peer == peer.name]
        seconds, megabytes = median_of(own, "start_seconds"), median_of(own, "idle_memory_mb")
        lines.append(_row((peer.title, _number(seconds, 2), _number(megabytes, 0))))
    return "\n".join(lines)


def as_json(
    plan: Plan,
    runs: Sequence[Run],
    trips: Mapping[str, Mapping[str, RoundTrips]],
    environment: Mapping[str, Any],
) -> dict[str, Any]:
    """All single runs, and what was made of them."""
    ratios = [
        {
            "workload": workload.name,
            "connections": connections,
            "workers": workers,
            "peer": peer.name,
            "to": name,
            "ratio": ratio(of_setting(runs, workload.name, connections, workers), peer.name, name),
        }
        for workload, connections, workers in settings(plan)
        for name in references(plan)
        for peer in plan.peers
        if peer.name != name
    ]
    return {
        "settings": dict(environment),
        "rounds": plan.rounds,
        "seconds": plan.seconds,
        "warmupSeconds": plan.warmup_seconds,
        "ratios": ratios,
        "roundTrips": {
            workload: {peer: asdict(counted) for peer, counted in by_peer.items()}
            for workload, by_peer in trips.items()
        },
        "runs": as_rows(runs),
    }


def settings(plan: Plan) -> list[tuple[Workload, int, int]]:
    """Workload, connections, workers: all that is measured, in the order of the table."""
    return [
        (workload, connections, workers)
        for workload in plan.workloads
        for connections in plan.connections_of(workload)
        for workers in plan.workers
    ]


def of_setting(runs: Sequence[Run], workload: str, connections: int, workers: int) -> list[Run]:
    """Runs under one setting; a baseline has one connection and no workers."""
    return [
        run
        for run in runs
        if run.workload == workload
        and ((run.connections, run.workers) == (connections, workers) or run.peer == BASELINE)
    ]


def references(plan: Plan) -> list[str]:
    """The peers that the others are measured against: all that run but the first."""
    return [peer.name for peer in plan.peers[1:]]


def _medians(runs: Sequence[Run]) -> list[str]:
    """In the order of the table's head."""
    digits = {
        "requests_per_second": 0 if (median_of(runs, "requests_per_second") or 0) >= 100 else 1,
        "p50_ms": 1,
        "p99_ms": 1,
        "cpu_ms": 2,
        "database_cpu_ms": 2,
        "peak_memory_mb": 0,
    }
    return [_number(median_of(runs, figure), count) for figure, count in digits.items()]


def _row(cells: Sequence[Any]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
