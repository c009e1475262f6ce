"""A plugin of pytest, loaded with `-p tests.proof.recorder`: counts what a run checked, and writes it to a file.

PHARUS_PROOF names the file.
"""

import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.contract import conformance

_JUDGED = "pharus_judged"


class Recorder:
    """In the process that started the run; parallel ones hand over what they have judged."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.outcomes: Counter[str] = Counter()
        self.cases: Counter[str] = Counter()
        self.judged = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[report.outcome] += 1
        if report.when == "call":
            for name, value in report.user_properties:
                if name.startswith("cases: "):
                    assert isinstance(value, int)
                    self.cases[name.removeprefix("cases: ")] += value

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.judged += getattr(node, "workeroutput", {}).get(_JUDGED, 0)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        found = {
            "passed": self.outcomes["passed"],
            "failed": self.outcomes["failed"],
            "seconds": round(time.monotonic() - self.started),
            "judged": self.judged + conformance.count_judged(),
            "cases": dict(sorted(self.cases.items())),
        }
        Path(os.environ["PHARUS_PROOF"]).write_text(json.dumps(found), encoding="utf-8")


class Worker:
    def __init__(self, config: Any) -> None:
        self.config = config

    def pytest_sessionfinish(self) -> None:
        self.config.workeroutput[_JUDGED] = conformance.count_judged()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Worker(config) if hasattr(config, "workerinput") else Recorder(), "pharus-proof")
