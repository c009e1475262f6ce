"""`python -m bench`: compare the peers' responses, count their SQL round trips, measure them, print a table.

Ends with 1 when responses differ or a request failed. It never judges a figure: timings depend on the machine.
"""

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import click
import orjson

from bench import harness, plot, report
from bench.database import open_database
from bench.peers import PEERS, Peer
from bench.processes import ServerFailed
from bench.webhooks import NotDelivered
from bench.workloads import WORKLOADS
from bench.workloads.workload import Workload

Named = TypeVar("Named", Peer, Workload)

FOLDER = Path(__file__).parent.parent / "build" / "bench"

_README = Path(__file__).parent.parent / "README.md"

# About the size of the largest measured response.
_LARGE_ANSWER_BYTES = 40_000


def _names(options: Sequence[Named]) -> str:
    return ",".join(option.name for option in options)


@click.command(context_settings={"show_default": True})
@click.option("--rounds", default=5, type=click.IntRange(1), help="How often each combination is run.")
@click.option("--seconds", default=4.0, help="The measured time of one run.")
@click.option("--warmup", default=1.0, help="Seconds of load before that.")
@click.option("--connections", default="16", help="Numbers of keep-alive connections, separated by commas.")
@click.option("--workers", default="1", help="Numbers of worker processes of each server, separated by commas.")
@click.option("--peers", default=_names(PEERS), help="Which servers, separated by commas.")
@click.option("--workloads", default=_names(WORKLOADS), help="Which workloads, separated by commas.")
@click.option("--quick", is_flag=True, help="Two rounds of one second: does it run, roughly how fast.")
@click.option("--statements", is_flag=True, help="Print the SQL of one request of each server.")
@click.option("--readme", is_flag=True, help="Write the short table into README.md.")
@click.option("--compare-only", is_flag=True, help="Compare answers and count round trips; measure nothing.")
def main(
    rounds: int,
    seconds: float,
    warmup: float,
    connections: str,
    workers: str,
    peers: str,
    workloads: str,
    quick: bool,
    statements: bool,
    readme: bool,
    compare_only: bool,
) -> None:
    """Measure Pharus and its peers on the same work."""
    if quick:
        rounds, seconds, warmup = 2, 1.0, 0.5
    plan = harness.Plan(
        _chosen(PEERS, peers),
        _chosen(WORKLOADS, workloads),
        [int(number) for number in connections.split(",")],
        rounds,
        seconds,
        warmup,
        [int(number) for number in workers.split(",")],
        FOLDER,
    )
    try:
        _bench(plan, statements, compare_only, readme)
    except (ServerFailed, harness.RequestsFailed, NotDelivered) as failure:
        raise click.ClickException(str(failure)) from failure


def _bench(plan: harness.Plan, statements: bool, compare_only: bool, readme: bool) -> None:
    database = open_database(os.environ.get("PHARUS_BENCH_DATABASE_URL"), FOLDER / "data")
    for workload in plan.workloads:
        database.fill(workload)
        database.prepare(workload)
    differences, trips = harness.compare_and_count(plan, database, _say)
    for workload in plan.workloads:
        for peer in plan.peers:
            counted = trips[workload.name][peer.name]
            _say(f"{workload.name}, {peer.name}: {counted.usual} SQL round trips (most {counted.most})")
            for text in counted.statements if statements else ():
                _say(f"    {' '.join(text.split())}")
    if differences:
        raise click.ClickException("the responses differ\n  " + "\n  ".join(differences))
    _say(
        f"responses agree: {sum(len(workload.checks) for workload in plan.workloads)} checks, {len(plan.peers)} servers"
    )
    if compare_only:
        return
    most = max(max(plan.connections_of(workload)) for workload in plan.workloads)
    ceilings = {size: harness.ceiling(FOLDER, most, size) for size in (500, _LARGE_ANSWER_BYTES)}
    for size, rate in ceilings.items():
        _say(f"load generator alone, {most} connections, answers of {size} bytes: {rate:.0f}/s")
    runs = harness.measure(plan, database, _say)
    environment = {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "postgresql": database.settings,
        "loadGeneratorPerSecond": {str(size): round(rate) for size, rate in ceilings.items()},
    }
    latest = FOLDER / "latest.json"
    latest.write_bytes(orjson.dumps(report.as_json(plan, runs, trips, environment), option=orjson.OPT_INDENT_2))
    plot.draw(plan, runs, FOLDER / "latest.png")
    share = max(run.load_share for run in runs)
    taken = (
        f"Medians of {plan.rounds} alternated rounds of {plan.seconds:g} s, Python {environment['python']}, PostgreSQL "
        f"{database.settings['server_version']}, {environment['machine']}. CPU is per request; the load generator took "
        f"at most {share:.0%} of a core."
    )
    if readme:
        short = "\n\n".join(filter(None, (report.summary(plan, runs, trips), report.deliveries(plan, runs))))
        _README.write_text(report.written_into(_README.read_text(), f"{short}\n\n{taken}"))
    tables = (report.markdown(plan, runs, trips), report.deliveries(plan, runs), report.starts(plan, runs))
    click.echo("\n" + "\n\n".join(filter(None, tables)) + "\n")
    click.echo(f"{taken} All single runs: build/bench/{latest.name}; as a picture: latest.png.")


def _chosen(options: Sequence[Named], names: str) -> list[Named]:
    """The options named, in the order named."""
    by_name = {option.name: option for option in options}
    chosen = []
    for name in names.split(","):
        if name not in by_name:
            raise click.UsageError(f"{name!r} is none of {', '.join(by_name)}.")
        chosen.append(by_name[name])
    return chosen


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
