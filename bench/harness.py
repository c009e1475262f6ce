"""The course of a bench: first do all peers answer alike and how many SQL round trips do they take, then the measured
runs, alternated.

Each run has a fresh server and the same rows. Within a round the peers take turns at one workload, so that what slows
the machine for a while slows all of them.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bench import comparison, webhooks
from bench.database import Database
from bench.figures import Deliveries, Run, percentile
from bench.load import Load
from bench.peers import ROOT, Peer
from bench.processes import PeakMemory, Server, cpu_seconds, largest_process_bytes, running
from bench.roundtrips import CountingProxy
from bench.webhooks import Receiver
from bench.workloads.workload import Caller, Workload, render, take

# Requests sent before counting round trips (caches and connections fill) and counted: enough for each of the server's
# threads to have answered some.
_UNCOUNTED, _COUNTED = 8, 8
# Longer than Pharus takes an organization to be there after its last request.
_ALONE_SECONDS = 1.2
# Shorter than the time between two looks of what works in the background.
_QUIET_SECONDS = 0.3
# Only requests look for a token: what connections that deliver in the background send is not counted.
_OF_REQUESTS = ("token_hash =",)
# Numbers of requests that the one load before another does not reach.
_AFTER_WARMUP = 1_000_000

# The name under which runs of a workload's baseline appear among the peers.
BASELINE = "copy"


class RequestsFailed(Exception):
    """Answers of a measured run had another status than the workload's."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: for how long (seconds), how often, with which numbers of connections and of server workers."""

    peers: Sequence[Peer]
    workloads: Sequence[Workload]
    connections: Sequence[int]
    rounds: int
    seconds: float
    warmup_seconds: float
    workers: Sequence[int]
    folder: Path

    def connections_of(self, workload: Workload) -> Sequence[int]:
        return workload.connections or self.connections


@dataclass(frozen=True, slots=True)
class RoundTrips:
    """SQL round trips of one request: the usual number, the largest seen, and the statements of the last request."""

    usual: int
    most: int
    statements: tuple[str, ...] = field(repr=False)


def compare_and_count(
    plan: Plan, database: Database, say: Callable[[str], None]
) -> tuple[list[str], dict[str, dict[str, RoundTrips]]]:
    """The differences between the peers' responses, and the round trips by workload and peer."""
    responses: dict[str, dict[str, Mapping[str, comparison.Response]]] = {}
    delivered: dict[str, dict[str, Any]] = {}
    trips: dict[str, dict[str, RoundTrips]] = {}
    for peer in plan.peers:
        say(f"{peer.title}: responses and SQL round trips")
        for together in _of_one_server(plan.workloads):
            with (
                webhooks.receiving(database, together[0], plan.folder) as receiver,
                CountingProxy(database.url, _OF_REQUESTS if receiver else ()) as proxy,
                serving(plan, peer, database, proxy.url, 1, receiver) as server,
                httpx.Client(base_url=server.url, trust_env=False, timeout=30) as client,
            ):
                for workload in together:
                    database.prepare(workload)
                    given = comparison.responses(client, workload, _tokens(database, workload))
                    responses.setdefault(workload.name, {})[peer.name] = given
                    if receiver is not None:
                        delivered.setdefault(workload.name, {})[peer.name] = receiver.said()
                    database.prepare(workload)
                    trips.setdefault(workload.name, {})[peer.name] = _count(client, proxy, database, workload)
                if receiver is not None:
                    receiver.wait()
    found = []
    for workload in plan.workloads:
        found += comparison.differences(workload, responses[workload.name])
        found += comparison.deliveries_that_differ(workload, delivered.get(workload.name, {}))
        for sentence in comparison.not_compared(workload, responses[workload.name]):
            say(sentence)
    return found, trips


def _of_one_server(workloads: Sequence[Workload]) -> Iterator[list[Workload]]:
    """Those that one server can serve: it is told of a receiver of webhooks when it starts."""
    together = [workload for workload in workloads if workload.webhook is None]
    yield from [together] if together else []
    yield from ([workload] for workload in workloads if workload.webhook is not None)


