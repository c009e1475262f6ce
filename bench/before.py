"""`python -m bench.before CHECKOUT`: is Pharus slower than it was? An older checkout against this one, in the same run.

For each workload the old server, this one and the floor run beside each other and get the load by turns, half a second
each: what slows the machine for a while slows all three. Each has a database of its own on the same PostgreSQL, and the
old one's is migrated by its own code. It prints the throughput, as a multiple of the floor's, and the CPU time of a
request, of the server and of PostgreSQL: this moves least. Nothing is judged.
"""

import os
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import click
from psycopg2.extensions import parse_dsn

from bench import harness
from bench.__main__ import FOLDER
from bench.database import Database, open_database
from bench.peers import FLOOR, PEERS, PHARUS, Peer
from bench.processes import python_of
from bench.workloads import WORKLOADS
from bench.workloads.workload import Workload
from pharus.embedded import create_database

BEFORE = "before"

# Before the first turn that counts: what is opened, prepared and cached once.
_SETTLE_SECONDS = 1.0
_WARMUP_SECONDS = 0.1
# Of one turn.
_MOST_REQUESTS = 100_000

_HEAD = (
    *("", "× floor before", "now", "now / before", "CPU ms before", "now", "now / before"),
    *("PostgreSQL CPU ms before", "now", "now / before"),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one server did in one turn."""

    requests: int
    seconds: float
    cpu_seconds: float
    database_cpu_seconds: float | None


# The turns of one workload, by the name of the server.
Turns = dict[str, list[Turn]]


@click.command(context_settings={"show_default": True})
@click.argument("checkout", type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path))
@click.option("--rounds", default=12, type=click.IntRange(1), help="How many turns each server gets of each workload.")
@click.option("--seconds", default=0.5, help="The measured time of one turn.")
@click.option("--connections", default=16, type=click.IntRange(1), help="Keep-alive connections.")
@click.option("--workloads", default=",".join(each.name for each in WORKLOADS), help="Which, separated by commas.")
def main(checkout: Path, rounds: int, seconds: float, connections: int, workloads: str) -> None:
    """Measure the Pharus of CHECKOUT, which is installed there, against this one."""
    by_name = {peer.name: peer for peer in PEERS}
    before = replace(by_name[PHARUS], name=BEFORE, root=checkout)
    peers = [before, by_name[PHARUS], by_name[FLOOR]]
    database = open_database(os.environ.get("PHARUS_BENCH_DATABASE_URL"), FOLDER / "data")
    _migrate(by_name[PHARUS], database.url)
    databases = {**{peer.name: database for peer in peers}, BEFORE: _database_of(before, database)}
    click.echo(_row(_HEAD) + "\n" + _row(["---"] * len(_HEAD)))
    for workload in WORKLOADS:
        if workload.name in workloads.split(","):
            plan = harness.Plan(peers, [workload], [connections], rounds, seconds, _WARMUP_SECONDS, [1], FOLDER)
            click.echo(row(workload, _measure(plan, workload, databases)))


def row(workload: Workload, turns: Turns) -> str:
    """The medians of what was compared within a round, and CPU time over all of them."""
    rates = {peer: [turn.requests / turn.seconds for turn in own] for peer, own in turns.items()}
    figures: list[float | None] = [
        median(one / other for one, other in zip(rates[peer], rates[to], strict=True))
        for peer, to in ((BEFORE, FLOOR), (PHARUS, FLOOR), (PHARUS, BEFORE))
    ]
    for figure in ("cpu_seconds", "database_cpu_seconds"):
        old, new = (_milliseconds(turns[peer], figure) for peer in (BEFORE, PHARUS))
        figures += [old, new, None if old is None or new is None else new / old]
    return _row([workload.name, *("–" if each is None else f"{each:.3f}" for each in figures)])


def _measure(plan: harness.Plan, workload: Workload, databases: dict[str, Database]) -> Turns:
    (connections,) = plan.connections_of(workload)
    turns: Turns = {peer.name: [] for peer in plan.peers}
    with ExitStack() as stack:
        servers = {}
        for peer in plan.peers:
            database = databases[peer.name]
            database.fill(workload)
            database.prepare(workload, at_rest=True)
            servers[peer.name] = stack.enter_context(harness.serving(plan, peer, database, database.url, 1))
            harness.load(database, workload, servers[peer.name], connections, _SETTLE_SECONDS, 0.1)
        for number in range(plan.rounds):
            for peer in plan.peers[:: 1 if number % 2 else -1]:
                database = databases[peer.name]
                if workload.is_write:
                    # Each turn begins with the same rows, and brings in the same.
                    database.prepare(workload, at_rest=True)
                # What was under way at the end of the turn before may be stored after that.
                first = (number + 1) * _MOST_REQUESTS
                measured = harness.load(
                    database, workload, servers[peer.name], connections, plan.warmup_seconds, plan.seconds, first
                )
                figures = (measured[name] for name in Turn.__slots__)
                turns[peer.name].append(Turn(*figures))
    return turns


def _milliseconds(turns: Sequence[Turn], figure: str) -> float | None:
    """Of one request. The kernel counts in steps of 10 ms: the sum is nearer than the median."""
    seconds = [getattr(turn, figure) for turn in turns]
    return None if None in seconds else sum(seconds) / sum(turn.requests for turn in turns) * 1000


def _database_of(peer: Peer, database: Database) -> Database:
    """A database of its own, migrated by the checkout of the peer."""
    commit = subprocess.check_output(("git", "rev-parse", "--short=12", "HEAD"), cwd=peer.root, text=True).strip()
    name = f"bench_{peer.name}_{commit}"
    create_database(database.url, name)
    url = "postgresql:///?" + urlencode({**parse_dsn(database.url), "dbname": name})
    _migrate(peer, url)
    return replace(database, url=url)


def _migrate(peer: Peer, url: str) -> None:
    environment = {**os.environ, **peer.environment(url, FOLDER / peer.name)}
    command = [python_of(peer.root), "-m", "handlers.cli", "migrate"]
    subprocess.run(command, cwd=peer.root, env=environment, check=True, stdout=subprocess.DEVNULL)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
