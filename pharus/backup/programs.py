"""pg_dump and pg_restore: where they are looked for, and which of them fits a server.

pg_dump refuses servers newer than itself, pg_restore reads no dump of a newer pg_dump, and what it writes may name
settings that an older server does not know. So those of the server's own version are taken, when they are there.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from psycopg2.extensions import make_dsn, parse_dsn

from pharus import postgres_programs
from pharus.errors import ConfigurationError


@dataclass(frozen=True)
class Programs:
    folder: Path

    @cached_property
    def major(self) -> int | None:
        """The major version of both; None when they are not there, or do not run."""
        found = [_major(self.folder / name) for name in ("pg_dump", "pg_restore")]
        return found[0] if found[0] == found[1] else None

    def run(self, name: str, url: str, *arguments: str) -> None:
        """The program on the database. ConfigurationError with what it said when it fails.

        The password goes in its environment: everybody sees the arguments of a process.
        """
        parts = parse_dsn(url)
        password = {"PGPASSWORD": parts.pop("password")} if "password" in parts else {}
        done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, with arguments of ours
            [self.folder / name, "--no-password", f"--dbname={make_dsn(**parts)}", *arguments],
            env={**os.environ, **password, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ConfigurationError(f"{self.folder / name} failed: {postgres_programs.complaint(done.stderr)}")


def for_dump(server: int, given: Path | None = None) -> Programs:
    """For a server of this major version: its own, else the nearest newer ones."""
    found = _known(given)
    fitting = sorted((each for each in found.values() if (each.major or 0) >= server), key=lambda each: each.major or 0)
    if not fitting:
        raise ConfigurationError(
            f"There is no pg_dump {server} or later{_where(found, given)}. Install postgresql-client-{server}, or name "
            "the folder of pg_dump with --programs."
        )
    return fitting[0]


def for_restore(server: int, dump: int, given: Path | None = None) -> Programs:
    """For what pg_dump of the major version `dump` has made, into a server of this one."""
    found = _known(given)
    for major in dict.fromkeys((server, dump, *sorted(found))):
        # From 17 on pg_restore names a setting that older servers refuse.
        if major in found and major >= dump and (major < 17 or server >= 17):
            return found[major]
    raise ConfigurationError(
        f"There is no pg_restore that reads a dump of pg_dump {dump} and writes to PostgreSQL {server}"
        f"{_where(found, given)}. Install postgresql-client-{max(server, dump)}, or name the folder of pg_restore with "
        "--programs."
    )


def folders(given: Path | None, root: Path = Path("/"), environment: Mapping[str, str] = os.environ) -> Iterator[Path]:
    """Where they may be, in the order in which they are taken: what is named, the wheel, PATH, usual places."""
    if given is not None:
        yield given
        return
    yield from postgres_programs.in_wheels()
    yield from (Path(folder) for folder in environment.get("PATH", "").split(os.pathsep) if folder)
    yield from postgres_programs.in_packages(root=root)


def _known(given: Path | None) -> dict[int, Programs]:
    """The first of each major version."""
    known: dict[int, Programs] = {}
    for folder in folders(given):
        found = Programs(folder)
        if found.major is not None:
            known.setdefault(found.major, found)
    return known


def _where(found: Mapping[int, Programs], given: Path | None) -> str:
    if given is not None:
        return f" in {given}"
    versions: Sequence[str] = [str(major) for major in sorted(found)]
    return f", only {' and '.join(versions)}" if versions else " on PATH or in the usual places"


def _major(program: Path) -> int | None:
    if not program.is_file():
        return None
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(found[1]) if found else None
