"""`python -m bench.lookback`: does looking back depend on the length of the ledger?

For each size one organization with that many entries of finished goods over three years, counted in the history by the
sweeper's own steps. The same reports are asked of the organizations in turn, so that whatever else the machine does
falls on all of them alike; figures are medians.
"""

import statistics
import time
from collections.abc import Mapping
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
from plugins.inventory import history

ITEMS, LOCATIONS = 40, 5

# Of three entries one is a receipt of two pieces; the others are sales of one each. Ids are in the order of time, as
# those are that a server gives. Constraints are checked as in any other insert; only the numbering learns afterwards
# how far it got.
_ENTRIES = """
INSERT INTO finished_goods_ledger_entry (org_id, id, code, item_id, location_id, event_type, quantity, unit_cost, ref,
    event_date, source_type, on_hand, on_order, demand, allocated, in_transit, value, index_mantissa, index_exponent,
    created_at)
SELECT %(org)s, (lpad(to_hex(n), 8, '0') || right(md5(%(org)s || n), 24))::uuid, 'FIL-' || lpad(n::text, 9, '0'),
    (%(items)s::uuid[])[1 + (n / 3) %% {items}], (%(locations)s::uuid[])[1 + (n / 3 / {items}) %% {locations}],
    CASE WHEN n %% 3 = 0 THEN 'RECEIVE' ELSE 'CONSUME' END, moved, 2, 'SO-2026-' || lpad((n / 100)::text, 7, '0'),
    at, CASE WHEN n %% 3 = 0 THEN 'manual' ELSE 'so_item' END, sign * moved, 0, 0, 0, 0, sign * moved * 2,
    CASE WHEN n %% 3 = 0 THEN 1 END, CASE WHEN n %% 3 = 0 THEN 0 END, at
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n,
    LATERAL (SELECT CASE WHEN n %% 3 = 0 THEN 2 ELSE 1 END AS moved, CASE WHEN n %% 3 = 0 THEN 1 ELSE -1 END AS sign,
        timestamptz '2023-01-01' + n * (interval '1000 days' / %(rows)s) AS at) AS of_entry
"""
_BALANCES = """
INSERT INTO finished_goods_balance (org_id, item_id, location_id, on_hand, value)
SELECT org_id, item_id, location_id, greatest(sum(on_hand), 0), greatest(sum(value), 0)
FROM finished_goods_ledger_entry WHERE org_id = %s GROUP BY org_id, item_id, location_id
"""
_CHUNK = 250_000

_ACCOUNTING = "/api/accounting"
_SUMMARY = "/api/finished-goods-inventory/summary"
_PAST = {"asOf": "2024-06-15"}
_WRITTEN = {**_PAST, "asOfBasis": "written"}
_SOLD = {"groupBy": "sku", "dateFrom": "2024-01-01", **_PAST}

_REPORTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "valuation of today": (f"{_ACCOUNTING}/valuation", {}),
    "valuation as of a day": (f"{_ACCOUNTING}/valuation", _PAST),
    "valuation as it was written": (f"{_ACCOUNTING}/valuation", _WRITTEN),
    "cost of goods by SKU": (f"{_ACCOUNTING}/cost-of-goods", _SOLD),
    "cost of goods by month": (f"{_ACCOUNTING}/cost-of-goods", {**_SOLD, "groupBy": "month"}),
    "summary as of a day": (_SUMMARY, _PAST),
    "journal, first page": (f"{_ACCOUNTING}/journal", {}),
    "journal, a page in the middle": (f"{_ACCOUNTING}/journal", {"cursor": "{cursor}"}),
    "journal from a day on": (f"{_ACCOUNTING}/journal", {"dateFrom": "2024-06-15"}),
}


