"""PostgreSQL clusters of a drill's own, of the versions that are installed here, listening on loopback."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest

from pharus import embedded
from pharus.backup import programs
from tests import database


def versions() -> list[int]:
    """The major versions from 15 on whose server is installed here."""
    found = {each.major for each in map(programs.Programs, programs.folders(None)) if _has_server(each.folder)}
    return sorted(major for major in found if major is not None and major >= 15)


@contextmanager
def cluster(major: int) -> Iterator[str]:
    """The URL of a superuser in a new cluster of this version, which is stopped and removed at the end."""
    folders = (programs.Programs(each) for each in programs.folders(None) if _has_server(each))
    binaries = next(each.folder for each in folders if each.major == major)
    data = database.FOLDER.parent / "test-data" / secrets.token_hex(4)
    data.mkdir(parents=True)
    user = _user()
    if user is not None:
        shutil.chown(data, user)
    port = _free_port()
    try:
        _run(user, binaries / "initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--locale=C", "-E", "UTF8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        command = [binaries / "postgres", "-D", str(data), *options.replace("''", "").split()]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, cwd="/")
        try:
            url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            _wait(url)
            embedded.create_database(url, "pharus")
            yield database.renamed(url, "pharus")
        finally:
            # What is connected is not waited for.
            server.send_signal(signal.SIGINT)
            server.wait(60)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _has_server(folder: Path) -> bool:
    return (folder / "postgres").is_file()


def _user() -> str | None:
    """PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "pgserver", "nobody") if name in known)


def _run(user: str | None, *command: Path | str) -> None:
    subprocess.run(command, check=True, capture_output=True, user=user, cwd="/")


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _wait(url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg2.connect(url).close()
        except psycopg2.OperationalError:
            if time.monotonic() > deadline:
                pytest.fail("the cluster did not start")
            time.sleep(0.1)
        else:
            return
