"""`pharus test-contract` against deployments: one that is as it should be, and one with five defects."""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from contract.report import Case, Report
from tests import factories, launcher
from tests.contract import audit
from tests.contract.defective import DEFECTS
from tests.server import Server

# Those with the defects; the rest of the document is checked in the same way by test_schemathesis.py and others.
PATHS = ("/api/locations", "/api/vendors", "/api/materials")
# Those that are sent generated requests, which costs the most.
FUZZED = ("/api/locations",)


def check(
    address: str, junit: Path, *arguments: str, paths: Sequence[str] = PATHS, **environment: str
) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "TMPDIR", "HYPOTHESIS_STORAGE_DIRECTORY")
        if name in os.environ
    }
    include = [part for path in paths for part in ("--include", path)]
    return launcher.run(
        *("test-contract", "--url", address, "--junit", str(junit)),
        *include,
        *arguments,
        environment={**inherited, **environment},
        timeout=300,
    )


def failed(junit: Path) -> set[tuple[str, str]]:
    """(suite, operation) of each failure in the report."""
    root = ElementTree.parse(junit).getroot()
    return {
        (case.attrib["classname"].removeprefix("contract."), case.attrib["name"].split()[0])
        for case in root.iter("testcase")
        if case.find("failure") is not None
    }


@pytest.fixture
def unlimited(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    running = Server({**environment, "PHARUS_RATE_LIMITS": "off"}, tmp_path / "server.log")
    audit.leave_to_another_judge(running.address)
    yield running
    assert running.stop() == 0, running.read_log()[-2000:]


@pytest.fixture
def defective(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    log = tmp_path / "defective.log"
    running = Server({**environment, "PHARUS_RATE_LIMITS": "off"}, log, module="tests.contract.defective")
    audit.leave_to_another_judge(running.address)
    yield running
    running.stop()


@pytest.mark.long
def test_five_defects_are_found_and_named(defective: Server, data_folder: Path, tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    data = ("--data", str(data_folder))
    result = check(defective.address, junit, *data, "--suite", "roles", "--suite", "isolation")
    assert result.returncode == 1, result.stdout + result.stderr
    found = failed(junit)
    fuzzed = check(defective.address, junit, *data, "--suite", "fuzz", "--examples", "2", paths=FUZZED)
    assert fuzzed.returncode == 1, fuzzed.stdout + fuzzed.stderr
    found |= failed(junit)
    assert {operation for _, operation in found} >= set(DEFECTS), result.stdout + fuzzed.stdout
    # Each by the wall that it breaks.
    assert {("roles", "deleteLocation"), ("isolation", "getVendor"), ("isolation", "createMaterial")} <= found
    assert {("fuzz", "listLocations"), ("fuzz", "createLocation")} <= found
    assert "viewer must be refused with 403, as the least role is admin" in result.stdout


@pytest.mark.long
def test_sound_deployment_is_clean_and_checked_with_api_tokens_where_nobody_can_sign_for_others(
    unlimited: Server, tmp_path: Path
) -> None:
    tokens = {}
    organization = factories.make_organization()
    for role in ("owner", "viewer"):
        user = factories.make_user()
        factories.make_membership(organization.id, user.id, role)
        tokens[f"PHARUS_CONTRACT_{role.upper()}"] = factories.make_api_token(organization.id, user.id)
    other, stranger = factories.make_organization(), factories.make_user()
    factories.make_membership(other.id, stranger.id, "owner")
    junit = tmp_path / "junit.xml"
    refused = check(unlimited.address, junit, "--suite", "roles", **tokens)
    assert (refused.returncode, "A token is missing for: stranger." in refused.stderr) == (2, True)
    tokens["PHARUS_CONTRACT_STRANGER"] = factories.make_api_token(other.id, stranger.id)
    result = check(unlimited.address, junit, "--examples", "2", paths=FUZZED, **tokens)
    assert result.returncode == 0, result.stdout + result.stderr
    assert failed(junit) == set()
    suites = ElementTree.parse(junit).getroot().findall("testsuite")
    assert [suite.attrib["name"] for suite in suites] == ["contract.roles", "contract.isolation", "contract.fuzz"]
    assert all(int(suite.attrib["tests"]) >= 5 for suite in suites)
    # owner, viewer, no token, a forged and an unknown one.
    roles = next(line for line in result.stdout.splitlines() if line.startswith("roles"))
    checked, requests = (int(number) for number in re.findall(r"\d+", roles)[:2])
    assert requests == 5 * checked
    tokens["PHARUS_CONTRACT_STRANGER"] = tokens["PHARUS_CONTRACT_VIEWER"]
    same = check(unlimited.address, junit, **tokens)
    assert (same.returncode, "belong to the same organization" in same.stderr) == (2, True)


def test_deployment_without_callers_or_without_such_paths_cannot_be_checked(
    server: Server, data_folder: Path, tmp_path: Path
) -> None:
    nobody = check(server.address, tmp_path / "junit.xml")
    assert nobody.returncode == 2
    assert "PHARUS_CONTRACT_OWNER" in nobody.stderr
    result = launcher.run("test-contract", "--url", server.address, "--include", "/nothing", environment={})
    assert (result.returncode, "no path of its document is below /nothing" in result.stderr) == (2, True)


def test_report_tells_what_was_left_out_and_survives_any_text(tmp_path: Path) -> None:
    report = Report()
    report.add(Case("fuzz", "getThing", ["it said \x00 and \ud800 <&>"], requests=3))
    report.add(Case("fuzz", "leaveThing", skipped="it would end the caller"))
    report.write_junit(tmp_path / "deep" / "junit.xml")
    suite = ElementTree.parse(tmp_path / "deep" / "junit.xml").getroot()[0]
    assert (suite.attrib["tests"], suite.attrib["failures"], suite.attrib["skipped"]) == ("2", "1", "1")
    assert suite[0][0].text == "it said ? and ? <&>"
    assert "fuzz, left out: it would end the caller: leaveThing" in report.text()
    assert report.exit_code == 1
