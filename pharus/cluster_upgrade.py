"""The data of the embedded PostgreSQL, made anew for another major version of it.

What the old version's programs dump, the new one's restore. The dump is not made by the new version's: a later minor
release of the old version may keep in its catalog what they do not know (15.20 does, and 18.6 does not). `pg_upgrade`
would be faster, and refuses clusters that were not made alike.
"""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg2

from pharus import postgres_programs as programs
from pharus.embedded import Cluster
from pharus.errors import ConfigurationError


def upgrade(data: Path, given: Path | None = None, say: Callable[[str], None] = lambda step: None) -> Path | None:
    """Make the data of this installation's version; the folder in which the old ones stay. None when there was nothing
    to do. `given` is the folder of the old version's programs, when they are in no usual place.

    ConfigurationError when it cannot be done; then the old data are what they were.
    """
    old = Cluster(data.absolute())
    with old.usable(), old.alone(), old.users_file.open("wb") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(f"A server uses {old.folder}: stop it first.") from None
        stored, brought = old.version(), programs.major(programs.folder())
        if stored is None:
            raise ConfigurationError(f"There is no embedded database in {data}.")
        if stored == brought:
            return None
        if stored > brought:
            raise ConfigurationError(
                f"{old.folder} holds data of PostgreSQL {stored}, which is newer than the {brought} of this "
                "installation: install a newer Pharus."
            )
        kept = old.folder.with_name(f"postgres-{stored}")
        if kept.exists():
            raise ConfigurationError(f"{kept} is there already: move it away first.")
        binaries = _old_programs(stored, given)
        new = Cluster(old.data / "upgrade")
        shutil.rmtree(new.data, ignore_errors=True)
        try:
            old.run(binaries)
            with new.usable():
                new.run()
            _copy(old, binaries, new, say)
        finally:
            new.stop()
            old.stop(binaries)
        old.folder.rename(kept)
        new.folder.rename(old.folder)
        shutil.rmtree(new.data, ignore_errors=True)
        return kept


def _old_programs(major: int, given: Path | None) -> Path:
    for folder in [given] if given else (*programs.in_packages(major), *programs.in_wheels()):
        if (folder / "pg_ctl").is_file() and programs.major(folder) == major:
            return folder
    looked = f"{given} has none" if given else "none were found"
    raise ConfigurationError(
        f"This needs the programs of PostgreSQL {major}, once, and {looked}: install them (Debian: apt install "
        f"postgresql-{major}; macOS: brew install postgresql@{major}), or name their folder with --programs."
    )


def _copy(old: Cluster, old_binaries: Path, new: Cluster, say: Callable[[str], None]) -> None:
    binaries = programs.folder()
    roles = programs.run(old_binaries / "pg_dumpall", "--globals-only", f"--dbname={old.url('postgres')}")
    script = new.data / "roles.sql"
    # The new server has its superuser.
    script.write_text("".join(line for line in roles.splitlines(True) if line.strip() != "CREATE ROLE postgres;"))
    quietly = ("--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--file={script}")
    programs.run(binaries / "psql", *quietly, f"--dbname={new.url('postgres')}")
    for database in _databases(old):
        say(f"Copying the database {database}")
        dump = new.data / "dump"
        programs.run(old_binaries / "pg_dump", "--format=custom", f"--file={dump}", f"--dbname={old.url(database)}")
        restore = ("--create", "--exit-on-error", f"--dbname={new.url('postgres')}", str(dump))
        programs.run(binaries / "pg_restore", *restore)
    programs.run(binaries / "vacuumdb", "--quiet", "--all", "--analyze-only", f"--maintenance-db={new.url('postgres')}")


def _databases(cluster: Cluster) -> list[str]:
    connection = psycopg2.connect(cluster.url("postgres"))
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate AND datname <> 'postgres'"
            )
            return [name for (name,) in cursor.fetchall()]
    finally:
        connection.close()