def measure(plan: Plan, database: Database, say: Callable[[str], None]) -> list[Run]:
    """All measured runs. RequestsFailed as soon as one has a response of another status."""
    runs = []
    for number in range(1, plan.rounds + 1):
        for workload in plan.workloads:
            if workload.baseline is not None:
                runs.append(_run_baseline(plan, database, workload, number))
                say(_line(runs[-1]))
            for connections in plan.connections_of(workload):
                for workers in plan.workers:
                    for peer in plan.peers:
                        runs.append(_run(plan, database, peer, workload, connections, workers, number))
                        say(_line(runs[-1]))
    return runs


def ceiling(folder: Path, connections: int, answer_bytes: int) -> float:
    """Answers per second that the load generator takes from a server that does nothing; a lower bound of what it can
    take, because that server is Python, too."""
    with running(("bench.echo", "{port}", str(answer_bytes)), {}, folder / "echo.log", ("/", {})) as server:
        request = "GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
        load = Load(server.port, connections, 0.2, 1.0, [(request, 200, ())])
        measured = _generate(load)
    return float(measured["requests"] / measured["seconds"])


def _run(
    plan: Plan,
    database: Database,
    peer: Peer,
    workload: Workload,
    connections: int,
    workers: int,
    number: int,
) -> Run:
    deliveries = None
    with (
        webhooks.receiving(database, workload, plan.folder) as receiver,
        serving(plan, peer, database, database.url, workers, receiver) as server,
    ):
        idle_memory_mb = largest_process_bytes(server.process.pid) / 1e6
        database.prepare(workload, at_rest=True)
        with PeakMemory(server.process.pid) as memory:
            if receiver is None:
                measured = load(database, workload, server, connections, plan.warmup_seconds, plan.seconds)
            else:
                measured, deliveries = _load_and_deliver(plan, database, workload, server, connections, receiver)
    requests, seconds, database_cpu = measured["requests"], measured["seconds"], measured["database_cpu_seconds"]
    return Run(
        peer=peer.name,
        workload=workload.name,
        connections=connections,
        workers=workers,
        round=number,
        requests=requests,
        requests_per_second=requests / seconds,
        p50_ms=measured["p50_ms"],
        p99_ms=measured["p99_ms"],
        cpu_ms=measured["cpu_seconds"] / requests * 1000,
        database_cpu_ms=None if database_cpu is None else database_cpu / requests * 1000,
        peak_memory_mb=memory.megabytes,
        load_share=measured["own_cpu_seconds"] / seconds,
        start_seconds=server.start_seconds,
        idle_memory_mb=idle_memory_mb,
        deliveries=deliveries,
    )


def _load_and_deliver(
    plan: Plan, database: Database, workload: Workload, server: Server, connections: int, receiver: Receiver
) -> tuple[dict[str, Any], Deliveries]:
    """The same of a workload with a receiver: the CPU time is that of the writes and of all their deliveries, of which
    some come behind the measured time."""
    load(database, workload, server, connections, 0.0, plan.warmup_seconds)
    receiver.wait()
    measured = load(database, workload, server, connections, 0.0, plan.seconds, _AFTER_WARMUP)
    pids = {"cpu_seconds": server.process.pid, "database_cpu_seconds": database.pid}
    before = {figure: cpu_seconds(pid) for figure, pid in pids.items() if pid is not None}
    received = receiver.wait()
    for figure, seconds in before.items():
        measured[figure] += cpu_seconds(pids[figure]) - seconds
    return measured, webhooks.deliveries(received, measured["began"], measured["seconds"])


def load(
    database: Database,
    workload: Workload,
    server: Server,
    connections: int,
    warmup_seconds: float,
    seconds: float,
    first: int = 0,
) -> dict[str, Any]:
    """What the load generator has measured (`bench.load.Measured`) of a server that runs. RequestsFailed when a
    response had another status than the workload's."""
    token = database.token(workload, workload.caller)
    assert token is not None
    measured = _generate(
        Load(
            server.port,
            connections,
            warmup_seconds,
            seconds,
            [(step.text(token), step.status, step.takes) for step in workload.steps],
            workload.variants,
            pid=server.process.pid,
            database_pid=database.pid,
            most_requests=workload.most_requests or 10_000_000,
            first=first,
        )
    )
    if measured["failures"]:
        raise RequestsFailed(f"{workload.name}: {measured['failures'][0]}\n{server.tail()}")
    return measured


