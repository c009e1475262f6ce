"""schemathesis against a deployment: every check and phase it has, with real ids among the generated ones.

It runs as a command of its own. `contract.schemathesis_hooks` is loaded into it by a module that says what generated
requests are to name: `contract.deployment_hooks` for any deployment; the tests of Pharus have one that knows the
database. What the hooks need is handed over in a file, and what they saw comes back in another.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from contract.callers import Callers
from contract.calling import Deployment
from contract.document import Operation
from contract.report import Case, Report
from contract.seed_data import SeedData

# In the environment of the command: the file with the State.
STATE = "PHARUS_CONTRACT_STATE"
ALL_PHASES = ("examples", "coverage", "fuzzing", "stateful")

# Who is allowed to call these is gone afterwards, or can call no more.
ENDS_CALLER = ("deleteUser", "deleteOrganization", "leaveOrganization")
_ENDS_TOKEN = ("revokeApiToken",)

_COUNTS = "counts.json"

# All checks and all phases are on unless something here turns them off, and nothing does.
_CONFIGURATION = Template("""
hooks = "$hooks"
seed = $seed
workers = 1
continue-on-failure = true
request-timeout = 60
suppress-health-check = ["all"]

[checks]
enabled = true
$checks

[phases]
enabled = true

[phases.coverage]
generate-duplicate-query-parameters = true

[phases.stateful.generation]
max-examples = $scenarios

[generation]
mode = "all"
# Generated values in X-Org-Id would be taken for ids that no operation makes, and then nothing that needs an
# organization begins a sequence of steps. What no token and a bad one do, ignored_auth asks of each operation.
with-security-parameters = false
max-examples = $examples
database = "none"
# No schema can say that a text holds no NUL.
allow-x00 = false

[auth.wfc]
path = "$credentials"
user = "owner"
peers = ["owner", "stranger"]

[warnings]
fail-on = $fail_on_warnings

[output.sanitization]
# The tokens of a run are worth nothing after it, and a curl command is no use without them.
enabled = false

[output.truncation]
max-payload-size = 2000

