"""PostgreSQL servers of a drill's own, of every version at hand, that can be stopped, killed and started again."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg2

from pharus import postgres_programs


def _versions() -> dict[str, Path]:
    """The folders of the programs, by major version: Debian's, and the one of the embedded server."""
    found = {}
    for folder in (*Path("/usr/lib/postgresql").glob("*/bin"), postgres_programs.folder()):
        if (folder / "initdb").exists():
            found[postgres_programs.major(folder)] = folder
    return {str(major): found[major] for major in sorted(found)}


VERSIONS = _versions()


class Cluster:
    """A running server on a port of the loopback interface, where everybody may log in as anybody."""

    def __init__(self, version: str, folder: Path, settings: dict[str, str]) -> None:
        self.version = version
        self.data = folder / "data"
        self.settings = settings
        self._bin = VERSIONS[version]
        # It refuses to run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user is not None:
            shutil.chown(folder, self._user)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def url(self, database: str = "postgres", login: str = "postgres") -> str:
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        settings = {"listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": ""}
        arguments = [f"--{name}={value}" for name, value in {**settings, **self.settings}.items()]
        with (self.data.parent / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self.data, *arguments], user=self._user, stdout=log, stderr=log, cwd="/"
            )
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg2.connect(self.url(), connect_timeout=5).close()
                return
            except psycopg2.OperationalError:
                assert self._process.poll() is None, self.read_log()
                assert time.monotonic() < deadline, self.read_log()
                time.sleep(0.05)

    def hang(self) -> None:
        """Stop all its processes where they are. Its connections stay, and the kernel takes what is sent to it."""
        for process in self._processes():
            process.suspend()

    def go_on(self) -> None:
        for process in self._processes():
            with suppress(psutil.NoSuchProcess):
                process.resume()

    def kill(self) -> None:
        """As when its machine fails."""
        for process in self._processes():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        assert self._process is not None
        self._process.wait(30)

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.go_on()
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def run_shell(self, script: str) -> None:
        """Commands as the user who runs it, with its programs and its address at hand."""
        environment = {"PGDATA": str(self.data), "PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": "postgres"}
        environment["PATH"] = f"{self._bin}:{os.environ['PATH']}"
        subprocess.run(
            ["sh", "-e", "-u", "-c", script], env=environment, user=self._user, check=True, capture_output=True, cwd="/"
        )

    def read_log(self) -> str:
        return (self.data.parent / "log").read_text(errors="replace")

    def _processes(self) -> list[psutil.Process]:
        """The one that starts the others comes first."""
        assert self._process is not None
        first = psutil.Process(self._process.pid)
        return [first, *first.children(recursive=True)]

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run([self._bin / program, *arguments], user=self._user, check=True, capture_output=True, cwd="/")


@contextmanager
def cluster(version: str, **settings: str) -> Iterator[Cluster]:
    """A server of that version; `settings` are lines of its configuration."""
    with tempfile.TemporaryDirectory(prefix=f"postgres-{version}-", ignore_cleanup_errors=True) as folder:
        running = Cluster(version, Path(folder), settings)
        try:
            yield running
        finally:
            running.close()