@dataclass(frozen=True, slots=True)
class Tenant:
    rows: int
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@click.command(context_settings={"show_default": True})
@click.option("--rows", default="10000,1000000", help="Sizes of ledgers, separated by commas.")
@click.option("--requests", default=40, type=click.IntRange(5), help="Requests of each report for each size.")
def main(rows: str, requests: int) -> None:
    """Measure looking back at several sizes of the ledger."""
    database = open_database(None, FOLDER / "data")
    several = [_tenant(database.url, int(size)) for size in rows.split(",")]
    pharus = PEERS[0]
    environment = pharus.environment(database.url, FOLDER)
    with (
        running(pharus.command(1), environment, FOLDER / "lookback.log", ("/readyz", {})) as server,
        httpx.Client(base_url=server.url, timeout=60, trust_env=False) as client,
    ):
        cursors = [_cursor_in_the_middle(client, tenant) for tenant in several]
        click.echo(f"\nmedian milliseconds by size of the ledger ({requests} requests each, in turn)\n")
        click.echo(f"{'':34}" + "".join(f"{tenant.rows:>14,}" for tenant in several) + "   largest / smallest")
        for name, (path, params) in _REPORTS.items():
            medians = _medians(client, several, cursors, requests, path, params)
            ratio = medians[-1] / medians[0]
            click.echo(f"{name:34}" + "".join(f"{median * 1000:14.2f}" for median in medians) + f"{ratio:12.2f}")


def _medians(
    client: httpx.Client,
    several: list[Tenant],
    cursors: list[str],
    requests: int,
    path: str,
    params: Mapping[str, str],
) -> list[float]:
    times: list[list[float]] = [[] for _ in several]
    for number in range(-3, requests):
        for tenant, cursor, taken in zip(several, cursors, times, strict=True):
            started = time.perf_counter()
            _get(client, tenant, path, {key: value.format(cursor=cursor) for key, value in params.items()})
            if number >= 0:
                taken.append(time.perf_counter() - started)
    return [statistics.median(taken) for taken in times]


def _cursor_in_the_middle(client: httpx.Client, tenant: Tenant) -> str:
    page = _get(client, tenant, f"{_ACCOUNTING}/journal", {"dateFrom": "2024-06-15", "limit": "1"}).json()
    return str(page["nextCursor"])


def _get(client: httpx.Client, tenant: Tenant, path: str, params: Mapping[str, str]) -> httpx.Response:
    response = client.get(path, params=params, headers=tenant.headers)
    if response.status_code != 200:
        raise click.ClickException(f"{response.status_code}: {response.text[:300]}")
    return response


def _tenant(url: str, rows: int) -> Tenant:
    """The organization with that many entries: made once, found again by its slug afterwards."""
    slug = f"lookback-{rows}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM organization WHERE slug = %s)", (slug,))
        if not cursor.fetchone()[0]:  # type: ignore[index]  # EXISTS always has a row
            _fill(cursor, rows, slug)
            started = time.perf_counter()
            counted = history.aggregate()
            click.echo(f"{counted:,} entries counted in {time.perf_counter() - started:.0f} s", err=True)
            cursor.execute(
                "VACUUM (ANALYZE) finished_goods_ledger_entry, finished_goods_balance, finished_goods_history, "
                "finished_goods_history_queue"
            )
    connection.close()
    return Tenant(rows, tenants.token_of(slug))


def _fill(cursor: "psycopg2.extensions.cursor", rows: int, slug: str) -> None:
    type_id, items = new_id(), [new_id() for _ in range(ITEMS)]
    cursor.execute("BEGIN")
    org_id = tenants.make(cursor, slug)
    locations = tenants.make_locations(cursor, org_id, LOCATIONS)
    cursor.execute("INSERT INTO sku_type (org_id, id, name, sort_order) VALUES (%s, %s, 'Soap', 0)", (org_id, type_id))
    for number, id in enumerate(items):
        cursor.execute(
            "INSERT INTO sku (org_id, id, sku_code, name, sku_type_id) VALUES (%s, %s, %s, %s, %s)",
            (org_id, id, f"SKU-{number:03d}", f"Soap {number}", type_id),
        )
    cursor.execute("COMMIT")
    text = _ENTRIES.format(items=ITEMS, locations=LOCATIONS)
    started = time.perf_counter()
    for first in range(1, rows + 1, _CHUNK):
        last = min(first + _CHUNK - 1, rows)
        parameters = {"org": org_id, "items": items, "locations": locations, "rows": rows, "first": first, "last": last}
        cursor.execute(text, parameters)
        if time.perf_counter() - started > 1:
            click.echo(f"{last:,} of {rows:,} entries after {time.perf_counter() - started:.0f} s", err=True)
    cursor.execute(_BALANCES, (org_id,))
    cursor.execute("INSERT INTO number_sequence (org_id, kind, year, last) VALUES (%s, 'FIL', 0, %s)", (org_id, rows))


if __name__ == "__main__":
    main()
