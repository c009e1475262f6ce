"""`python -m bench.plugins`: what do 20 installed plugins cost? Start-up and the time of a request, against none.

The plugins are those that `pharus new-plugin` makes, installed into a folder of their own. Servers with and without
them are started in turns on one migrated database, so that whatever else the machine does falls on both alike.
"""

import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click
import httpx

from bench.__main__ import FOLDER
from bench.peers import PEERS, ROOT
from bench.processes import cpu_seconds, memory_bytes, running
from contract.callers import newcomer
from contract.calling import Deployment
from pharus import embedded

_PATHS = ("/api/vendors", "/api/locations")


@dataclass(frozen=True, slots=True)
class Run:
    """Until the first response, and of a request: time of the clock (the median) and of the processor. And memory."""

    start_seconds: float
    start_cpu_seconds: float
    request_ms: float
    request_cpu_ms: float
    megabytes: float


@click.command()
@click.option("--count", default=20, show_default=True, help="How many plugins.")
@click.option("--rounds", default=7, show_default=True, help="How often each server is started.")
@click.option("--requests", default=1000, show_default=True, help="How many requests are timed in each round.")
def main(count: int, rounds: int, requests: int) -> None:
    site = _install(count)
    url = embedded.start(FOLDER / "data", f"bench_plugins_{int(time.time())}")
    _measure(site, url, 10)  # migrates, and warms every cache there is
    runs: dict[bool, list[Run]] = {False: [], True: []}
    for _ in range(rounds):
        for with_plugins in (False, True):
            runs[with_plugins].append(_measure(site if with_plugins else None, url, requests))
    click.echo(f"medians of {rounds} rounds      none   {count} plugins   ratio")
    for name in Run.__slots__:
        without, loaded = (
            statistics.median(getattr(run, name) for run in runs[with_plugins]) for with_plugins in (False, True)
        )
        click.echo(f"{name:<20} {without:>12.3f} {loaded:>12.3f} {loaded / without:>7.2f}")


def _install(count: int) -> Path:
    """A folder of site-packages with the plugins."""
    source, site = FOLDER / "plugins", FOLDER / "plugins-site"
    for folder in (source, site):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    made = []
    for number in range(count):
        # No word of a name begins with a digit.
        name = f"sample_{chr(ord('a') + number // 26)}{chr(ord('a') + number % 26)}"
        made.append(source / name)
        _python("-m", "handlers.cli", "new-plugin", name, "--into", str(made[-1]))
    _python(
        *("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"),
        *("--disable-pip-version-check", "--target", str(site), *map(str, made)),
    )
    return site


def _measure(site: Path | None, url: str, requests: int) -> Run:
    pharus = PEERS[0]
    environment = {**pharus.environment(url, FOLDER), "PYTHONPATH": str(site or "")}
    started = time.perf_counter()
    with running(pharus.command(1), environment, FOLDER / "plugins.log", ("/readyz", {})) as server:
        start_seconds, start_cpu = time.perf_counter() - started, cpu_seconds(server.process.pid)
        deployment = Deployment(server.url)
        headers = newcomer(deployment, FOLDER)
        deployment.close()
        times = []
        cpu = cpu_seconds(server.process.pid)
        with httpx.Client(base_url=server.url, headers=headers, trust_env=False) as client:
            for number in range(requests):
                before = time.perf_counter()
                client.get(_PATHS[number % len(_PATHS)]).raise_for_status()
                times.append(time.perf_counter() - before)
        request_cpu_ms = (cpu_seconds(server.process.pid) - cpu) / requests * 1000
        megabytes = memory_bytes(server.process.pid) / 1e6
        return Run(start_seconds, start_cpu, statistics.median(times) * 1000, request_cpu_ms, megabytes)


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
