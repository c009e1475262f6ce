"""The command `schemathesis run` with everything on, and what comes of it."""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from string import Template

from tests.contract.conformance import note_judged
from tests.contract.fuzzing import world

ALL_PHASES = ("examples", "coverage", "fuzzing", "stateful")

_CHECKOUT = Path(__file__).parents[3]

# All checks and all phases are on unless something here turns them off, and nothing does.
_CONFIGURATION = Template("""
hooks = "tests.contract.fuzzing.hooks"
seed = $seed
workers = 1
continue-on-failure = true
request-timeout = 60
suppress-health-check = ["all"]

[checks]
enabled = true
max_response_time = 20

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
# No schema can say that a text holds no NUL. That each of them is refused stands in test_hostile.py.
allow-x00 = false

[auth.wfc]
path = "$credentials"
user = "alice"
peers = ["alice", "bob"]

[warnings]
fail-on = true

[output.sanitization]
# The tokens of a run are worth nothing after it, and a curl command is no use without them.
enabled = false

[output.truncation]
max-payload-size = 2000

[cache]
enabled = false
""")


@dataclass(frozen=True)
class Result:
    exit_code: int
    output: str
    seconds: float
    counts: dict[str, dict[str, int]]
    # What was wrong with answers that are not as the document declares them, whatever they answered.
    undeclared: list[str]

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


def run(
    around: world.World,
    folder: Path,
    *,
    examples: int,
    scenarios: int,
    seed: int,
    phases: tuple[str, ...] = ALL_PHASES,
) -> Result:
    """Send up to `examples` generated requests to each operation, and up to `scenarios` sequences of steps."""
    folder.mkdir(parents=True, exist_ok=True)
    credentials, settings = folder / "credentials.json", folder / "schemathesis.toml"
    settings.write_text(
        _CONFIGURATION.substitute(
            credentials=credentials,
            examples=examples,
            scenarios=scenarios,
            seed=seed,
        ),
        encoding="utf-8",
    )
    credentials.write_text(json.dumps(_credentials(around)), encoding="utf-8")
    world.save(around, folder / "world.json")
    counts = folder / "counts.json"
    started = time.monotonic()
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "--no-color", "--config-file", str(settings)),
                *("run", "--phases", ",".join(phases), "--url", around.address, f"{around.address}/api/openapi.json"),
            ],
            cwd=_CHECKOUT,
            env={
                **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
                "PHARUS_FUZZ_WORLD": str(folder / "world.json"),
                "PHARUS_FUZZ_COUNTS": str(counts),
                "COLUMNS": "160",
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    found = json.loads(counts.read_text(encoding="utf-8")) if counts.exists() else {}
    note_judged(around.address, found.get("judged", []))
    undeclared = found.get("undeclared", [])
    return Result(
        process.returncode,
        "\n".join([(folder / "output.txt").read_text(encoding="utf-8", errors="replace"), *undeclared[:20]]),
        time.monotonic() - started,
        found.get("counts", {}),
        undeclared,
    )


def _credentials(around: world.World) -> dict[str, object]:
    """In the form of Web Fuzzing Commons, from which schemathesis knows who must not see whose objects."""
    return {
        "auth": [
            {
                "name": name,
                "fixedHeaders": [
                    {"name": "Authorization", "value": half.owner.authorization},
                    {"name": "X-Org-Id", "value": half.org_id},
                ],
            }
            for name, half in (("alice", around.alice), ("bob", around.bob))
        ]
    }
