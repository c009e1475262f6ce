import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from handlers.telemetry.metrics import Metrics
from pharus import instrumentation
from pharus.db import db, run
from pharus.identity import ANONYMOUS
from tests import factories
from tests.api import Api
from tests.factories import Organization
from tests.handlers.telemetry.scraping import Samples, free_port, scrape, value, wait_for
from tests.plugins.documents.orders import uploaded
from tests.server import Server

ROOT = Path(__file__).parents[3]
DASHBOARD = ROOT / "deploy" / "grafana" / "pharus.json"
PAGE = ROOT / "docs" / "operations" / "watch.md"


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def counting(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Server]:
    running = Server({**environment, "PHARUS_METRICS_PORT": str(port)}, tmp_path_factory.mktemp("counting") / "log")
    yield running
    assert running.stop() == 0


def difference(before: Samples, after: Samples, name: str, **labels: str) -> float:
    return value(after, name, **labels) - value(before, name, **labels)


def test_each_request_is_counted_once_by_operation_and_status(counting: Server, port: int, member: Api) -> None:
    api = Api(counting.address, member.token)
    before = scrape(port)
    for _ in range(3):
        api.get("/api/vendors")
    api.request("GET", "/api/vendors?limit=0")
    api.get("/api/nowhere")
    of_none = {"operation": "none", "status": "404"}
    after = wait_for(port, lambda found: difference(before, found, "pharus_requests_total", **of_none) == 1)
    assert difference(before, after, "pharus_requests_total", operation="listVendors", status="200") == 3
    assert difference(before, after, "pharus_requests_total", operation="listVendors", status="422") == 1
    assert difference(before, after, "pharus_request_seconds_count", operation="listVendors") == 4
    # Three of each list; a refusal opens a unit and rolls it back.
    assert difference(before, after, "pharus_sql_round_trips_total", operation="listVendors") == 3 * 3 + 2
    assert (
        0
        < difference(before, after, "pharus_sql_seconds_total", operation="listVendors")
        < difference(before, after, "pharus_request_seconds_sum", operation="listVendors")
    )
    assert difference(before, after, "pharus_queue_seconds_count") == 4


def test_ledger_entries_are_counted_when_they_are_committed(
    counting: Server, port: int, organization: Organization, admin: Api
) -> None:
    api = Api(counting.address, admin.token)
    material = factories.make_material(organization.id)
    location = factories.make_location(organization.id)
    before = scrape(port)
    body = {"materialId": material, "locationId": location, "quantity": "5", "unitCost": "2"}
    assert api.post("/api/materials-inventory/adjustments", body).status_code == 201
    taken = {"materialId": material, "locationId": location, "quantity": "50"}
    assert api.post("/api/materials-inventory/disposals", taken).status_code == 409
    after = wait_for(port, lambda found: difference(before, found, "pharus_ledger_entries_total", ledger="MIL") > 0)
    assert difference(before, after, "pharus_ledger_entries_total", ledger="MIL") == 1


def test_files_are_timed_by_what_is_done_with_them(
    counting: Server, port: int, organization: Organization, member: Api
) -> None:
    api = Api(counting.address, member.token)
    order = factories.make_purchase_order(organization.id)
    before = scrape(port)
    uploaded(api, order)
    assert api.get(f"/api/purchase-orders/{order}/pdf").status_code == 200
    after = scrape(port)
    for step in ("file.keep", "file.make"):
        assert difference(before, after, "pharus_file_seconds_count", step=step) == 1


def test_states_are_seen(counting: Server, port: int, member: Api) -> None:
    Api(counting.address, member.token).get("/api/vendors")
    samples = wait_for(port, lambda found: value(found, "pharus_connections") >= 1)
    assert value(samples, "pharus_threads") == 5
    assert value(samples, "pharus_database_up") == 1
    assert value(samples, "pharus_migrations_pending") == 0
    assert 1 <= value(samples, "pharus_database_connections") <= 20
    assert 10**7 < value(samples, "pharus_memory_bytes") < 10**9
    assert 0 < value(samples, "pharus_cpu_seconds_total") < 1000


def test_transaction_that_is_begun_anew_is_counted() -> None:
    registry = CollectorRegistry()
    instrumentation.observe(Metrics(registry))
    attempts = 0

    def work(unit: object) -> None:
        nonlocal attempts
        attempts += 1
        if attempts < 3:
            db.send("DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '40P01'; END $$")

    try:
        run(ANONYMOUS, work)
    finally:
        instrumentation.observe()
    assert registry.get_sample_value("pharus_transactions_begun_anew_total", {"sqlstate": "40P01"}) == 2


def names_of_queries(text: str) -> set[str]:
    return set(re.findall(r"\bpharus_[a-z_]+", text))


def test_every_query_of_the_dashboard_and_of_the_page_names_a_metric_that_exists(
    counting: Server, port: int, member: Api
) -> None:
    Api(counting.address, member.token).get("/api/vendors")
    wait_for(port, lambda found: value(found, "pharus_requests_total", operation="listVendors", status="200") > 0)
    existing = exposed(port)
    dashboard = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    panels = [panel for panel in dashboard["panels"] if panel["type"] != "row"]
    queries = [target["expr"] for panel in panels for target in panel["targets"]]
    assert all(names_of_queries(query) for query in queries)
    assert {name for query in queries for name in names_of_queries(query)} - existing == set()
    # The page names histograms whole, and a role of the database in the line of a slow statement.
    page = PAGE.read_text(encoding="utf-8")
    families = {re.sub("_(bucket|count|sum)$", "", name) for name in existing}
    assert names_of_queries(page) - existing - families == {"pharus_app"}
    assert {name for name in families if name not in page} == set()


def test_dashboard_shows_the_four_golden_signals() -> None:
    dashboard = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    rows = [panel["title"] for panel in dashboard["panels"] if panel["type"] == "row"]
    assert rows == ["Latency", "Traffic", "Errors", "Saturation"]
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(ids) == len(set(ids))
    for panel in dashboard["panels"]:
        if panel["type"] != "row":
            assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
            assert panel["title"]
            assert panel["description"]


def exposed(port: int) -> set[str]:
    """The names of all series of ours that may be asked for, those that have no value yet included."""
    import httpx

    text = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
    suffixes = {
        "counter": ("",),
        "gauge": ("",),
        "histogram": ("_bucket", "_count", "_sum"),
    }
    return {
        name + suffix
        for name, type in re.findall(r"^# TYPE (pharus_\w+) (\w+)$", text, re.MULTILINE)
        if not name.endswith("_created")
        for suffix in suffixes[type]
    }
