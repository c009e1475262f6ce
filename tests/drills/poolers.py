"""PgBouncer in transaction mode in front of the PostgreSQL of the tests: the real program, where it is installed."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg2
from psycopg2.extensions import parse_dsn

# Debian keeps it where only root looks.
PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")

_CONFIGURATION = """
[databases]
* = {target}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
query_wait_timeout = {wait}
server_lifetime = 600
logfile = {folder}/log
pidfile = {folder}/pid
{more}
"""


@contextmanager
def pooler(database_url: str, *, size: int, wait: int = 10, more: str = "") -> Iterator[str]:
    """The URL of the same database through a pooler with so many sessions. A transaction waits `wait` seconds for one;
    `more` are lines for its configuration."""
    assert PROGRAM is not None, "pgbouncer is not installed"
    said = parse_dsn(database_url)
    name = said["dbname"]
    # What else may be in it is none of the pooler's parameters.
    target = {key: said[key] for key in ("host", "port", "user", "password") if key in said}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    target.setdefault("user", "postgres")
    with tempfile.TemporaryDirectory(prefix="pooler-") as folder:
        text = " ".join(f"{key}={value}" for key, value in target.items())
        file = Path(folder, "pgbouncer.ini")
        file.write_text(_CONFIGURATION.format(target=text, port=port, size=size, folder=folder, wait=wait, more=more))
        # It refuses to run as root.
        user = _owner(target.get("host", "")) if os.geteuid() == 0 else None
        if user is not None:
            for each in (folder, file):
                shutil.chown(each, user)
        process = subprocess.Popen([PROGRAM, "-q", str(file)], user=user, stderr=subprocess.DEVNULL)
        try:
            url = f"postgresql://127.0.0.1:{port}/{quote(name)}?" + urlencode({"user": target["user"]})
            _wait(url, process, Path(folder, "log"))
            yield url
        finally:
            process.kill()
            process.wait(10)


def _owner(host: str) -> str:
    """Who may reach the socket in that folder, if it is one."""
    return pwd.getpwuid(Path(host).stat().st_uid).pw_name if host.startswith("/") else "postgres"


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            psycopg2.connect(url).close()
            return
        except psycopg2.OperationalError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
