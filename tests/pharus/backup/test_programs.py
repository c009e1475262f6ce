"""Which pg_dump and pg_restore are taken: programs that only say which version they are."""

from pathlib import Path

import pytest

from pharus import postgres_programs
from pharus.backup import programs
from pharus.errors import ConfigurationError

pytestmark = pytest.mark.no_database


def install(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    for name in ("pg_dump", "pg_restore"):
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with 15 and 17 where packages put them, and 18 on PATH."""
    for major in ("15", "17"):
        install(tmp_path / "usr" / "lib" / "postgresql" / major / "bin", f"{major}.1 (Debian {major}.1-1)")
    path = install(tmp_path / "bin", "18.4")
    monkeypatch.setattr(postgres_programs, "_WHEELS", {})
    known = programs.folders
    monkeypatch.setattr(programs, "folders", lambda given: known(given, tmp_path, {"PATH": f"/nowhere::{path}"}))
    return tmp_path


@pytest.mark.parametrize(("server", "taken"), [(15, 15), (16, 17), (17, 17), (18, 18)])
def test_dump_takes_the_servers_own_version_or_the_next_one(machine: Path, server: int, taken: int) -> None:
    assert programs.for_dump(server).major == taken


@pytest.mark.parametrize(
    ("server", "dump", "taken"), [(15, 15, 15), (17, 15, 17), (18, 15, 18), (18, 17, 18), (19, 15, 15), (19, 17, 17)]
)
def test_restore_takes_one_that_reads_the_dump_and_writes_for_the_server(
    machine: Path, server: int, dump: int, taken: int
) -> None:
    assert programs.for_restore(server, dump).major == taken


def test_what_fits_nothing_is_refused_with_what_there_is(machine: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no pg_dump 19 or later, only 15 and 17 and 18\. Install"):
        programs.for_dump(19)
    with pytest.raises(ConfigurationError, match="reads a dump of pg_dump 17 and writes to PostgreSQL 15, only 15 and"):
        programs.for_restore(15, 17)
    old = machine / "usr" / "lib" / "postgresql" / "15" / "bin"
    with pytest.raises(ConfigurationError, match=f"no pg_dump 18 or later in {old}"):
        programs.for_dump(18, old)
    assert programs.for_dump(15, old).folder == old


def test_installation_here_has_programs_for_its_own_server() -> None:
    assert programs.for_dump(18).major == 18
