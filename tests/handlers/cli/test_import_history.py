"""`pharus import-history`, as somebody who moves in uses it."""

from pathlib import Path

from tests.handlers.cli.moving_in import FILES, make_maker
from tests.handlers.cli.test_commands import pharus, refused


def test_files_are_imported_and_passed_over_the_next_time(environment: dict[str, str], tmp_path: Path) -> None:
    maker = make_maker()
    names = [str(file) for file in FILES]
    first = pharus("import-history", maker.slug, *names, **environment)
    assert (first.returncode, first.stdout) == (0, "")
    assert first.stderr.splitlines()[-1] == "9 imported, 0 there already, 0 refused"
    bad = tmp_path / "more.jsonl"
    bad.write_text('{"kind": "work_order", "number": "1", "items": []}\n')
    again = pharus("import-history", maker.id, "--batch", "1", *names, str(bad), **environment)
    assert again.returncode == 1
    assert again.stdout.splitlines()[-1] == f"{bad}:1: nothing of this batch of 1 is stored"
    assert again.stderr.splitlines()[-1] == "0 imported, 9 there already, 1 refused"


def test_an_organization_that_is_not_there_is_refused(environment: dict[str, str]) -> None:
    assert "There is no organization nobody." in refused(
        pharus("import-history", "nobody", str(FILES[0]), **environment)
    )
