import pwd
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from pharus import postgres_programs as programs
from pharus.errors import ConfigurationError

pytestmark = pytest.mark.no_database

NOBODY = programs.Account("nobody", 65534, 65534)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], None]:
    """This process is root's, and only the accounts named exist."""

    def only(names: list[str]) -> None:
        def find(name: str) -> pwd.struct_passwd:
            if name not in names:
                raise KeyError(name)
            return pwd.struct_passwd((name, "x", 4000 + names.index(name), 4000, "", "/", "/bin/sh"))

        monkeypatch.setattr(programs.os, "geteuid", lambda: 0)
        monkeypatch.setattr(pwd, "getpwnam", find)

    return only


def test_folder_has_what_a_server_and_its_backups_need() -> None:
    for name in ("initdb", "pg_ctl", "postgres", "psql", "pg_dump", "pg_dumpall", "pg_restore", "vacuumdb"):
        assert (programs.folder() / name).is_file()
    assert programs.major(programs.folder()) == 18


def test_without_the_wheel_the_settings_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "WHEEL", "no_such_wheel")
    with pytest.raises(ConfigurationError, match=r"set PHARUS_DATABASE_URL, or install pharus-server\[embedded\]"):
        programs.folder.__wrapped__()


def test_account_is_the_users_own_unless_it_is_root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(programs.os, "geteuid", lambda: 1000)
    assert programs.account_for(tmp_path) is None


def test_account_of_root_is_the_first_there_is(known: Callable[[list[str]], None], tmp_path: Path) -> None:
    known(["daemon", "postgres"])
    assert programs.account_for(tmp_path / "new") == programs.Account("postgres", 4001, 4000)
    known(["postgres", "pharus"])
    assert programs.account_for(tmp_path / "new") == programs.Account("pharus", 4001, 4000)


def test_account_of_root_is_the_owner_of_the_data(
    known: Callable[[list[str]], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    known(["pharus"])
    monkeypatch.setattr(Path, "stat", lambda path: type("Found", (), {"st_uid": 4711}))
    monkeypatch.setattr(Path, "exists", lambda path: True)
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: pwd.struct_passwd(("maker", "x", uid, 12, "", "/", "/bin/sh")))
    assert programs.account_for(tmp_path) == programs.Account("maker", 4711, 12)

    def unknown(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    with pytest.raises(ConfigurationError, match="belongs to the user number 4711, who has no account here"):
        programs.account_for(tmp_path)


def test_root_without_useradd_is_told_what_to_do(
    known: Callable[[list[str]], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    known([])
    monkeypatch.setattr(programs, "_FOLDERS_OF_ROOT", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigurationError, match=r"PostgreSQL does not run as root\. .*useradd --system pharus\.$"):
        programs.account_for(tmp_path / "new")


def test_useradd_is_found_outside_of_the_path_and_what_it_says_is_told(
    known: Callable[[list[str]], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    known([])
    (tmp_path / "sbin").mkdir()
    useradd = tmp_path / "sbin" / "useradd"
    useradd.write_text("#!/bin/sh\necho 'cannot lock /etc/passwd' >&2\nexit 10\n")
    useradd.chmod(0o755)
    monkeypatch.setattr(programs, "_FOLDERS_OF_ROOT", (str(useradd.parent),))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigurationError, match=r"\(it failed just now: useradd: cannot lock /etc/passwd\)"):
        programs.account_for(tmp_path / "new")


def test_let_in_opens_folders_to_pass_through_and_not_to_be_listed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "open").mkdir(parents=True)
    closed.chmod(0o700)
    opened = programs.let_in(NOBODY, closed / "open" / "data")
    assert closed in opened
    assert stat.S_IMODE(closed.stat().st_mode) == 0o701
    assert programs.let_in(NOBODY, closed / "open" / "data") == []
    closed.chmod(0o700)
    assert programs.let_in(None, closed / "open" / "data") == []


def test_run_says_what_a_program_calls_an_error_or_said_last(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho first >&2\necho 'the reason' >&2\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(programs.ProgramFailed, match=r"^program: the reason$"):
        programs.run(program)
    program.write_text("#!/bin/sh\necho 'program: error: the reason\nCommand was: SELECT' >&2\nexit 1\n")
    with pytest.raises(programs.ProgramFailed, match=r"^program: error: the reason$"):
        programs.run(program)
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    with pytest.raises(programs.ProgramFailed, match=r"^program: it did not end in 0.1 s$"):
        programs.run(program, timeout=0.1)


def test_run_gives_the_program_nothing_of_the_users_clients(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    program = tmp_path / "program"
    program.write_text('#!/bin/sh\necho "${PGPORT-none} $LC_ALL $PWD"\n')
    program.chmod(0o755)
    assert programs.run(program) == "none C /\n"
