from __future__ import annotations

from pathlib import Path

from codegen.write import MARK, stale, write

GENERATED = ("pharus/schemas.py", "plugins/*/schemas.py")
FILES = {"pharus/schemas.py": f'"""{MARK}"""\n', "plugins/things/schemas.py": f'"""Things. {MARK}"""\n'}


def test_write_makes_the_files_and_says_which(tmp_path: Path) -> None:
    assert write(tmp_path, FILES, GENERATED) == ["pharus/schemas.py", "plugins/things/schemas.py"]
    assert (tmp_path / "plugins/things/schemas.py").read_text() == FILES["plugins/things/schemas.py"]
    assert stale(tmp_path, FILES, GENERATED) == []
    assert write(tmp_path, FILES, GENERATED) == []


def test_stale_names_missing_changed_and_left_over_files(tmp_path: Path) -> None:
    write(tmp_path, FILES, GENERATED)
    (tmp_path / "pharus/schemas.py").write_text("# changed\n")
    files = {"pharus/schemas.py": FILES["pharus/schemas.py"], "plugins/new/schemas.py": ""}
    assert stale(tmp_path, files, GENERATED) == [
        "pharus/schemas.py",
        "plugins/new/schemas.py",
        "plugins/things/schemas.py",
    ]


def test_write_removes_a_leftover_but_not_a_file_that_somebody_wrote(tmp_path: Path) -> None:
    write(tmp_path, FILES, GENERATED)
    by_hand = tmp_path / "plugins/by_hand/schemas.py"
    by_hand.parent.mkdir()
    by_hand.write_text('"""Written by hand."""\n')
    assert write(tmp_path, {}, GENERATED) == ["pharus/schemas.py", "plugins/things/schemas.py"]
    assert by_hand.exists()
    assert not (tmp_path / "plugins/things/schemas.py").exists()
