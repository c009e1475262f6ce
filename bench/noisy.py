"""`python -m bench.noisy`: one organization does its worst; what do the requests of another one take meanwhile?

A list and a small write of the quiet organization are measured alone, and then beside each kind of noise. Goal: the p99
beside it is at most five times the p99 alone. Prints a table; timings depend on the machine, and nothing is judged.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import httpx

from bench.__main__ import FOLDER
from bench.database import Database, open_database
from bench.figures import percentile
from bench.peers import PEERS, PHARUS
from bench.processes import Server, running
from bench.workloads import list_vendors, stock
from bench.workloads.workload import Workload

# Both are organizations with callers, and nothing else is taken of a workload here.
QUIET = list_vendors.WORKLOAD
_SKU_TYPE = "0190a000-0000-7000-8000-000000000001"

_LARGE_BODY = b'{"name": "' + b"x" * (8 * 1024 * 1024 - 12) + b'"}'


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
        for table, id in (("material_type", stock.TYPE_ID), ("sku_type", _SKU_TYPE)):
            cursor.execute(
                f"INSERT INTO {table} (org_id, id, name, sort_order) VALUES (%s, %s, 'Noise', 0) "
                "ON CONFLICT DO NOTHING",
                (org_id, id),
            )


class Caller:
    """A client with a connection of its own, as somebody of an organization."""

    def __init__(self, server: Server, token: str) -> None:
        self.server, self.token = server, token
        self.client = httpx.Client(
            base_url=server.url, headers={"authorization": f"Bearer {token}"}, timeout=60, trust_env=False
        )

    def __call__(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.client.request(method, path, **options)

    def close(self) -> None:
        self.client.close()

    def made(self, path: str, body: Any) -> Any:
        response = self("POST", path, json=body)
        response.raise_for_status()
        return response.json()


@dataclass(frozen=True, slots=True)
class Records:
    """What the noise works on."""

    location: str
    top_sku: str
    order: str


def prepare_records(caller: Caller, sizes: Sizes) -> Records:
    """Layers of SKUs, each made of all of the layer below, and a long purchase order."""
    mark = str(time.time_ns())
    material = caller.made("/api/materials", {"code": f"M-{mark}", "name": "Oil", "typeId": stock.TYPE_ID})["id"]
    below = [{"materialId": material, "quantity": 1}]
    for layer in range(sizes.layers):
        rows = [
            {"code": f"S-{mark}-{layer}-{number}", "name": "Soap", "typeId": _SKU_TYPE} for number in range(sizes.width)
        ]
        skus = caller.made("/api/skus/bulk-import", {"rows": rows})["ids"]
        for sku in skus:
            caller.made("/api/boms", {"outputSkuId": sku, "items": below})
        below = [{"inputSkuId": sku, "quantity": 1} for sku in skus]
    location = caller.made("/api/locations", {"name": f"Noise {mark}"})["id"]
    vendor = caller.made("/api/vendors", {"name": "Printed"})["id"]
    lines = [{"skuId": each["inputSkuId"], "quantity": 2, "unitCost": "1.5"} for each in below * 3]
    bought = {"vendorId": vendor, "targetType": "finished_goods", "status": "Planning", "items": lines}
    order = caller.made("/api/purchase-orders", bought)["purchaseOrder"]["id"]
    return Records(location, str(below[0]["inputSkuId"]), order)


# One of these is sent again and again, by so many callers at a time: whatever it is answered.
Noise = Callable[[Caller, Records, int], int]


def explode(caller: Caller, records: Records, number: int) -> int:
    body = {
        "status": "Placed",
        "locationId": records.location,
        "items": [{"skuId": records.top_sku, "quantity": number % 1000 + 1}],
    }
    return caller("POST", "/api/production-orders", json=body).status_code


def search(caller: Caller, records: Records, number: int) -> int:
    return caller("GET", "/api/vendors", params={"q": f"{number % 256:02x}zz", "limit": "500"}).status_code


def print_and_import(caller: Caller, records: Records, number: int) -> int:
    if number % 8:
        return caller("GET", f"/api/purchase-orders/{records.order}/pdf").status_code
    mark = f"{time.time_ns()}-{number}"
    rows = [{"code": f"I-{mark}-{row}", "name": "Oil", "typeId": stock.TYPE_ID} for row in range(2000)]
    return caller("POST", "/api/materials/bulk-import", json={"rows": rows}).status_code


def send_large_bodies(caller: Caller, records: Records, number: int) -> int:
    headers = {"content-type": "application/json"}
    if number % 2:
        return caller("POST", "/api/vendors", content=_LARGE_BODY, headers=headers).status_code
    return caller("POST", "/api/vendors", content=_slowly(_LARGE_BODY), headers=headers).status_code


def _slowly(body: bytes) -> Iterator[bytes]:
    """In two seconds."""
    for start in range(0, len(body), len(body) // 20):
        yield body[start : start + len(body) // 20]
        time.sleep(0.1)


NOISES: dict[str, tuple[Noise, int, str]] = {
    "explosions": (explode, 16, "production orders of dense bills of materials"),
    "searches": (search, 64, "lists with q over a large table"),
    "files": (print_and_import, 24, "PDFs of one caller, and bulk imports"),
    "bodies": (send_large_bodies, 40, "bodies of 8 MiB, half of them slow"),
}


@contextmanager
def making(noise: Noise, callers: int, server: Server, token: str, records: Records) -> Iterator[Counter[int]]:
    """The noise, until the block ends; how often it was answered what."""
    answered: Counter[int] = Counter()
    stopping = threading.Event()

    def go_on(first: int) -> None:
        number = first
        with closing(Caller(server, token)) as caller:
            while not stopping.is_set():
                try:
                    answered[noise(caller, records, number)] += 1
                except httpx.HTTPError:
                    answered[0] += 1
                number += callers

    with ThreadPoolExecutor(callers) as crowd:
        for first in range(callers):
            crowd.submit(go_on, first)
        try:
            yield answered
        finally:
            stopping.set()


def measure(caller: Caller, seconds: float) -> dict[str, list[float]]:
    """The milliseconds of each request: a list and a small write, by turns."""
    found: dict[str, list[float]] = {"list": [], "write": []}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for name, method, path, options in (
            ("list", "GET", "/api/vendors?limit=20", {}),
            ("write", "POST", "/api/vendors", {"json": {"name": "Quiet Oils"}}),
        ):
            started = time.perf_counter()
            response = caller(method, path, **options)
            if response.status_code not in (200, 201):
                raise click.ClickException(f"{method} {path}: {response.status_code} {response.text[:300]}")
            found[name].append((time.perf_counter() - started) * 1000)
        # An even pace: what is measured is not a load of its own.
        time.sleep(0.01)
    return {name: sorted(values) for name, values in found.items()}


def row(title: str, found: dict[str, list[float]], alone: dict[str, list[float]], answered: Counter[int]) -> str:
    cells = [title]
    for name, values in found.items():
        p50, p99 = percentile(values, 0.5), percentile(values, 0.99)
        cells += [f"{p50:.1f}", f"{p99:.1f}", f"{p99 / percentile(alone[name], 0.99):.1f}"]
    cells.append(", ".join(f"{count} × {status or 'broken'}" for status, count in sorted(answered.items())))
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
        tokens = [database.token(workload, "admin") for workload in (QUIET, sizes.workload)]
        quiet, noisy = (Caller(server, token or "") for token in tokens)
        records = prepare_records(noisy, sizes)
        measure(quiet, 1)
        alone = measure(quiet, seconds)
        for line in ("noise", "---"):
            click.echo(f"| {line} | " + " | ".join(_columns(line)) + " |")
        click.echo(row("none", alone, alone, Counter()))
        for name in noises.split(","):
            noise, callers, title = NOISES[name]
            with making(noise, callers, server, noisy.token, records) as answered:
                time.sleep(1)
                click.echo(row(f"{callers} × {title}", measure(quiet, seconds), alone, answered))


def _columns(line: str) -> Sequence[str]:
    if line == "---":
        return ["---"] * 7
    return [f"{name} {figure}" for name in ("list", "write") for figure in ("p50 ms", "p99 ms", "× alone")] + [
        "answers"
    ]


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
