"""A plugin of pytest, loaded with `-p tests.proof.recorder`: counts what a run checked, and keeps it for `make proof`.

PHARUS_PROOF names the run: the counts go to build/proof/<run>.json, with the commit they are of. Only a whole run
without a failure is kept; what an earlier run has left is removed when the next one begins.
"""

import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.contract import judging
from tests.drills import figures
from tests.proof import tree

FOLDER = tree.CHECKOUT / "build" / "proof"

# The tests that are made from openapi.yaml, so that a new operation is covered by itself.
BY_DOCUMENT = tuple(
    f"tests/contract/test_{name}.py"
    for name in ("roles", "tenant_isolation", "document", "conformance", "docs_page", "hostile")
)

_JUDGED = "pharus_judged"


def record_of(run: str) -> Path:
    return FOLDER / f"{run}.json"


class Recorder:
    """In the process that started the run; parallel ones hand over what they have judged."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.file.unlink(missing_ok=True)
        self.started = time.monotonic()
        self.tree = tree.current()
        self.outcomes: Counter[str] = Counter()
        self.cases: Counter[str] = Counter()
        self.figures: list[object] = []
        # What a test of a client or tool says of it, for a row of the page.
        self.clients: list[object] = []
        self.by_document = 0
        self.judged = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[report.outcome] += 1
        if report.when == "call":
            self.by_document += report.passed and report.nodeid.startswith(BY_DOCUMENT)
            self.clients += [value for name, value in report.user_properties if name == "client"]
            for name, value in report.user_properties:
                if name.startswith("cases: "):
                    assert isinstance(value, int)
                    self.cases[name.removeprefix("cases: ")] += value
                elif name == figures.PROPERTY:
                    self.figures.append(value)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.judged += getattr(node, "workeroutput", {}).get(_JUDGED, 0)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        if exitstatus != pytest.ExitCode.OK or self.tree is None:
            return
        found = {
            **self.tree.as_dict(),
            "passed": self.outcomes["passed"],
            "by_document": self.by_document,
            "seconds": round(time.monotonic() - self.started),
            "judged": self.judged + judging.count_judged(),
            "cases": dict(sorted(self.cases.items())),
            # In the order in which the drills were run.
            **({"figures": self.figures} if self.figures else {}),
            **({"clients": self.clients} if self.clients else {}),
        }
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(found), encoding="utf-8")


class Worker:
    def __init__(self, config: Any) -> None:
        self.config = config

    def pytest_sessionfinish(self) -> None:
        self.config.workeroutput[_JUDGED] = judging.count_judged()


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        config.pluginmanager.register(Worker(config), "pharus-proof")
    elif run := os.environ.pop("PHARUS_PROOF", ""):
        config.pluginmanager.register(Recorder(record_of(run)), "pharus-proof")