[cache]
enabled = false
""")


@dataclass(frozen=True)
class State:
    """What the hooks know of the run. `markers` occur in the stranger's organization only; `choosable` are those of
    them that anybody may give to a record of their own. `known` is for the module that prepares requests."""

    address: str
    owner: Mapping[str, str]
    stranger: Mapping[str, str]
    markers: list[str]
    known: dict[str, Any]
    choosable: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """Up to `examples` generated requests to each operation, and `scenarios` sequences of operations.
    With `is_strict` warnings and slow answers fail as well; `operations` are all that the document has if None."""

    examples: int
    scenarios: int
    seed: int
    hooks: str = "contract.deployment_hooks"
    phases: tuple[str, ...] = ALL_PHASES
    operations: tuple[str, ...] | None = None
    is_strict: bool = True


@dataclass(frozen=True)
class Result:
    exit_code: int
    output: str
    seconds: float
    # By operation, how many answers there were with each status.
    counts: dict[str, dict[str, int]]
    # The request ids of all answers that were judged.
    judged: list[str]
    # What was wrong with answers that are not as the document declares them, whatever they answered.
    undeclared: list[str]
    junit: Path

    @property
    def is_clean(self) -> bool:
        """An error inside of a sequence of steps ends the phase and is hardly mentioned."""
        return self.exit_code == 0 and not self.undeclared and "errored" not in self.output and "🚫" not in self.output

    @property
    def links_followed(self) -> int:
        """How many of the links from one operation to the next were followed in sequences of steps."""
        found = re.search(r"API Links:\s+(\d+) covered", self.output)
        return int(found[1]) if found else 0

    @property
    def cases(self) -> int:
        return sum(sum(statuses.values()) for statuses in self.counts.values())

    def share_of_successes(self, operation_id: str) -> float:
        statuses = self.counts.get(operation_id, {})
        successes = sum(count for status, count in statuses.items() if status.startswith("2"))
        return successes / max(1, sum(statuses.values()))

    def report(self) -> str:
        """A line for each operation: how many requests, the share of 2xx, and what else was answered."""
        lines = [f"{'operation':<24} {'cases':>6} {'2xx':>6}  other answers"]
        for operation_id, statuses in sorted(self.counts.items()):
            others = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()) if status[0] != "2")
            share = self.share_of_successes(operation_id)
            mark = "  <- hardly ever served" if share < 0.05 else ""
            lines.append(f"{operation_id:<24} {sum(statuses.values()):>6} {share:>6.1%}  {others}{mark}")
        return "\n".join([*lines, f"{self.cases} cases in {self.seconds:.0f} s"])


def run(plan: Plan, state: State, folder: Path) -> Result:
    """Run schemathesis; its files are in the folder afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    credentials, settings, junit = folder / "credentials.json", folder / "schemathesis.toml", folder / "junit.xml"
    settings.write_text(_configuration(plan, credentials), encoding="utf-8")
    credentials.write_text(json.dumps(_credentials(state)), encoding="utf-8")
    (folder / "state.json").write_text(json.dumps(asdict(state)), encoding="utf-8")
    chosen: list[str] = []
    if plan.operations is not None:
        ids = "|".join(re.escape(id) for id in plan.operations)
        chosen = ["--include-operation-id-regex", f"^({ids})$"]
    started = time.monotonic()
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.run(  # noqa: S603 - our own interpreter, and arguments of ours
            [
                *(sys.executable, "-m", "schemathesis.cli", "--no-color", "--config-file", str(settings), "run"),
                *("--phases", ",".join(plan.phases), "--url", state.address, *chosen),
                *("--report", "junit", "--report-junit-path", str(junit), f"{state.address}/api/openapi.json"),
            ],
            cwd=folder,
            env={
                **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
                # Or each request looks through the whole environment for a proxy.
                "NO_PROXY": str(urlsplit(state.address).hostname),
                STATE: str(folder / "state.json"),
                "PYTHONPATH": os.pathsep.join(sys.path),
                "COLUMNS": "160",
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    counts = folder / _COUNTS
    found = json.loads(counts.read_text(encoding="utf-8")) if counts.exists() else {}
    undeclared = found.get("undeclared", [])
    return Result(
        exit_code=process.returncode,
        output="\n".join(
            [(folder / "output.txt").read_text(encoding="utf-8", errors="replace"), *undeclared[:20]],
        ),
        seconds=time.monotonic() - started,
        counts=found.get("counts", {}),
        judged=found.get("judged", []),
        undeclared=undeclared,
        junit=junit,
    )


def read_state() -> State:
    """In the process of schemathesis: what `run` was called with."""
    return State(**json.loads(Path(os.environ[STATE]).read_text(encoding="utf-8")))


def write_counts(counts: Mapping[str, Mapping[int, int]], judged: list[str], undeclared: list[str]) -> None:
    """In the process of schemathesis: what `run` returns."""
    found = {"counts": counts, "judged": judged, "undeclared": undeclared}
    Path(os.environ[STATE]).with_name(_COUNTS).write_text(json.dumps(found), encoding="utf-8")


def check(
    deployment: Deployment,
    operations: list[Operation],
    callers: Callers,
    ours: SeedData,
    theirs: SeedData,
    report: Report,
    *,
    data: Path | None,
    examples: int,
    seed: int,
) -> None:
    """Send up to `examples` generated requests to each operation of a deployment."""
    can_end = callers.can_make_more and data is not None
    left_out = [each for each in operations if not can_end and each.id in (*ENDS_CALLER, *_ENDS_TOKEN)]
    for operation in left_out:
        report.add(Case("fuzz", operation.id, skipped="it would end the caller whose token was given"))
    chosen = [each for each in operations if each not in left_out]
    state = State(
        address=deployment.address,
        owner=dict(callers.owner.headers),
        stranger=dict(callers.stranger.headers),
        markers=sorted(theirs.markers() - ours.markers()),
        known={"records": ours.records, "foreign": theirs.records, "data": str(data) if can_end else None},
    )
    plan = Plan(
        examples,
        examples * 2,
        seed,
        phases=ALL_PHASES if _have_links(chosen) else ALL_PHASES[:-1],
        operations=tuple(operation.id for operation in chosen),
        is_strict=False,
    )
    with tempfile.TemporaryDirectory(prefix="pharus-contract-") as folder:
        result = run(plan, state, Path(folder))
        cases = list(_cases(result, chosen)) if result.junit.exists() else []
    for case in cases:
        report.add(case)
    if result.undeclared:
        report.add(Case("fuzz", "answers", result.undeclared[:20]))
    if not cases or (result.exit_code != 0 and not any(case.violations for case in cases)):
        report.add(Case("fuzz", "schemathesis", [result.output[-4000:]]))
    if cases:
        cases[0].seconds += result.seconds - sum(case.seconds for case in cases)


def _configuration(plan: Plan, credentials: Path) -> str:
    return _CONFIGURATION.substitute(
        hooks=plan.hooks,
        seed=plan.seed,
        checks="max_response_time = 20" if plan.is_strict else "",
        scenarios=plan.scenarios,
        examples=plan.examples,
        credentials=credentials,
        # Requests for each bound are refused, most of them: how many are says something of random ones only.
        fail_on_warnings="true" if plan.is_strict and "fuzzing" in plan.phases else "false",
    )


def _have_links(operations: list[Operation]) -> bool:
    """Sequences of operations follow the links between them; schemathesis needs some where it is to follow them."""
    ids = {operation.id for operation in operations}
    return any(
        link.get("operationId") in ids
        for operation in operations
        for response in operation.declared["responses"].values()
        for link in response.get("links", {}).values()
    )


def _cases(result: Result, operations: list[Operation]) -> Iterable[Case]:
    """A case for each operation, and one for the sequences of operations."""
    ids = {f"{operation.method} {operation.path}": operation.id for operation in operations}
    found: dict[str, Case] = {}
    for entry in ElementTree.parse(result.junit).getroot().iter("testcase"):  # noqa: S314 - schemathesis wrote it
        name = ids.get(entry.get("name", ""), entry.get("name", ""))
        requests = sum(result.counts.get(name, {}).values())
        case = found.setdefault(name, Case("fuzz", name, requests=requests))
        case.seconds += float(entry.get("time", "0"))
        for outcome in ("failure", "error"):
            case.violations += [
                f"{node.get('message') or ''} {node.text or ''}".strip() for node in entry.iter(outcome)
            ]
    return found.values()


def _credentials(state: State) -> dict[str, object]:
    """In the form of Web Fuzzing Commons, from which schemathesis knows who must not see whose objects."""
    return {
        "auth": [
            {"name": name, "fixedHeaders": [{"name": key, "value": value} for key, value in headers.items()]}
            for name, headers in (("owner", state.owner), ("stranger", state.stranger))
        ]
    }
