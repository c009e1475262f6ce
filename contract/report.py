"""What was checked, what was found, and what was left out: as text, as JUnit, as an exit code."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

CLEAN, FAULTY, UNUSABLE = 0, 1, 2


@dataclass
class Case:
    """One check: `suite` groups them, `requests` says how many were sent for it."""

    suite: str
    name: str
    violations: list[str] = field(default_factory=list)
    skipped: str | None = None
    requests: int = 0
    seconds: float = 0.0


class Report:
    def __init__(self) -> None:
        self.cases: list[Case] = []
        self._started = time.monotonic()

    def add(self, case: Case) -> Case:
        self.cases.append(case)
        return case

    @property
    def violated(self) -> list[Case]:
        return [case for case in self.cases if case.violations]

    @property
    def exit_code(self) -> int:
        return FAULTY if self.violated else CLEAN

    def text(self) -> str:
        """The violations, what was left out, and a line for each suite."""
        lines = [f"{case.suite} {case.name}\n  " + "\n  ".join(case.violations) for case in self.violated]
        left_out: dict[tuple[str, str], list[str]] = {}
        for case in self.cases:
            if case.skipped is not None:
                left_out.setdefault((case.suite, case.skipped), []).append(case.name)
        lines += [f"{suite}, left out: {why}: {', '.join(names)}" for (suite, why), names in left_out.items()]
        for suite in dict.fromkeys(case.suite for case in self.cases):
            cases = [case for case in self.cases if case.suite == suite]
            violations = sum(len(case.violations) for case in cases)
            requests, seconds = sum(case.requests for case in cases), sum(case.seconds for case in cases)
            checked = sum(case.skipped is None for case in cases)
            lines.append(
                f"{suite:<8} {checked:>5} checked  {requests:>6} requests  {violations:>3} violations  {seconds:.1f} s"
            )
        return "\n".join(lines)

    def write_junit(self, file: Path) -> None:
        root = ElementTree.Element("testsuites", time=f"{time.monotonic() - self._started:.3f}")
        for suite in dict.fromkeys(case.suite for case in self.cases):
            cases = [case for case in self.cases if case.suite == suite]
            node = ElementTree.SubElement(
                root,
                "testsuite",
                name=f"contract.{suite}",
                tests=str(len(cases)),
                failures=str(sum(bool(case.violations) for case in cases)),
                skipped=str(sum(case.skipped is not None for case in cases)),
                errors="0",
                time=f"{sum(case.seconds for case in cases):.3f}",
            )
            for case in cases:
                entry = ElementTree.SubElement(
                    node, "testcase", classname=f"contract.{suite}", name=case.name, time=f"{case.seconds:.3f}"
                )
                if case.violations:
                    failure = ElementTree.SubElement(entry, "failure", message=_xml(case.violations[0])[:500])
                    failure.text = _xml("\n".join(case.violations))
                elif case.skipped is not None:
                    ElementTree.SubElement(entry, "skipped", message=_xml(case.skipped))
        file.parent.mkdir(parents=True, exist_ok=True)
        ElementTree.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


def _xml(text: str) -> str:
    """XML holds no control characters, and generated requests are full of them."""
    return "".join(
        each if each in "\t\n" or "\x20" <= each < "\ud800" or "\ue000" <= each < "\ufffe" else "?" for each in text
    )
