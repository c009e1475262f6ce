"""The plugin of inspections, which lives outside of ours: installed by itself, found by its entry point.

Its own tests prove what it does; here is what it does to the server that loads it.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from contract.access_levels import AccessLevel
from contract.callers import Caller, newcomer
from contract.calling import Deployment
from contract.making import make
from tests import database, launcher
from tests.contract import audit
from tests.server import Server
from tests.waiting import wait_until

CHECKOUT = Path(__file__).parent.parent
PLUGIN = CHECKOUT / "tests" / "example_plugin"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of site-packages into which the plugin was installed, and nothing else."""
    folder = tmp_path_factory.mktemp("site")
    installed = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"),
            *("--disable-pip-version-check", "--target", str(folder), str(PLUGIN)),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr
    return folder


@pytest.fixture(scope="module")
def url(database_url: str) -> Iterator[str]:
    """A database of its own: in the run's, the tables of a plugin would belong to nobody afterwards."""
    made = database.scratch(database_url)
    yield made
    database.drop_scratch(database_url, made)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files and keys beside the database, of its own as well."""
    return tmp_path_factory.mktemp("inspections-data")


@pytest.fixture(scope="module")
def seen(environment: dict[str, str], url: str, site: Path, data: Path) -> dict[str, str]:
    """What a server with the plugin sees."""
    own = {"PHARUS_DATABASE_URL": url, "PHARUS_DATA": str(data), "PYTHONPATH": str(site)}
    return {**environment, **own, "PHARUS_RATE_LIMITS": "off"}


@pytest.fixture(scope="module")
def with_inspections(seen: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(seen, tmp_path_factory.mktemp("inspections") / "log")
    # Its document has more than ours; the deployment's own is what its answers are held against.
    audit.leave_to_another_judge(running.address)
    yield running
    assert running.stop() == 0, running.read_log()[-2000:]
    assert '"internal error"' not in running.read_log()


@pytest.fixture
def new_owner(with_inspections: Server, data: Path) -> Iterator[Callable[[], Caller]]:
    deployment = Deployment(with_inspections.address)
    yield lambda: Caller(deployment, AccessLevel("owner", role="owner"), newcomer(deployment, data))
    deployment.close()


def pharus(seen: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return launcher.run(*arguments, environment={**seen, "PATH": os.environ["PATH"]})


@pytest.mark.long
def test_its_own_tests_pass_on_a_server_that_found_it_by_its_entry_point(site: Path, database_url: str) -> None:
    """Rules, inspections, and the contract with generated requests."""
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"],
        env={
            "PATH": os.environ["PATH"],
            "HYPOTHESIS_STORAGE_DIRECTORY": os.environ["HYPOTHESIS_STORAGE_DIRECTORY"],
            "PYTHONPATH": os.pathsep.join([str(CHECKOUT), str(site)]),
            "PHARUS_TEST_DATABASE_URL": database_url,
        },
        cwd=PLUGIN, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert tested.returncode == 0, tested.stdout
    assert " passed" in tested.stdout


def test_its_generated_files_are_fresh_and_its_types_hold(seen: dict[str, str]) -> None:
    checked = pharus(seen, "codegen", "--check", "--root", str(PLUGIN))
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stderr
    typed = subprocess.run(
        [sys.executable, "-m", "mypy"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT)},
        cwd=PLUGIN, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert typed.returncode == 0, typed.stdout


def test_its_operations_are_in_the_document_and_on_the_page(with_inspections: Server) -> None:
    document = httpx.get(f"{with_inspections.address}/api/openapi.json", trust_env=False).json()
    path = "/api/x/inspections/inspections/{id}/decision"
    assert document["paths"][path]["post"]["operationId"] == "inspectionsDecideInspection"
    assert document["components"]["schemas"]["InspectionsDecision"]["required"] == ["passed"]
    assert "Inspections" in [tag["name"] for tag in document["tags"]]
    assert "x-inspections" in document["components"]["schemas"]["PurchaseOrderReceipt"]["properties"]
    page = httpx.get(f"{with_inspections.address}/api/docs/", trust_env=False)
    assert (page.status_code, "start.js" in page.text) == (200, True)
    start = httpx.get(f"{with_inspections.address}/api/docs/start.js", trust_env=False)
    assert "openapi.json" in start.text


def test_plugins_lists_it_with_its_hooks(seen: dict[str, str]) -> None:
    listed = pharus(seen, "plugins")
    line = listed.stdout.splitlines()[-1].split()
    assert line[:3] == ["pharus_inspections", "pharus-inspections", "0.1.0"]
    assert " ".join(line[3:]) == (
        "after_receipt, before_receipt, before_status_changes, before_stock_posted, check_integrity, console_pages, "
        "event_statuses, extension_given, extension_shown, fill_demo, jobs, organization_purged, record_deleted, "
        "references_to, still_holds"
    )
    narrowed = pharus({**seen, "PHARUS_PLUGINS": "inspections"}, "plugins")
    assert narrowed.stdout == listed.stdout


def test_its_tables_go_with_the_organization(
    with_inspections: Server, url: str, new_owner: Callable[[], Caller]
) -> None:
    owners = [new_owner(), new_owner()]
    for owner in owners:
        type_id = owner.post("/api/material-types", {"name": "Oils"}).json()["id"]
        oil = owner.post("/api/materials", {"code": "OIL", "name": "Sample oil", "typeId": type_id}).json()["id"]
        order = {
            "vendorId": owner.post("/api/vendors", {"name": "Example Oils"}).json()["id"],
            "targetType": "materials",
            "status": "Placed",
            "shipToLocationId": owner.post("/api/locations", {"name": "Workshop"}).json()["id"],
            "items": [{"materialId": oil, "quantity": 3, "unitCost": 2}],
        }
        made = owner.post("/api/purchase-orders", order).json()
        goods = {
            "items": [{"poItemId": made["items"][0]["id"], "quantity": 3}],
            "x-inspections": {"certificate": "C-1"},
        }
        received = owner.post(f"/api/purchase-orders/{made['purchaseOrder']['id']}/receipts", goods)
        assert received.status_code == 201, received.text
    gone, kept = owners
    tables = ("inspections_inspection", "inspections_certificate")
    for owner in owners:
        assert [_rows(url, table, owner.org_id) for table in tables] == [1, 1]
    assert gone.delete("/api/organizations/current").status_code == 200
    # Out of sight at once; the rows go in steps.
    wait_until(lambda: [_rows(url, table, gone.org_id) for table in tables] == [0, 0])
    assert [_rows(url, table, kept.org_id) for table in tables] == [1, 1]
    # The hook was called before they went.
    assert "the inspections of an organization were purged" in with_inspections.read_log()


def test_demo_and_check_include_it(seen: dict[str, str]) -> None:
    filled = pharus(seen, "demo")
    assert filled.returncode == 0, filled.stderr
    checked = pharus(seen, "check")
    # Where it takes longer than a second, it says before how far it is.
    assert (checked.returncode, checked.stdout, checked.stderr.splitlines()[-1]) == (0, "", "no discrepancies")
    database.execute(
        seen["PHARUS_DATABASE_URL"],
        "UPDATE inspections_inspection SET decided_at = NULL WHERE status = 'passed' "
        "AND org_id = (SELECT id FROM organization WHERE name = 'Example Soap Works')",
    )
    checked = pharus(seen, "check")
    assert checked.returncode == 1
    assert "Example Soap Works: the inspection " in checked.stdout


def _rows(url: str, table: str, org_id: str) -> int:
    ((count,),) = database.execute(url, f"SELECT count(*) FROM {table} WHERE org_id = %s", org_id)
    return int(count)


def test_its_tests_make_records_of_ours_with_all_that_they_refer_to(new_owner: Callable[[], Caller]) -> None:
    owner = new_owner()
    paths = ("locations", "vendors", "customers", "contacts", "materials", "boms", "supplier-prices", "purchase-orders")
    for path in paths:
        first, second = (make(owner, f"/api/{path}") for _ in range(2))
        assert first != second
    sku = make(owner, "/api/skus", name="Soap")
    lines = [{"skuId": sku["id"], "quantity": 3, "unitPrice": 4.5}]
    made = make(owner, "/api/sales-orders", status="Entered", items=lines)
    assert sku["name"] == "Soap"
    assert made["salesOrder"]["orderStatus"] == "Entered"
    assert [(line["skuId"], line["quantity"], line["unitPrice"]) for line in made["items"]] == [(sku["id"], 3, "4.5")]
    # What was given is left as it was.
    assert lines == [{"skuId": sku["id"], "quantity": 3, "unitPrice": 4.5}]
    with pytest.raises(AssertionError, match=r"/api/vendors: .*validation_failed"):
        make(owner, "/api/vendors", name=7)
    with pytest.raises(AssertionError, match="nothing is made at /api/vendor; records are made at /api/locations, "):
        make(owner, "/api/vendor")
