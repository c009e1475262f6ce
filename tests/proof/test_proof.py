"""docs/proof.md says what is counted now and what was measured, at the commit it names."""

import re
from typing import Any

import pytest

from tests.proof import facts, recorder, tree
from tests.proof.__main__ import PAGE, RUNS, is_of_this_tree, measured, render

pytestmark = pytest.mark.no_database


def test_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(facts.count(), measured()), (
        "docs/proof.md is not what is counted now; `make proof PROOF=--count` writes it"
    )


def test_every_row_names_the_commit_it_was_measured_at() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("|---|---:|---|---|\n")[2].partition("\n\n")[0]
    assert table
    for row in table.splitlines():
        assert re.fullmatch(r"\| .+ \| [\d,]+ \| `[0-9a-f]{7,}`, \d{4}-\d\d-\d\d \| `.+` \|", row), row


def test_figures_are_of_whole_runs_of_a_commit() -> None:
    figures = measured()
    assert figures.keys() <= set(RUNS)
    assert all(run["commit"] and not run["is_changed"] and run["seconds"] > 0 for run in figures.values())
    assert all(run["judged"] > run["cases"]["role matrix"] > 1000 for name, run in figures.items() if name == "test")
    assert figures["mutants"]["noticed"] == figures["mutants"]["seeded"]


@pytest.mark.parametrize("run", RUNS)
def test_what_was_not_measured_has_no_row(run: str) -> None:
    def rows(figures: dict[str, Any]) -> int:
        return render(facts.count(), figures).count("`abcdef0`, 2026-01-02")

    cases = ("generated requests", "role matrix", "records of another organization", "hostile requests", "examples")
    counts: dict[str, Any] = dict.fromkeys(("passed", "judged", "by_document", "noticed", "seeded", "seconds"), 1)
    drill = {"drill": "the wire is cut", "on": "PostgreSQL 18", "figures": [["lost", 0]]}
    figures = {
        **counts,
        "commit": "abcdef0",
        "date": "2026-01-02",
        "cases": dict.fromkeys(cases, 1),
        "figures": [drill],
    }
    assert rows({run: figures}) == {"test": 8, "mutants": 2}.get(run, 1)
    assert rows({}) == 0
    assert "not measured" not in render(facts.count(), {})


def test_what_drills_have_measured_is_a_table_of_each() -> None:
    def found(on: str, lost: int) -> dict[str, Any]:
        return {"drill": "the wire is cut", "on": on, "figures": [["lost", lost], ["recovered after (s)", 1.25]]}

    run = {"commit": "abcdef0", "date": "2026-01-02", "seconds": 9, "figures": [found("15", 0), found("18", 1000)]}
    page = render(facts.count(), {"drills": run})
    assert "**The wire is cut**\n\n| on | lost | recovered after (s) |\n|---|---:|---:|\n" in page
    assert "| 15 | 0 | 1.25 |\n| 18 | 1,000 | 1.25 |\n\n" in page


def test_files_of_generated_tests_are_there() -> None:
    assert [path for path in recorder.BY_DOCUMENT if not (tree.CHECKOUT / path).exists()] == []


def test_a_figure_of_changed_files_is_of_no_tree() -> None:
    now = tree.current()
    if now is None:
        assert not (tree.CHECKOUT / ".git").exists()
        return
    assert is_of_this_tree(now.as_dict()) is (not now.is_changed)
    assert not is_of_this_tree({**now.as_dict(), "is_changed": True})
    assert not is_of_this_tree({**now.as_dict(), "commit": "0000000"})
