"""The mutants still fit the source. Whether each is noticed, `make mutants` shows."""

from pathlib import Path

import pytest

from tests.mutants.__main__ import CHECKOUT, runs_without_defect, seed
from tests.mutants.seeded import MUTANTS, Mutant

pytestmark = pytest.mark.no_database


def test_there_are_enough_of_them() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 20


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_fits_the_source_and_compiles(mutant: Mutant, tmp_path: Path) -> None:
    for edit in mutant.edits:
        file = tmp_path / edit.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes((CHECKOUT / edit.file).read_bytes())
    seed(tmp_path, mutant)
    for edit in mutant.edits:
        changed = (tmp_path / edit.file).read_text()
        assert changed != (CHECKOUT / edit.file).read_text()
        if edit.file.endswith(".py"):
            compile(changed, edit.file, "exec")
    for part in mutant.noticed_by:
        assert not part.endswith(".py") or (CHECKOUT / part).exists(), part


def test_run_without_a_defect_is_never_the_whole_suite() -> None:
    assert all(run[0].endswith(".py") for run in runs_without_defect(MUTANTS))
    for mutant in MUTANTS:
        runs = runs_without_defect([mutant])
        assert [part for run in runs for part in run if part.endswith(".py")] == [
            part for part in mutant.noticed_by if part.endswith(".py")
        ]
