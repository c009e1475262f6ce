"""Starts servers by forking a process that has imported all of Pharus already.

Imports and the reading of the document are more than half of what the start of a server costs, and a run of the tests
starts some eighty. Each test process has one launcher, which only imports and forks. A server that was forked reads
its own environment, opens its own connections and ends by itself, like one that was started from the command line.
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).parent.parent
_PREPARED = ("handlers.cli", "handlers.server", "handlers.app", "handlers.http.uvicorn_internals", "pharus.embedded")
# No job is larger.
_MOST_BYTES = 1 << 17


class Forked:
    """What the tests use of subprocess.Popen, of a process that the launcher has forked."""

    def __init__(self, report: socket.socket) -> None:
        self._report = report
        self.returncode: int | None = None
        self._report.settimeout(60)
        self.pid = self._read()

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self._report], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            self._report.settimeout(timeout)
            try:
                self.returncode = self._read()
            except TimeoutError as error:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0) from error
            self._report.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _read(self) -> int:
        message = self._report.recv(64)
        assert message, "the launcher has ended"
        return int(message)


class Launcher:
    """The process that forks, seen from the one that has started it; it ends when its socket has no other end."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.launcher", str(theirs.fileno())],
                cwd=ROOT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )

    def start(self, module: str, arguments: list[str], environment: dict[str, str], output: BinaryIO) -> Forked:
        """`python -m module arguments` in the checkout, with this environment and no other."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            job = json.dumps([module, arguments, environment]).encode()
            socket.send_fds(self._socket, [job], [output.fileno(), theirs.fileno()])
        return Forked(ours)

    def stop(self) -> None:
        self._socket.close()
        self._process.wait()


@cache
def launcher() -> Launcher:
    """The launcher of this process."""
    return Launcher()


def stop() -> None:
    if launcher.cache_info().currsize:
        launcher().stop()
        launcher.cache_clear()


def _prepare() -> None:
    for name in _PREPARED:
        importlib.import_module(name)
    from handlers import app
    from plugins import manager

    app.document(manager.load(()))
    assert threading.active_count() == 1, "threads do not survive a fork"
    # What is never looked at again is never copied.
    gc.collect()
    gc.freeze()


def _next_job(control: socket.socket) -> tuple[str, list[str], dict[str, str], int] | None:
    """Returns in the process that is to run the job, and in the launcher with None at the end."""
    # Those that wait for the jobs are waited for by nobody.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _MOST_BYTES, 2)
        if not message:
            return None
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            output, report = descriptors
            if _is_job(report):
                module, arguments, environment = json.loads(message)
                return module, arguments, environment, output
        for descriptor in descriptors:
            os.close(descriptor)


def _is_job(descriptor: int) -> bool:
    """True in the process of the job; the other one, which has forked it, tells its id and its end, and ends too."""
    pid = os.fork()
    if pid == 0:
        return True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=descriptor) as report:
        report.send(str(pid).encode())
        _, status = os.waitpid(pid, 0)
        report.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(environment: dict[str, str], output: int) -> None:
    """What a new process would have: its environment, three files, and the signals as they were."""
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))


if __name__ == "__main__":
    _prepare()
    with socket.socket(fileno=int(sys.argv[1])) as _control:
        _job = _next_job(_control)
    if _job is not None:
        _module, _arguments, _environment, _output = _job
        _become(_environment, _output)
        sys.argv = [_module, *_arguments]
        runpy.run_module(_module, run_name="__main__", alter_sys=True)
