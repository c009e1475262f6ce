"""What is refused before anything is done. That it is done: tests/drills/test_cluster_upgrade.py."""

import fcntl
from pathlib import Path

import pytest

from pharus import cluster_upgrade
from pharus.errors import ConfigurationError

pytestmark = pytest.mark.no_database


@pytest.fixture
def of_version(tmp_path: Path) -> Path:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("9\n")
    return tmp_path


def test_without_the_programs_of_the_old_version_is_refused(of_version: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"needs the programs of PostgreSQL 9, once, and none were found"):
        cluster_upgrade.upgrade(of_version)
    with pytest.raises(ConfigurationError, match=r"and .* has none: install them \(Debian: apt install postgresql-9"):
        cluster_upgrade.upgrade(of_version, of_version)


def test_data_of_a_newer_version_are_refused(of_version: Path) -> None:
    (of_version / "postgres" / "PG_VERSION").write_text("77\n")
    with pytest.raises(ConfigurationError, match=r"data of PostgreSQL 77, which is newer than the 18"):
        cluster_upgrade.upgrade(of_version)


def test_data_that_a_server_uses_are_refused(of_version: Path) -> None:
    with (of_version / "postgres.users").open("wb") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with pytest.raises(ConfigurationError, match=r"A server uses .*: stop it first"):
            cluster_upgrade.upgrade(of_version)


def test_old_data_that_were_kept_are_not_overwritten(of_version: Path) -> None:
    (of_version / "postgres-9").mkdir()
    with pytest.raises(ConfigurationError, match=r"postgres-9 is there already: move it away first"):
        cluster_upgrade.upgrade(of_version)
