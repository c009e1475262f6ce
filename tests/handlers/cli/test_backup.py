"""`pharus backup` of one installation, `pharus restore` into another one."""

from pathlib import Path

from tests import database
from tests.handlers.cli.test_commands import pharus


def test_restored_elsewhere_check_is_clean_and_nothing_is_overwritten(
    environment: dict[str, str], scratch_url: str, database_url: str, tmp_path: Path
) -> None:
    direct = database.past_pooler(scratch_url)
    here = {**environment, "PHARUS_DATABASE_URL": direct, "PHARUS_DATA": str(tmp_path / "here")}
    filled = pharus("demo", **here)
    assert filled.returncode == 0, filled.stderr
    saved = pharus("backup", str(tmp_path / "backup"), **here)
    assert (saved.returncode, saved.stdout.rpartition(", ")[2]) == (0, "3 files\n"), saved.stderr
    assert "Dumping the database with pg_dump" in saved.stderr

    url = database.scratch(database_url)
    there = {
        **environment,
        "PHARUS_DATABASE_URL": database.past_pooler(url),
        "PHARUS_DATA": str(tmp_path / "there"),
    }
    try:
        restored = pharus("restore", str(tmp_path / "backup"), **there)
        assert restored.returncode == 0, restored.stderr
        checked = pharus("check", **there)
        assert (checked.returncode, checked.stdout, checked.stderr.splitlines()[-1]) == (0, "", "no discrepancies")
        again = pharus("restore", str(tmp_path / "backup"), **there)
        assert (again.returncode, "Error: The database is not empty" in again.stderr) == (1, True), again.stderr
    finally:
        database.drop_scratch(database_url, url)
