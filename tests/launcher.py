"""Starts servers and commands by forking a process that has imported all of Pharus already.

Imports and the reading of the document are more than half of what a start costs, and a run of the tests has hundreds.
Each test process has one launcher, which only imports and forks. What was forked reads its own environment, opens its
own connections and ends by itself, like what was started from the command line.
"""

import contextlib
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
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import IO

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
            # It may have ended since.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _read(self) -> int:
        message = self._report.recv(64)
        assert message, "the launcher has ended"
        return int(message)


Process = Forked | subprocess.Popen[bytes]


def start(
    module: str, arguments: list[str], environment: dict[str, str], out: IO[bytes], errors: IO[bytes], cwd: Path = ROOT
) -> Process:
    """`python -m module arguments` in the folder, with this environment and no other, and nothing to read."""
    if sys.platform != "linux":
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=errors, cwd=cwd)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        job = json.dumps([module, arguments, environment, str(cwd)]).encode()
        socket.send_fds(_launcher()[0], [job], [out.fileno(), errors.fileno(), theirs.fileno()])
    return Forked(ours)


def run(
    *arguments: str, module: str = "handlers.cli", environment: dict[str, str], cwd: Path = ROOT, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """The same until it ends, like subprocess.run."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = start(module, list(arguments), environment, out, errors, cwd)
        try:
            code = process.wait(timeout)
        finally:
            process.kill()
        out.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read().decode(), errors.read().decode())


def stop() -> None:
    """End the launcher of this process, if it has one."""
    if _launcher.cache_info().currsize:
        control, process = _launcher()
        control.close()
        process.wait()
        _launcher.cache_clear()


@cache
def _launcher() -> tuple[socket.socket, "subprocess.Popen[bytes]"]:
    """The launcher of this process. It ends when the socket that leads to it has no other end."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.launcher", str(theirs.fileno())],
            cwd=ROOT,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
        )
    return ours, process


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


def _next_job(control: socket.socket) -> tuple[bytes, int, int] | None:
    """Returns in the process that is to run the job, and in the launcher with None at the end."""
    # Those that wait for the jobs are waited for by nobody.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _MOST_BYTES, 3)
        if not message:
            return None
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            out, errors, report = descriptors
            if _is_job(report):
                return message, out, errors
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


def _run(message: bytes, out: int, errors: int) -> None:
    """Have what a new interpreter would have: an environment, three files, a folder and a path; and run the module."""
    module, arguments, environment, cwd = json.loads(message)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(out, 1)
    os.dup2(errors, 2)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir(cwd)
    sys.path[:1] = [cwd, *filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _prepare()
    with socket.socket(fileno=int(sys.argv[1])) as _control:
        _job = _next_job(_control)
    if _job is not None:
        _run(*_job)
