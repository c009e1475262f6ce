"""`python -m bench.ledger`: does the inventory's speed depend on the size of the ledger, and do writers wait for one
another?

For each size one organization with that many entries in the same database. The same request is sent to the
organizations in turn, so that whatever else the machine does falls on all of them alike; figures are medians.
"""

import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import click
import httpx
import psycopg2

from bench import tenants
from bench.__main__ import FOLDER
from bench.database import open_database
from bench.peers import PEERS
from bench.processes import running
from pharus.fields import new_id

ITEMS, LOCATIONS = 40, 5

_HEADERS = {"Content-Type": "application/json"}

# One receipt of one piece per entry, spread over items, locations and three years. Constraints are checked as in any
# other insert; only the numbering learns afterwards how far it got.
_ENTRIES = """
INSERT INTO materials_ledger_entry
SELECT %(org)s, gen_random_uuid(), 'MIL-' || lpad(n::text, 9, '0'),
    (%(items)s::uuid[])[1 + n %% {items}], (%(locations)s::uuid[])[1 + (n / {items}) %% {locations}], 'RECEIVE', 1, 2,
    'PO-2026-' || lpad((n / 100)::text, 7, '0'), NULL, NULL,
    timestamptz '2023-01-01' + n * (interval '1100 days' / %(rows)s), 'po_receipt', NULL, NULL, NULL,
    1, 0, 0, 0, 0, 2, now()
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
"""

_BALANCES = """
INSERT INTO materials_balance (org_id, item_id, location_id, on_hand, value)
SELECT org_id, item_id, location_id, sum(on_hand), sum(value) FROM materials_ledger_entry WHERE org_id = %s
GROUP BY org_id, item_id, location_id
"""


@dataclass(frozen=True, slots=True)
class Tenant:
    """One organization with `rows` ledger entries."""

    rows: int
    org_id: str
    token: str
    items: list[str]
    locations: list[str]

    @property
    def headers(self) -> dict[str, str]:
        return {**_HEADERS, "Authorization": f"Bearer {self.token}"}


@click.command(context_settings={"show_default": True})
@click.option("--rows", default="10000,1000000", help="Sizes of ledgers, separated by commas.")
@click.option("--requests", default=300, type=click.IntRange(10), help="Requests of each sort for each size.")
@click.option("--seconds", default=5.0, help="How long the writers write.")
def main(rows: str, requests: int, seconds: float) -> None:
    """Measure the inventory at several sizes of its ledger, and with several writers."""
    database = open_database(None, FOLDER / "data")
    several = [_tenant(database.url, int(size)) for size in rows.split(",")]
    pharus = PEERS[0]
    environment = pharus.environment(database.url, FOLDER)
    with running(pharus.command(1), environment, FOLDER / "ledger.log", ("/readyz", {})) as server:
        with httpx.Client(base_url=server.url, timeout=60, trust_env=False) as client:
            _growth(client, several, requests)
        _writers(server.url, several[0], seconds)


def _growth(client: httpx.Client, several: list[Tenant], requests: int) -> None:
    click.echo(f"\nmedian milliseconds by size of the ledger ({requests} requests each, in turn)\n")
    click.echo(f"{'':34}" + "".join(f"{tenant.rows:>14,}" for tenant in several) + "   largest / smallest")
    for name, request in _REQUESTS.items():
        medians = _medians(client, several, requests, request)
        ratio = medians[-1] / medians[0]
        click.echo(f"{name:34}" + "".join(f"{median * 1000:14.2f}" for median in medians) + f"{ratio:12.2f}")


Request = Callable[[httpx.Client, Tenant, int], httpx.Response]


def _medians(client: httpx.Client, several: list[Tenant], requests: int, request: Request) -> list[float]:
    times: list[list[float]] = [[] for _ in several]
    for number in range(-20, requests):
        for tenant, taken in zip(several, times, strict=True):
            started = time.perf_counter()
            response = request(client, tenant, number)
            if number >= 0:
                taken.append(time.perf_counter() - started)
            if response.status_code >= 300:
                raise click.ClickException(f"{response.status_code}: {response.text[:300]}")
    return [statistics.median(taken) for taken in times]


def _adjust(client: httpx.Client, tenant: Tenant, number: int) -> httpx.Response:
    body = {
        "materialId": tenant.items[number % ITEMS],
        "locationId": tenant.locations[number % LOCATIONS],
        "quantity": 1,
    }
    return client.post("/api/materials-inventory/adjustments", json=body, headers=tenant.headers)


def _get(path: str, **params: str) -> Request:
    def request(client: httpx.Client, tenant: Tenant, number: int) -> httpx.Response:
        named = {
            key: value.format(item=tenant.items[number % ITEMS], location=tenant.locations[number % LOCATIONS])
            for key, value in params.items()
        }
        return client.get(f"/api/materials-inventory/{path}", params=named, headers=tenant.headers)

    return request


