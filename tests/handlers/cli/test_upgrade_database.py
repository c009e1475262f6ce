from pathlib import Path

from tests.handlers.cli.test_commands import pharus, refused


def test_data_that_are_new_enough_stay_as_they_are(tmp_path: Path) -> None:
    assert "There is no embedded database in" in refused(pharus("upgrade-database", PHARUS_DATA=str(tmp_path)))
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("18\n")
    same = pharus("upgrade-database", PHARUS_DATA=str(tmp_path))
    assert (same.returncode, same.stderr) == (0, "The data are of this version already.\n")


def test_a_server_of_ones_own_is_upgraded_as_it_says_itself(environment: dict[str, str]) -> None:
    assert "this command is for the embedded one" in refused(pharus("upgrade-database", **environment))
