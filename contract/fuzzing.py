"""schemathesis against a deployment: every check and phase it has, with real ids among the generated ones.

It runs as a command of its own, in which `contract.hooks` is loaded; what the hooks need stands in a file.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template
from typing import Any
from xml.etree import ElementTree

from contract.calling import Deployment
from contract.document import Operation
from contract.parties import Parties
from contract.report import Case, Report
from contract.world import World

STATE = "PHARUS_CONTRACT_STATE"

# Whoever is allowed to call these is gone afterwards, or can call no more.
ENDS_CALLER = ("deleteUser", "deleteOrganization", "leaveOrganization")
_ENDS_TOKEN = ("revokeApiToken",)

_CONFIGURATION = Template("""
hooks = "contract.hooks"
seed = $seed
workers = 1
continue-on-failure = true
request-timeout = 60
suppress-health-check = ["all"]

[checks]
enabled = true

[phases]
enabled = true

[phases.coverage]
generate-duplicate-query-parameters = true

[phases.stateful.generation]
max-examples = $scenarios

[generation]
mode = "all"
# What no token and a bad one do, the roles tell of each operation. Generated values in X-Org-Id would end sequences.
with-security-parameters = false
max-examples = $examples
database = "none"
# No schema can say that a text holds no NUL.
allow-x00 = false

[auth.wfc]
path = "$credentials"
user = "owner"
peers = ["owner", "stranger"]

[output.sanitization]
enabled = false

[output.truncation]
max-payload-size = 1000

[cache]
enabled = false
""")


@dataclass(frozen=True)
class State:
    """What the hooks know of the run. `records` are the owner's by kind, `foreign` the stranger's."""

    address: str
    owner: dict[str, str]
    stranger: dict[str, str]
    records: dict[str, list[dict[str, Any]]]
    foreign: dict[str, list[dict[str, Any]]]
    markers: list[str]
    data: str | None


def check(
    deployment: Deployment,
    operations: list[Operation],
    parties: Parties,
    ours: World,
    theirs: World,
    report: Report,
    *,
    data: Path | None,
    examples: int,
    seed: int,
) -> None:
    """Send up to `examples` generated requests of each kind to each operation."""
    can_end = parties.can_make_more and data is not None
    left_out = [each for each in operations if not can_end and each.id in (*ENDS_CALLER, *_ENDS_TOKEN)]
    for operation in left_out:
        report.add(Case("fuzz", operation.id, skipped="it would end the caller whose token was given"))
    chosen = [each for each in operations if each not in left_out]
    state = State(
        address=deployment.address,
        owner=dict(parties.owner.headers),
        stranger=dict(parties.stranger.headers),
        records=ours.records,
        foreign=theirs.records,
        markers=sorted(theirs.markers() - ours.markers()),
        data=str(data) if can_end else None,
    )
    with tempfile.TemporaryDirectory(prefix="pharus-contract-") as folder:
        _run(Path(folder), state, chosen, report, examples=examples, seed=seed)


def _run(folder: Path, state: State, operations: list[Operation], report: Report, *, examples: int, seed: int) -> None:
    credentials, settings, junit = folder / "credentials.json", folder / "schemathesis.toml", folder / "junit.xml"
    settings.write_text(
        _CONFIGURATION.substitute(credentials=credentials, examples=examples, scenarios=examples * 2, seed=seed)
    )
    credentials.write_text(json.dumps(_credentials(state)))
    (folder / "state.json").write_text(json.dumps(asdict(state)))
    wanted = "|".join(re.escape(operation.id) for operation in operations)
    started = time.monotonic()
    process = subprocess.run(  # noqa: S603 - our own interpreter, and arguments of ours
        [
            *(sys.executable, "-m", "schemathesis.cli", "--no-color", "--config-file", str(settings), "run"),
            *("--include-operation-id-regex", f"^({wanted})$", "--phases", ",".join(_phases(operations))),
            *("--url", state.address),
            *("--report", "junit", "--report-junit-path", str(junit), f"{state.address}/api/openapi.json"),
        ],
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
            STATE: str(folder / "state.json"),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "COLUMNS": "160",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    seconds = time.monotonic() - started
    counts = _read_counts(folder / "counts.json")
    cases = _cases(junit, operations, counts) if junit.exists() else []
    for case in cases:
        report.add(case)
    if not cases or (process.returncode != 0 and not any(case.faults for case in cases)):
        report.add(Case("fuzz", "schemathesis", [process.stdout[-4000:]]))
    if cases:
        cases[0].seconds += seconds - sum(case.seconds for case in cases)


def _phases(operations: list[Operation]) -> list[str]:
    """Sequences of operations follow the links between them; schemathesis wants some where it is to follow them."""
    ids = {operation.id for operation in operations}
    links = any(
        link.get("operationId") in ids
        for operation in operations
        for response in operation.declared["responses"].values()
        for link in response.get("links", {}).values()
    )
    return ["examples", "coverage", "fuzzing", *(["stateful"] if links else [])]


def _cases(junit: Path, operations: list[Operation], counts: dict[str, int]) -> list[Case]:
    """A case for each operation, and one for the sequences of operations."""
    named = {f"{operation.method} {operation.path}": operation.id for operation in operations}
    found: dict[str, Case] = {}
    for entry in ElementTree.parse(junit).getroot().iter("testcase"):  # noqa: S314 - schemathesis wrote it
        name = named.get(entry.get("name", ""), entry.get("name", ""))
        case = found.setdefault(name, Case("fuzz", name, requests=counts.get(name, 0)))
        case.seconds += float(entry.get("time", "0"))
        for kind in ("failure", "error"):
            case.faults += [f"{node.get('message') or ''} {node.text or ''}".strip() for node in entry.iter(kind)]
    return list(found.values())


def _read_counts(file: Path) -> dict[str, int]:
    return dict(json.loads(file.read_text())) if file.exists() else {}


def _credentials(state: State) -> dict[str, object]:
    """In the form of Web Fuzzing Commons, from which schemathesis knows who must not see whose objects."""
    return {
        "auth": [
            {"name": name, "fixedHeaders": [{"name": key, "value": value} for key, value in headers.items()]}
            for name, headers in (("owner", state.owner), ("stranger", state.stranger))
        ]
    }