_REQUESTS: dict[str, Request] = {
    "summary of an item": _get("summary", materialId="{item}"),
    "summary of everything": _get("summary"),
    "adjustment": _adjust,
    "100 newest entries": _get("ledger"),
    "100 entries in the middle": _get("ledger", dateTo="2024-07-01"),
    "100 entries of an item": _get("ledger", materialId="{item}", dateTo="2024-07-01"),
    "100 entries of a location": _get("ledger", locationId="{location}", dateTo="2024-07-01"),
    "100 entries of a document": _get("ledger", ref="PO-2026-0000042"),
}


def _writers(url: str, tenant: Tenant, seconds: float) -> None:
    """Throughput of one writer, of eight on one item, of eight on eight items."""
    click.echo(f"\nadjustments a second, {seconds:.0f} s each\n")
    one = _throughput(url, tenant, [0], seconds)
    same = _throughput(url, tenant, [0] * 8, seconds)
    different = _throughput(url, tenant, list(range(8)), seconds)
    click.echo(f"1 writer                {one:8.0f}")
    click.echo(f"8 writers, 1 item       {same:8.0f}   {same / one:.2f} x one writer")
    click.echo(
        f"8 writers, 8 items      {different:8.0f}   {different / one:.2f} x one writer, "
        f"{different / same:.2f} x on one item"
    )


def _throughput(url: str, tenant: Tenant, items: list[int], seconds: float) -> float:
    start = threading.Barrier(len(items))

    def write(item: int) -> int:
        with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
            start.wait()
            done, end = 0, time.perf_counter() + seconds
            while time.perf_counter() < end:
                body = {"materialId": tenant.items[item], "locationId": tenant.locations[0], "quantity": 1}
                response = client.post("/api/materials-inventory/adjustments", json=body, headers=tenant.headers)
                if response.status_code != 201:
                    raise click.ClickException(f"{response.status_code}: {response.text[:300]}")
                done += 1
            return done

    with ThreadPoolExecutor(len(items)) as pool:
        return sum(pool.map(write, items)) / seconds


def _tenant(url: str, rows: int) -> Tenant:
    """The organization with that many entries: made once, found again by its slug afterwards."""
    slug = f"ledger-{rows}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM organization WHERE slug = %s", (slug,))
        found = cursor.fetchone()
        if found is None:
            found = (_fill(cursor, rows, slug),)
        org_id = found[0]
        cursor.execute("SELECT id FROM material WHERE org_id = %s ORDER BY material_code", (org_id,))
        items = [id for (id,) in cursor.fetchall()]
        cursor.execute("SELECT id FROM location WHERE org_id = %s ORDER BY sort_order", (org_id,))
        locations = [id for (id,) in cursor.fetchall()]
    connection.close()
    return Tenant(rows, org_id, tenants.token_of(slug), items, locations)


def _fill(cursor: "psycopg2.extensions.cursor", rows: int, slug: str) -> str:
    type_id, items = new_id(), [new_id() for _ in range(ITEMS)]
    cursor.execute("BEGIN")
    org_id = tenants.make(cursor, slug)
    locations = tenants.make_locations(cursor, org_id, LOCATIONS)
    cursor.execute(
        "INSERT INTO material_type (org_id, id, name, sort_order) VALUES (%s, %s, 'Oils', 0)", (org_id, type_id)
    )
    for number, id in enumerate(items):
        cursor.execute(
            "INSERT INTO material (org_id, id, material_code, name, material_type_id) VALUES (%s, %s, %s, %s, %s)",
            (org_id, id, f"MAT-{number:03d}", f"Material {number}", type_id),
        )
    text = _ENTRIES.format(items=ITEMS, locations=LOCATIONS)
    started = time.perf_counter()
    for first in range(1, rows + 1, 250_000):
        last = min(first + 249_999, rows)
        parameters = {"org": org_id, "items": items, "locations": locations, "rows": rows, "first": first, "last": last}
        cursor.execute(text, parameters)
        if time.perf_counter() - started > 1:
            click.echo(f"{last:,} of {rows:,} entries after {time.perf_counter() - started:.0f} s", err=True)
    cursor.execute(_BALANCES, (org_id,))
    cursor.execute("INSERT INTO number_sequence (org_id, kind, year, last) VALUES (%s, 'MIL', 0, %s)", (org_id, rows))
    cursor.execute("COMMIT")
    cursor.execute("VACUUM (ANALYZE) materials_ledger_entry, materials_balance")
    return org_id


if __name__ == "__main__":
    main()
