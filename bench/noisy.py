"""`python -m bench.noisy`: one organization does its worst; what do the requests of another one take meanwhile?

A list and a small write of the quiet organization are measured alone, and then beside each kind of noise
(`bench/noise.py`). Goal: the p99 beside it is at most five times the p99 alone. Prints a table; timings depend on the
machine and on what else it does, which the last column says; nothing is judged.
"""

import gc
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import psutil

from bench.__main__ import FOLDER
from bench.database import Database, open_database
from bench.figures import percentile
from bench.noise import NOISES, SKU_TYPE, Caller, Order, prepare_records
from bench.peers import PEERS, PHARUS, ROOT
from bench.processes import Server, cpu_seconds, running
from bench.workloads import list_vendors, stock
from bench.workloads.workload import Workload

# Both are organizations with callers, and nothing else is taken of a workload here.
QUIET = list_vendors.WORKLOAD

# What is measured by turns.
_STEPS: Sequence[tuple[str, str, str, bytes | None]] = (
    ("list", "GET", "/api/vendors?limit=20", None),
    ("write", "POST", "/api/vendors", b'{"name": "Quiet Oils"}'),
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the noise is: vendors of the searched table, layers of bills of materials and SKUs in each."""

    vendors: int
    layers: int
    width: int

    @property
    def workload(self) -> Workload:
        return Workload(
            name=f"noise-{self.vendors}-{self.layers}-{self.width}",
            title="Noise",
            steps=(),
            prepare=self._prepare,
            tables=("vendor", "sku", "material"),
            checks=(),
            compared=None,
        )

    def _prepare(self, cursor: Any, org_id: str) -> None:
        cursor.execute("SELECT count(*) FROM vendor WHERE org_id = %s AND name LIKE 'Vendor %%'", (org_id,))
        missing = self.vendors - cursor.fetchone()[0]
        if missing > 0:
            cursor.execute(
                "INSERT INTO vendor (org_id, id, name, notes) SELECT %s, gen_random_uuid(), "
                "'Vendor ' || md5(random()::text), md5(random()::text) FROM generate_series(1, %s)",
                (org_id, missing),
            )
        for table, id in (("material_type", stock.TYPE_ID), ("sku_type", SKU_TYPE)):
            cursor.execute(
                f"INSERT INTO {table} (org_id, id, name, sort_order) VALUES (%s, %s, 'Noise', 0) "
                "ON CONFLICT DO NOTHING",
                (org_id, id),
            )


@dataclass(frozen=True, slots=True)
class Measured:
    """The milliseconds of each request, sorted, and how many cores were busy meanwhile: with the server, PostgreSQL and
    all else, the load generator among it."""

    found: dict[str, list[float]]
    busy: dict[str, float]


def measure(caller: Caller, seconds: float, server: Server, database: Database) -> Measured:
    """A list and a small write, by turns, at an even pace: what is measured is not a load of its own."""
    found: dict[str, list[float]] = {name: [] for name, *_ in _STEPS}
    began, before = time.monotonic(), _cpu(server, database)
    # The collector would stop this process at moments that look like the server's.
    gc.disable()
    while time.monotonic() < began + seconds:
        for name, method, path, body in _STEPS:
            started = time.perf_counter()
            status, content = caller(method, path, body)
            found[name].append((time.perf_counter() - started) * 1000)
            if status not in (200, 201):
                raise click.ClickException(f"{method} {path}: {status} {content[:300]!r}")
        time.sleep(0.01)
    gc.enable()
    lasted, after = time.monotonic() - began, _cpu(server, database)
    return Measured(
        {name: sorted(values) for name, values in found.items()},
        {name: (after[name] - before[name]) / lasted for name in before},
    )


def _cpu(server: Server, database: Database) -> dict[str, float]:
    times = psutil.cpu_times()
    whole = times.user + times.nice + times.system
    ours = cpu_seconds(server.process.pid)
    theirs = 0.0 if database.pid is None else cpu_seconds(database.pid)
    return {"server": ours, "PostgreSQL": theirs, "else": whole - ours - theirs}


@contextmanager
def making(order: Order) -> Iterator[Counter[int]]:
    """The noise, in a process of its own, until the block ends; how often it was answered what is known only then."""
    answered: Counter[int] = Counter()
    command = [sys.executable, "-m", "bench.noise"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(asdict(order)) + "\n")
            process.stdin.flush()
            yield answered
        finally:
            output, _ = process.communicate()
            answered.update({int(status): count for status, count in json.loads(output or "{}").items()})


def row(title: str, measured: Measured, alone: Measured, answered: Counter[int]) -> str:
    cells = [title]
    for name, values in measured.found.items():
        p50, p99 = percentile(values, 0.5), percentile(values, 0.99)
        cells += [f"{p50:.1f}", f"{p99:.1f}", f"{p99 / percentile(alone.found[name], 0.99):.1f}"]
    cells.append(", ".join(f"{count} × {status or 'broken'}" for status, count in sorted(answered.items())))
    cells.append(", ".join(f"{name} {cores:.1f}" for name, cores in measured.busy.items()))
    return f"| {' | '.join(cells)} |"


@click.command(context_settings={"show_default": True})
@click.option("--seconds", default=5.0, help="How long each is measured.")
@click.option("--noises", default=",".join(NOISES), help="Which kinds of noise, separated by commas.")
@click.option("--vendors", default=20_000, help="Rows of the table that is searched.")
@click.option("--layers", default=5, help="Layers of bills of materials.")
@click.option("--width", default=40, help="SKUs of a layer; each is made of all of the layer below.")
def main(seconds: float, noises: str, vendors: int, layers: int, width: int) -> None:
    """Measure a quiet organization alone, and beside a noisy one."""
    sizes = Sizes(vendors, layers, width)
    database = open_database(os.environ.get("PHARUS_BENCH_DATABASE_URL"), FOLDER / "data")
    for workload in (QUIET, sizes.workload):
        database.fill(workload)
        database.prepare(workload)
    with serving(database, FOLDER) as server:
        quiet = Caller(server.port, database.token(QUIET, "admin") or "")
        token = database.token(sizes.workload, "admin") or ""
        records = prepare_records(Caller(server.port, token), layers, width)
        measure(quiet, 1, server, database)
        alone = measure(quiet, seconds, server, database)
        for line in ("noise", "---"):
            click.echo(f"| {line} | " + " | ".join(_columns(line)) + " |")
        click.echo(row("none", alone, alone, Counter()))
        for name in noises.split(","):
            _, callers, title = NOISES[name]
            with making(Order(name, callers, server.port, token, asdict(records))) as answered:
                # Until it is at its worst.
                time.sleep(2)
                measured = measure(quiet, seconds, server, database)
            click.echo(row(f"{callers} × {title}", measured, alone, answered))


def _columns(line: str) -> Sequence[str]:
    if line == "---":
        return ["---"] * 8
    figures = [f"{name} {figure}" for name, *_ in _STEPS for figure in ("p50 ms", "p99 ms", "× alone")]
    return [*figures, "answers", "cores busy"]


@contextmanager
def serving(database: Database, folder: Path) -> Iterator[Server]:
    (peer,) = (each for each in PEERS if each.name == PHARUS)
    files = folder / "noisy"
    files.mkdir(parents=True, exist_ok=True)
    ready = ("/api/vendors?limit=1", {"authorization": f"Bearer {database.token(QUIET, 'member')}"})
    with running(peer.command(1), peer.environment(database.url, files), folder / "noisy.log", ready) as server:
        yield server


if __name__ == "__main__":
    main()