def _run_baseline(plan: Plan, database: Database, workload: Workload, number: int) -> Run:
    """The workload's rows brought in by PostgreSQL's own means, again and again, by one connection."""
    database.prepare(workload, at_rest=True)
    latencies: list[float] = []
    while len(latencies) < (workload.most_requests or 1):
        latencies.append(database.run_baseline(workload, len(latencies)))
    ordered = sorted(latencies)
    return Run(
        peer=BASELINE,
        workload=workload.name,
        connections=1,
        workers=1,
        round=number,
        requests=len(ordered),
        requests_per_second=1 / statistics.median(ordered),
        p50_ms=percentile(ordered, 0.50) * 1000,
        p99_ms=percentile(ordered, 0.99) * 1000,
        cpu_ms=0.0,
        database_cpu_ms=None,
        peak_memory_mb=0.0,
        load_share=0.0,
        start_seconds=0.0,
        idle_memory_mb=0.0,
    )


def _line(run: Run) -> str:
    return (
        f"round {run.round}, {run.workload}, {run.connections} connections, {run.workers} workers, {run.peer}: "
        f"{run.requests_per_second:.1f}/s, p99 {run.p99_ms:.1f} ms"
    )


@contextmanager
def serving(
    plan: Plan, peer: Peer, database: Database, url: str, workers: int, receiver: Receiver | None = None
) -> Iterator[Server]:
    """A fresh server of the peer. Ready means that it answers a page of vendors, out of its database."""
    workload = plan.workloads[0]
    folder = plan.folder / peer.name
    folder.mkdir(parents=True, exist_ok=True)
    headers = {"authorization": f"Bearer {database.token(workload, 'member')}"}
    ready = ("/api/vendors?limit=1", headers)
    log = plan.folder / f"{peer.name}.log"
    environment = {**peer.environment(url, folder), **(receiver.environment if receiver else {})}
    with running(peer.command(workers), environment, log, ready, peer.root) as server:
        yield server


def _generate(load: Load) -> dict[str, Any]:
    """One run of the load generator, in a process of its own."""
    command = [sys.executable, "-m", "bench.load"]
    finished = subprocess.run(
        command, cwd=ROOT, input=json.dumps(asdict(load)).encode(), stdout=subprocess.PIPE, check=True
    )
    measured: dict[str, Any] = json.loads(finished.stdout)
    return measured


def _count(client: httpx.Client, proxy: CountingProxy, database: Database, workload: Workload) -> RoundTrips:
    counts = []
    statements: list[str] = []
    uncounted, counted = (_UNCOUNTED, _COUNTED) if workload.most_requests is None else (1, 3)
    if workload.most_requests is not None:
        # Large work goes in steps while another organization was there a moment ago, as it is never measured.
        time.sleep(_ALONE_SECONDS)
    # What a server does once it has started belongs to no request.
    proxy.wait_until_quiet(_QUIET_SECONDS)
    for number in range(uncounted + counted):
        before = proxy.count
        proxy.statements.clear()
        _send(client, database, workload, number)
        # What a server does after its response belongs to the request, too.
        time.sleep(0.005)
        if number >= uncounted:
            counts.append(proxy.count - before)
            statements = list(proxy.statements)
    return RoundTrips(statistics.mode(counts), max(counts), tuple(statements))


def _send(client: httpx.Client, database: Database, workload: Workload, number: int) -> None:
    token = database.token(workload, workload.caller)
    assert token is not None
    ids: list[bytes] = []
    for step in workload.steps:
        request = render(step.text(token).encode(), number, workload.variants, ids)
        head, _, content = request.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        _, path, _ = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        response = client.request(step.method, path, content=content or None, headers=headers)
        if response.status_code != step.status:
            raise RequestsFailed(f"{workload.name}: {response.status_code} {response.text[:300]}")
        ids += [take(response.json(), pointer) for pointer in step.takes]


def _tokens(database: Database, workload: Workload) -> comparison.Token:
    def token(caller: Caller) -> str | None:
        return database.token(workload, caller)

    return token
