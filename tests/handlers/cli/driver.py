"""Runs commands one after the other in this process, as the command line would, and prints what became of each.

The file that is named holds a JSON list of cases; each has the arguments and the environment. With `cut`, the database
goes away at the so manieth message that the command sends to it, for good; with `terminate`, an administrator ends all
sessions there; with `interrupt`, Ctrl-C is pressed.
"""

import json
import os
import signal
import socket
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from click.testing import CliRunner

from handlers.cli import main
from pharus import db
from tests import database


class Proxy:
    """Between the command and PostgreSQL, on a port of its own, until the so manieth message."""

    def __init__(self, url: str, messages: int, event: str) -> None:
        parts = urlsplit(url)
        host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
        port = parse_qs(parts.query).get("port", [str(parts.port or 5432)])[0]
        self._target = (host, int(port))
        self._left = messages
        self._event = event
        self._url = url
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"postgresql://{parts.username}@127.0.0.1:{self._listening.getsockname()[1]}{parts.path}"
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def happened(self) -> bool:
        return self._left <= 0

    def close(self) -> None:
        for each in (self._listening, *self._open):
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self.happened and self._event == "cut":
                client.close()
                continue
            host, port = self._target
            if host.startswith("/"):
                server = socket.socket(socket.AF_UNIX)
                server.connect(f"{host}/.s.PGSQL.{port}")
            else:
                server = socket.create_connection((host, port))
            self._open += [client, server]
            threading.Thread(target=self._forward, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._forward, args=(server, client, False), daemon=True).start()

    def _go_on(self) -> bool:
        if self._event == "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
        elif self._event == "terminate":
            others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            database.execute(self._url, f"SELECT pg_terminate_backend(pid) {others}")
        return self._event != "cut"

    def _forward(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        try:
            while data := source.recv(65536):
                if counts:
                    self._left -= 1
                    if self._left == 0 and not self._go_on():
                        break
                target.sendall(data)
        except OSError:
            pass
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


def run(case: dict[str, Any]) -> dict[str, Any]:
    environment = dict(case["environment"])
    proxy = None
    for event in {"cut", "interrupt", "terminate"} & case.keys():
        proxy = Proxy(environment["PHARUS_DATABASE_URL"], case[event], event)
        environment["PHARUS_DATABASE_URL"] = proxy.url
    for name in [name for name in os.environ if name.startswith("PHARUS_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        result = CliRunner().invoke(main, case["arguments"], env=environment)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.chdir("/")
    if not db.db.is_closed():
        db.db.close()
    if proxy is not None:
        proxy.close()
    return {
        "code": result.exit_code,
        "stdout": result.stdout,
        "stderr": result.stderr,
        "happened": proxy is None or proxy.happened,
        "traceback": ""
        if isinstance(result.exception, SystemExit | None)
        else "".join(traceback.format_exception(result.exception)),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps([run(case) for case in json.loads(Path(sys.argv[1]).read_text())]))
