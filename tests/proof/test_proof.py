"""docs/proof.md says what is counted now and what was measured last."""

import pytest

from tests.proof import facts
from tests.proof.__main__ import PAGE, measured, render

pytestmark = pytest.mark.no_database


def test_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(facts.count(), measured()), (
        "docs/proof.md is not what is counted now; run `python -m tests.proof`"
    )


def test_figures_are_of_runs_without_failures() -> None:
    figures = measured()
    assert figures["test"]["failed"] == 0
    assert figures["test"]["judged"] > figures["test"]["cases"]["role matrix"] > 1000
    assert figures["mutants"]["noticed"] == figures["mutants"]["seeded"] >= 20
